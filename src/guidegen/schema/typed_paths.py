"""Paths as people type them, or as file managers and terminals give them."""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from guidegen.schema.scalars import Refused

_QUOTES: Final = {'"': '"', "'": "'", "„": "“", "“": "”", "«": "»", "»": "«"}
_MARKS: Final = "\u200e\u200f\u202a\u202b\u202c\ufeff"
"""What Windows puts before a path that is copied from a file's properties."""
_WINDOWS: Final = re.compile(r"(?P<drive>[A-Za-z]):[\\/](?P<rest>.*)|\\\\.*")
_ESCAPED: Final = re.compile(r"\\(.)")


def find_file(typed: str, beside: Path) -> Path:
    """Return the file that somebody means.

    Quotes and backslashes round its blanks, `file:///` and `~` are understood, as
    Explorer, Finder, GNOME and terminals write them.

    Args:
        typed: What was typed, or dropped into the terminal.
        beside: The folder that a relative path counts from, before the current one.

    Raises:
        Refused: There is no such file.
    """
    named = typed
    for named in _readings(typed):
        for form in ("NFC", "NFD"):  # macOS takes ä apart
            path = _there(unicodedata.normalize(form, named), beside)
            if path is not None:
                return path
    if is_windows_path(named) and os.name != "nt":
        raise Refused("value-file-windows", value=named)
    raise Refused("interview-file-missing", value=named)


def is_windows_path(text: str) -> bool:
    """Return whether a path can only be one of Windows: with a drive or a share."""
    return _WINDOWS.fullmatch(text) is not None


def _there(named: str, beside: Path) -> Path | None:
    try:
        path = Path(named).expanduser()
        for each in (beside / path, path):
            if each.is_file():
                return each
    except (OSError, RuntimeError, ValueError):
        # A name that no file can have, or the home of an unknown user.
        pass
    return None


def _readings(typed: str) -> Iterator[str]:
    """Yield what the words may mean, the most literal reading first."""
    text = typed.strip().strip(_MARKS).strip()
    yield text
    text = text.removeprefix("& ")  # as PowerShell writes it
    if os.name == "posix":
        yield from _as_in_a_shell(text)
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    if text.lower().startswith("file:"):
        text = _from_address(text)
    found = _WINDOWS.fullmatch(text)
    if found and found["drive"]:  # where Linux runs within Windows
        yield f"/mnt/{found['drive'].lower()}/" + found["rest"].replace("\\", "/")
    elif "\\" in text and found is None:
        yield _ESCAPED.sub(r"\1", text)
        yield text.replace("\\", "/")
    yield text


def _as_in_a_shell(text: str) -> Iterator[str]:
    try:
        words = shlex.split(text)
    except ValueError:  # a quote that is not closed
        return
    if len(words) == 1:
        yield words[0]


def _from_address(text: str) -> str:
    """Return the path that an address of a file names (RFC 8089)."""
    parts = urlsplit(text)
    path = unquote(parts.path)
    if re.match(r"/[A-Za-z]:", path):
        return path[1:]
    is_here = parts.netloc in {"", "localhost"}
    return path if is_here else f"\\\\{parts.netloc}{path}".replace("/", "\\")
