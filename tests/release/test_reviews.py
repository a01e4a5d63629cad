from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.release.conftest import NOON, MakeRelease
from tests.wording import raises

from guidegen.errors import ReleaseError
from guidegen.model.release import History
from guidegen.release.history import read_history
from guidegen.release.reviews import next_review, record_review
from guidegen.release.verify import verify


def _due(releases: Path) -> dt.date | None:
    return next_review(read_history(releases))


def test_before_the_first_release_nothing_is_due() -> None:
    assert next_review(History()) is None
    assert next_review(History(), coming=(NOON.date(), 6)) == dt.date(2027, 6, 1)


def test_the_clock_starts_with_the_first_release(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0")

    assert _due(releases) == dt.date(2027, 12, 1)


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-15", 24, "2028-01-15"),
        ("9999-10-15", 6, "9999-12-31"),
    ],
)
def test_months_end_where_they_end(
    release: MakeRelease, releases: Path, day: str, months: int, due: str
) -> None:
    moment = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    release("1.0.0", released=moment, review_months=months)

    assert _due(releases) == dt.date.fromisoformat(due)


def test_a_later_release_does_not_put_off_a_review(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0")
    release("1.0.1", "neu", released=NOON + dt.timedelta(days=300))

    assert _due(releases) == dt.date(2027, 12, 1)


def test_more_months_count_only_from_the_next_review_on(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0")
    release("1.0.1", "neu", review_months=48)

    assert _due(releases) == dt.date(2027, 12, 1)

    record_review(
        releases, read_history(releases), by="Jana", on=dt.date(2027, 11, 1), note=None
    )

    assert _due(releases) == dt.date(2031, 11, 1)


def test_fewer_months_count_at_once(release: MakeRelease, releases: Path) -> None:
    release("1.0.0")
    release("1.0.1", "neu", review_months=3)

    assert _due(releases) == dt.date(2027, 3, 1)


def test_a_review_is_of_the_newest_release(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0")
    last = release("1.1.0", "neu")

    review = record_review(
        releases, read_history(releases), by="Jana", on=dt.date(2027, 5, 2), note="gut"
    )

    assert (review.version, review.digest) == ("1.1.0", last.digest)
    assert read_history(releases).reviews == (review,)
    assert _due(releases) == dt.date(2028, 5, 2)
    assert verify(releases) == ()


def test_a_review_of_what_was_never_released_does_not_count(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0")
    record_review(
        releases, read_history(releases), by="Jana", on=dt.date(2027, 5, 2), note=None
    )
    path = releases / "reviews.json"
    digest = read_history(releases).reviews[0].digest
    path.write_text(path.read_text("utf-8").replace(digest, "0" * 64), encoding="utf-8")

    assert _due(releases) == dt.date(2027, 12, 1)


def test_without_a_release_there_is_nothing_to_review(tmp_path: Path) -> None:
    with raises(ReleaseError, match="no release"):
        record_review(
            tmp_path, read_history(tmp_path), by="Jana", on=NOON.date(), note=None
        )

    assert list(tmp_path.iterdir()) == []
