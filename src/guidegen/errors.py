"""What guidegen raises: one base error, one subclass per row where things go wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    `message` is the id of an entry in the pack's `messages.yml`, and `values` fill its
    placeholders, so that the edge can say it in the interface's language.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    path: Path | None = None
    line: int | None = None


class GuidegenError(Exception):
    """What a user can mend: it says what happened, where, and what to do.

    Args:
        what: What happened, one sentence without a full stop.
        path: The user's file, if the cause is in one.
        line: The line in it, counted from 1.
        hint: What to do, one sentence without a full stop.
        values: What fills placeholders in both; without it there are none. Such texts
            can be said in the author's language whatever the values are.
    """

    def __init__(
        self,
        what: str,
        *,
        path: Path | None = None,
        line: int | None = None,
        hint: str | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(what, hint)
        self._what = what
        self.path = path
        self.line = line
        self._hint = hint
        self._values = values

    @property
    def what(self) -> str:
        """What happened."""
        return self.said(lambda text: text)[0]

    @property
    def hint(self) -> str | None:
        """What to do."""
        return self.said(lambda text: text)[1]

    def said(self, translate: Callable[[str], str]) -> tuple[str, str | None]:
        """Return what happened and what to do in another language.

        Args:
            translate: Given an English text, its placeholders not yet filled, returns
                the same one in the other language.
        """
        texts = [translate(text) for text in (self._what, self._hint) if text]
        if self._values is not None:
            texts = [text.format(**self._values) for text in texts]
        return texts[0] if self._what else "", texts[1] if self._hint else None

    def __str__(self) -> str:
        return self.what


class ProblemsError(GuidegenError):
    """A file (or a set of answers) with one or more problems, all found in one run."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = problems


class PackError(GuidegenError):
    """A template pack is missing or broken."""


class AnswersError(GuidegenError):
    """The answers cannot be read or written."""


class InterviewError(GuidegenError):
    """The interview cannot be held."""


class RenderError(GuidegenError):
    """A section cannot be rendered."""


class SiteError(GuidegenError):
    """The site cannot be built."""


class PdfError(GuidegenError):
    """The PDF cannot be made."""


class FilesError(GuidegenError):
    """A file or folder cannot be read, written or locked."""


class PreviewError(GuidegenError):
    """The preview cannot be served."""


class ReleaseError(GuidegenError):
    """A release cannot be made, or the records of earlier ones do not fit."""


class WorkflowError(GuidegenError):
    """A workflow file cannot be written."""


class ProcessError(GuidegenError):
    """Another program cannot be started, or does not end."""


class PublishError(GuidegenError):
    """The site cannot be brought to where its readers are."""


class ExportError(GuidegenError):
    """The guideline cannot be written in another form."""
