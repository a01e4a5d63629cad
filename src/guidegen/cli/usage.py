"""Usage errors in the author's language, and the types of options that raise them.

Click's own are in English; here they become problems with message ids.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from guidegen.errors import Problem

# TCP has 16 bits for a port (RFC 9293, section 3.1).
_LAST_PORT = 65_535


class WrongUsage(click.UsageError):
    """A usage error of our own.

    Args:
        problem: What is wrong, with the option or argument as its `key`.
        ctx: The command that was called, if it is known.
        near: The word that was probably meant.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        ctx: click.Context | None = None,
        near: str | None = None,
    ) -> None:
        # Click insists on a text; `usage_problem` reads the problem instead.
        super().__init__(problem.message, ctx)
        self.problem = problem
        self.near = near


def usage_problem(error: click.ClickException) -> Problem:
    """Return a usage error as a problem, with a hint."""
    command = "guidegen"
    if isinstance(error, click.UsageError) and error.ctx:
        command = error.ctx.command_path
    problem, near = _problem(error)
    values = {**problem.values, "command": command, "near": near}
    hint = "error-usage-near" if near else "error-usage-help"
    return Problem(
        message=problem.message,
        values=values,
        path=problem.path,
        # Texts about values already say what is allowed; pointing to the help would add
        # nothing.
        hint=hint if problem.message.startswith("error-usage") else None,
        detail=problem.detail,
    )


def _problem(error: click.ClickException) -> tuple[Problem, str | None]:
    if isinstance(error, WrongUsage):
        return error.problem, error.near
    if isinstance(error, click.NoSuchOption):
        near = misspelt(error.option_name, error.possibilities or ())
        values = {"value": error.option_name}
        return Problem(message="error-usage-option", values=values), near
    if isinstance(error, click.BadOptionUsage):
        flag, other = "error-usage-no-value", "error-usage-needs-value"
        message = flag if _is_flag(error) else other
        return Problem(message=message, values={"value": error.option_name}), None
    if isinstance(error, click.MissingParameter) and error.param:
        name = parameter_name(error.param, error.ctx)
        return _missing(error.param, name), None
    # A kind of mistake that a later click may add.
    return Problem(message="error-usage", detail=error.format_message()), None


def _is_flag(error: click.BadOptionUsage) -> bool:
    options = error.ctx.command.params if error.ctx else []
    return any(
        isinstance(option, click.Option)
        and option.is_flag
        and error.option_name in (*option.opts, *option.secondary_opts)
        for option in options
    )


def _missing(param: click.Parameter, name: str) -> Problem:
    if isinstance(param.type, click.Choice):
        values = {"name": name, "known": ", ".join(map(str, param.type.choices))}
        return Problem(message="error-usage-missing-choice", values=values)
    return Problem(message="error-usage-missing", values={"name": name})


def parameter_name(param: click.Parameter | None, ctx: click.Context | None) -> str:
    """Return an option or argument as the help names it."""
    if param is None:
        return ""
    if isinstance(param, click.Option) or ctx is None:
        # The long form: messages say --project, not -C.
        return max(param.opts, key=len)
    return param.make_metavar(ctx).strip("[].")


def misspelt(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like a misspelt one, None if none is."""
    from difflib import get_close_matches  # noqa: PLC0415  # only after a mistake

    return next(iter(get_close_matches(word, list(known), 1)), None)


class Choice(click.Choice[str]):
    """The type of an option that takes one of a few words."""

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the word.

        Raises:
            WrongUsage: It is not one of them.
        """
        if value in self.choices:
            return value
        near = misspelt(value, self.choices)
        values = {
            "key": parameter_name(param, ctx),
            "value": value,
            "known": ", ".join(self.choices),
        }
        message = "value-choice-near" if near else "value-choice"
        raise WrongUsage(Problem(message=message, values=values), ctx=ctx, near=near)


class _CheckedPath(click.Path):
    """The type of an option that takes a path; one that is read has to exist."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """Return the path.

        Raises:
            WrongUsage: It is missing, a folder in place of a file, or the reverse.
        """
        path = Path(value)
        try:
            # Checked here, not by click, whose own messages are in English.
            is_there = path.exists()
            is_folder = path.is_dir()
        except OSError:  # a name that is too long, a folder that may not be entered
            from guidegen.files import translate_os_errors  # noqa: PLC0415  # seldom needed

            with translate_os_errors(path):
                raise
        wanted = self.dir_okay if is_folder else self.file_okay
        if is_there and not wanted:
            message = "error-is-folder" if is_folder else "error-no-folder"
        elif not is_there and self.exists:
            message = "error-not-there"
        else:
            return path
        values = {"key": parameter_name(param, ctx)}
        raise WrongUsage(Problem(message=message, values=values, path=path), ctx=ctx)


class FilePath(_CheckedPath):
    """The type of an option that takes a file."""

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(exists=exists, dir_okay=False, path_type=Path)


class FolderPath(_CheckedPath):
    """The type of an option that takes a folder."""

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(exists=exists, file_okay=False, path_type=Path)


class ExistingPath(_CheckedPath):
    """The type of an option that takes a file or a folder that is there."""

    def __init__(self) -> None:
        super().__init__(exists=True, path_type=Path)


class _Whole(click.ParamType[int]):
    """The type of an option that takes a whole number within bounds."""

    name = "number"

    def __init__(self, low: int, high: int) -> None:
        self._low, self._high = low, high

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number.

        Raises:
            WrongUsage: It is not a number, or out of range.
        """
        values: dict[str, object] = {
            "key": parameter_name(param, ctx),
            "value": value,
            "low": self._low,
            "high": self._high,
        }
        try:
            number = int(value)
        except ValueError:
            problem = Problem(message="value-number", values=values)
            raise WrongUsage(problem, ctx=ctx) from None
        if number not in range(self._low, self._high + 1):
            problem = Problem(message="value-number-range", values=values)
            raise WrongUsage(problem, ctx=ctx)
        return number


class Port(_Whole):
    """The type of an option that takes a port; 0 stands for any free one."""

    name = "port"

    def __init__(self) -> None:
        super().__init__(0, _LAST_PORT)


class Percent(_Whole):
    """The type of an option that takes a mark, from 1 to 100 per cent."""

    name = "percent"

    def __init__(self) -> None:
        super().__init__(1, 100)


WHOLE: Final = 64
"""Characters of a SHA-256."""

FEWEST: Final = 8
"""So many of its first characters stand for it: as many as people read out."""


class Digest(click.ParamType[str]):
    """The type of an option that takes a SHA-256, as people write or read one out."""

    name = "digest"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the digest, or so much of its beginning, in lower case without blanks.

        Raises:
            WrongUsage: It is none.
        """
        digest = "".join(value.split()).lower().removeprefix("sha256:").rstrip(".…")
        if re.fullmatch(rf"[0-9a-f]{{{FEWEST},{WHOLE}}}", digest):
            return digest
        values = {
            "value": value,
            "fewest": FEWEST,
            "whole": WHOLE,
            "key": parameter_name(param, ctx),
        }
        raise WrongUsage(Problem(message="value-digest", values=values), ctx=ctx)


class Day(click.ParamType[dt.date]):
    """The type of an option that takes a date, as the answers spell it."""

    name = "date"

    def convert(
        self,
        value: str | dt.date,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> dt.date:
        """Return the day.

        Raises:
            WrongUsage: It is not a date.
        """
        # Click expects types to accept values that are converted already.
        if isinstance(value, dt.date):
            return value
        from guidegen.model.question import Kind  # noqa: PLC0415  # one verb needs it
        from guidegen.schema.scalars import Refused, parse  # noqa: PLC0415  # as above

        try:
            day: dt.date = parse(Kind.DATE, value)  # type: ignore[assignment]  # a date
        except Refused as refused:
            values = {**refused.values, "key": parameter_name(param, ctx)}
            problem = Problem(message=refused.message, values=values)
            raise WrongUsage(problem, ctx=ctx) from None
        return day
