"""A card in one language before it has its place in the deck."""

from __future__ import annotations

import hashlib
from typing import Final

from guidegen.model.card import Card
from guidegen.practice.rules import TOPICS, Place
from guidegen.value import Value

FIVE: Final = 5
"""How many cards are practised at a sitting: about two minutes."""
_LAST_WAVE: Final = 5


class Draft(Value):
    """A card whose right choice stands apart from the wrong ones."""

    id: str
    question: str
    right: str
    wrong: tuple[str, ...]
    why: str
    rule: str = TOPICS
    topic: str | None = None
    allowed: bool = False

    def at(self, number: int, place: Place) -> Card:
        """Return the card that it is at some place of the deck.

        Args:
            number: How many cards come before it.
            place: Where its rule stands.
        """
        choices = sorted(
            enumerate((self.right, *self.wrong)), key=lambda each: self._rank(each[0])
        )
        return Card(
            id=self.id,
            question=self.question,
            choices=tuple(text for _, text in choices),
            right=next(at for at, (which, _) in enumerate(choices) if which == 0),
            why=self.why,
            rule=self.rule,
            rule_title=place.title,
            href=place.href,
            topic=self.topic,
            allowed=self.allowed,
            wave=min(number // FIVE, _LAST_WAVE),
        )

    def _rank(self, choice: int) -> bytes:
        # By the id alone: neither language nor neighbours nor the day may move choices.
        return hashlib.sha256(f"{self.id}\0{choice}".encode()).digest()
