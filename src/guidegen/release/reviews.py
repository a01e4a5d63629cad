"""`reviews.json`: who found a released version still right, and when it is time again.

Each review is tied to the one before by a digest of both: none can be changed, put in
or taken out unnoticed.
"""

from __future__ import annotations

import calendar
import datetime as dt
from pathlib import Path
from typing import Final

from guidegen.errors import ReleaseError
from guidegen.model.json_records import from_json, parsed_json
from guidegen.model.release import History, Review
from guidegen.release.tied_records import (
    last_digest,
    read_records,
    tied,
    write_records,
)

REVIEWS: Final = "reviews.json"
"""In `releases/`."""


def next_review(
    history: History, *, coming: tuple[dt.date, int] | None = None
) -> dt.date | None:
    """Return when the next review is due, None before the first release.

    The clock starts with the first release and again with each review. How long it runs
    is what the reviewed release said, or a later one that asks for it sooner: one that
    gives more time counts from the next review on, so that nothing but a review can
    put off what is due.

    Args:
        history: All releases and reviews.
        coming: The day and the months of a release that is about to be made.
    """
    releases = [(each.released.date(), each.review_months) for each in history.releases]
    releases += [coming] if coming else []
    if not releases:
        return None
    begin, since = releases[0][0], 0
    indexes = {
        release.digest: index
        for index, release in enumerate(history.releases)
        # Whoever looked through what was then withdrawn has not looked through the
        # version that applies again.
        if not history.withdrawal_of(release)
    }
    for review in history.reviews:
        # A review of a text that was never released says nothing about one that was.
        if review.digest in indexes and review.on >= begin:
            begin, since = review.on, indexes[review.digest]
    # The fewest months count: else a patch release could turn an overdue review green
    # (decisions.md, "Whose months count for a review?").
    return _months_after(begin, min(months for _, months in releases[since:]))


def _months_after(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > dt.MAXYEAR:  # a date that somebody made up
        return dt.date.max
    # A month after 31 January is the last day of February.
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(day.day, last))


def record_review(
    releases: Path, history: History, *, by: str, on: dt.date, note: str | None
) -> Review:
    """Record that somebody has reviewed the newest release that is not withdrawn.

    Call it under the project's lock, and only if `examine` finds nothing wrong.

    Args:
        releases: The project's folder of releases.
        history: What is in it.
        by: Who.
        on: The day.
        note: What they want to say about it, if anything.

    Raises:
        ReleaseError: There is no release, or all are withdrawn.
        FilesError: The review cannot be written.
    """
    current = history.current
    if current is None:
        withdrawn = bool(history.releases)
        raise ReleaseError(
            "error-review-withdrawn" if withdrawn else "error-review-none"
        )
    review = chained(
        Review(by=by, on=on, note=note, version=current.version, digest=current.digest),
        last_digest(history.reviews),
    )
    write_records(releases / REVIEWS, (*history.reviews, review))
    return review


def chained(review: Review, before: str) -> Review:
    """Return a review tied to the one before, or to "" if it is the first."""
    return tied(review, before, name="review")


def read_reviews(path: Path) -> tuple[Review, ...]:
    """Read the list of reviews; it may be missing.

    Raises:
        ReleaseError: It cannot be read.
    """
    return read_records(path, parse_reviews, refusal="error-releases-reviews")


def parse_reviews(text: bytes) -> tuple[Review, ...]:
    """Return the reviews of a `reviews.json`.

    Raises:
        ValueError: It is not a list of reviews.
    """
    reviews = from_json(tuple[Review, ...], parsed_json(text))
    if not all(review.chain for review in reviews):
        raise ValueError("chain")
    return reviews
