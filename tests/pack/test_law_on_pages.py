"""Whether each country's sentences stand on its companies' pages, and on no others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest

from guidegen.compose.guideline import compose
from guidegen.model.adaptation import Statement
from guidegen.model.answers import (
    Acknowledgement,
    Answers,
    Company,
    Contact,
    SectionAnswer,
    VersionAnswers,
)
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.render.document import render

pytestmark = pytest.mark.slow

CATALOGUE = Path(__file__).parents[2] / "guideline_templates/dell/catalogue.yml"
COUNTRIES = ("DE", "AT", "CH", "GB", "US")
VARIANTS = (("du", "de"), ("sie", "de"), ("du", "en"))


class Profile(NamedTuple):
    """A company that some statements are for."""

    sector: str
    listed: bool = False
    council: str | bool = False
    """Whether it has a works council, or which kind."""


PROFILES = (
    Profile("manufacturing", listed=True, council=True),
    Profile("health", council="mav"),
    Profile("bank", council="personalrat"),
    Profile("public", council=True),
    Profile("education"),
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Return the built-in pack."""
    return load_pack("dell")


def answers_of(
    pack: Pack, countries: tuple[str, ...], profile: Profile, *, address: str = "du"
) -> Answers:
    """Return the answers of a company that has every optional part."""
    return Answers(
        pack="dell",
        languages=("de", "en"),
        address="sie" if address == "sie" else "du",
        company=Company(
            name=LocalText.of("Nordlicht"),
            short_name=LocalText.of("Nordlicht"),
            sector=profile.sector,
            listed=profile.listed,
            countries=countries,
            works_council=bool(profile.council),
            works_council_kind=(
                profile.council if isinstance(profile.council, str) else None
            ),
        ),
        contacts=(Contact(name=LocalText.of("Mira"), phone=LocalText.of("+49 40 1")),),
        links={},
        taboo_topics=(),
        version=VersionAnswers(
            owner=LocalText.of("Jana"), valid_from=dt.date(2026, 12, 1)
        ),
        acknowledgement=Acknowledgement(slip=True),
        sections=tuple(SectionAnswer(id=part) for part in pack.parts),
        folder=Path("unused"),
        pack_variants=tuple(pack.variants),
    )


def pages_of(pack: Pack, answers: Answers, language: str) -> str:
    """Return the text of all pages, with characters in place of references."""
    document = render(compose(answers, pack, language))
    text = unescape("\n".join(page.markdown for page in document.pages))
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def pages(pack: Pack) -> Mapping[tuple[str, str, str, Profile], str]:
    """Return the text of the pages by country, address, language and profile."""
    return {
        (country, address, language, profile): pages_of(
            pack, answers_of(pack, (country,), profile, address=address), language
        )
        for country in COUNTRIES
        for address, language in VARIANTS
        for profile in PROFILES
    }


def statements(pack: Pack) -> Iterator[tuple[str, Statement]]:
    """Yield each statement with each country that it holds in."""
    for code, spec in pack.country_specs.items():
        for statement in spec.statements:
            for country in spec.members or (code,):
                yield country, statement


def said(pack: Pack, statement: Statement, variant: str, country: str) -> list[str]:
    """Return what a statement says there, in parts between its placeholders."""
    text = statement.text.get(variant)
    spelling = pack.country_specs[country].spelling.get(variant[:2], {})
    for old, new in sorted(spelling.items(), key=lambda each: -len(each[0])):
        text = text.replace(old, new)
    return [part.strip() for part in re.split(r"\{\w+\}", text) if part.strip()]


def test_every_statement_stands_on_the_pages_of_its_country(
    pack: Pack, pages: Mapping[tuple[str, str, str, Profile], str]
) -> None:
    missing = [
        (country, statement.id, variant)
        for country, statement in statements(pack)
        for variant, address, language in (
            ("de", "du", "de"),
            ("de-formal", "sie", "de"),
            ("en", "du", "en"),
        )
        if not any(
            all(part in text for part in said(pack, statement, variant, country))
            for key, text in pages.items()
            if key[:3] == (country, address, language)
        )
    ]

    assert missing == []


def test_no_statement_stands_on_the_pages_of_another_country(
    pack: Pack, pages: Mapping[tuple[str, str, str, Profile], str]
) -> None:
    own: dict[str, set[str]] = {}
    for country, statement in statements(pack):
        own.setdefault(country, set()).add(statement.text.get("en"))
    strangers = [
        (country, statement.id)
        for _, statement in statements(pack)
        for country in COUNTRIES
        if statement.text.get("en") not in own[country]
        if any(
            all(part in text for part in said(pack, statement, "en", country))
            for key, text in pages.items()
            if (key[0], key[2]) == (country, "en")
        )
    ]

    assert strangers == []


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda each: each.sector)
def test_a_country_changes_the_text(
    pack: Pack,
    pages: Mapping[tuple[str, str, str, Profile], str],
    country: str,
    profile: Profile,
) -> None:
    for address, language in VARIANTS:
        general = pages_of(
            pack, answers_of(pack, (), profile, address=address), language
        )

        assert pages[country, address, language, profile] != general


def test_a_council_of_its_own_kind_decides(
    pages: Mapping[tuple[str, str, str, Profile], str],
) -> None:
    by_sector = {profile.sector: profile for profile in PROFILES}

    def german(country: str, sector: str) -> str:
        return pages[country, "du", "de", by_sector[sector]]

    assert "bestimmt der Betriebsrat mit" in german("DE", "manufacturing")
    assert "bestimmt der Personalrat mit" in german("DE", "public")
    assert "bestimmt der Personalrat mit" in german("DE", "bank")
    assert "ist die Mitarbeitervertretung zu beteiligen" in german("DE", "health")
    assert "wirkt die Personalvertretung mit" in german("AT", "public")
    assert "BetrVG" not in german("DE", "public") + german("AT", "manufacturing")


def test_what_differs_in_several_countries_is_said_with_the_place(pack: Pack) -> None:
    listed = PROFILES[0]
    german = pages_of(pack, answers_of(pack, ("DE", "US"), listed), "de")
    english = pages_of(pack, answers_of(pack, ("DE", "US"), listed), "en")

    assert "In den USA" in german
    assert "In Deutschland" in german
    assert "In the US" in english
    # The general sentences stay.
    assert "Grenzen sind Beleidigungen und bewusst Unwahres" in german


def test_what_two_countries_share_is_said_once_and_without_a_place(pack: Pack) -> None:
    hospital = Profile("health")
    text = pages_of(pack, answers_of(pack, ("DE", "AT"), hospital), "de")

    shared = "Zeig nur Menschen, die zugestimmt haben, am besten schriftlich."
    assert text.count(shared) == 1
    assert "Zeig nur Menschen, die zugestimmt haben. " not in text


def test_swiss_pages_are_spelled_the_swiss_way(
    pages: Mapping[tuple[str, str, str, Profile], str],
) -> None:
    for (country, _, language, _), text in pages.items():
        if (country, language) == ("CH", "de"):
            assert re.findall(r"[ß„“]", text) == []


def test_american_pages_have_no_british_spelling(
    pack: Pack, pages: Mapping[tuple[str, str, str, Profile], str]
) -> None:
    british = "|".join(map(re.escape, pack.country_specs["US"].spelling["en"]))
    for (country, _, language, _), text in pages.items():
        if (country, language) == ("US", "en"):
            assert re.findall(british, text) == []


# What the general text says or no longer says, whatever the country: German, English.
GENERAL = {
    "AI-labels-spare-spelling-aids": (
        r"Kennzeichne Bilder, Ton und Videos",
        r"Label pictures, sound and video",
    ),
    "only-private-data-needs-consent": (
        r"Private Daten anderer",
        r"Post other people’s private details",
    ),
    "what-is-published-may-be-shared": (
        r"Was wir selbst veröffentlicht haben, darfst Du",
        r"share what we’ve published ourselves",
    ),
    "figures-and-plans-are-secret-until-published": (
        r"unveröffentlichte Zahlen",
        r"unpublished figures",
    ),
    "reports-go-beyond-breaches-of-rules": (r"Missstände", r"report wrongdoing"),
    "the-promise-has-limits": (
        r"bewussten? oder schweren? Verstöße",
        r"[Dd]eliberate or serious breaches",
    ),
    "scope": (r"Das gilt für |Die Regeln gelten für ", r"The rules are for "),
    "working-time": (r"Arbeitszeit", r"[Ww]orking hours"),
}
GONE = {
    "AI-labels-spare-spelling-aids": r"was mit KI gemacht wurde|what was made with AI",
    "criticism-need-not-be-factual": r"sachlich zu kritisieren|criticising fairly",
    "receipts-say-nothing-else": r"Gelegenheit|opportunity to ask",
    "not-every-opinion-is-free": r"Jede private Meinung|Everyone’s private opinion",
    "no-at-will": r"\bat[- ]will\b",
    "councils-do-more-than-talk": r"Betriebsrat redet|works council may have",
}


@pytest.mark.parametrize("point", GENERAL)
def test_the_general_text_says_what_holds_everywhere(pack: Pack, point: str) -> None:
    for language, pattern in zip(("de", "en"), GENERAL[point], strict=True):
        text = pages_of(pack, answers_of(pack, (), Profile("other")), language)
        assert re.search(pattern, text), (language, pattern)


@pytest.mark.parametrize("point", GONE)
def test_no_text_says_what_is_no_law(
    pages: Mapping[tuple[str, str, str, Profile], str], point: str
) -> None:
    said_so = [key for key, text in pages.items() if re.search(GONE[point], text)]

    assert said_so == []
    assert not re.search(GONE[point], CATALOGUE.read_text("utf-8"))


def test_public_employers_in_the_us_are_not_told_of_an_act_that_spares_them(
    pages: Mapping[tuple[str, str, str, Profile], str],
) -> None:
    for (country, _, language, profile), text in pages.items():
        if (country, language) == ("US", "en"):
            assert ("NLRA" in text) is (profile.sector != "public")
