"""KEY=VALUE: the command line's way to give an answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.answers.conftest import ANSWERS

from guidegen.answers.data import put
from guidegen.answers.options import read_options
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
