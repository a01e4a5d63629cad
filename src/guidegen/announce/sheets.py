"""What the sheets say that are typeset: poster, card, page for newcomers, slides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guidegen.announce.kit import Kit
from guidegen.mail.characters import line_of
from guidegen.model.guideline import Topic
from guidegen.model.json_records import Json

SHEETS: Final[Mapping[str, str]] = {
    "poster-a3.pdf": "poster-a3.typ",
    "poster-a4.pdf": "poster-a4.typ",
    "card.pdf": "card.typ",
    "onboarding.pdf": "onboarding.typ",
    "slides.pdf": "slides.typ",
}
"""The template of each file."""

_KEYS: Final = (
    *("statement", "encouragement", "topic", "rules_title", "sentence_title"),
    *("read_all", "questions", "ask", "edition", "qr_alt", "card_code"),
    *("onboarding_title", "onboarding_lead", "start_title", "private"),
    *("why_title", "taboo_title", "taboo_none", "mistakes_title", "mistakes_lead"),
    *("practice_title", "news_title", "taboo_more"),
)
_LISTS: Final = ("start", "why", "mistakes", "practice")


def sheet(kit: Kit) -> dict[str, Json]:
    """Return what the templates of the sheets are given of a release."""
    shown = kit.shown_topic
    others = [each for each in kit.topics if each is not shown]
    lists = {key: kit.points(key) for key in _LISTS}
    if kit.links.practice:
        lists["practice"] = (*kit.points("practice_cards"), *lists["practice"][1:])
    return {
        "texts": {key: line_of(kit.text(key)) for key in _KEYS},
        "lists": {key: [*map(line_of, points)] for key, points in lists.items()},
        "magic": line_of(kit.magic),
        "kicker": line_of(kit.kicker),
        "note": line_of(kit.note) if kit.note and not kit.is_first else None,
        "rules": [line_of(each) for each in kit.rules],
        "topic": _topic(shown) if shown else None,
        "topics": [line_of(each.name) for each in others],
        "contact": {
            "name": line_of(kit.contact.name),
            "role": line_of(kit.contact.role) if kit.contact.role else None,
            "ways": [
                {"label": each.label, "text": line_of(each.text), "href": each.href}
                for each in kit.ways
            ],
        },
        "address": {"href": kit.links.front, "shown": kit.links.shown},
        "words": {
            "dont": kit.labels.word("dont"),
            "do": kit.labels.word("do"),
        },
    }


def _topic(topic: Topic) -> dict[str, Json]:
    return {
        "name": line_of(topic.name),
        "level": topic.level,
        "dont": line_of(topic.dont),
        "do": line_of(topic.do),
    }
