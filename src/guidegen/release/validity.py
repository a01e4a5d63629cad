"""From when until when each release applies: a pure function of what was released.

On any day, the newest version applies whose day has come and that has not been
withdrawn. So a version that is valid from a later day leaves the one before in force
until then, and a version that is replaced before its day never applies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from guidegen.model.release import History, Release
from guidegen.model.validity import Term, Validity

_DAY = dt.timedelta(days=1)


def history_validities(history: History) -> dict[str, Validity]:
    """Return when each version of a project applies, by version."""
    withdrawn = {
        release.version: withdrawal.on
        for release in history.releases
        if (withdrawal := history.withdrawal_of(release))
    }
    return validities(history.releases, withdrawn)


def validities(
    releases: Sequence[Release], withdrawn: Mapping[str, dt.date]
) -> dict[str, Validity]:
    """Return when each version applies, by version.

    Args:
        releases: All releases, oldest first.
        withdrawn: The day on which versions were withdrawn, for those that were.
    """
    terms = tuple(_terms(releases, withdrawn))
    return {
        release.version: _validity(release, releases, terms, withdrawn)
        for release in releases
    }


def _terms(
    releases: Sequence[Release], withdrawn: Mapping[str, dt.date]
) -> Iterator[Term]:
    """Yield which version applies when, oldest first; there may be gaps."""
    days = sorted({each.in_force for each in releases} | set(withdrawn.values()))
    # Found out once: of a hundred releases, each is looked at on each day.
    spans = [
        (each.version, each.in_force, withdrawn.get(each.version, dt.date.max))
        for each in reversed(releases)
    ]
    found: Term | None = None
    for day, following in zip_longest(days, days[1:]):
        applying = (version for version, begin, end in spans if begin <= day < end)
        version = next(applying, None)
        last = following - _DAY if following else None
        if found and version == found.version:
            # It goes on: what happened on this day happened to another version.
            found = replace(found, last=last)
            continue
        if found:
            yield found
        found = Term(version=version, first=day, last=last) if version else None
    if found:
        yield found


def _validity(
    release: Release,
    releases: Sequence[Release],
    terms: Sequence[Term],
    withdrawn: Mapping[str, dt.date],
) -> Validity:
    own = tuple(each for each in terms if each.version == release.version)
    others = [each for each in terms if each.version != release.version]
    is_withdrawn = withdrawn.get(release.version)
    first = own[0].first if own else release.in_force
    released = release.released.date()
    # Without days of its own, it ends before the day that would have been its first, or
    # on which it was withdrawn.
    ends = own[-1].last if own else (is_withdrawn or first) - _DAY
    return Validity(
        version=release.version,
        released=released,
        terms=own,
        before=tuple(
            each
            for each in others
            if each.first < first and (each.last is None or each.last >= released)
        ),
        meanwhile=tuple(
            each for each in others if own and own[0].first < each.first < own[-1].first
        ),
        after=_following(others, ends) if ends else None,
        replaced_on=None if own or is_withdrawn else _at_once(release, releases),
        withdrawn=is_withdrawn,
    )


def _following(others: Sequence[Term], last: dt.date) -> Term | None:
    """Return what applies after a day, or next if nothing does at first."""
    for term in others:
        if term.last is None or term.last > last:
            # It may have applied before, and go on.
            return replace(term, first=max(term.first, last + _DAY))
    return None


def _at_once(release: Release, releases: Sequence[Release]) -> dt.date | None:
    """Return the day of a version that was replaced on its very first day."""
    day = release.in_force
    later = releases[releases.index(release) + 1 :]
    replaced = (each.released.date() for each in later if each.in_force <= day)
    # Whoever looked before the newer one was released was bound by it.
    return day if min(replaced, default=day) >= day else None
