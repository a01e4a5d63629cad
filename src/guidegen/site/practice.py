"""The page to practise on: cards that can be read, which a script asks one by one.

All of it is HTML already, as the rest of the configuration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from guidegen.model.card import Card, Deck
from guidegen.model.document import Document
from guidegen.model.labels import Labels
from guidegen.model.text import as_elements
from guidegen.site.alive import Alive, guideline_id
from guidegen.site.urls import PRACTICE

SCRIPT_WORDS: Final = (
    *("again", "answer", "choose", "done", "due", "due_today", "finish", "forgotten"),
    *("more", "new", "next", "none_due", "not_kept", "not_yet", "progress", "read"),
    *("result", "right", "right_choice", "rule", "solution", "wrong", "your_choice"),
)
"""The labels `practice_…` that the script fills in: they are its element's data."""

_PAGE_WORDS: Final = (
    *("all", "forget", "kept", "kept_text", "lead", "rule", "show", "solution"),
    "title",
)
"""The labels `practice_…` that the page itself prints."""

_OF_KEEPER: Final = ("forgotten", "kept", "kept_text", "lead", "not_kept")
"""Those of them that say who keeps and sees what somebody has practised."""


def practice_page(
    deck: Deck, *, front: str, key: str, keeper: str = "practice"
) -> Mapping[str, object]:
    """Return what the page prints and the script asks.

    Args:
        deck: The cards.
        front: Where the guideline begins, relative to the page.
        key: The name under which a browser keeps what somebody has practised.
        keeper: What the labels begin with that say where it is kept: `practice` for a
            browser, `scorm` for a learning platform.
    """

    def word(label: str, **values: str) -> str:
        name = label.removeprefix("practice_")
        if name in _OF_KEEPER:
            label = f"{keeper}_{name}"
        return deck.labels.html(label, **values)

    return {
        "key": escape(key),
        "front": escape(front),
        "data": [
            {"name": name.replace("_", "-"), "text": word(f"practice_{name}")}
            for name in SCRIPT_WORDS
        ],
        "words": {
            **{name: word(f"practice_{name}") for name in _PAGE_WORDS},
            "all": word("practice_all", count=str(len(deck.cards))),
        },
        "cards": [_card(card) for card in deck.cards],
    }


def _card(card: Card) -> dict[str, object]:
    return {
        "id": escape(card.id),
        "question": _shown(card.question),
        "choices": [*map(_shown, card.choices)],
        "right": card.right,
        "why": _shown(card.why),
        "rule": _shown(card.rule_title),
        "href": escape(card.href),
    }


def _shown(text: str) -> str:
    """Return a text that may hold words of another language."""
    return as_elements(escape(text))


def practice_of(
    document: Document, documents: Sequence[Document], alive: Alive
) -> Mapping[str, object] | None:
    """Return what the page of a document's language prints; None if it has none."""
    if not alive.has_practice(document.language):
        return None
    return practice_page(
        alive.decks[document.language],
        front=f"{document.pages[0].id}.html",
        key=f"guidegen:{guideline_id(documents)}:practice",
    )


def practice_box(labels: Labels) -> Mapping[str, str]:
    """Return what the front page says of practising."""
    return {
        "title": labels.html("practice_title"),
        "text": labels.html("practice_box"),
        "href": f"{PRACTICE}.html",
    }
