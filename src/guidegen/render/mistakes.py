"""What is wrong with a section: its mistakes by the ids of their texts, with lines."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError
from jinja2.utils import missing

from guidegen.errors import Problem
from guidegen.model.document import SourceLine
from guidegen.sandbox import BudgetError

_NAMES = "error-section-names-hint"
"""The hint that says where the names for sections are listed."""


class SectionError(TemplateRuntimeError):
    """A mistake that guidegen, not Jinja, finds while a section is rendered."""

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        detail: str | None = None,
        **values: object,
    ) -> None:
        super().__init__(message)
        self.problem = Problem(message=message, values=values, hint=hint, detail=detail)


class Unknown(StrictUndefined):
    """A name, field or entry that is not there: using it is a mistake."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,  # noqa: ANN401  # as Jinja has it
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        # With a hint or another exception, Jinja reports something else, such as a
        # forbidden attribute.
        if exc is UndefinedError and hint is None:
            self._undefined_exception = self._mistake  # type: ignore[assignment]

    def _mistake(self, said: str) -> SectionError:
        name: object = self._undefined_name  # an entry's is its number
        if self._undefined_obj is missing:
            return SectionError(
                "error-section-name", hint=_NAMES, detail=said, name=name
            )
        if isinstance(name, str):
            return SectionError("error-section-field", hint=_NAMES, name=name)
        return SectionError("error-section-entry", number=name)


def problem_of(error: BaseException) -> Problem:
    """Return what an error in a section means to its author."""
    if isinstance(error, SectionError):
        return error.problem
    if isinstance(error, BudgetError):
        return Problem(message=error.id)
    if isinstance(error, TemplateNotFound):
        return Problem(message="error-section-include", values={"name": error.name})
    for kind, message in (
        (TemplateSyntaxError, "error-section-template"),
        (SecurityError, "error-section-forbidden"),
        (RecursionError, "error-section-recursion"),
    ):
        if isinstance(error, kind):
            said = getattr(error, "message", None)
            return Problem(message=message, detail=said or str(error))
    return Problem(message="error-section-render", hint=_NAMES, detail=str(error))


def place_of(error: BaseException, files: Collection[Path]) -> SourceLine:
    """Return the file and line of an error, which Jinja puts into the traceback.

    Args:
        error: What ended the rendering of a section.
        files: The sections' files: a section may include another.
    """
    known = {str(file): file for file in files}
    if isinstance(error, TemplateSyntaxError) and error.filename in known:
        return SourceLine(known[error.filename], error.lineno)
    found = SourceLine(None, None)
    traceback = error.__traceback__
    while traceback is not None:
        # The innermost frame wins: the line of an included section, not of its include.
        file = known.get(traceback.tb_frame.f_code.co_filename)
        if file is not None:
            found = SourceLine(file, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found
