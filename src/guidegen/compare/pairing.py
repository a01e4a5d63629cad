"""The pairs of two rows of texts that are most alike, in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    _Text = TypeVar("_Text")

Words: TypeAlias = "Counter[str]"

ALIKE = 0.5
"""How much of the shorter of two texts must be in the other for a change to be seen."""

_AT_MOST = 40_000
"""How many pairs may be weighed: more would take seconds."""


def likeness(old: Words, new: Words) -> float:
    """Return how alike two texts are, from 0 (not at all) to 1, by their words."""
    common = _letters(old & new)
    before, after = _letters(old), _letters(new)
    if not common or common < ALIKE * min(before, after):
        return 0.0
    return 2 * common / (before + after)


def _letters(words: Words) -> int:
    return sum(len(word) * times for word, times in words.items())


def pairs(
    old: Sequence[_Text],
    new: Sequence[_Text],
    alike: Callable[[int, int], float],
) -> Iterator[tuple[_Text | None, _Text | None]]:
    """Yield texts that have been edited side by side, the others alone.

    The pairs are those that are most alike in sum: an alignment after Needleman and
    Wunsch (J. Mol. Biol. 48, 1970) in which a gap costs nothing.

    Args:
        old: The texts as they were.
        new: The texts as they are.
        alike: Returns how alike an old and a new text are, given their places.
    """
    rows, columns = len(old), len(new)
    if rows * columns > _AT_MOST:
        rows = columns = 0  # each alone
    weights = [[alike(row, column) for column in range(columns)] for row in range(rows)]
    best = _best(weights, rows, columns)
    row = column = 0
    while row < rows and column < columns:
        weight = weights[row][column]
        if weight and best[row][column] == weight + best[row + 1][column + 1]:
            yield old[row], new[column]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            yield old[row], None
            row += 1
        else:
            yield None, new[column]
            column += 1
    yield from ((each, None) for each in old[row:])
    yield from ((None, each) for each in new[column:])


def _best(weights: list[list[float]], rows: int, columns: int) -> list[list[float]]:
    """Return the greatest sum that can be had from each place on."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            best[row][column] = max(
                best[row + 1][column],
                best[row][column + 1],
                weights[row][column] + best[row + 1][column + 1],
            )
    return best
