"""From when a release is valid: read from an option, asked for, or kept as it was."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from guidegen.answers import Refused, parse
from guidegen.cli.show import interface_language, problem_text, say
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import Back, Prompt
from guidegen.model.note import Note
from guidegen.model.question import Kind

if TYPE_CHECKING:
    from guidegen.interview import Prompter, Raw
    from guidegen.pipeline.outlook import Outlook

_OPTION = "--valid-from"


def read_day(text: str) -> dt.date:
    """Return the day that the option `--valid-from` names.

    Raises:
        ProblemsError: It is none.
    """
    try:
        return _day(text)
    except Refused as refused:
        empty = refused.message == "answers-empty"  # which speaks of a line in a file
        message = "release-empty" if empty else refused.message
        values = {**refused.values, "key": _OPTION}
        raise ProblemsError((Problem(message=message, values=values),)) from None


def kept_day(outlook: Outlook, today: dt.date) -> tuple[Note, ...]:
    """Return a note if the release names the day that the one before began."""
    day, last = outlook.left_over(today), outlook.last
    if day is None or last is None:
        return ()
    values = {"day": day, "version": last.version, "option": _OPTION}
    return (Note(message="release-day-kept", values=values),)


def ask_day(
    prompter: Prompter, outlook: Outlook, version: str, today: dt.date
) -> dt.date:
    """Return from when the release is valid; today is proposed.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    day = outlook.left_over(today)
    prompt = Prompt(
        head="",
        text=say("release-day", version=version),
        help=say("release-day-help", day=day),
        kind=Kind.TEXT,
        default=_typed(today),
        check=lambda raw: _complaint(raw, outlook),
    )
    while True:
        try:
            return _day(str(prompter.ask(prompt)))
        except Back:
            continue


def _typed(day: dt.date) -> str:
    """Return a day as the author would type it."""
    if interface_language() == "de":
        return f"{day.day}.{day.month}.{day.year}"
    return day.isoformat()


def _complaint(raw: Raw, outlook: Outlook) -> str | None:
    try:
        day = _day(str(raw or ""))
    except Refused as refused:
        return say(refused.message, **refused.values)
    last = outlook.last
    if last is None or day >= last.valid_from:
        return None
    values = {"day": day, "last": last.valid_from, "version": last.version}
    return problem_text(Problem(message="release-earlier", values=values))


def _day(text: str) -> dt.date:
    day: dt.date = parse(Kind.DATE, text)  # type: ignore[assignment]  # for a date
    return day
