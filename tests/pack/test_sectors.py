"""The built-in pack's sectors: each its own topics, posts, roles, and nobody else's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest
from tests.pack.sector_words import OWN_ROLES, OWN_WORDS, foreign
from tests.readability import ease, sentences_of

from guidegen.compose.guideline import compose
from guidegen.model.answers import (
    Answers,
    Company,
    Contact,
    TopicAnswer,
    VersionAnswers,
)
from guidegen.model.guideline import Guideline, Topic
from guidegen.model.pack import CatalogueTopic, Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.render.document import render

pytestmark = pytest.mark.slow

SECTORS = (
    "craft",
    "manufacturing",
    "software",
    "retail",
    "health",
    "bank",
    "public",
    "education",
    "association",
    "other",
)
VARIANTS = ("de", "de-formal", "en", "en-us")
LONGEST = 20
EASY = {"de": 68, "de-formal": 62, "en": 70, "en-us": 70}
"""Flesch-Amstad and Flesch Reading Ease of a page."""
FEWEST_OFFERED, MOST_OFFERED = 8, 20
FEWEST_CHOSEN, MOST_CHOSEN = 4, 6

LEVELS = {
    "never": (
        *("inside-information", "source-code", "customer-data", "shoppers", "patients"),
        *("health-claims", "bank-secrecy", "investment-advice", "citizens", "council"),
        *("official-proceedings", "students", "exams", "members", "personnel-matters"),
        *("internal-chats", "own-reviews", "neutrality"),
    ),
    "only": (
        *("financial-figures", "strategy", "new-products", "customer-projects"),
        *("mergers", "suppliers-prices", "tenders", "research-patents", "litigation"),
        *("restructuring", "security-incidents", "accidents", "recalls"),
        *("media-enquiries", "politics-on-behalf"),
    ),
    "ask": (
        *("promotions", "customer-homes", "research", "minors", "people-helped"),
        *("colleagues-images", "premises", "competitors", "green-claims"),
    ),
}

FIRST_VERSION = frozenset(
    (
        *("financial-figures", "strategy", "new-products", "customer-projects"),
        *("mergers", "litigation", "restructuring", "personnel-matters", "recalls"),
        *("colleagues-images", "customer-data", "security-incidents", "premises"),
        *("media-enquiries", "competitors", "own-reviews", "internal-chats"),
        *("suppliers-prices", "politics-on-behalf", "green-claims", "accidents"),
        *("inside-information", "patients", "health-claims", "investment-advice"),
        *("bank-secrecy", "tenders", "research-patents", "source-code", "promotions"),
        *("shoppers", "official-proceedings"),
    )
)
"""Topics of pack 1.0.0: guidelines name them."""

OUR_VOICE = {
    "de": re.compile(r"\b(?:wir|uns|unser\w*)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE),
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Return the built-in pack."""
    return load_pack("dell")


def is_offered(topic: CatalogueTopic, sector: str) -> bool:
    """Return whether the interview offers a topic to a sector."""
    return bool({"all", sector} & {*topic.sectors}) and sector not in topic.unsuited


def offered(pack: Pack, sector: str) -> list[str]:
    """Return the topics that the interview offers to a sector."""
    return [topic.id for topic in pack.catalogue.values() if is_offered(topic, sector)]


def guideline(
    pack: Pack,
    sector: str,
    variant: str = "de",
    *,
    topics: list[str] | None = None,
    listed: bool = False,
) -> Guideline:
    """Return the guideline of a company that chose all that it is offered."""
    chosen = offered(pack, sector) if topics is None else topics
    if listed and topics is None:
        more = [each.id for each in pack.catalogue.values() if "listed" in each.sectors]
        chosen = [*more, *chosen]
    answers = Answers(
        pack="dell",
        languages=("de", "en"),
        address="sie" if variant == "de-formal" else "du",
        company=Company(
            name=LocalText.of("Nordlicht"),
            short_name=LocalText.of("Nordlicht"),
            sector=sector,
            countries=("US",) if variant == "en-us" else ("DE",),
            listed=listed,
        ),
        contacts=(
            Contact(name=LocalText.of("Mira Jansen"), phone=LocalText.of("+49 40 1")),
        ),
        links={},
        taboo_topics=tuple(TopicAnswer(id=each) for each in dict.fromkeys(chosen)),
        version=VersionAnswers(
            owner=LocalText.of("Jana Petersen"), valid_from=dt.date(2026, 12, 1)
        ),
        pack_variants=pack.variants,
        folder=Path("unused"),
    )
    return compose(answers, pack, variant[:2])


def texts_of(topic: Topic) -> Iterator[str]:
    """Yield all that a reader sees of a topic."""
    yield from (topic.name, topic.why, topic.dont, topic.do, topic.who)
    if topic.not_covered:
        yield topic.not_covered


def test_the_pack_has_its_ten_sectors(pack: Pack) -> None:
    shown = [key for key, spec in pack.sector_specs.items() if spec.offered]

    assert shown == list(SECTORS)
    assert pack.sector_specs["listed"].means == "manufacturing"
    assert pack.sector_specs["listed"].listed


def test_each_topic_has_the_level_that_was_decided(pack: Pack) -> None:
    found = {
        level: {topic.id for topic in pack.catalogue.values() if topic.level == level}
        for level in LEVELS
    }

    assert found == {level: {*topics} for level, topics in LEVELS.items()}


def test_topics_of_the_first_version_are_still_there(pack: Pack) -> None:
    assert pack.catalogue.keys() >= FIRST_VERSION


@pytest.mark.parametrize("sector", SECTORS)
def test_a_sector_is_offered_neither_few_topics_nor_a_heap(
    pack: Pack, sector: str
) -> None:
    chosen = pack.sector_specs[sector].topics

    assert FEWEST_OFFERED <= len(offered(pack, sector)) <= MOST_OFFERED
    assert FEWEST_CHOSEN <= len(chosen) <= MOST_CHOSEN
    assert {*chosen} <= {*offered(pack, sector)}


def test_what_comes_first_is_what_the_sector_must_keep(pack: Pack) -> None:
    first = {sector: pack.sector_specs[sector].topics[0] for sector in SECTORS}

    assert first["health"] == "patients"
    assert first["bank"] == "bank-secrecy"
    assert first["education"] == "students"
    assert first["association"] == "members"
    assert pack.sector_specs["public"].topics[:2] == (
        "official-proceedings",
        "citizens",
    )
    assert pack.sector_specs["listed"].topics == ("inside-information",)


def test_a_listed_manufacturer_is_offered_inside_information_and_recalls(
    pack: Pack,
) -> None:
    assert "recalls" in pack.sector_specs["manufacturing"].topics
    assert "listed" in pack.catalogue["inside-information"].sectors


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("sector", SECTORS)
def test_a_topic_has_a_post_to_avoid_and_one_to_write_and_says_why(
    pack: Pack, sector: str, variant: str
) -> None:
    for topic in guideline(pack, sector, variant).topics:
        assert topic.name
        assert topic.dont != topic.do
        for text in (topic.why, topic.dont, topic.do):
            assert text
            assert len(text.split()) <= LONGEST
        assert not re.search(r"[{}\"']|  ", "\n".join(texts_of(topic)))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("sector", SECTORS)
def test_the_page_of_topics_is_easy_to_read(
    pack: Pack, sector: str, variant: str
) -> None:
    topics = [*pack.sector_specs[sector].topics]
    pages = render(guideline(pack, sector, variant, topics=topics)).pages
    (page,) = (each for each in pages if each.id == "taboo-topics")
    html = markdown.markdown(page.markdown, extensions=list(pack.markdown_extensions))

    # Posts are terms' definitions, and read like paragraphs.
    sentences = sentences_of(re.sub("<(/?)dd>", r"<\1p>", html))

    assert max(map(len, sentences)) <= LONGEST
    assert ease(sentences, variant[:2]) >= EASY[variant]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("sector", SECTORS)
def test_a_post_to_write_speaks_for_its_author_alone(
    pack: Pack, sector: str, variant: str
) -> None:
    for topic in guideline(pack, sector, variant).topics:
        assert not OUR_VOICE[variant[:2]].search(topic.do)


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("sector", SECTORS)
def test_no_sector_sees_the_words_of_another(
    pack: Pack, sector: str, variant: str, *, listed: bool
) -> None:
    topics = guideline(pack, sector, variant, listed=listed).topics
    found = [
        (topic.id, match[0])
        for topic in topics
        for words, allowed in OWN_WORDS.items()
        if foreign(allowed, sector, listed=listed)
        for match in re.finditer(words, "\n".join(texts_of(topic)))
    ]

    assert not found


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("sector", SECTORS)
def test_no_sector_sees_a_role_that_it_lacks(
    pack: Pack, sector: str, *, listed: bool
) -> None:
    for topic in guideline(pack, sector, listed=listed).topics:
        for role, allowed in OWN_ROLES.items():
            if foreign(allowed, sector, listed=listed):
                assert role not in topic.who


@pytest.mark.parametrize(
    ("sector", "role"),
    [
        ("craft", "die Geschäftsführung"),
        ("health", "die Leitung des Hauses"),
        ("public", "die Vergabestelle"),
        ("education", "die Leitung"),
        ("association", "der Vorstand"),
        ("other", "die Geschäftsleitung"),
    ],
)
def test_a_sector_calls_its_roles_by_their_names(
    pack: Pack, sector: str, role: str
) -> None:
    assert role in {
        each
        for topic in guideline(pack, sector).topics
        if topic.level == "only"
        for each in re.split(r", | und ", topic.who)
    }


@pytest.mark.parametrize("sector", SECTORS)
def test_each_sector_changes_the_topics_and_the_words(pack: Pack, sector: str) -> None:
    if sector == "other":
        return
    spec, general = pack.sector_specs[sector], offered(pack, "other")
    general_texts = {
        topic.id: (topic.name, topic.dont) for topic in guideline(pack, "other").topics
    }
    own = [
        topic.id
        for topic in guideline(pack, sector).topics
        if topic.id not in general
        or general_texts[topic.id] != (topic.name, topic.dont)
    ]

    assert spec.topics != pack.sector_specs["other"].topics
    assert len(own) >= FEWEST_CHOSEN
    assert spec.words
    assert all(
        text.get("de") != pack.words[key].get("de")
        for key, text in spec.words.items()
        if key in {"confidential", "good_posts"}
    )


def test_nobody_is_named_for_what_nobody_posts(pack: Pack) -> None:
    for sector in SECTORS:
        for topic in guideline(pack, sector).topics:
            assert bool(topic.who) == (topic.level != "never")


def test_pictures_are_up_to_those_who_are_in_them(pack: Pack) -> None:
    (german,) = guideline(pack, "other", topics=["colleagues-images"]).topics
    (english,) = guideline(pack, "other", "en", topics=["colleagues-images"]).topics

    assert german.who == "alle, die zu sehen sind"
    assert english.who == "everyone in the picture"


def test_figures_of_a_listed_company_are_up_to_investor_relations(pack: Pack) -> None:
    (topic,) = guideline(pack, "bank", topics=["financial-figures"], listed=True).topics

    assert "Investor Relations" in topic.who
    assert "Börse" in topic.why
    assert "Neugeschäft" in topic.dont


# What the law protects, and the topics that could be taken to forbid it.
@pytest.mark.parametrize(
    ("topic", "allowed"),
    [
        ("financial-figures", "das eigene Gehalt"),
        ("personnel-matters", "das eigene Gehalt"),
        ("restructuring", "Arbeit bedeutet"),
        ("internal-chats", "Arbeitsbedingungen"),
        ("litigation", "Verstöße darfst Du immer melden"),
        ("accidents", "Gefahren darfst Du immer melden"),
        ("recalls", "Mängel darfst Du immer melden"),
        ("security-incidents", "immer melden"),
        ("premises", "Missstände darfst Du immer melden"),
        ("media-enquiries", "Für Dich selbst darfst Du immer sprechen"),
        ("own-reviews", "Uns als Arbeitgeber darfst Du ehrlich bewerten"),
        ("politics-on-behalf", "Was Du privat zur Politik sagst"),
        ("neutrality", "Private Meinungen gehören nicht dazu"),
        ("strategy", "Kritik"),
        ("patients", "Missstände"),
        ("official-proceedings", "Rechtsverstöße darfst Du immer melden"),
        ("source-code", "Open Source"),
        ("research", "Forschenden selbst"),
    ],
)
def test_what_the_law_protects_is_named_beside_the_topic(
    pack: Pack, topic: str, allowed: str
) -> None:
    (composed,) = guideline(pack, "other", topics=[topic]).topics

    assert composed.not_covered
    assert allowed in composed.not_covered


def test_talk_of_co_workers_conditions_is_free_in_the_united_states(pack: Pack) -> None:
    personnel, chats, premises = guideline(
        pack,
        "manufacturing",
        "en-us",
        topics=["personnel-matters", "internal-chats", "premises"],
    ).topics

    assert personnel.name == "Confidential HR records you handle in your job"
    assert personnel.not_covered == (
        "You may talk about wages, hours and working conditions, "
        "yours and your co-workers’."
    )
    assert chats.not_covered
    assert "wages, hours or working conditions aren’t covered" in chats.not_covered
    assert premises.not_covered
    assert "working conditions together with co-workers" in premises.not_covered
