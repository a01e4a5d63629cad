"""No company reads a word, an example or a role of another sector or country."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from tests.pack.sector_words import OWN_WORDS, foreign

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
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.render.document import render

pytestmark = pytest.mark.slow

SECTORS = (
    *("craft", "manufacturing", "software", "retail", "health", "bank", "public"),
    *("education", "association", "other"),
)
COUNTRIES = ("DE", "AT", "CH", "GB", "US")
VARIANTS = (("du", "de"), ("sie", "de"), ("du", "en"))

# What any sector may say, although it looks like one's own: people pass exams, and
# trainees have grades, wherever they work.
COMMON = re.compile(
    r"eine bestandene Prüfung|an exam you’ve passed|Personalakten"
    r"|Noten, Prüfungsaufgaben|Grades, exam questions"
    r"|Auch Lernende und alle im Praktikum"  # Swiss for apprentices
)

COUNTRY_WORDS = {
    r"Betriebsrat|Arbeiterkammer": "DE AT",
    r"Personalrat|BetrVG|AGG\b|BeamtStG": "DE",
    r"Personalvertretung|ArbVG|Gleichbehandlungsanwaltschaft|Lehrling": "AT",
    r"works council": "DE AT",
    r"ß|[„‚]": "DE AT GB US",
    r"Medienstelle|BankG|Geschäftshandy": "CH",
    r"«|»": "CH",
    r"Zeitarbeitsfirma": "DE GB US",
    r"Leiharbeitsfirma": "AT",
    r"NLRA|\bFTC\b|Regulation FD|Section 7|Trade Secrets": "US",
    r"communications team": "US",
    r"\w+ized?\b(?<!prized)(?<!sized)|\bcolor\b|wages": "US",
    r"protected disclosure|whistleblowing|Equality Act": "GB",
    r"Werbung“ \(advertising\)": "DE AT",
    r"kununu": "DE AT CH",
}


@cache
def built_in() -> Pack:
    """Return the built-in pack."""
    return load_pack("dell")


@cache
def pages(sector: str, country: str, address: str, language: str) -> str:
    """Return all pages of a company that chose whatever it is offered."""
    pack = built_in()
    offered = [
        topic.id
        for topic in pack.catalogue.values()
        if {"all", sector} & {*topic.sectors} and sector not in topic.unsuited
    ]
    answers = Answers(
        pack="dell",
        languages=("de", "en"),
        address=address,
        company=Company(
            name=LocalText.of("Nordlicht"),
            short_name=LocalText.of("Nordlicht"),
            sector=sector,
            countries=(country,),
            works_council=country in {"DE", "AT"},
        ),
        contacts=(Contact(name=LocalText.of("Mira"), phone=LocalText.of("+49 40 1")),),
        links={key: LocalText.of(f"https://x.example/{key}") for key in pack.links},
        taboo_topics=tuple(TopicAnswer(id=topic) for topic in offered),
        version=VersionAnswers(
            owner=LocalText.of("Jana"), valid_from=dt.date(2026, 12, 1)
        ),
        acknowledgement=Acknowledgement(slip=True, email="x@nordlicht.example"),
        sections=tuple(SectionAnswer(id=part) for part in pack.parts),
        pack_variants=pack.variants,
        folder=Path("unused"),
    )
    document = render(compose(answers, pack, language))
    text = unescape("\n".join(page.markdown for page in document.pages))
    # Addresses and ids are no words.
    text = re.sub(r"\]\([^)]*\)|\{: [^}]*\}|https?://\S+", "", text)
    return COMMON.sub("", text)


def combinations() -> Iterator[tuple[str, str, str, str]]:
    """Yield each sector, country, address and language."""
    for sector in SECTORS:
        for country in COUNTRIES:
            for address, language in VARIANTS:
                yield sector, country, address, language


def lines_with(words: str, text: str) -> set[str]:
    """Return the lines in which one of some words stands."""
    # What stands in a line stands in the whole text: hardly any of it is there.
    if not re.search(words, text):
        return set()
    return {line for line in text.splitlines() if re.search(words, line)}


@pytest.mark.parametrize("sector", SECTORS)
def test_no_page_has_words_of_another_sector(sector: str) -> None:
    found = {
        (line, address, language)
        for each, country, address, language in combinations()
        if each == sector
        for words, allowed in OWN_WORDS.items()
        if foreign(allowed, sector, listed=False)
        for line in lines_with(words, pages(sector, country, address, language))
    }

    assert sorted(found) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_page_has_words_of_another_country(country: str) -> None:
    found = {
        (line, sector, address, language)
        for sector, each, address, language in combinations()
        if each == country
        for words, allowed in COUNTRY_WORDS.items()
        if country not in allowed.split()
        for line in lines_with(words, pages(sector, country, address, language))
    }

    assert sorted(found) == []
