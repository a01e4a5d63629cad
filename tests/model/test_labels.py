from __future__ import annotations

import datetime as dt

import pytest
from tests.wording import raises

from guidegen.errors import PackError
from guidegen.model.labels import Labels, facts_of, long_date
from guidegen.pack.load import load_pack


@pytest.mark.parametrize(
    ("day", "german", "english"),
    [
        (dt.date(2026, 12, 1), "1. Dezember 2026", "1 December 2026"),
        (dt.date(2027, 3, 31), "31. März 2027", "31 March 2027"),
        (dt.date(2028, 2, 29), "29. Februar 2028", "29 February 2028"),
    ],
)
def test_a_date_names_its_month(day: dt.date, german: str, english: str) -> None:
    labels = load_pack("dell").labels

    in_german = Labels({key: text.get("de") for key, text in labels.items()})
    in_english = Labels({key: text.get("en") for key, text in labels.items()})

    assert long_date(day, in_german) == german
    assert long_date(day, in_english) == english


def test_a_word_is_filled_in_and_a_value_is_taken_literally() -> None:
    labels = Labels({"review": "{title}: {owner}", "open": "Öffnen {x}"})

    assert labels.word("review", title="{owner}", owner="Mira") == "{owner}: Mira"
    assert labels.word("open") == "Öffnen {x}"


def test_a_word_that_the_pack_lacks_is_named() -> None:
    with raises(PackError, match="the template pack has no word for version"):
        Labels().word("version")


def test_facts_stand_in_one_order_with_their_labels() -> None:
    labels = Labels(
        {"owner": "Responsible", "version": "Version", "digest": "Checksum"}
    )
    texts = {
        "digest_short": "0f3a",
        "draft": "Draft.",
        "version": "1.0.0",
        "owner": "M",
    }

    facts = [(each.key, each.label, each.value) for each in facts_of(texts, labels)]

    assert facts == [
        ("owner", "Responsible", "M"),
        ("version", "Version", "1.0.0"),
        ("digest_short", "Checksum", "0f3a"),
    ]
