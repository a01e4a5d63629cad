"""The built-in pack's texts: short, clear, complete, in every variant."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from pathlib import Path

import markdown
import pytest
from tests.readability import DU, SIE, ease, mean, running_words, sentences_of

from guidegen.compose.guideline import compose
from guidegen.model.answers import (
    Answers,
    Company,
    Contact,
    TopicAnswer,
    VersionAnswers,
)
from guidegen.model.document import Document
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.render.document import render

VARIANTS = (("du", "de"), ("sie", "de"), ("du", "en"))
MOST_WORDS = 600
LONGEST_SENTENCE = 20
MEAN_SENTENCE = 12
EASY = {"du": 68, "sie": 62}
"""Flesch-Amstad: from 60 on a text is of medium difficulty, from 70 on fairly easy."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Return the built-in pack."""
    return load_pack("dell")


def answers_of(  # noqa: PLR0913  # each is one fact about the company
    pack: Pack,
    *,
    address: str = "du",
    short_name: str = "Nordlicht",
    sector: str = "manufacturing",
    speaker: str = "press",
    topics: tuple[str, ...] | None = None,
    linked: bool = True,
    countries: tuple[str, ...] = ("DE", "US"),
) -> Answers:
    """Return the answers of a company that chose what is preselected, if not told."""
    chosen = topics
    if chosen is None:
        chosen = pack.sector(pack.sector(sector).means or sector).topics
    links = {key: LocalText.of(f"https://intranet.example/{key}") for key in pack.links}
    return Answers(
        pack="dell",
        languages=("de", "en"),
        address=address,
        company=Company(
            name=LocalText.of("Nordlicht Technik GmbH"),
            short_name=LocalText.of(short_name),
            sector=sector,
            countries=countries,
            works_council=linked,
            speakers=(speaker,),
        ),
        contacts=(
            Contact(
                name=LocalText.of("Mira Jansen"),
                role=LocalText.of("Beratung") if linked else None,
                email=LocalText.of("social@nordlicht.example") if linked else None,
                phone=LocalText.of("+49 40 1234567"),
                chat=LocalText.of("https://chat.nordlicht.example/social")
                if linked
                else None,
            ),
        ),
        links=links if linked else {},
        taboo_topics=tuple(TopicAnswer(id=topic) for topic in chosen),
        version=VersionAnswers(
            owner=LocalText.of("Jana Petersen"), valid_from=dt.date(2026, 12, 1)
        ),
        folder=Path("unused"),
    )


def document(pack: Pack, language: str, answers: Answers) -> Document:
    """Return the rendered pages of one language."""
    return render(compose(answers, pack, language))


def html_of(text: str, pack: Pack) -> str:
    """Return Markdown as HTML."""
    return markdown.markdown(text, extensions=list(pack.markdown_extensions))


@pytest.mark.parametrize(("address", "language"), VARIANTS)
@pytest.mark.parametrize("country", ["DE", "AT", "CH", "GB"])
def test_the_main_page_has_at_most_600_words_beside_the_topics(
    pack: Pack, address: str, language: str, country: str
) -> None:
    answers = answers_of(pack, address=address, countries=(country,))
    page = document(pack, language, answers).pages[0]

    assert running_words(html_of(page.markdown, pack)) <= MOST_WORDS


@pytest.mark.parametrize(("address", "language"), VARIANTS)
def test_sentences_are_short(pack: Pack, address: str, language: str) -> None:
    for page in document(pack, language, answers_of(pack, address=address)).pages:
        sentences = sentences_of(html_of(page.markdown, pack))

        assert max(map(len, sentences)) <= LONGEST_SENTENCE
        assert mean([len(sentence) for sentence in sentences]) <= MEAN_SENTENCE


@pytest.mark.parametrize("address", ["du", "sie"])
def test_the_german_main_page_is_fairly_easy_to_read(pack: Pack, address: str) -> None:
    answers = answers_of(pack, address=address, countries=("DE",))
    page = document(pack, "de", answers).pages[0]
    sentences = sentences_of(html_of(page.markdown, pack))

    assert ease(sentences, "de") >= EASY[address]


@pytest.mark.parametrize(("address", "language"), VARIANTS)
def test_a_page_has_one_heading_of_the_first_level_and_it_comes_first(
    pack: Pack, address: str, language: str
) -> None:
    for page in document(pack, language, answers_of(pack, address=address)).pages:
        headings = re.findall(r"^#+ ", page.markdown, flags=re.MULTILINE)

        assert page.markdown.startswith("# ")
        assert headings.count("# ") == 1
        assert set(headings[1:]) <= {"## ", "### "}


def test_headings_have_the_same_ids_in_every_variant(pack: Pack) -> None:
    found = {
        (address, language): [
            re.findall(r'<h2 id="([^"]+)"', html_of(page.markdown, pack))
            for page in document(
                pack, language, answers_of(pack, address=address)
            ).pages
        ]
        for address, language in VARIANTS
    }

    first, *others = found.values()

    assert all(other == first for other in others)
    assert len(first[0]) == len(pack.pages[0].sections) - 1


@pytest.mark.parametrize("sector", ["health", "listed", "bank", "public", "other"])
@pytest.mark.parametrize("linked", [True, False])
def test_address_does_not_waver(pack: Pack, sector: str, *, linked: bool) -> None:
    every = tuple(pack.catalogue)
    texts = {
        address: "\n".join(
            page.markdown
            for page in document(
                pack,
                "de",
                answers_of(
                    pack, address=address, sector=sector, linked=linked, topics=every
                ),
            ).pages
        )
        for address in ("du", "sie")
    }

    posts = re.compile("^:   .*$", re.MULTILINE)  # not addressed to the reader

    assert not SIE.findall(posts.sub("", texts["du"]))
    assert not DU.findall(posts.sub("", texts["sie"]))


@pytest.mark.slow
@pytest.mark.parametrize(("address", "language"), VARIANTS)
@pytest.mark.parametrize("topics", [(), None])
@pytest.mark.parametrize("linked", [True, False])
def test_no_trace_of_a_template_is_left(
    pack: Pack,
    address: str,
    language: str,
    topics: tuple[str, ...] | None,
    *,
    linked: bool,
) -> None:
    for sector, speaker in zip(pack.sectors, itertools.cycle(pack.roles), strict=False):
        answers = answers_of(
            pack,
            address=address,
            sector=sector,
            speaker=speaker,
            topics=topics,
            linked=linked,
        )
        for page in document(pack, language, answers).pages:
            html = html_of(page.markdown, pack)

            assert not re.search(r"[{}]|\bNone\b", html)
            assert not re.search(r" [.,:]|\.\.|<p></p>", re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize(
    ("short_name", "language", "words"),
    [
        ("Nordlicht", "de", "neun magische Worte"),
        ("Nordlicht Technik", "de", "ein magischer Satz"),
        ("Nordlicht", "en", "Nine magic words"),
        ("Nordlicht Technik", "en", "One magic sentence"),
    ],
)
def test_nine_words_are_called_nine_only_if_there_are_nine(
    pack: Pack, short_name: str, language: str, words: str
) -> None:
    answers = answers_of(pack, short_name=short_name)

    assert words in document(pack, language, answers).pages[0].markdown


@pytest.mark.parametrize(
    ("speaker", "german", "english"),
    [
        ("press", "nur die Pressestelle", "Only the press office speaks"),
        ("management", "nur die Geschäftsleitung", "Only senior management speaks"),
        ("sales", "nur der Vertrieb", "Only sales speaks"),
    ],
)
def test_who_speaks_is_named_in_good_grammar(
    pack: Pack, speaker: str, german: str, english: str
) -> None:
    answers = answers_of(pack, speaker=speaker, linked=False)

    told = f"Offiziell spricht für Nordlicht {german}."
    assert told in document(pack, "de", answers).pages[0].markdown
    assert english in document(pack, "en", answers).pages[0].markdown


def test_the_list_of_topics_links_each_topic_to_its_examples(pack: Pack) -> None:
    index, examples, *_ = document(
        pack, "de", answers_of(pack, topics=tuple(pack.catalogue))
    ).pages

    linked = re.findall(
        r'taboo-topics\.md#(topic-[\w-]+)"', html_of(index.markdown, pack)
    )
    headings = re.findall(r'<h3 id="([\w-]+)"', html_of(examples.markdown, pack))

    assert linked == headings
    assert sorted(linked) == sorted(f"topic-{topic}" for topic in pack.catalogue)


def test_the_four_topics_of_the_model_are_preselected_where_no_sector_is_known(
    pack: Pack,
) -> None:
    assert pack.sector("other").topics == (
        "financial-figures",
        "strategy",
        "new-products",
        "customer-projects",
    )
    assert not any(topic.preselected for topic in pack.catalogue.values())


def test_the_catalogue_is_brief(pack: Pack) -> None:
    for topic, language in itertools.product(pack.catalogue.values(), ("de", "en")):
        for text in (topic.why, topic.dont, topic.do):
            assert len(text.get(language).split()) <= LONGEST_SENTENCE


def test_no_example_has_an_emoji(
    pack: Pack,
) -> None:
    emoji = re.compile(r"[\U0001F000-\U0001FFFF\u2600-\u27BF]")
    for topic, language in itertools.product(pack.catalogue.values(), ("de", "en")):
        assert not emoji.search(topic.do.get(language))
        assert not emoji.search(topic.dont.get(language))


def test_quotation_marks_are_typographic(pack: Pack) -> None:
    for topic, variant in itertools.product(pack.catalogue.values(), pack.variants):
        for text in (topic.name, topic.why, topic.dont, topic.do, topic.not_covered):
            assert not text or not re.search("[\"']", text.get(variant))
