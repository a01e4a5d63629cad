"""The list of all answers, as it is shown before they are written."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence

from guidegen.wrap import BULLET, wrapped

_LINES_AROUND = 7
"""Lines of the terminal that the heading and the question below the list need."""
_END = "…"


def summary_lines(
    answers: Collection[tuple[str, Sequence[str]]], nothing: str, left_out: str
) -> list[str]:
    """Return the lines of the list, so that it fits the terminal if it can.

    The parts of an answer stand below one another where there is room for all of them.
    Otherwise the longest lists are written on as few lines as possible, then all that
    was not answered stands together, and then the longest answers are shortened.

    Args:
        answers: What each answer is called, and its parts.
        nothing: What stands where there is no answer.
        left_out: What stands before the names of all that was not answered.
    """
    rows = shutil.get_terminal_size().lines - _LINES_AROUND
    given = [[*_below(name, parts or [nothing])] for name, parts in answers]
    brief = [[_beside(name, parts or [nothing])] for name, parts in answers]
    entries = _with_longest_first(given, brief, rows)
    if _height(entries) > rows:
        entries = [[_beside(name, parts)] for name, parts in answers if parts]
        missing = [name for name, parts in answers if not parts]
        entries += [[_beside(left_out, missing)]] if missing else []
    if _height(entries) > rows:
        cut = [[_on_one_line(line)] for (line, *_) in entries]
        cut = _with_longest_first(entries, cut, rows)
        # Where somebody has to scroll anyway, nothing is left out.
        entries = cut if _height(cut) <= rows else entries
    return [line for entry in entries for line in entry]


def _with_longest_first(
    entries: Sequence[list[str]], shorter: Sequence[list[str]], rows: int
) -> list[list[str]]:
    """Return the entries, of the longest ones the shorter form until they fit."""
    found = [*entries]
    for index in sorted(range(len(found)), key=lambda each: -_height([found[each]])):
        if _height(found) <= rows:
            break
        found[index] = shorter[index]
    return found


def _on_one_line(line: str) -> str:
    first, *more = wrapped(line, reserved=len(_END) + 1).splitlines()
    return f"{first} {_END}" if more else line


def _below(name: str, parts: Sequence[str]) -> Iterator[str]:
    if len(parts) == 1:
        yield _beside(name, parts)
        return
    yield f"{BULLET}{_head(name)}"
    for part in parts:
        yield f"    {part}"


def _beside(name: str, parts: Sequence[str]) -> str:
    return f"{BULLET}{_head(name)} {listed(parts)}"


def listed(parts: Sequence[str]) -> str:
    """Return parts on one line, apart from each other even if they have commas."""
    return ("; " if any("," in part for part in parts) else ", ").join(parts)


def _head(name: str) -> str:
    return name if name.endswith("?") else f"{name}:"


def _height(entries: Sequence[Sequence[str]]) -> int:
    return sum(wrapped(line).count("\n") + 1 for entry in entries for line in entry)
