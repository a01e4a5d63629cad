"""The author's language, and what guidegen says in it.

The language is set once, at the edge, when a command begins; from then on everything
that prints takes its words from here.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from guidegen.errors import GuidegenError
from guidegen.messages import load_messages
from guidegen.model.text import LocalText

LANGUAGES = ("de", "en")
"""What guidegen can speak with the author."""

LANG_OPTION = "--lang"


class _Spoken:
    """The language of the command that is running; None outside of one."""

    language: str | None = None


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in this language for as long as a command runs."""
    before, _Spoken.language = _Spoken.language, language
    try:
        yield
    finally:
        _Spoken.language = before


def interface_language() -> str:
    """Return the language guidegen speaks with the author: `de` or `en`."""
    return _Spoken.language or system_language()


def typed_language(arguments: Sequence[str]) -> str | None:
    """Return the language that `--lang` names, None if it does not.

    It is looked for before anything else is read, so that help and mistakes in what was
    typed are said in that language wherever it stands in the line.
    """
    found = None
    for index, word in enumerate(arguments):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name == LANG_OPTION:
            value = value if equals else "".join(arguments[index + 1 : index + 2])
            found = value if value in LANGUAGES else found
    return found


def system_language() -> str:
    """Return the language that `GUIDEGEN_LANG` names, or else the system's."""
    for name in ("GUIDEGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "de" if value.lower().startswith("de") else "en"
    import locale  # noqa: PLC0415  # Windows and macOS have no such variables

    system = (locale.getlocale()[0] or "").lower()
    return "de" if system.startswith(("de", "german")) else "en"


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


@cache
def _messages() -> Mapping[str, LocalText]:
    return load_messages()


def known_messages() -> Mapping[str, LocalText]:
    """Return all messages by id; none if the installation has lost them."""
    try:
        return _messages()
    except GuidegenError:
        return {}
