"""Reads the answers' file as text, and says at once what is wrong with it as a file."""

from __future__ import annotations

import re
from pathlib import Path

from guidegen.errors import Problem, ProblemsError

MAX_BYTES = 1_000_000
"""More than any company has to say; a larger file is refused before it is read."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def read_source(path: Path) -> str:
    """Return the text of the answers' file.

    Raises:
        ProblemsError: It is missing, too large, not readable, not UTF-8 or holds
            control characters.
    """
    return _checked(_decoded(_bytes(path), path), path)


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise _refuse("answers-no-file", path)
    if not path.is_file():
        raise _refuse("answers-not-a-file", path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refuse("answers-unreadable", path, reason=error.strerror) from error
    if len(content) > MAX_BYTES:
        raise _refuse("answers-too-large", path)
    return content


def _decoded(content: bytes, path: Path) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refuse("answers-encoding", path, 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refuse("answers-encoding", path, line) from error


def _checked(text: str, path: Path) -> str:
    found = {
        text.count("\n", 0, match.start()) + 1: f"U+{ord(match[0]):04X}"
        for match in _CONTROL.finditer(text)
    }
    if found:
        raise ProblemsError(
            tuple(
                Problem(
                    message="answers-control",
                    values={"character": character},
                    path=path,
                    line=line,
                )
                for line, character in list(found.items())[:20]
            )
        )
    return text


def _refuse(
    message: str, path: Path, line: int | None = None, **values: object
) -> ProblemsError:
    problem = Problem(message=message, values=values, path=path, line=line)
    return ProblemsError((problem,))
