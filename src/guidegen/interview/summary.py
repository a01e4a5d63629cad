"""The list of all answers, as it is shown before they are written."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence

from guidegen.wrap import BULLET, wrapped

_LINES_AROUND = 6
"""Lines of the terminal that the heading and the question below the list need."""


def summary_lines(
    answers: Collection[tuple[str, Sequence[str]]], nothing: str
) -> list[str]:
    """Return the lines of the list, so that it fits the terminal if it can.

    The parts of an answer stand below one another where there is room for all of them;
    otherwise the longest lists are the first to be written on as few lines as possible.

    Args:
        answers: What each answer is called, and its parts.
        nothing: What stands where there is no answer.
    """
    rows = shutil.get_terminal_size().lines - _LINES_AROUND
    entries = [[*_below(name, parts or [nothing])] for name, parts in answers]
    brief = [_beside(name, parts or [nothing]) for name, parts in answers]
    longest = sorted(range(len(entries)), key=lambda each: -len(entries[each]))
    for index in longest:
        if sum(map(_height, entries)) <= rows:
            break
        entries[index] = [brief[index]]
    return [line for entry in entries for line in entry]


def _below(name: str, parts: Sequence[str]) -> Iterator[str]:
    if len(parts) == 1:
        yield _beside(name, parts)
        return
    yield f"{BULLET}{_head(name)}"
    for part in parts:
        yield f"    {part}"


def _beside(name: str, parts: Sequence[str]) -> str:
    return f"{BULLET}{_head(name)} {', '.join(parts)}"


def _head(name: str) -> str:
    return name if name.endswith("?") else f"{name}:"


def _height(lines: Sequence[str]) -> int:
    return sum(wrapped(line).count("\n") + 1 for line in lines)
