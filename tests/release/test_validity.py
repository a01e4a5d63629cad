from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.model.release import PackRecord, Release
from guidegen.model.validity import Term, Validity
from guidegen.release.validity import validities

YEAR = 2027


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{YEAR}-{text}")


def _release(version: str, released: dt.date, valid_from: dt.date) -> Release:
    return Release(
        folder=Path(version),
        version=version,
        step="minor",
        released=dt.datetime.combine(released, dt.time(9), dt.UTC),
        valid_from=valid_from,
        review_months=12,
        owner="Jana Petersen",
        approved_by=None,
        notes=None,
        answers={},
        changes=(),
        stale={},
        pack=PackRecord(name="dell", version="1", digest="0", folder="packs/dell"),
        previous=None,
    )


def _of(*releases: tuple[str, str, str], **withdrawn: str) -> dict[str, Validity]:
    """Return validities of (version, released, valid from), by month and day."""
    return validities(
        [_release(version, _day(on), _day(day)) for version, on, day in releases],
        {name[1:].replace("_", "."): _day(on) for name, on in withdrawn.items()},
    )


def _days(validity: Validity) -> list[tuple[str, str | None]]:
    return [_span(term)[1:] for term in validity.terms]


def _span(term: Term) -> tuple[str, str, str | None]:
    last = f"{term.last:%m-%d}" if term.last else None
    return term.version, f"{term.first:%m-%d}", last


def test_a_version_holds_until_the_day_before_the_next_one() -> None:
    found = _of(("1.0.0", "01-01", "01-01"), ("1.1.0", "03-01", "03-01"))

    first, second = found.values()
    assert _days(first) == [("01-01", "02-28")]
    assert first.after
    assert _span(first.after) == ("1.1.0", "03-01", None)
    assert (_days(second), second.after) == ([("03-01", None)], None)
    assert not first.is_later
    assert not second.is_later


def test_a_version_for_a_later_day_leaves_the_one_before_in_force() -> None:
    found = _of(("1.0.0", "01-01", "01-01"), ("2.0.0", "02-01", "04-01"))

    first, second = found.values()
    assert _days(first) == [("01-01", "03-31")]
    assert second.is_later
    assert [_span(term) for term in second.before] == [("1.0.0", "01-01", "03-31")]


def test_three_in_a_row_each_have_their_days() -> None:
    found = _of(
        ("1.0.0", "01-01", "01-01"),
        ("2.0.0", "02-01", "04-01"),
        ("3.0.0", "02-15", "07-01"),
    )

    assert [_days(each) for each in found.values()] == [
        [("01-01", "03-31")],
        [("04-01", "06-30")],
        [("07-01", None)],
    ]
    assert [_span(term) for term in found["3.0.0"].before] == [
        ("1.0.0", "01-01", "03-31"),
        ("2.0.0", "04-01", "06-30"),
    ]
    assert [term.version for term in found["2.0.0"].before] == ["1.0.0"]


def test_what_is_replaced_before_its_day_never_applies() -> None:
    found = _of(
        ("1.0.0", "01-01", "01-01"),
        ("2.0.0", "02-01", "04-01"),
        ("2.0.1", "03-01", "04-01"),
    )

    never = found["2.0.0"]
    assert (never.terms, never.replaced_on, never.is_later) == ((), None, False)
    assert never.after
    assert _span(never.after) == ("2.0.1", "04-01", None)
    assert found["1.0.0"].after == never.after
    assert [term.version for term in found["2.0.1"].before] == ["1.0.0"]


@pytest.mark.parametrize("released", ["01-01", "03-01"])
def test_what_is_replaced_on_its_day_was_valid_for_hours(released: str) -> None:
    found = _of(("1.0.0", released, "03-01"), ("1.0.1", "03-01", "03-01"))

    assert found["1.0.0"].replaced_on == _day("03-01")
    assert found["1.0.0"].begins == _day("03-01")
    assert found["1.0.0"].terms == ()


def test_nothing_applies_before_it_was_released() -> None:
    found = _of(("1.0.0", "01-15", "01-01"), ("1.1.0", "03-01", "01-01"))

    assert [_days(each) for each in found.values()] == [
        [("01-15", "02-28")],
        [("03-01", None)],
    ]


def test_a_first_version_for_a_later_day_has_nothing_before_it() -> None:
    found = _of(("1.0.0", "01-01", "04-01"))

    assert found["1.0.0"].is_later
    assert found["1.0.0"].before == ()


def test_when_a_version_is_withdrawn_the_one_before_applies_again() -> None:
    found = _of(
        ("1.0.0", "01-01", "01-01"),
        ("2.0.0", "04-01", "04-01"),
        ("3.0.0", "05-01", "05-01"),
        v2_0_0="04-10",
    )

    first, second, third = found.values()
    assert _days(first) == [("01-01", "03-31"), ("04-10", "04-30")]
    assert [_span(term) for term in first.meanwhile] == [("2.0.0", "04-01", "04-09")]
    assert first.after
    assert first.after.version == "3.0.0"
    assert _days(second) == [("04-01", "04-09")]
    assert second.after
    assert second.after.version == "1.0.0"
    assert _days(third) == [("05-01", None)]


@pytest.mark.parametrize("on", ["02-15", "04-01"])
def test_what_is_withdrawn_before_its_day_has_no_days(on: str) -> None:
    found = _of(("1.0.0", "01-01", "01-01"), ("2.0.0", "02-01", "04-01"), v2_0_0=on)

    assert _days(found["1.0.0"]) == [("01-01", None)]
    second = found["2.0.0"]
    assert (second.terms, second.begins, second.replaced_on) == ((), None, None)
    assert second.after
    # From the day of the withdrawal on, whatever follows on the day that was announced.
    assert _span(second.after) == ("1.0.0", on, None)


def test_if_the_only_version_is_withdrawn_nothing_follows() -> None:
    found = _of(("1.0.0", "01-01", "01-01"), v1_0_0="01-20")

    assert _days(found["1.0.0"]) == [("01-01", "01-19")]
    assert found["1.0.0"].after is None


_DAYS = st.integers(0, 12).map(lambda days: dt.date(YEAR, 1, 1) + dt.timedelta(days))


@pytest.mark.slow
@given(
    st.lists(st.tuples(_DAYS, _DAYS, st.none() | _DAYS), max_size=6),
)
def test_each_day_has_one_version_at_most_and_none_is_forgotten(
    given_days: list[tuple[dt.date, dt.date, dt.date | None]],
) -> None:
    order = sorted(given_days, key=lambda days: days[0])
    releases = [
        _release(f"{number}.0.0", released, valid)
        for number, (released, valid, _) in enumerate(order, 1)
    ]
    withdrawn = {
        f"{number}.0.0": max(on, released)
        for number, (released, _, on) in enumerate(order, 1)
        if on
    }

    found = validities(releases, withdrawn)

    terms = [term for each in found.values() for term in each.terms]
    for offset in range(20):
        day = dt.date(YEAR, 1, 1) + dt.timedelta(offset)
        applying = [
            term.version
            for term in terms
            if term.first <= day and (term.last is None or day <= term.last)
        ]
        could = [
            each.version
            for each in releases
            if each.in_force <= day < withdrawn.get(each.version, dt.date.max)
        ]
        assert applying == could[-1:]
    for validity in found.values():
        assert bool(validity.terms) or validity.last is None
        assert all(term.version != validity.version for term in validity.before)
