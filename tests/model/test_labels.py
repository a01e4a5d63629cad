from __future__ import annotations

import datetime as dt

import pytest

from guidegen.model.labels import Labels, long_date
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
