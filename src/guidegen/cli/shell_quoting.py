"""Commands in messages: quoted for the shell, so that they can be pasted.

A command names the project with `-C`, unless the reader is in it.
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
"""Words that need no quotes in cmd or PowerShell."""

_UNSAFE = re.compile(r"[\"$%`!“”„\x00-\x1f\x7f]")
"""Characters that are special to cmd or PowerShell even within double quotes."""


def guidegen_command(verb: str, *words: str, folder: Path | None = None) -> str:
    """Return a command that the reader can paste.

    Args:
        verb: Such as `build`.
        words: What follows, after the project.
        folder: The project's folder; None for the one that the reader is in.
    """
    named = () if folder is None or is_here(folder) else ("-C", typed_path(folder))
    # A folder's name may contain control characters, and messages go to a terminal.
    return printable(quoted(("guidegen", verb, *named, *words)))


def quoted(words: Iterable[str], *, windows: bool = os.name == "nt") -> str:
    """Return words as a line for a shell: sh, or both cmd and PowerShell on Windows.

    Those two agree on double quotes only. A few characters are special to one of them
    even there; a question mark replaces them, so that the pasted line fails rather than
    does something else.
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
    """Return whether a command without `-C` would use this folder."""
    try:
        # As `open_project` finds it: a command inside a project needs no -C.
        here = nearest_folder() or Path.cwd()
        return folder.resolve() == here.resolve()
    except OSError:
        return False


def typed_path(path: Path) -> str:
    """Return a path as one would type it in the current folder."""
    try:
        # Not what a link leads to: an error may be about the link itself.
        real = (
            path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
        )
        return str(real.relative_to(Path.cwd()))
    # ValueError: it lies elsewhere; OSError: the current folder was removed.
    except (ValueError, OSError):
        return str(path)
