"""KEY=VALUE: the command line's way to give an answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.answers.conftest import ANSWERS

from guidegen.answers.assignments import needs_present, read_options
from guidegen.answers.data import put
from guidegen.answers.read import check_text
from guidegen.errors import ProblemsError
from guidegen.pack.load import load_pack

PACK = load_pack("dell")


@pytest.mark.parametrize(
    ("option", "key", "value"),
    [
        ("company.name=A = B", "company.name", "A = B"),
        ("company.name=[x", "company.name", "[x"),
        ("company.name= [A] ", "company.name", "[A]"),
        ("company.name={de: A, en: B}", "company.name", {"de": "A", "en": "B"}),
        ("company.works_council=ja", "company.works_council", True),
        ("languages=de,en", "languages", ["de", "en"]),
        ("languages=[de, en]", "languages", ["de", "en"]),
        ("contacts.0.phone=0401", "contacts.0.phone", "0401"),
        ("contacts.0.role.de=Chefin", "contacts.0.role.de", "Chefin"),
        ("version.valid_from=1.2.2027", "version.valid_from", dt.date(2027, 2, 1)),
        ("version.review_months=6", "version.review_months", 6),
        ("brand.color=", "brand.color", None),
        (
            "contacts=[{name: Jo, email: jo@x.example}]",
            "contacts",
            [{"name": "Jo", "email": "jo@x.example"}],
        ),
        (
            "taboo_topics.0={id: strategy, speakers: [press]}",
            "taboo_topics.0",
            {"id": "strategy", "speakers": ["press"]},
        ),
        ("company.countries+=AT", "company.countries", ["DE", "AT"]),
        ("company.countries+=DE,CH", "company.countries", ["DE", "CH"]),
        ("company.countries-=DE", "company.countries", []),
    ],
)
def test_a_value_is_read_as_its_field_needs_it(
    option: str, key: str, value: object
) -> None:
    present = check_text(ANSWERS, Path("guideline.yml"), pack=PACK).data

    assert read_options([option], PACK, present=present) == {key: value}


def test_topics_are_added_and_taken_away_by_name() -> None:
    present = check_text(ANSWERS, Path("guideline.yml"), pack=PACK).data

    values = read_options(
        ["taboo_topics+=mergers", "taboo_topics-=strategy"], PACK, present=present
    )

    topics = values["taboo_topics"]
    assert isinstance(topics, list)
    assert topics[0] == "financial-figures"
    assert topics[2] == "mergers"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("company.name", "answers-option"),
        ("=x", "answers-option"),
        ("compani.name=x", "entry-unknown-key-near"),
        ("company.zzz=x", "entry-unknown-key"),
        ("company.name.fr=x", "entry-unknown-key"),
        ("contacts.first.name=x", "entry-unknown-key"),
        ("contacts.0.email=x", "value-email"),
        ("languages=fr", "value-choice"),
        ("contacts=[{name: Jo}]", "entry-one-of"),
        ("contacts=[{name", "yaml-bracket"),
        ("company.name+=x", "answers-option-not-list"),
        ("taboo_topics-=mergers", "answers-option-not-there"),
        ("taboo_topics+=mergerz", "value-choice-near"),
    ],
)
def test_a_wrong_option_is_refused(option: str, message: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        read_options([option], PACK)

    assert [problem.message for problem in raised.value.problems] == [message]


def test_all_wrong_options_are_named_at_once() -> None:
    with pytest.raises(ProblemsError) as raised:
        read_options(["contacts.0.email=x", "nonsense", "languages=fr"], PACK)

    assert len(raised.value.problems) == 3


def test_values_are_put_into_data_and_taken_out() -> None:
    data = put(None, ["contacts", "0", "name"], "Jo")

    assert data == {"contacts": [{"name": "Jo"}]}
    assert put(data, ["contacts", "1", "name"], "Al") == {
        "contacts": [{"name": "Jo"}, {"name": "Al"}]
    }
    assert put(data, ["contacts", "0", "name"], None) == {}


def test_where_a_pack_asks_nothing_of_its_own_there_is_nothing_to_enter() -> None:
    with pytest.raises(ProblemsError) as caught:
        read_options(("extra.colour=blue",), PACK)

    (problem,) = caught.value.problems
    assert problem.message == "entry-unknown-key-none"


def options(*typed: str, text: str = ANSWERS) -> dict[str, object]:
    """Return what options change of the answers."""
    present = check_text(text, Path("guideline.yml"), pack=PACK).data
    return dict(read_options(typed, PACK, present=present))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["taboo_topics.strategy.speakers=hr"], {"taboo_topics.1.speakers": "hr"}),
        (
            ["taboo_topics.strategy.speakers+=hr"],
            {"taboo_topics.1.speakers": ["management", "hr"]},
        ),
        (
            [
                "taboo_topics.strategy.speakers-=management",
                "taboo_topics.strategy.level=never",
            ],
            {"taboo_topics.1.speakers": [], "taboo_topics.1.level": "never"},
        ),
        (["taboo_topics.strategy.level=ask"], {"taboo_topics.1.level": "ask"}),
        (["taboo_topics.strategy="], {"taboo_topics.1": None}),
        (
            ["taboo_topics.financial-figures.why.de=Geheim."],
            {"taboo_topics.0": {"id": "financial-figures", "why": {"de": "Geheim."}}},
        ),
        (
            ["taboo_topics.0.level=ask"],
            {"taboo_topics.0": {"id": "financial-figures", "level": "ask"}},
        ),
        (
            [
                "taboo_topics.financial-figures.level=ask",
                "taboo_topics.financial-figures.speakers=hr",
            ],
            {
                "taboo_topics.0": {"id": "financial-figures", "level": "ask"},
                "taboo_topics.0.speakers": "hr",
            },
        ),
        (
            ["taboo_topics.financial-figures.speakers="],
            {"taboo_topics.0": "financial-figures"},
        ),
    ],
)
def test_a_topic_of_the_catalogue_is_addressed_by_its_id(
    typed: list[str], expected: dict[str, object]
) -> None:
    assert options(*typed) == expected


def test_a_topic_that_is_added_can_be_changed_in_the_same_go() -> None:
    changes = options("taboo_topics+=mergers", "taboo_topics.mergers.level=never")

    assert list(changes) == ["taboo_topics", "taboo_topics.3"]
    assert changes["taboo_topics.3"] == {"id": "mergers", "level": "never"}


def test_to_the_speakers_of_the_catalogue_others_are_added() -> None:
    changes = options("taboo_topics.financial-figures.speakers+=hr")

    usual = PACK.catalogue["financial-figures"].speakers
    assert changes == {
        "taboo_topics.0": {"id": "financial-figures", "speakers": [*usual, "hr"]}
    }
    assert options("company.speaker+=hr") == {"company.speaker": ["press", "hr"]}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("company.speaker=management", "management"),
        ("company.speaker=press,management", ["press", "management"]),
        ("company.speaker=[press, Dr. Eva Roth]", ["press", "Dr. Eva Roth"]),
        ("company.speaker=Eva Roth, Vorstand", "Eva Roth, Vorstand"),
        ("company.speaker=press, Eva Roth", ["press", "Eva Roth"]),
        ("company.speaker=[Rot", "[Rot"),
        (
            "company.speaker={de: Team Rot, en: Team Red}",
            {"de": "Team Rot", "en": "Team Red"},
        ),
        ("roles.werk={de: Werk, en: plant}", {"de": "Werk", "en": "plant"}),
        ("company.works_council=nein", False),
        ("company.works_council=mav", "mav"),
        ("company.forms.dative=der Nordlicht", "der Nordlicht"),
        ("contacts.0.email={de: a@b.de, en: c@d.uk}", {"de": "a@b.de", "en": "c@d.uk"}),
        ("contacts.0.languages=de", ["de"]),
        ("sections=crisis,employer-reviews", ["crisis", "employer-reviews"]),
        ("sections+={id: crisis, as: help}", [{"id": "crisis", "as": "help"}]),
        ("document.number=3.50", "3.50"),
    ],
)
def test_what_fits_a_guideline_to_a_company_can_be_typed(
    option: str, value: object
) -> None:
    (found,) = options(option).values()

    assert found == value


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("taboo_topics.mergers.level=ask", "answers-topic-absent"),
        ("taboo_topics.strateg.level=ask", "entry-unknown-key-near"),
        ("taboo_topics.qqqqqq.level=ask", "entry-unknown-key"),
        ("taboo_topics.strategy.levl=ask", "entry-unknown-key-near"),
        ("taboo_topics.strategy.light=amber", "answers-light"),
        ("taboo_topics.strategy.level=sometimes", "value-choice"),
        ("company.works_council=maf", "value-choice-near"),
        ("company.seat=Deutschland", "value-choice"),
        ("sections=../x", "answers-section-name"),
    ],
)
def test_what_does_not_exist_cannot_be_typed(option: str, message: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        options(option)

    assert [each.message for each in caught.value.problems] == [message]


@pytest.mark.parametrize(
    ("typed", "needs"),
    [
        (["company.name=A+B"], False),
        (["contacts.0.name=A"], False),
        (["company.countries+=AT"], True),
        (["taboo_topics.strategy.level=ask"], True),
        (["a=b", "sections-=crisis"], True),
    ],
)
def test_what_is_there_is_needed_only_to_build_on_it(
    typed: list[str],
    needs: bool,  # noqa: FBT001  # a table of what is right
) -> None:
    assert needs_present(typed) is needs
