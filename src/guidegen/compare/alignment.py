"""Which block or sentence of the old text became which of the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

if TYPE_CHECKING:  # which loads the page's tree: sentences are paired without
    from guidegen.compare.tokens import Token, TokenBlock

_Text = TypeVar("_Text")

Words: TypeAlias = "Counter[str]"

# A redline is to be read, not applied: two texts that share less are easier to read one
# after the other (decisions.md, "What is told apart in a redline").
ALIKE: Final = 0.5
"""How much of the shorter of two texts must be in the other for a change to be seen."""

_AT_MOST: Final = 40_000
"""How many pairs may be weighed: more would take seconds."""

Pair: TypeAlias = "tuple[TokenBlock | None, TokenBlock | None]"
"""A block as it was and as it is; None where it is new or gone."""


def align(old: Sequence[TokenBlock], new: Sequence[TokenBlock]) -> Iterator[Pair]:
    """Yield each block with what became of it, in reading order."""
    # From 200 blocks on, difflib's `autojunk` would pass over blocks that occur often.
    # Equal blocks go first, so that only what lies between is weighed pair by pair.
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[start:end], new[begin:stop], strict=True)
        else:
            yield from _edited(old[start:end], new[begin:stop])


def _edited(old: Sequence[TokenBlock], new: Sequence[TokenBlock]) -> Iterator[Pair]:
    before, after = [_words_of(each) for each in old], [_words_of(each) for each in new]

    def alike(row: int, column: int) -> float:
        if not _same_thing(old[row], new[column]):
            return 0.0
        return likeness(before[row], after[column])

    return pairs(old, new, alike)


def _same_thing(old: TokenBlock, new: TokenBlock) -> bool:
    """Return whether one could have become the other at all."""
    # A redline compares cell with cell, which rows of different width do not allow.
    if old.kind != new.kind or len(old.cells) != len(new.cells):
        return False
    if old.kind != "tr" or not old.cells:
        return True
    # A row is about what its first cell begins with: another name is another row.
    return likeness(_count(_first_line(old)), _count(_first_line(new))) > 0


def _first_line(row: TokenBlock) -> Iterator[Token]:
    return takewhile(lambda token: not token.is_break, row.cells[0])


def _words_of(block: TokenBlock) -> Words:
    return _count(token for cell in block.cells for token in cell)


def _count(tokens: Iterable[Token]) -> Words:
    # Spaces and punctuation are in every text and would make all of them alike.
    return Counter(token.text for token in tokens if token.text[0].isalnum())


def pairs(
    old: Sequence[_Text],
    new: Sequence[_Text],
    alike: Callable[[int, int], float],
) -> Iterator[tuple[_Text | None, _Text | None]]:
    """Yield each text that was edited with what it became, the others alone.

    Texts are paired so that the sum of their likeness is greatest: an alignment after
    Needleman and Wunsch (J. Mol. Biol. 48, 1970) in which a gap costs nothing.

    Args:
        old: The texts as they were.
        new: The texts as they are.
        alike: Returns how alike an old and a new text are, given their indexes.
    """
    rows, columns = len(old), len(new)
    if rows * columns > _AT_MOST:
        rows = columns = 0  # each alone: better than to let somebody wait
    weights = [[alike(row, column) for column in range(columns)] for row in range(rows)]
    best = _best(weights, rows, columns)
    row = column = 0
    while row < rows and column < columns:
        weight = weights[row][column]
        # Floats may be compared exactly: `_best` has added up the very same numbers.
        if weight and best[row][column] == weight + best[row + 1][column + 1]:
            yield old[row], new[column]
            row, column = row + 1, column + 1
        # Where both ways weigh the same, what is gone precedes what is new, as it does
        # in a block that is shown twice.
        elif best[row][column] == best[row + 1][column]:
            yield old[row], None
            row += 1
        else:
            yield None, new[column]
            column += 1
    yield from ((each, None) for each in old[row:])
    yield from ((None, each) for each in new[column:])


def _best(weights: list[list[float]], rows: int, columns: int) -> list[list[float]]:
    """Return the greatest sum that can be reached from each pair on."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    # From the end, so that `pairs` can walk forwards and yield in reading order.
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            best[row][column] = max(
                best[row + 1][column],
                best[row][column + 1],
                weights[row][column] + best[row + 1][column + 1],
            )
    return best


def likeness(old: Words, new: Words) -> float:
    """Return how alike two texts are, from 0 (not at all) to 1, by their words."""
    common = _letters(old & new)
    before, after = _letters(old), _letters(new)
    # Measured by the shorter text: a sentence that grew to three times its length is
    # still that sentence.
    if not common or common < ALIKE * min(before, after):
        return 0.0
    # The Sørensen-Dice coefficient: of several texts that contain the old one, the one
    # nearest in length wins.
    return 2 * common / (before + after)


def _letters(words: Words) -> int:
    # Counted in letters, so that articles and conjunctions, which all sentences share,
    # weigh little.
    return sum(len(word) * times for word, times in words.items())
