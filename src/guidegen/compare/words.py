"""Which words of a block are new, gone and the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from guidegen.model.redline import CELLS, Op, Run

if TYPE_CHECKING:
    from guidegen.compare.blocks import Token

    Tokens = Sequence[Token]

SURVIVES = 0.5
"""How much of a text must stay for its change to be shown word by word."""

_AT_MOST = 4_000_000
"""How many pairs of words may be compared: more would take seconds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that were replaced, or stayed as they are; `same` have the new style."""

    old: Tokens
    new: Tokens
    same: bool


def compare_words(old: Tokens, new: Tokens) -> tuple[Run, ...] | None:
    """Return what happened to each word, or None if too little has stayed.

    The longest common stretches are found as Ratcliff and Obershelp do it ("Pattern
    Matching: The Gestalt Approach", Dr. Dobb's Journal, July 1988; Python's difflib).
    What stayed by chance between larger changes then counts as changed, after the
    "semantic cleanup" in Neil Fraser's "Diff Strategies" (2006).
    """
    if len(old) * len(new) > _AT_MOST:
        return None
    stretches = _cleaned(_stretches(old, new))
    stayed = sum(_size(each.new) for each in stretches if each.same)
    if max(_share(stayed, old), _share(stayed, new)) < SURVIVES:
        return None
    runs: list[Run] = []
    for each in stretches:
        if each.same:
            runs += token_runs(Op.SAME, each.new)
        else:
            runs += [*token_runs(Op.DELETE, each.old), *token_runs(Op.INSERT, each.new)]
    return tuple(runs)


def token_runs(op: Op, tokens: Iterable[Token]) -> list[Run]:
    """Return words to which one thing happened as runs of one style each."""
    runs: list[Run] = []
    for token in tokens:
        run = Run(
            op=op,
            text=token.text,
            strong=token.strong,
            emphasis=token.emphasis,
            link=token.link,
        )
        if runs and replace(runs[-1], text=run.text) == run:
            runs[-1] = replace(run, text=runs[-1].text + run.text)
        else:
            runs.append(run)
    return [part for run in runs for part in _unlike_cells(run)]


def _unlike_cells(run: Run) -> tuple[Run, ...]:
    """Return a run, in two halves if it could be taken for the border of two cells."""
    if run.text != CELLS:
        return (run,)
    return replace(run, text=CELLS[:1]), replace(run, text=CELLS[1:])


def _stretches(old: Tokens, new: Tokens) -> list[Stretch]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        Stretch(old[start:end], new[begin:stop], tag == "equal")
        for tag, start, end, begin, stop in matcher.get_opcodes()
    ]


def _cleaned(stretches: list[Stretch]) -> list[Stretch]:
    """Return the stretches without those that stayed between two larger changes."""
    done: list[Stretch] = []
    for each in stretches:
        done.append(each)
        while _weak(*done[-3:]):
            before, between, after = done[-3:]
            done[-3:] = [
                Stretch(
                    (*before.old, *between.old, *after.old),
                    (*before.new, *between.new, *after.new),
                    same=False,
                )
            ]
    return done


def _weak(
    before: Stretch, between: Stretch | None = None, after: Stretch | None = None
) -> bool:
    """Return whether what stayed in the middle is no more than what changed around."""
    if not between or not after or before.same or not between.same or after.same:
        return False
    size = _size(between.new)
    return all(
        size <= max(_size(each.old), _size(each.new)) for each in (before, after)
    )


def _size(tokens: Tokens) -> int:
    """Return how many characters of words are in it."""
    return sum(len(token.text) for token in tokens if token.text[0].isalnum())


def _share(stayed: int, tokens: Tokens) -> float:
    size = _size(tokens)
    return stayed / size if size else 0.0
