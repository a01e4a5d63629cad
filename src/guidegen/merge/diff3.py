"""Joins what two sides have made of the same text, line by line, exactly.

The algorithm is the one that S. Khanna, K. Kunal and B. C. Pierce describe in "A Formal
Investigation of Diff3" (FSTTCS 2007): lines that all three texts share hold them
together; what lies between two of them was changed by one side, by both in the same
way, or is a conflict. So edits in neighbouring lines are a conflict, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A place that both sides have changed, each in its own way."""

    line: int
    """Where it begins in the company's text, counted from 1."""
    base: str
    own: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The text with both sides' changes; where they conflict, the company's stands."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The same place in the three texts."""

    line: int
    base: Sequence[str]
    own: Sequence[str]
    new: Sequence[str]


def merge_texts(base: str, own: str, new: str) -> Merged:
    """Join the company's changes of a text with the pack's.

    Args:
        base: What both started from.
        own: What the company has made of it.
        new: What the pack has made of it.
    """
    lines: list[str] = []
    conflicts: list[Conflict] = []
    texts = [text.split("\n") for text in (base, own, new)]
    for stretch in _stretches(*texts):
        if stretch.own == stretch.base:
            lines += stretch.new
            continue
        lines += stretch.own
        if stretch.new not in (stretch.base, stretch.own):
            conflicts.append(
                Conflict(
                    line=stretch.line,
                    base="\n".join(stretch.base),
                    own="\n".join(stretch.own),
                    new="\n".join(stretch.new),
                )
            )
    return Merged(text="\n".join(lines), conflicts=tuple(conflicts))


def _stretches(
    base: Sequence[str], own: Sequence[str], new: Sequence[str]
) -> Iterator[_Stretch]:
    """Yield the three texts, cut before and after each line that all share."""
    in_own, in_new = _places(base, own), _places(base, new)
    shared = [place for place in in_own if place in in_new]
    a = b = c = 0
    for place in [*shared, len(base)]:
        to_own, to_new = in_own.get(place, len(own)), in_new.get(place, len(new))
        yield _Stretch(b + 1, base[a:place], own[b:to_own], new[c:to_new])
        line = base[place : place + 1]
        yield _Stretch(to_own + 1, line, line, line)
        a, b, c = place + 1, to_own + 1, to_new + 1


def _places(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return where in another text each line of the base stands that is still there."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
