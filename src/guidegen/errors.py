"""What guidegen raises: one base error, one subclass per row where things go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import field, replace
from pathlib import Path
from typing import Self

from guidegen.value import Value


class Problem(Value):
    """One thing that is wrong, where it is, and what to do about it.

    Nothing here is wording: `message` is the id of a text in the pack's
    `messages.yml`, in each of the interface's languages, and `values` fill its
    placeholders. What to do is part of that text, or stands beside it under the same
    id with `-hint` at its end.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    path: Path | None = None
    """The user's file, if the cause is in one."""
    line: int | None = None
    """The line in it, counted from 1."""
    hint: str | None = None
    """The id of what to do, if it is not the one named after `message`."""
    detail: str | None = None
    """The message of another program, unchanged; shown last, in brackets."""


class GuidegenError(Exception):
    """What a user can mend: it says what happened, where, and what to do.

    Args:
        message: The id of a text in `messages.yml`, as in `Problem`.
        path: The user's file, if the cause is in one.
        line: The line in it, counted from 1.
        hint: The id of what to do, as in `Problem`.
        detail: The message of another program, unchanged.
        values: What fills the text's placeholders.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | None = None,
        line: int | None = None,
        hint: str | None = None,
        detail: str | None = None,
        **values: object,
    ) -> None:
        problem = Problem(
            message=message,
            values=values,
            path=path,
            line=line,
            hint=hint,
            detail=detail,
        )
        super().__init__(problem)
        self.problems: tuple[Problem, ...] = (problem,)

    @property
    def problem(self) -> Problem:
        """What is wrong; the first of several."""
        return self.problems[0]

    @property
    def path(self) -> Path | None:
        """The user's file, if the cause is in one."""
        return self.problem.path

    @property
    def line(self) -> int | None:
        """The line in it, counted from 1."""
        return self.problem.line

    @classmethod
    def of(cls, *problems: Problem) -> Self:
        """Return an error with existing problems."""
        error = cls(problems[0].message)
        error.problems = problems
        return error

    def at(self, path: Path, line: int | None = None) -> Self:
        """Return the same error, located in another file or line."""
        moved = copy(self)
        moved.problems = tuple(
            replace(each, path=path, line=line) for each in self.problems
        )
        return moved

    def __str__(self) -> str:
        """Return ids and values: for a log, and for whoever debugs."""
        return "\n".join(_logged(problem) for problem in self.problems)


def _logged(problem: Problem) -> str:
    values = {"path": problem.path, "line": problem.line, "detail": problem.detail}
    known = {**problem.values, **{k: v for k, v in values.items() if v is not None}}
    shown = ", ".join(f"{name}={value}" for name, value in known.items())
    return f"{problem.message}: {shown}" if shown else problem.message


class ProblemsError(GuidegenError):
    """A file (or a set of answers) with one or more problems, all found in one run."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        # The base class would make a problem of a message; here they exist already.
        Exception.__init__(self, *problems)
        self.problems = problems


class PackError(GuidegenError):
    """A template pack is missing or broken."""


class AnswersError(GuidegenError):
    """The answers cannot be read or written."""


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


class InsideError(GuidegenError):
    """What is said about the company cannot be read or written."""


class AnnounceError(GuidegenError):
    """Nobody can be told of a release yet."""


class ExportError(GuidegenError):
    """The guideline cannot be written in another form."""


class ReceiptsError(GuidegenError):
    """Lists of people or of confirmations cannot be read."""
