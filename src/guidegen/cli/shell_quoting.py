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
from guidegen.steering import STEERING, on_one_line

_BARE = r"(?a)[\w./\\:+=-]+"
"""Words that need no quotes in cmd or PowerShell."""

_UNSAFE = r"[\"$%`!“”„\t\n]|" + STEERING.pattern
"""Characters that are special to cmd or PowerShell even within double quotes."""


def guidegen_command(verb: str, *words: str, folder: Path | None = None) -> str:
    """Return a command that the reader can paste.

    Args:
        verb: Such as `build`.
        words: What follows, after the project.
        folder: The project's folder; None for the one that the reader is in.
    """
    named = () if folder is None or is_here(folder) else ("-C", _from_here(folder))
    return printable(quoted(("guidegen", verb, *named, *words)))


def quoted(words: Iterable[str], *, windows: bool = os.name == "nt") -> str:
    """Return words as a line for a shell: sh, or both cmd and PowerShell on Windows.

    Those two agree on double quotes only. A few characters are special to one of them
    even there; a question mark replaces them, so that the pasted line fails rather than
    does something else.
    """
    return " ".join(map(_quoted_for_windows if windows else _quoted_for_sh, words))


def _quoted_for_sh(word: str) -> str:
    if not STEERING.search(word):
        return shlex.quote(word)
    # A terminal is never sent what would steer it, so the shell makes it of digits:
    # POSIX.1-2024, 2.2.4, as in bash and zsh.
    text = STEERING.sub(_octal, re.sub(r"([\\'])", r"\\\1", word))
    return f"$'{text}'"


def _octal(found: re.Match[str]) -> str:
    return "".join(f"\\{byte:03o}" for byte in os.fsencode(found[0]))


def _quoted_for_windows(word: str) -> str:
    if re.fullmatch(_BARE, word):
        return word
    text = re.sub(_UNSAFE, "?", word)
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
    """Return a path as one would type it in the current folder, to be shown."""
    return on_one_line(_from_here(path))


def _from_here(path: Path) -> str:
    try:
        # Not what a link leads to: an error may be about the link itself.
        real = (
            path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
        )
        return str(real.relative_to(Path.cwd()))
    # ValueError: it lies elsewhere; OSError: the current folder was removed.
    except (ValueError, OSError):
        return str(path)
