"""Commands that messages print, so that they can be pasted as they are.

A command names the project with `-C`, unless the reader stands in it.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable
from pathlib import Path

from guidegen.model.project import nearest_folder
from guidegen.redact import printable

_BARE = re.compile(r"[\w./\\:+=-]+", re.ASCII)
"""What neither cmd nor PowerShell reads anything into."""

_UNSAFE = re.compile(r"[\"$%`!“”„\x00-\x1f\x7f]")
"""What cmd or PowerShell reads something into between double quotes as well."""


def guidegen_command(verb: str, *words: str, folder: Path | None = None) -> str:
    """Return a command as the reader can paste it where they are.

    Args:
        verb: What guidegen is to do.
        words: What follows, after the project.
        folder: The project's; None: the one that the reader stands in.
    """
    named = () if folder is None or is_here(folder) else ("-C", typed_path(folder))
    return printable(quoted(("guidegen", verb, *named, *words)))


def quoted(words: Iterable[str], *, windows: bool = os.name == "nt") -> str:
    """Return words as one line for the shells of a system.

    On Windows that is cmd and PowerShell at once, which agree on double quotes only. A
    few characters mean something to one of them even there; a question mark stands in
    their place, so that what is pasted does nothing rather than something else.
    """
    return " ".join(map(_quoted_for_windows if windows else shlex.quote, words))


def _quoted_for_windows(word: str) -> str:
    if _BARE.fullmatch(word):
        return word
    text = _UNSAFE.sub("?", word)
    # A backslash before the last quote would make it part of the word.
    backslashes = len(text) - len(text.rstrip("\\"))
    return '"' + text + "\\" * backslashes + '"'


def is_here(folder: Path) -> bool:
    """Return whether guidegen would use this folder if none were named."""
    try:
        here = nearest_folder() or Path.cwd()
        return folder.resolve() == here.resolve()
    except OSError:
        return False


def typed_path(path: Path) -> str:
    """Return a path as somebody would type it from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
