from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.export.gift import gift_file
from guidegen.model.card import Card, Deck
from guidegen.model.labels import Labels


def deck(*cards: Card) -> Deck:
    """Return a deck of some cards."""
    return Deck(language="en", variant="en", cards=cards, core=1, labels=Labels({}))


def card(**texts: str) -> Card:
    """Return a card whose second choice is right."""
    return Card(
        id=texts.get("id", "s01"),
        question=texts.get("question", "May I?"),
        choices=(texts.get("first", "No"), texts.get("second", "Yes")),
        right=1,
        why=texts.get("why", "You may."),
        rule=texts.get("rule", "protect"),
        rule_title=texts.get("rule_title", "Protect information"),
        href="index.html#protect",
        topic=None,
        allowed=True,
        wave=0,
    )


def test_each_rule_is_a_category_and_each_card_a_question() -> None:
    cards = (
        card(),
        card(id="s02", rule="law", rule_title="Law / code"),
        card(id="s03"),
    )

    text = gift_file(deck(*cards), "Social media guideline").decode()

    assert text.splitlines()[:8] == [
        "$CATEGORY: $course$/Social media guideline/Protect information",
        "",
        "::s01::[plain]May I? {",
        "\t~[plain]No#[plain]You may.",
        "\t=[plain]Yes#[plain]You may.",
        "}",
        "",
        "::s03::[plain]May I? {",
    ]
    assert "$CATEGORY: $course$/Social media guideline/Law - code" in text


def test_what_has_a_meaning_in_the_format_is_text() -> None:
    hostile = "a=b ~c #d {e} f: \\ // $CATEGORY: x\n\n%50%"

    text = gift_file(deck(card(question=hostile)), "T").decode()

    assert r"a\=b \~c \#d \{e\} f\: \\ // $CATEGORY\: x\n\n%50%" in text


def test_no_category_is_longer_than_platforms_have_room_for() -> None:
    (line, *_) = gift_file(deck(card()), "T" * 300).decode().split("\n")

    assert all(len(part) <= 255 for part in line.split("/"))


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_ends_a_question_or_begins_a_choice(question: str, choice: str) -> None:
    text = gift_file(deck(card(question=question, first=choice, why=choice)), "T")

    lines = text.decode().split("\n")
    assert len(lines) == 7
    signs = [re.sub(r"\\.", "", line, flags=re.DOTALL) for line in lines]
    assert [line[:2] for line in signs[3:5]] == ["\t~", "\t="]
    assert all(line.count("#") == 1 for line in signs[3:5])
    assert "".join(signs[2:6]).count("{") == "".join(signs[2:6]).count("}") == 1
