"""What keeps a guideline alive beside its text: nothing of it is part of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Final

from guidegen.files.digest import sha256
from guidegen.model.card import Deck
from guidegen.model.document import Document
from guidegen.model.inside import ShownItems
from guidegen.value import Value


class Alive(Value):
    """What readers find beside the guideline's own pages, by language."""

    decks: Mapping[str, Deck] = field(default_factory=dict)
    """The cards to practise with; a language without any has no page of them."""

    inside: ShownItems | None = None
    """What is said about the company, in all languages; None if there is no page."""

    def has_practice(self, language: str) -> bool:
        """Return whether there is a page to practise on."""
        deck = self.decks.get(language)
        return bool(deck and deck.cards)


NOTHING_ALIVE: Final = Alive()
"""Only the guideline itself."""


def guideline_id(documents: Sequence[Document]) -> str:
    """Return what tells a guideline from others, in every language and version.

    It follows from the company's name and the guideline's title in the first language,
    as there is nothing else that a draft has already and a release keeps.
    """
    first = documents[0]
    return sha256(f"{first.company}\n{first.title}".encode())[:12]
