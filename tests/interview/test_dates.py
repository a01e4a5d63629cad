"""Days as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.interview.conftest import PACK

from guidegen.interview import Messages
from guidegen.interview.dates import DateWords, read_date

TODAY = dt.date(2026, 11, 22)
_MESSAGES = Messages(texts=PACK.messages, language="de")
WORDS = DateWords.read(
    _MESSAGES.in_all_languages("interview-months"),
    _MESSAGES.in_all_languages("interview-days"),
)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1. März 2027", "2027-03-01"),
        ("1 Maerz 2027", "2027-03-01"),
        ("  01.  MÄRZ   2027 ", "2027-03-01"),
        ("5. Jänner 2027", "2027-01-05"),
        ("5 May 2027", "2027-05-05"),
        ("5th May 2027", "2027-05-05"),
        ("May 5, 2027", "2027-05-05"),
        ("may 5th 2027", "2027-05-05"),
        ("1. Dez. 2026", "2026-12-01"),
        ("Sept. 3, 2027", "2027-09-03"),
        # Without a year it is the next such day.
        ("1. Dezember", "2026-12-01"),
        ("1. März", "2027-03-01"),
        ("22 November", "2026-11-22"),
        ("heute", "2026-11-22"),
        ("Morgen", "2026-11-23"),
        ("uebermorgen", "2026-11-24"),
        ("today", "2026-11-22"),
        ("tomorrow", "2026-11-23"),
        # Only one order is possible.
        ("12/31/2027", "2027-12-31"),
        ("31/12/2027", "2027-12-31"),
        ("5/5/2027", "2027-05-05"),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: str) -> None:
    """In both languages, whichever the interview is held in."""
    assert read_date(typed, WORDS, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "3/4/2027",  # the third of April, or the fourth of March
        "13/14/2027",
        "2027-03-01",  # read elsewhere
        "1.3.2027",
        "Ju 5, 2027",  # June or July
        "Ma 5, 2027",
        "5. Brumaire 2027",
        "bald",
        "",
    ],
)
def test_what_could_be_two_days_or_none_is_left_as_it_is(typed: str) -> None:
    """The check that follows says what is wrong."""
    assert read_date(typed, WORDS, TODAY) == typed


@given(st.text())
def test_any_text_is_a_day_or_stays(typed: str) -> None:
    """Whatever somebody types, reading it raises nothing."""
    found = read_date(typed, WORDS, TODAY)
    assert found == typed or len(found) == len("2027-03-01")


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_found_under_its_german_and_english_name(day: dt.date) -> None:
    """Also under the names of months that only Austria uses."""
    for text in _MESSAGES.in_all_languages("interview-months"):
        for name in text.split()[day.month - 1].split("/"):
            for typed in (
                f"{day.day}. {name} {day.year}",
                f"{name} {day.day}, {day.year}",
            ):
                assert read_date(typed, WORDS, TODAY) == day.isoformat()
