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
        # With its subject: each card is looked at once for each that is taken.
        self.waiting = [(draft, subject_of(draft)) for draft in drafts]
        self.done: list[Draft] = []
        there = {subject for _, subject in self.waiting}
        self._wanted = {each for each in subjects if each in there}
        self._used: Counter[str] = Counter()
        self._fives = -(-len(drafts) // FIVE)
        self._allowed = sum(draft.allowed for draft in drafts)
        self._said_yes = 0

    def take(self) -> bool:
        """Take the next card; return whether it covers something for the first time."""
        draft, subject = self.waiting.pop(self._next())
        self.done.append(draft)
        self._said_yes += draft.allowed
        self._used[subject] += 1
        if subject not in self._wanted:
            return False
        self._wanted.remove(subject)
        return True

    def _next(self) -> int:
        """Return where the next card is among those that wait."""
        five, at = divmod(len(self.done), FIVE)
        left = FIVE - at
        # As many as are fair by the end of these five: they have to last.
        due = -(-(five + 1) * self._allowed // self._fives) - self._said_yes
        must = left == 1 and not any(draft.allowed for draft in self.done[-at:])
        # Not always at the same place, where one would expect it.
        wants_yes = due > 0 and (due >= left or at == (2 * five + 1) % FIVE)
        last = self.done[-1].rule if self.done else None
        wanted, used = self._wanted, self._used
        ranks = [
            (
                must and not draft.allowed,
                subject not in wanted,
                draft.allowed != wants_yes,
                draft.rule == last,
                used[subject],
            )
            for draft, subject in self.waiting
        ]
        return ranks.index(min(ranks))
