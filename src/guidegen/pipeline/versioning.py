"""Which version the working copy has: the last release's, or that of the next one."""

from __future__ import annotations

from typing import Final

from guidegen.errors import Problem
from guidegen.model.document import Edition, State, major_version
from guidegen.model.release import (
    FIRST_VERSION,
    History,
    Proposal,
    Release,
    Step,
    next_version,
    version_key,
)
from guidegen.release.history import is_version
from guidegen.release.reviews import next_review
from guidegen.release.validity import history_validities

_STEPS: Final[tuple[Step, ...]] = ("patch", "minor", "major")
"""By how far they go."""


def released_edition(release: Release, history: History) -> Edition:
    """Return the edition that the release which readers follow is.

    A major release is news until the next one; the first has nobody to tell it to.
    """
    # Only a major release asks people to read again (docs/explanation/versions.md).
    is_news = release.step == "major" and release.previous is not None
    validity = history_validities(history)[release.version]
    return Edition(
        version=release.version,
        state=State.RELEASED,
        news=release.notes if is_news else None,
        next_review=next_review(history),
        approved_by=release.approved_by,
        confirmed_from=confirmed_from(release, history),
        # Not simply its day: a newer one may have taken it, and be withdrawn since.
        valid_from=validity.begins or release.in_force,
    )


def draft_edition(version: str, proposal: Proposal, history: History) -> Edition:
    """Return the edition that a draft of the next release is."""
    step = step_to(version, history, proposal)
    return Edition(
        version=version,
        next_review=next_review(history),
        confirmed_from=still_confirmed(version, step, history),
    )


def still_confirmed(version: str, step: Step, history: History) -> str:
    """Return the oldest version whose confirmation holds for the next release.

    Args:
        version: What the next release is called.
        step: How far it goes.
        history: All releases before it.
    """
    if step == "major" or history.base is None:
        return major_version(version)
    return confirmed_from(history.base, history)


def confirmed_from(release: Release, history: History) -> str:
    """Return the oldest version whose confirmation holds for a release."""
    # Mostly the number says it; after a withdrawal, it may have gone ahead.
    releases = {each.version: each for each in history.releases}
    found = release
    while found.step != "major":
        before = found.compared_with or (found.previous and found.previous.version)
        earlier = releases.get(before or "")
        # Whoever can write records can make them go in circles.
        if earlier is None or version_key(earlier.version) >= version_key(
            found.version
        ):
            break
        found = earlier
    return major_version(found.version)


def next_version_of(
    history: History, proposal: Proposal, since_newest: Proposal | None = None
) -> str:
    """Return the version that a release would have.

    No number is given twice, so it counts from the newest release, withdrawn or not.
    The step must be right for those who know the withdrawn text, and for those who know
    the one before.

    Args:
        history: All releases.
        proposal: How far it goes from the release that it is compared with.
        since_newest: How far it goes from the newest, if that is another one.
    """
    newest, base = history.last, history.base
    if newest is None or base is None:
        return FIRST_VERSION
    step = proposal.step
    if since_newest:
        # What the withdrawn number has gone ahead already need not be gone again.
        ahead = _far(_between(newest.version, base.version)) >= _far(step)
        step = max(since_newest.step, "patch" if ahead else step, key=_far)
    return next_version(newest.version, step)


def _far(step: Step) -> int:
    return _STEPS.index(step)


def version_problem(version: str, proposed: str, history: History) -> Problem | None:
    """Return why a version cannot be the next one, None if it can."""
    last = history.last
    values = {"value": version, "proposed": proposed}
    if not is_version(version):
        return Problem(message="release-version-form", values=values)
    if last is None:
        return None
    # Asked before the order: it is lower as well, but this says what is wrong.
    if any(version == each.version for each in history.releases):
        return Problem(message="release-version-exists", values=values)
    # The newest release is the one with the highest number.
    if version_key(version) <= version_key(last.version):
        values |= {"last": last.version}
        return Problem(message="release-version-lower", values=values)
    return None


def is_jump(version: str, history: History) -> bool:
    """Return whether a version leaves out numbers, as one that is mistyped does.

    A first release is 1.0.0, or 0.x.y if the company counts that way.
    """
    newest = history.last
    if newest is None:
        return version != FIRST_VERSION and version_key(version)[0] != 0
    return version not in {next_version(newest.version, step) for step in _STEPS}


def step_to(version: str, history: History, proposal: Proposal) -> Step:
    """Return how far a release goes, as its number says; it is one that can be next.

    Args:
        version: Its version.
        history: All releases before it.
        proposal: How far it seems to go from the one that it is compared with.
    """
    newest, base = history.last, history.base
    if newest is None or base is None:
        return "major"
    # By the number, not by the proposal: the author's word counts
    # (docs/explanation/versions.md).
    step = _between(version, newest.version)
    if base is newest:
        return step
    # The number of a withdrawn version has gone ahead: how far this one goes from the
    # one before, within what its number allows, is for the proposal to say.
    allowed = _between(version, base.version)
    return max(step, min(proposal.step, allowed, key=_far), key=_far)


def _between(new: str, old: str) -> Step:
    after, before = version_key(new), version_key(old)
    if after[0] != before[0]:
        return "major"
    return "minor" if after[1] != before[1] else "patch"
