"""What is wrong with a template, in our terms, with its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from typing import Final

from jinja2 import TemplateError, TemplateSyntaxError

from guidegen.errors import GuidegenError, Problem
from guidegen.sandbox.budget import BudgetError

MISTAKES: Final = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, AttributeError),
    *(LookupError, RecursionError, MemoryError),
    SyntaxError,  # Python's own, of what Jinja makes of a very deep template
)
"""What a mistake in a template can raise."""


@contextmanager
def translate_mistakes(
    folders: Sequence[Path],
    raises: type[GuidegenError],
    message: str,
    values: Mapping[str, object] | None = None,
) -> Iterator[None]:
    """Turn what is wrong with a template into an error that names its file and line.

    Args:
        folders: Those of the packs' templates.
        raises: The class of the error.
        message: Its message, unless the template computes too much.
        values: What fills the message's places.
    """
    try:
        yield
    except MISTAKES as error:
        path, line = _position(error, folders)
        if path is None and not isinstance(error, TemplateError):
            raise  # a fault of ours
        if isinstance(error, BudgetError):
            raise raises(error.id, path=path, line=line) from error
        problem = Problem(
            message=message,
            values=values or {},
            path=path,
            line=line,
            detail=str(error),
        )
        raise raises.of(problem) from error


def _position(
    error: BaseException, folders: Sequence[Path]
) -> tuple[Path | None, int | None]:
    """Return the file and line of a template in which something went wrong."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    for frame in reversed(extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if any(path.is_relative_to(folder) for folder in folders):
            return path, frame.lineno
    return None, None
