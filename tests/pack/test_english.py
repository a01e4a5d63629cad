"""The built-in pack's English: easy to read in every sector and country, and native."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import markdown
import pytest
from tests.readability import ease, mean, sentences_of

from guidegen.compose.guideline import compose
from guidegen.model.answers import (
    Acknowledgement,
    Answers,
    Company,
    Contact,
    SectionAnswer,
    TopicAnswer,
    VersionAnswers,
)
from guidegen.model.document import Document
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.render.document import render

COUNTRIES = ("DE", "AT", "CH", "GB", "US", None)
SECTORS = (
    *("craft", "manufacturing", "software", "retail", "health", "bank", "public"),
    *("education", "association", "other"),
)
LONGEST_SENTENCE = 20
MEAN_SENTENCE = (9, 11)
EASY = 70
"""Flesch Reading Ease: from 70 on a text is fairly easy (Flesch 1948)."""

# Where English speaks to colleagues it contracts; a contract and the law do not.
STIFF = re.compile(
    r"\b(?:do|does|did|is|are|was|has|have|will|would|can|could|should) not\b|"
    r"\b(?:cannot|(?<!who )you are|we are|you will|we will)\b",
    re.IGNORECASE,
)
BRITISH = re.compile(
    r"\w*(?:isation|criticis(?:e|ing)|colour|favour|behaviour|licence|practis|apologis"
    r"|recognis|organis)\w*|\b(?:rota|whilst|per cent|enquir\w*|data protection)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Return the built-in pack."""
    return load_pack("dell")


def pages(pack: Pack, sector: str, country: str | None) -> Document:
    """Return the English pages of a company with every link and optional part."""
    topics = pack.sector_specs[sector].topics
    answers = Answers(
        pack="dell",
        languages=("en",),
        address="du",
        company=Company(
            name=LocalText.of("Brightwater Ltd"),
            short_name=LocalText.of("Brightwater"),
            sector=sector,
            countries=(country,) if country else (),
            works_council=country in {"DE", "AT"},
            listed=sector == "bank",
        ),
        contacts=(Contact(name=LocalText.of("Priya Shah"), phone=LocalText.of("+1")),),
        links={
            key: LocalText.of(f"https://intranet.example/{key}") for key in pack.links
        },
        taboo_topics=tuple(TopicAnswer(id=topic) for topic in topics),
        version=VersionAnswers(
            owner=LocalText.of("Sam Lee"), valid_from=dt.date(2027, 1, 15)
        ),
        acknowledgement=Acknowledgement(slip=True, email="receipt@brightwater.example"),
        sections=tuple(SectionAnswer(id=part) for part in pack.parts),
        pack_variants=pack.variants,
        folder=Path("unused"),
    )
    return render(compose(answers, pack, "en"))


def sentences(text: str, pack: Pack) -> list[list[str]]:
    """Return the words of each sentence, without topic lists and contact details."""
    html = markdown.markdown(text, extensions=list(pack.markdown_extensions))
    return sentences_of(
        re.sub(r"<li>(?:(?!</li>).)*(?:#topic-|tel:).*?</li>", "", html)
    )


@pytest.mark.slow
@pytest.mark.parametrize("sector", SECTORS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_whole_pages_are_easy_to_read(
    pack: Pack, sector: str, country: str | None
) -> None:
    for page in pages(pack, sector, country).pages:
        if page.id not in {"index", "details"}:
            continue
        found = sentences(page.markdown, pack)

        assert [" ".join(each) for each in found if len(each) > LONGEST_SENTENCE] == []
        assert (
            MEAN_SENTENCE[0] <= round(mean(list(map(len, found)))) <= MEAN_SENTENCE[1]
        )
        assert ease(found, "en") >= EASY


@pytest.mark.parametrize("sector", SECTORS)
def test_nothing_british_is_left_where_the_seat_is_in_the_us(
    pack: Pack, sector: str
) -> None:
    document = pages(pack, sector, "US")

    assert document.variant == "en-us"
    for page in document.pages:
        assert (
            BRITISH.findall(re.sub(r"\{:? ?[^}]*\}|\([^)]*\)", "", page.markdown)) == []
        )


def prose_of(path: Path) -> str:
    """Return a section's text without the template's code."""
    return re.sub(r"\{: .*\}|\{[{%#].*?[}%#]\}", "", path.read_text("utf-8"))


@pytest.mark.parametrize("variant", ["en", "en-us"])
def test_sections_contract_and_have_typographic_marks(pack: Pack, variant: str) -> None:
    for path in (pack.folders[0] / "sections" / variant).glob("*.md"):
        prose = prose_of(path)

        assert STIFF.findall(prose) == [], path.name
        assert not re.search(r"['\"]", re.sub(r"<[^>]*>|data-\S+", "", prose)), (
            path.name
        )


@pytest.mark.parametrize("variant", ["de-formal", "en", "en-us"])
def test_every_variant_has_a_place_for_each_countrys_sentences(
    pack: Pack, variant: str
) -> None:
    folder = pack.folders[0] / "sections"
    place = re.compile(
        r"law\.[a-z_]+\.(?:[a-z]+\.(?:also|instead)|abroad)|law\.[a-z_]+ \|"
    )
    for path in (folder / variant).glob("*.md"):
        german = (folder / "de" / path.name).read_text("utf-8")

        found = place.findall(path.read_text("utf-8"))

        assert set(found) == set(place.findall(german)), path.name
