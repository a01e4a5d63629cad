"""How results, notes and errors look in the terminal."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import click

from guidegen.errors import GuidegenError, Problem
from guidegen.model.note import Note
from guidegen.model.text import LocalText
from guidegen.redact import redacted

_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@cache
def interface_language() -> str:
    """Return the language guidegen speaks with the author: `de` or `en`.

    `GUIDEGEN_LANG` decides, then what the system says.
    """
    for name in ("GUIDEGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "de" if value.lower().startswith("de") else "en"
    import locale  # noqa: PLC0415  # Windows and macOS have no such variables

    system = (locale.getlocale()[0] or "").lower()
    return "de" if system.startswith(("de", "german")) else "en"


def speak(language: str | None) -> None:
    """Talk to the author in this language from now on."""
    if language is not None:
        os.environ["GUIDEGEN_LANG"] = language
        interface_language.cache_clear()


@cache
def _messages() -> Mapping[str, LocalText]:
    from guidegen.messages import load_messages  # noqa: PLC0415  # reads YAML

    return load_messages()


def say(message: str, **values: object) -> str:
    """Return a message of the interface in the author's language.

    Days among the values are written out, as in 1 December 2026.
    """
    text = _messages()[message].get(interface_language())
    return text.format(
        **{
            name: _long_date(value) if isinstance(value, dt.date) else value
            for name, value in values.items()
        }
    )


def _long_date(day: dt.date) -> str:
    month = say("date-months").split()[day.month - 1]
    return say("date-long", day=day.day, month=month, year=day.year)


def tell(text: str, *, err: bool = False) -> None:
    """Print sentences; a terminal's lines break between words, not within them."""
    if (sys.stderr if err else sys.stdout).isatty():
        from guidegen.wrap import wrapped  # noqa: PLC0415  # a terminal alone needs it

        text = wrapped(text)
    click.echo(text, err=err)


def show_error(error: GuidegenError) -> None:
    """Print what happened, where, and what to do."""
    tell(error_text(error), err=True)


def error_text(error: GuidegenError) -> str:
    """Return what happened, where, and what to do; one line for each problem."""
    word = styled(_word("error", "error:"), fg="red", bold=True)
    lines = []
    for problem in error.problems:
        lines.append(f"{word} {problem_text(problem)}")
        if hint := hint_text(problem):
            lines.append(f"{styled(_word('hint', 'hint:'), bold=True)} {hint}")
    return "\n".join(lines)


def problem_text(problem: Problem) -> str:
    """Return where a problem is and what is wrong, on one line."""
    key = problem.values.get("key")
    place = _place(problem.path, problem.line)
    detail = f" ({problem.detail})" if problem.detail else ""
    text = f"{_said(problem)}{detail}"
    return printable(f"{place}{f'{key}: ' if key else ''}{text}")


def hint_text(problem: Problem) -> str | None:
    """Return what to do about a problem, None if its own text says it."""
    hint = problem.hint or f"{problem.message}-hint"
    if hint not in _known_messages() or not (problem.hint or _is_error(problem)):
        return None
    return printable(_said(replace(problem, message=hint)))


def _is_error(problem: Problem) -> bool:
    # Other texts (what is wrong with an answer) say themselves what to do.
    return problem.message.startswith("error-")


def _said(problem: Problem) -> str:
    """Return a text in the author's language; a problem among its values as a text."""
    if problem.message not in _known_messages():
        # The messages themselves are broken or missing: the id is better than nothing.
        return str(GuidegenError.of(problem))
    values = {
        name: _said(value) if isinstance(value, Problem) else value
        for name, value in problem.values.items()
    }
    return say(problem.message, **values)


def _known_messages() -> Mapping[str, LocalText]:
    try:
        return _messages()
    except GuidegenError:
        return {}


def _word(name: str, english: str) -> str:
    text = _known_messages().get(f"error-word-{name}")
    return text.get(interface_language()) if text else english


def show_notes(notes: Iterable[Note], *, minor: bool = False) -> None:
    """Print what a step did that the author should know, the minor things if asked."""
    for note in notes:
        if note.minor and not minor:
            continue
        text = printable(say(note.message, **note.values))
        tell(f"{styled(_word('note', 'note:'), fg='yellow')} {text}", err=True)


def styled(
    text: str,
    *,
    fg: str | None = None,
    bold: bool = False,
    underline: bool = False,
    strikethrough: bool = False,
) -> str:
    """Return a text in colour, unless the user wants none (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return text
    return click.style(
        text,
        fg=fg,
        # False would be written out as “not bold”.
        bold=bold or None,
        underline=underline or None,
        strikethrough=strikethrough or None,
    )


def in_colour() -> bool:
    """Return whether colour will be seen where the output goes."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout.isatty()


def printable(text: str) -> str:
    """Return a text without secrets and without what would steer the terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", redacted(text))


def _place(path: Path | None, line: int | None) -> str:
    name = shown(path) if path else "."
    if name == ".":  # here, where the user is
        return ""
    return f"{name}:{line}: " if line else f"{name}: "


def shown(path: Path) -> str:
    """Return a path as the user would type it from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
