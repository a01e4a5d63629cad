"""The cards as questions for a learning platform: GIFT, which Moodle and others read.

What the format asks for: https://docs.moodle.org/en/GIFT_format
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidegen.model.card import Card, Deck
from guidegen.model.text import unmarked

_SIGNS = re.compile(r"[\\~=#{}:]")
"""What has a meaning in the format, unless a backslash stands before it."""


_LONGEST_NAME = 200


def gift_file(deck: Deck, title: str) -> bytes:
    """Return the cards of a language as a question bank, one category for each rule.

    Args:
        deck: The cards.
        title: The guideline's, which the categories are named after.
    """
    return "\n".join(_lines(deck, title)).encode()


def _lines(deck: Deck, title: str) -> Iterator[str]:
    rules = dict.fromkeys((card.rule, card.rule_title) for card in deck.cards)
    for rule, name in rules:
        # A slash would begin a category within the category.
        path = "/".join(part.replace("/", "-") for part in (_line(title), _line(name)))
        yield f"$CATEGORY: $course$/{path}"
        yield ""
        for card in deck.cards:
            if (card.rule, card.rule_title) == (rule, name):
                yield from _question(card)
                yield ""


def _question(card: Card) -> Iterator[str]:
    # The name keeps the question's identity when the bank is imported again.
    yield f"::{_text(card.id)}::[plain]{_text(card.question)} {{"
    why = _text(card.why)
    for place, choice in enumerate(card.choices):
        sign = "=" if place == card.right else "~"
        # The format of a choice is named, or "%50% off" would be half a point.
        yield f"\t{sign}[plain]{_text(choice)}#[plain]{why}"
    yield "}"


def _line(text: str) -> str:
    # Moodle has room for 255 characters.
    return " ".join(unmarked(text).split())[:_LONGEST_NAME]


def _text(text: str) -> str:
    """Return a text in which nothing has a meaning, on one line."""
    # A blank line would end the question.
    escaped = _SIGNS.sub(r"\\\g<0>", unmarked(text).strip())
    return r"\n".join(" ".join(line.split()) for line in escaped.splitlines())
