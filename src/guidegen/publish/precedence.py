"""Whether a publication may replace what readers see: an old copy must not.

Pure: the identity that a target's manifest carries is held against the history of the
project. Versions are told apart by their digests, since two people can release the same
number; only manifests without an identity are judged by it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import Enum

from guidegen.errors import Problem, PublishError
from guidegen.model.document import State
from guidegen.model.publication import Manifest, NewsRecord, Origin
from guidegen.model.release import History, ReleaseId, version_key
from guidegen.publish.news import is_behind
from guidegen.value import Value


class Knowledge(Value):
    """What a project knows of its own history."""

    releases: tuple[ReleaseId, ...] = ()
    """All of them, oldest first."""
    current: ReleaseId | None = None
    """The newest one that is not withdrawn."""
    withdrawn: tuple[str, ...] = ()
    """The digests of those that are."""
    reviews: tuple[str, ...] = ()
    """The chain's digest of each review, oldest first."""
    news: NewsRecord | None = None
    """What it knows of what is said about the company."""

    @property
    def chain(self) -> tuple[str, ...]:
        """The releases' digests, oldest first."""
        return tuple(release.digest for release in self.releases)

    @classmethod
    def of(cls, history: History, news: NewsRecord | None = None) -> Knowledge:
        """Return what a project's history says, and what its news are."""
        return cls(
            releases=tuple(release.id for release in history.releases),
            current=history.current.id if history.current else None,
            withdrawn=tuple(each.digest for each in history.withdrawals),
            reviews=tuple(review.chain for review in history.reviews),
            news=news,
        )


class Verdict(Enum):
    """What a publication is to the one that readers see; the value is a message's id.

    `GOES` and `UNMARKED` need no consent, `TAKEN_BACK` needs `--again`, and the others
    `--older`.
    """

    GOES = ""
    UNMARKED = "publish-unmarked"
    """An older guidegen has published there, so it cannot be told."""
    NEWER = "error-publish-newer"
    """Readers see a release that follows all that the project knows."""
    UNKNOWN = "error-publish-unknown"
    """Readers see a release of another history."""
    RECORDS = "error-publish-records"
    """A withdrawal or review is known there, and not in the project."""
    OLDER = "error-publish-older"
    """The project knows what readers see, and has something older to show."""
    NEWS = "error-publish-news"
    """What is said about the company is newer there than in the project."""
    TAKEN_BACK = "error-publish-again"
    """It was rolled back."""

    @property
    def needs_older(self) -> bool:
        """Whether it replaces what is newer, or unknown here."""
        return self not in {Verdict.GOES, Verdict.UNMARKED, Verdict.TAKEN_BACK}


_NO_ORIGIN = Origin(version="", digest="")


def judge(live: Manifest | None, coming: Manifest, known: Knowledge) -> Verdict:
    """Return what a publication is to the one that readers see.

    Args:
        live: What readers see; None if nothing is there.
        coming: What is to be published.
        known: What the project knows.
    """
    if live is None:
        return Verdict.GOES
    there = live.origin
    if there:
        if found := _unknown(there, known):
            return found
        if is_taken_back(coming, live):
            return Verdict.TAKEN_BACK
        if _is_older(there, known):
            return Verdict.OLDER
        if is_behind(known.news, there.news):
            return Verdict.NEWS
    # Something released without a digest comes from an older guidegen, if only by a
    # rollback.
    has_identity = there and (there.digest or live.state is State.DRAFT)
    return Verdict.GOES if has_identity else _by_number(live, known)


def _by_number(live: Manifest, known: Knowledge) -> Verdict:
    """Judge by the version: a release with a higher one cannot be this project's."""
    try:
        there = version_key(live.version)
    except ValueError:  # it says what it likes
        return Verdict.UNMARKED
    highest = max((version_key(each.version) for each in known.releases), default=())
    ahead = live.state is State.RELEASED and there > highest
    return Verdict.NEWER if ahead else Verdict.UNMARKED


def _unknown(there: Origin, known: Knowledge) -> Verdict | None:
    """Return what the target knows and the project does not, if there is anything."""
    chain, needed = known.chain, there.chain
    current = known.current.digest if known.current else ""
    if current and current == there.digest:
        # After a rollback, a copy may show again what is there without knowing what
        # was rolled back.
        needed = needed[: needed.index(current) + 1] if current in needed else ()
    if not set(needed) <= set(chain):
        ahead = needed[: len(chain)] == chain
        return Verdict.NEWER if ahead else Verdict.UNKNOWN
    if not set(there.withdrawn) <= set(known.withdrawn):
        return Verdict.RECORDS
    if there.reviews and there.reviews not in known.reviews:
        return Verdict.RECORDS
    return None


def is_taken_back(publication: Manifest, live: Manifest) -> bool:
    """Return whether a publication was taken back at the target."""
    there = live.origin
    return there is not None and not _ids(publication).isdisjoint(there.taken_back)


def is_before(publication: Manifest, live: Manifest) -> bool:
    """Return whether what a publication shows was published before what readers see."""
    shown = live.restored or live.id
    return (publication.restored or publication.id) < shown


def shows_any(publication: Manifest, releases: frozenset[str]) -> bool:
    """Return whether a publication shows one of some releases, by their digests."""
    return publication.state is State.RELEASED and publication.shown_id in releases


def _is_older(there: Origin, known: Knowledge) -> bool:
    """Return whether the project shows an older release than the target."""
    chain = known.chain
    # One that has been withdrawn gives way to the last good one.
    if there.digest not in chain or there.digest in known.withdrawn:
        return False
    current = known.current.digest if known.current else ""
    return current not in chain or chain.index(current) < chain.index(there.digest)


def origin_of(known: Knowledge, *, by: str, at: dt.datetime) -> Origin:
    """Return what a publication of a project says it was made from.

    Args:
        known: What the project knows.
        by: Who publishes.
        at: When, by this computer's clock.
    """
    current = known.current
    return Origin(
        version=current.version if current else "",
        digest=current.digest if current else "",
        chain=known.chain,
        withdrawn=known.withdrawn,
        reviews=known.reviews[-1] if known.reviews else "",
        news=known.news,
        by=by,
        at=at.astimezone(dt.UTC),
    )


def restoring(
    earlier: Manifest, live: Manifest | None, *, by: str, at: dt.datetime
) -> Origin:
    """Return the origin of a rollback: what is shown is old, what is known is not.

    Args:
        earlier: The publication that is shown again.
        live: What readers see before it.
        by: Who rolls back.
        at: When, by this computer's clock.
    """
    shown = earlier.origin or _NO_ORIGIN
    known = (live.origin if live else None) or shown
    return replace(
        known,
        version=shown.version,
        digest=shown.digest,
        by=by,
        at=at.astimezone(dt.UTC),
    )


def succeeding(
    coming: Manifest, live: Manifest | None, *, takes_back: bool
) -> Manifest:
    """Return a publication that remembers what was known and taken back at the target.

    Args:
        coming: The publication, with its own origin.
        live: What readers see before it.
        takes_back: Whether what they see is taken back by it, on purpose.
    """
    origin, there = coming.origin, live.origin if live else None
    if origin is None or live is None:
        return coming
    shown = _ids(coming)
    taken = there.taken_back if there else ()
    if takes_back:
        # Two publications of one release differ in their files.
        by_files = replace(live, origin=None).shown_id
        taken += (live.shown_id if live.shown_id not in shown else by_files,)
    # What is shown again is not taken back any more.
    taken = tuple(each for each in dict.fromkeys(taken) if each not in shown)
    chain = origin.chain
    # What was known here once stays known: an older copy does not make it forgotten.
    if there and there.chain[: len(chain)] == chain:
        chain = there.chain
    return replace(coming, origin=replace(origin, taken_back=taken, chain=chain))


def _ids(manifest: Manifest) -> frozenset[str]:
    """Return what a publication may be called where it was taken back."""
    # By its files, too: an older guidegen may have published the same ones.
    return frozenset({manifest.shown_id, replace(manifest, origin=None).shown_id})


def refuse(
    verdict: Verdict,
    live: Manifest,
    coming: Manifest,
    *,
    address: str,
    older: bool,
    again: bool,
) -> None:
    """Stop unless a publication may go on.

    Args:
        verdict: What it is to what readers see.
        live: What readers see.
        coming: What is to be published.
        address: Of the target, as it is shown to people.
        older: Whether somebody wants to replace what is newer or unknown.
        again: Whether somebody wants to show again what was rolled back.

    Raises:
        PublishError: It may not; the error says who has published what is there.
    """
    if not (
        (verdict is Verdict.TAKEN_BACK and not again)
        or (verdict.needs_older and not older)
    ):
        return
    raise PublishError(
        verdict.value,
        address=address,
        version=live.version,
        coming=coming.version,
        who=who(live),
    )


def who(live: Manifest) -> Problem:
    """Return who published what readers see, and when, as far as it is known."""
    origin = live.origin
    # By the publisher's clock; the publication's own time may be a moment later.
    at = (origin.at if origin else None) or live.when
    by = origin.by if origin else ""
    return Problem(
        message="publish-who" if by else "publish-when",
        values={"by": by, "day": at.astimezone().date()},
    )
