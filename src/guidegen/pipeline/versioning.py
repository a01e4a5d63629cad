"""Which version the working copy has: the last release's, or that of the next one."""

from __future__ import annotations

from guidegen.errors import Problem
from guidegen.model.document import Edition, State
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


def released_edition(last: Release, history: History) -> Edition:
    """Return the edition that the newest release is.

    A major release is news until the next one; the first has nobody to tell it to.
    """
    # Only a major release asks people to read again (docs/explanation/versions.md).
    is_news = last.step == "major" and last.previous is not None
    return Edition(
        version=last.version,
        state=State.RELEASED,
        news=last.notes if is_news else None,
        next_review=next_review(history),
        approved_by=last.approved_by,
        valid_from=last.in_force,
    )


def draft_edition(proposal: Proposal, history: History) -> Edition:
    """Return the edition that a draft of the next release is."""
    return Edition(
        version=proposed_version(proposal, history.last),
        next_review=next_review(history),
    )


def proposed_version(proposal: Proposal, last: Release | None) -> str:
    """Return the version that a release would have."""
    return next_version(last.version, proposal.step) if last else FIRST_VERSION


def version_problem(
    version: str, proposal: Proposal, history: History
) -> Problem | None:
    """Return why a version cannot be the next one, None if it can."""
    last = history.last
    values = {"value": version, "proposed": proposed_version(proposal, last)}
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


def step_to(version: str, last: Release | None) -> Step:
    """Return how far a release goes, as its number says; it is one that can be next."""
    if last is None:
        return "major"
    # By the number, not by the proposal: the author's word counts
    # (docs/explanation/versions.md).
    new, old = version_key(version), version_key(last.version)
    if new[0] != old[0]:
        return "major"
    return "minor" if new[1] != old[1] else "patch"
