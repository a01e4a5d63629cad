from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples import answers_with

from guidegen.compose.guideline import compose
from guidegen.model.adaptation import CountrySpec, Statement
from guidegen.model.answers import Answers, SectionAnswer
from guidegen.model.guideline import SectionLaw
from guidegen.model.pack import Pack
from guidegen.model.question import Condition
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.render.document import render

pytestmark = pytest.mark.slow


def _statement(
    name: str, at: str, *, replaces: bool = False, when: Condition | None = None
) -> Statement:
    section, _, item = at.partition(".")
    return Statement(
        id=name,
        section=section,
        item=item,
        replaces=replaces,
        text=LocalText.of({"de": f"{name} ß", "en": f"{name} for {{company}}"}),
        source="§ 1",
        checked="2026-11-30",
        status="verified",
        when=when or {},
    )


@pytest.fixture
def pack() -> Pack:
    """Return a pack with little law, all of it invented."""
    common = _statement("COMMON", "rights.report")
    return replace(
        load_pack("dell"),
        country_specs={
            "DE": CountrySpec(
                place=LocalText.of({"de": "In Deutschland", "en": "In Germany"}),
                statements=(
                    _statement("DE-1", "rights.pay", replaces=True),
                    _statement("DE-2", "law.images"),
                    common,
                ),
            ),
            "AT": CountrySpec(
                place=LocalText.of({"de": "In Österreich", "en": "In Austria"}),
                statements=(_statement("AT-1", "rights.pay", replaces=True), common),
            ),
            "CH": CountrySpec(
                place=LocalText.of({"de": "In der Schweiz", "en": "In Switzerland"}),
                spelling={"de": {"ß": "ss"}},
                statements=(
                    _statement(
                        "CH-BANK", "rights.report", when={"company.sector": ("bank",)}
                    ),
                ),
            ),
            "EU": CountrySpec(
                place=LocalText.of({"de": "In der EU", "en": "In the EU"}),
                members=("DE", "AT"),
                statements=(
                    _statement("EU-1", "rights.pay", replaces=True),
                    _statement("EU-2", "law.ai"),
                ),
            ),
        },
    )


def _law(
    answers: Answers, pack: Pack, *countries: str, sector: str = "other"
) -> dict[str, SectionLaw]:
    company = replace(answers.company, countries=countries, sector=sector)
    return dict(compose(replace(answers, company=company), pack, "de").law)


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return answers_with(tmp_path)


def test_what_holds_everywhere_stands_in_the_text(answers: Answers, pack: Pack) -> None:
    law = _law(answers, pack, "DE")

    assert law["rights"].items["pay"].instead == "DE-1 ß"
    # The law of the union is no less law, although only one can replace the text.
    assert law["rights"].items["pay"].also == ("EU-1 ß",)
    assert law["law"].items["images"].also == ("DE-2 ß",)
    assert law["law"].items["ai"].also == ("EU-2 ß",)
    assert not any(section.abroad for section in law.values())


def test_the_same_statement_in_all_countries_holds_everywhere(
    answers: Answers, pack: Pack
) -> None:
    law = _law(answers, pack, "DE", "AT")

    assert law["rights"].items["report"].also == ("COMMON ß",)
    assert law["rights"].items["pay"].instead == "EU-1 ß"
    assert [(each.place, each.instead) for each in law["rights"].abroad] == [
        ("In Deutschland", ("DE-1 ß",)),
        ("In Österreich", ("AT-1 ß",)),
    ]


def test_what_holds_in_some_countries_is_said_with_the_place(
    answers: Answers, pack: Pack
) -> None:
    law = _law(answers, pack, "DE", "AT", "GB")

    assert law["rights"].items == {}
    # Both places where a statement of both countries' own is said with it; the union
    # where nothing but its law is.
    assert [(each.place, each.also, each.instead) for each in law["rights"].abroad] == [
        ("In Deutschland und Österreich", ("COMMON ß",), ("EU-1 ß",)),
        ("In Deutschland", (), ("DE-1 ß",)),
        ("In Österreich", (), ("AT-1 ß",)),
    ]
    assert [each.place for each in law["law"].abroad] == ["In der EU", "In Deutschland"]


def test_all_that_differs_stands_together_by_place(
    answers: Answers, pack: Pack
) -> None:
    company = replace(answers.company, countries=("DE", "AT", "GB"))
    guideline = compose(replace(answers, company=company), pack, "de")

    assert [(each.id, each.place) for each in guideline.abroad] == [
        ("in-de-at", "In Deutschland und Österreich"),
        ("in-de", "In Deutschland"),
        ("in-at", "In Österreich"),
    ]
    both, german, _ = guideline.abroad
    assert (both.also, both.instead) == (("EU-2 ß",), ())
    assert (both.rights_also, both.rights_instead) == (("COMMON ß",), ("EU-1 ß",))
    assert (german.also, german.rights_instead) == (("DE-2 ß",), ("DE-1 ß",))
    assert guideline.parts["abroad"] == "details.md#abroad"


def test_what_is_said_of_a_section_that_is_not_there_is_not_said(
    answers: Answers, pack: Pack
) -> None:
    odd = replace(
        pack,
        country_specs={
            "DE": CountrySpec(
                statements=(
                    _statement("CRISIS", "crisis.steps"),
                    _statement("RECEIPT", "acknowledgement.receipt"),
                )
            )
        },
    )
    company = replace(answers.company, countries=("DE", "GB"))
    both = replace(answers, company=company)
    chosen = replace(both, sections=(SectionAnswer(id="crisis"),))

    assert compose(both, odd, "de").abroad == ()
    assert compose(both, odd, "de").parts["abroad"] is None
    (place,) = compose(chosen, odd, "de").abroad
    assert (place.place, place.also) == ("Deutschland", ("CRISIS ß",))


def test_a_statement_may_be_for_some_companies_only(
    answers: Answers, pack: Pack
) -> None:
    assert _law(answers, pack, "CH") == {}
    assert _law(answers, pack, "CH", sector="bank")["rights"].items["report"].also == (
        "CH-BANK ss",
    )


def test_a_country_that_the_pack_knows_nothing_of_changes_nothing(
    answers: Answers, pack: Pack
) -> None:
    assert _law(answers, pack, "US") == {}
    assert _law(answers, pack) == {}


DELL = load_pack("dell")


@given(
    countries=st.lists(st.sampled_from([*DELL.countries]), unique=True),
    sector=st.sampled_from([*DELL.sectors]),
    parts=st.lists(st.sampled_from([*DELL.parts]), unique=True),
    council=st.booleans(),
    formal=st.booleans(),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=25,
)
def test_whatever_the_countries_each_statement_is_said_in_one_place(
    countries: list[str],
    sector: str,
    parts: list[str],
    *,
    council: bool,
    formal: bool,
    tmp_path: Path,
) -> None:
    plain = answers_with(tmp_path)
    company = replace(
        plain.company,
        countries=tuple(countries),
        sector=sector,
        works_council=council,
    )
    answers = replace(
        plain,
        company=company,
        address="sie" if formal else "du",
        sections=tuple(SectionAnswer(id=part) for part in parts),
        pack_variants=DELL.variants,
    )

    for language in ("de", "en"):
        guideline = compose(answers, DELL, language)
        document = render(guideline)

        text = "".join(page.markdown for page in document.pages)
        assert not re.search(r"\{(?![:{ ])", text)
        for section in guideline.law.values():
            inside = {
                each
                for item in section.items.values()
                for each in (item.instead, *item.also)
                if each
            }
            outside = {
                each for at in section.abroad for each in (*at.also, *at.instead)
            }
            assert not inside & outside
        if len(countries) < 2:
            assert not any(section.abroad for section in guideline.law.values())
            assert guideline.abroad == ()


def test_statements_name_the_company(answers: Answers, pack: Pack) -> None:
    english = compose(answers, pack, "en").law["law"]

    assert english.items["images"].also == ("DE-2 for Nordlicht",)
