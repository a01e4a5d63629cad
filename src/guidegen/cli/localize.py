"""The author's language, and guidegen's messages in it.

The language is chosen once, when a command starts; everything that is printed gets its
words here.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from guidegen.errors import GuidegenError
from guidegen.messages import load_messages
from guidegen.model.text import LocalText

LANGUAGES = ("de", "en")
"""The languages of the interface."""

LANG_OPTION = "--lang"


class _Reader:
    """What is known of the author while a command runs."""

    language: str | None = None
    has_chosen: bool = False
    """Whether the language was chosen with `--lang`."""
    project: Path | None = None
    """The folder that was named; None for the one they are in."""


@contextmanager
def speaking(arguments: Sequence[str]) -> Iterator[None]:
    """Use the author's language for as long as a command runs.

    Args:
        arguments: The command line after `guidegen`; its `--lang`, if any, decides.
    """
    # Restored at the end, since tests run many commands in one process.
    before = _Reader.language, _Reader.has_chosen, _Reader.project
    typed = _typed_language(arguments)
    _Reader.language, _Reader.has_chosen = typed or _system_language(), bool(typed)
    _Reader.project = None
    try:
        yield
    finally:
        _Reader.language, _Reader.has_chosen, _Reader.project = before


def name_project(folder: Path | None) -> None:
    """Make the commands in messages name this project from now on."""
    _Reader.project = folder


def interface_language() -> str:
    """Return the language of the interface: `de` or `en`."""
    return _Reader.language or _system_language()


def lang_words() -> tuple[str, ...]:
    """Return the option that makes another command use the chosen language."""
    # A language that comes from the environment is found there again.
    return (LANG_OPTION, interface_language()) if _Reader.has_chosen else ()


def _typed_language(arguments: Sequence[str]) -> str | None:
    """Return the language that `--lang` names, None if it does not.

    This happens before click parses the line: help and usage errors should be in that
    language wherever the option stands.
    """
    found = None
    for index, word in enumerate(arguments):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name == LANG_OPTION:
            value = value if equals else "".join(arguments[index + 1 : index + 2])
            # An unknown language is left to click, whose error should be in some
            # language.
            found = value if value in LANGUAGES else found
    return found


def _system_language() -> str:
    """Return the language that `GUIDEGEN_LANG` names, or else the system's."""
    # In the order that POSIX gives locale variables, behind our own.
    for name in ("GUIDEGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "de" if value.lower().startswith("de") else "en"
    import locale  # noqa: PLC0415  # Windows and macOS have no such variables

    system = (locale.getlocale()[0] or "").lower()
    # Windows calls the locale “German_Germany”.
    return "de" if system.startswith(("de", "german")) else "en"


def localized(message: str, /, **values: object) -> str:
    """Return a message of the interface in the author's language.

    Days among the values are written out, as in 1 December 2026. A placeholder such as
    `{guidegen build}` becomes that command, for the project that was named, and
    `{install sftp}` the one that installs an extra; its name may be that of a value.
    """
    text = _messages()[message].get(interface_language())
    return text.format_map(_Values(values))


class _Values(dict[str, object]):
    """The values of a message's placeholders."""

    def __getitem__(self, name: str) -> object:
        value = super().__getitem__(name)
        if isinstance(value, dt.date):
            return _long_date(value)
        if not isinstance(value, str | Path):
            return value
        # Whatever fills a sentence may come from somebody else. Help has nothing of
        # the kind, and comes at once.
        if str(value).isprintable():
            return value
        from guidegen.steering import on_one_line  # noqa: PLC0415

        return on_one_line(str(value))

    def __missing__(self, name: str) -> str:
        program, _, verb = name.partition(" ")
        if program == "install" and verb:
            from guidegen.cli.installation import install_command  # noqa: PLC0415

            return install_command(str(self.get(verb, verb)))
        # Any other name is a value that was forgotten: fail, so that a test finds it.
        if program != "guidegen" or not verb:
            raise KeyError(name)
        # Help, which is to come at once, names no command.
        from guidegen.cli.shell_quoting import guidegen_command  # noqa: PLC0415

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
