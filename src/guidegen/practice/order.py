"""In which order cards are practised first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from guidegen.practice.draft import FIVE, Draft
from guidegen.value import Value

TEN: Final = 10
"""After so many cards somebody has practised, if they cover what has to be."""


class Ordered(Value):
    """Cards in order, and how many of the first are the core."""

    drafts: tuple[Draft, ...]
    core: int


def ordered(drafts: Sequence[Draft], subjects: Sequence[str]) -> Ordered:
    """Return cards so that the first ones cover everything, with some yes in each five.

    Args:
        drafts: The cards, in some order that is always the same.
        subjects: What the first cards have to cover: ids of sections, and of topics
            after a colon.
    """
    deal = _Deal(drafts, subjects)
    core = 0
    while deal.waiting:
        if deal.take():
            core = len(deal.done)
    return Ordered(drafts=tuple(deal.done), core=min(max(core, TEN), len(deal.done)))


def subject_of(draft: Draft) -> str:
    """Return what a card practises: a section, or `:` and the id of a topic."""
    return f":{draft.topic}" if draft.topic else draft.rule


class _Deal:
    """Takes one card after the other."""

    def __init__(self, drafts: Sequence[Draft], subjects: Sequence[str]) -> None:
        there = {subject_of(draft) for draft in drafts}
        self.waiting = list(drafts)
        self.done: list[Draft] = []
        self._wanted = {each for each in subjects if each in there}
        self._used: Counter[str] = Counter()
        self._fives = -(-len(drafts) // FIVE)
        self._allowed = sum(draft.allowed for draft in drafts)

    def take(self) -> bool:
        """Take the next card; return whether it covers something for the first time."""
        draft = self._next()
        self.waiting.remove(draft)
        self.done.append(draft)
        subject = subject_of(draft)
        self._used[subject] += 1
        if subject not in self._wanted:
            return False
        self._wanted.remove(subject)
        return True

    def _next(self) -> Draft:
        five, at = divmod(len(self.done), FIVE)
        left = FIVE - at
        said_yes = sum(draft.allowed for draft in self.done)
        # As many as are fair by the end of these five: they have to last.
        due = -(-(five + 1) * self._allowed // self._fives) - said_yes
        must = left == 1 and not any(draft.allowed for draft in self.done[-at:])
        # Not always at the same place, where one would expect it.
        wants_yes = due > 0 and (due >= left or at == (2 * five + 1) % FIVE)
        last = self.done[-1].rule if self.done else None

        def rank(draft: Draft) -> tuple[bool | int, ...]:
            return (
                must and not draft.allowed,
                subject_of(draft) not in self._wanted,
                draft.allowed != wants_yes,
                draft.rule == last,
                self._used[subject_of(draft)],
            )

        return min(self.waiting, key=rank)
