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
from pathlib import Path

from guidegen.cli.shell_quoting import guidegen_command
from guidegen.errors import GuidegenError
from guidegen.messages import load_messages
from guidegen.model.text import LocalText

LANGUAGES = ("de", "en")
"""What guidegen can speak with the author."""

LANG_OPTION = "--lang"


class _Reader:
    """For whom the command that is running prints; empty outside of one."""

    language: str | None = None
    has_chosen: bool = False
    """Whether they typed `--lang`."""
    project: Path | None = None
    """The folder that was named; None: the project that they stand in."""


@contextmanager
def speaking(arguments: Sequence[str]) -> Iterator[None]:
    """Speak the author's language for as long as a command runs.

    Args:
        arguments: What they typed after `guidegen`; a `--lang` among it decides.
    """
    before = _Reader.language, _Reader.has_chosen, _Reader.project
    typed = _typed_language(arguments)
    _Reader.language, _Reader.has_chosen = typed or _system_language(), bool(typed)
    _Reader.project = None
    try:
        yield
    finally:
        _Reader.language, _Reader.has_chosen, _Reader.project = before


def name_project(folder: Path | None) -> None:
    """Name this project in each command that a message prints from now on."""
    _Reader.project = folder


def interface_language() -> str:
    """Return the language guidegen speaks with the author: `de` or `en`."""
    return _Reader.language or _system_language()


def lang_words() -> tuple[str, ...]:
    """Return what a command needs to go on in the language that was typed here."""
    return (LANG_OPTION, interface_language()) if _Reader.has_chosen else ()


def _typed_language(arguments: Sequence[str]) -> str | None:
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


def _system_language() -> str:
    """Return the language that `GUIDEGEN_LANG` names, or else the system's."""
    for name in ("GUIDEGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "de" if value.lower().startswith("de") else "en"
    import locale  # noqa: PLC0415  # Windows and macOS have no such variables

    system = (locale.getlocale()[0] or "").lower()
    return "de" if system.startswith(("de", "german")) else "en"


def localized(message: str, /, **values: object) -> str:
    """Return a message of the interface in the author's language.

    Days among the values are written out, as in 1 December 2026. A placeholder such as
    `{guidegen build}` is that command, for the project that the author has named.
    """
    text = _messages()[message].get(interface_language())
    return text.format_map(_Values(values))


class _Values(dict[str, object]):
    """What fills the placeholders of a message."""

    def __getitem__(self, name: str) -> object:
        value = super().__getitem__(name)
        return _long_date(value) if isinstance(value, dt.date) else value

    def __missing__(self, name: str) -> str:
        program, _, verb = name.partition(" ")
        if program != "guidegen" or not verb:
            raise KeyError(name)
        return guidegen_command(verb, folder=_Reader.project)


def _long_date(day: dt.date) -> str:
    month = localized("date-months").split()[day.month - 1]
    return localized("date-long", day=day.day, month=month, year=day.year)


@cache
def _messages() -> Mapping[str, LocalText]:
    return load_messages()


def known_messages() -> Mapping[str, LocalText]:
    """Return all messages by id; none if the installation has lost them."""
    try:
        return _messages()
    except GuidegenError:
        return {}
