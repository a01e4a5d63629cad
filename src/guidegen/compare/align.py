"""Which block of the old page became which block of the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from guidegen.compare.blocks import BREAK
from guidegen.compare.pairing import likeness, pairs

if TYPE_CHECKING:
    from guidegen.compare.blocks import Source, Token
    from guidegen.compare.pairing import Words

Pair: TypeAlias = "tuple[Source | None, Source | None]"
"""A block as it was and as it is; None where it is new or gone."""


def align(old: Sequence[Source], new: Sequence[Source]) -> Iterator[Pair]:
    """Yield each block with what became of it, in reading order."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[start:end], new[begin:stop], strict=True)
        else:
            yield from _edited(old[start:end], new[begin:stop])


def _edited(old: Sequence[Source], new: Sequence[Source]) -> Iterator[Pair]:
    before, after = [_words(each) for each in old], [_words(each) for each in new]

    def alike(row: int, column: int) -> float:
        if not _same_thing(old[row], new[column]):
            return 0.0
        return likeness(before[row], after[column])

    return pairs(old, new, alike)


def _same_thing(old: Source, new: Source) -> bool:
    """Return whether one can have become the other at all."""
    if old.kind != new.kind or len(old.cells) != len(new.cells):
        return False
    if old.kind != "tr" or not old.cells:
        return True
    # A row is about what its first cell begins with: another name is another row.
    return likeness(_count(_first_line(old)), _count(_first_line(new))) > 0


def _first_line(row: Source) -> Iterator[Token]:
    return takewhile(lambda token: token.text != BREAK, row.cells[0])


def _words(block: Source) -> Words:
    return _count(token for cell in block.cells for token in cell)


def _count(tokens: Iterable[Token]) -> Words:
    return Counter(token.text for token in tokens if token.text[0].isalnum())
