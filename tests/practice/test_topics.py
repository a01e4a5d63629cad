"""Cards from taboo topics, whatever a company calls them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples import answers_with

from guidegen.compose.guideline import compose
from guidegen.model.answers import Answers, Level, TopicAnswer
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.practice.draft import Draft
from guidegen.practice.topics import topic_drafts


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Return the built-in pack."""
    return load_pack("dell")


def drafts_of(answers: Answers, pack: Pack, language: str = "de") -> list[Draft]:
    """Return the cards of all topics."""
    guideline = compose(answers, pack, language)
    found = topic_drafts(guideline, answers)
    return [draft for drafts in found.values() for draft in drafts]


def with_topics(*topics: TopicAnswer) -> Answers:
    """Return the answers of a company with these topics."""
    answers = answers_with(Path("unused"))
    return replace(answers, taboo_topics=topics)


def own(
    name: str,
    *,
    level: Level | None = None,
    speakers: tuple[str, ...] = ("press",),
    dont: str = "So nicht",
    do: str = "Besser so",
) -> TopicAnswer:
    """Return a topic of the company's own."""
    return TopicAnswer(
        name=LocalText.of(name),
        level=level,
        speakers=speakers,
        why=LocalText.of("Darum."),
        dont=LocalText.of(dont),
        do=LocalText.of(do),
    )


def test_a_topic_that_nobody_posts_about_is_spoken_of_by_nobody(pack: Pack) -> None:
    cards = drafts_of(with_topics(own("Geheimnisse", level="never", speakers=())), pack)

    [speaker] = [card for card in cards if card.id.endswith("-speaker")]
    assert speaker.right == "Niemand"
    assert "Die Pressestelle" in speaker.wrong


def test_who_speaks_or_is_asked_stands_alone_with_a_capital(pack: Pack) -> None:
    topics = with_topics(
        own("Angebote", speakers=("management", "sales")),
        own("Bilder", level="ask", speakers=("sales",)),
    )

    right = {
        card.id: card.right
        for card in drafts_of(topics, pack)
        if card.id.endswith("-speaker")
    }
    english = {
        card.id: card.right
        for card in drafts_of(topics, pack, "en")
        if card.id.endswith("-speaker")
    }

    assert right == {
        "own-angebote-speaker": "Die Geschäftsleitung und der Vertrieb",
        "own-bilder-speaker": "Den Vertrieb",
    }
    assert english == {
        "own-angebote-speaker": "Senior management and sales",
        "own-bilder-speaker": "Sales",
    }


def test_topics_whose_names_differ_in_signs_alone_have_cards_of_their_own(
    pack: Pack,
) -> None:
    cards = drafts_of(with_topics(own("Preise!"), own("Preise?"), own("!!!")), pack)

    ids = [card.id for card in cards]
    assert len(set(ids)) == len(ids)
    assert {card.topic for card in cards} == {"own-1", "own-2", "own-3"}


def test_a_card_keeps_its_id_when_a_topic_is_put_before(pack: Pack) -> None:
    alone = {card.id for card in drafts_of(with_topics(own("Preise")), pack)}

    both = {card.id for card in drafts_of(with_topics(own("Neu"), own("Preise")), pack)}

    assert alone < both


def test_without_two_different_posts_nobody_is_asked_which_is_fine(pack: Pack) -> None:
    topic = own("Preise", dont="Dasselbe", do="Dasselbe")
    cards = drafts_of(with_topics(topic), pack)

    assert [card.id for card in cards] == ["own-preise-speaker"]


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40))
def test_any_text_gets_into_a_card_as_it_is(text: str) -> None:
    pack = load_pack("dell")
    topic = own(text, dont=text, do=f"{text}!")

    cards = drafts_of(with_topics(topic), pack)

    for card in cards:
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", card.id)
        assert card.right not in card.wrong
        assert text in card.question
