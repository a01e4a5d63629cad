"""Reviews: who found a released version still right, and when it is time again."""

from __future__ import annotations

import calendar
import datetime as dt
from pathlib import Path

from guidegen.errors import ReleaseError
from guidegen.files import write_atomic
from guidegen.model.json_records import canonical, to_json
from guidegen.model.release import History, Review
from guidegen.release.history import REVIEWS, read_history
from guidegen.release.manifest import chained


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
    places = {release.digest: place for place, release in enumerate(history.releases)}
    for review in history.reviews:
        if review.digest in places and review.on >= begin:
            begin, since = review.on, places[review.digest]
    return _after(begin, min(months for _, months in releases[since:]))


def _after(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > dt.MAXYEAR:  # a date that somebody made up
        return dt.date.max
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(day.day, last))


def record_review(releases: Path, *, by: str, on: dt.date, note: str | None) -> Review:
    """Record that somebody has reviewed the newest release.

    Call it under the project's lock, and only if `verify` finds nothing.

    Args:
        releases: The project's folder of releases.
        by: Who.
        on: The day.
        note: What they want to say about it, if anything.

    Raises:
        ReleaseError: There is no release, or the records cannot be read.
        FilesError: The review cannot be written.
    """
    history = read_history(releases)
    last = history.last
    if last is None:
        raise ReleaseError("error-review-none")
    review = chained(
        Review(by=by, on=on, note=note, version=last.version, digest=last.digest),
        history.reviews[-1].chain if history.reviews else "",
    )
    text = canonical(to_json((*history.reviews, review)))
    write_atomic(releases / REVIEWS, text)
    return review
