"""The cards of nine companies: everything is practised early, and leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from tests.samples import COMPANIES, SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.arrange import Frame, arrange_pages, read_arrangement
from guidegen.model.answers import TopicAnswer
from guidegen.model.card import Deck
from guidegen.model.document import Document
from guidegen.model.text import LocalText, in_language
from guidegen.page.tree import elements_of
from guidegen.pipeline.working_copy import WorkingCopy
from guidegen.practice.draft import FIVE
from guidegen.practice.order import TEN
from guidegen.practice.rules import TOPICS

pytestmark = pytest.mark.slow


@cache
def copy_of(name: str) -> WorkingCopy:
    """Return a company's working copy."""
    answers, pack = read_answers(SCENARIOS / name / "guideline.yml")
    return WorkingCopy(answers=answers, pack=pack)


def decks() -> Iterator[tuple[str, Document, Deck]]:
    """Yield each company's decks, with the document that each is about."""
    for name in COMPANIES:
        copy = copy_of(name)
        for document in copy.drafts:
            yield name, document, copy.decks[document.language]


def ids_of(copy: WorkingCopy, document: Document) -> set[str]:
    """Return all places that can be linked to, as the site arranges them."""
    folders = [folder / "site" for folder in copy.pack.folders]
    pages = {page.id: copy.parser.parse(page).content for page in document.pages}
    frame = Frame(labels=document.labels, language=document.language)
    return {
        f"{page}.html#{element.id}"
        for page, content in arrange_pages(
            pages, read_arrangement(folders), frame
        ).items()
        for element in elements_of(content)
        if element.id
    }


def test_the_core_covers_every_rule_and_every_topic_that_nobody_posts_about() -> None:
    for name, document, deck in decks():
        core = deck.cards[: deck.core]
        page = document.pages[0].markdown
        rules = set(re.findall(r"^## \d+\. .*\{: #([\w-]+)", page, re.MULTILINE))
        levels = copy_of(name)._rendered[0].renderer.guideline.levels  # noqa: SLF001
        never = {
            topic.id
            for level in levels
            for topic in level.topics
            if level.id == "never"
        }

        # A rule of the company's own has no card before the company writes one.
        practised = rules & {card.rule for card in deck.cards}
        assert len(practised) >= 5, name
        assert practised <= {card.rule for card in core}, name
        assert never <= {card.topic for card in core}, name
        # Ten suffice for eight; two of ten say yes at least, on whatever rule.
        if len(rules) + len(never) <= TEN - 2:
            assert deck.core == TEN, name


def test_each_five_says_yes_and_the_whole_deck_in_one_of_five() -> None:
    for name, _, deck in decks():
        for start in range(0, len(deck.cards) - FIVE + 1, FIVE):
            five = deck.cards[start : start + FIVE]

            assert any(card.allowed for card in five), (name, start)


def test_each_card_leads_to_its_rule_on_the_site() -> None:
    for name, document, deck in decks():
        places = ids_of(copy_of(name), document)

        assert {card.href for card in deck.cards} <= places, name
        assert all(card.rule_title for card in deck.cards), name


def test_no_placeholder_is_left_and_each_text_is_there() -> None:
    for name, _, deck in decks():
        for card in deck.cards:
            texts = (card.question, *card.choices, card.why, card.rule_title)

            assert all(text.strip() for text in texts), (name, card.id)
            assert not any(re.search(r"[{}]", text) for text in texts), (name, card.id)
            assert 2 <= len(set(card.choices)) == len(card.choices) <= 4


def test_all_languages_of_a_company_have_the_same_cards_in_the_same_order() -> None:
    for name in COMPANIES:
        found = [
            [(card.id, card.right, card.wave) for card in deck.cards]
            for deck in copy_of(name).decks.values()
        ]

        assert all(each == found[0] for each in found), name


def test_a_sector_s_cards_are_for_that_sector() -> None:
    ids = {
        name: {card.id for card in next(iter(copy_of(name).decks.values())).cards}
        for name in COMPANIES
    }

    assert "finished-bathroom" in ids["craft"]
    assert "finished-bathroom" not in ids["bank"]
    assert "new-fund" in ids["bank"]
    assert "untrue-complaint" in ids["hospital"]
    assert "code-in-a-forum" in ids["software"]
    assert [name for name in ids if "pay-of-others-us" in ids[name]] == [
        name for name in COMPANIES if copy_of(name).answers.company.countries == ("US",)
    ]


def test_cards_of_optional_sections_come_with_the_section() -> None:
    for name, document, deck in decks():
        sections = {
            match
            for page in document.pages
            for match in re.findall(r"\{: #([\w-]+)", page.markdown)
        }
        rules = {card.rule for card in deck.cards} - {TOPICS}

        assert rules <= sections, name


def test_eighty_topics_are_practised_within_reason() -> None:
    copy = copy_of("manufacturer")
    own = LocalText.of("Text")
    topics = tuple(
        TopicAnswer(
            name=LocalText.of(f"Thema {number}"),
            level="never" if number % 4 == 0 else "only",
            speakers=() if number % 4 == 0 else ("management", "press"),
            why=own,
            dont=LocalText.of("Nicht so"),
            do=LocalText.of("So"),
        )
        for number in range(80)
    )
    answers = replace(copy.answers, taboo_topics=topics)

    deck = next(iter(WorkingCopy(answers=answers, pack=copy.pack).decks.values()))

    of_topics = [card for card in deck.cards if card.topic]
    never = {f"own-{number + 1}" for number in range(0, 80, 4)}
    assert never <= {card.topic for card in of_topics}
    assert len(of_topics) <= 40
    assert len({card.id for card in deck.cards}) == len(deck.cards)


def test_words_of_another_language_stay_marked() -> None:
    copy = copy_of("manufacturer")
    german = LocalText.of({"de": "Nur auf Deutsch"})
    topic = TopicAnswer(name=german, level="never", why=german, dont=german, do=german)
    answers = replace(copy.answers, languages=("de", "en"), taboo_topics=(topic,))

    deck = WorkingCopy(answers=answers, pack=copy.pack).decks["en"]

    marked = in_language("Nur auf Deutsch", "de")
    found = [card for card in deck.cards if card.topic]
    assert found
    assert all(marked in card.question for card in found)
