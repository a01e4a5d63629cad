"""Whether reviews, withdrawals and the record of the newest release are as written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Generic

from guidegen.errors import FilesError, Problem
from guidegen.model.json_records import read_record
from guidegen.model.note import Note
from guidegen.model.release import History, Release, ReleaseId, Review, Withdrawal
from guidegen.release import reviews as _reviews
from guidegen.release import withdrawals as _withdrawals
from guidegen.release.head import HEAD, Head, head_of, read_heads, texts_of, write_head
from guidegen.release.tied_records import Record
from guidegen.value import Value

_BEHIND: Final = "verify-head-behind"


class Checked(Value, Generic[Record]):
    """A list of records, and what is wrong with it."""

    records: tuple[Record, ...] | None
    """None if they cannot be read."""
    problems: tuple[Problem, ...]


class HeadChecked(Value):
    """What the record of the newest release gives away."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


def reviews(releases: Path, known: Sequence[Release]) -> Checked[Review]:
    """Return the reviews, and each that was changed or is of no release.

    Args:
        releases: The project's folder of releases.
        known: Those that can be read.
    """
    return _checked(
        releases / _reviews.REVIEWS,
        known,
        _reviews.parse_reviews,
        _reviews.chained,
        name="review",
    )


def withdrawals(releases: Path, known: Sequence[Release]) -> Checked[Withdrawal]:
    """Return the withdrawals, and each that was changed or is of no release.

    The arguments are those of `reviews`.
    """
    return _checked(
        releases / _withdrawals.WITHDRAWALS,
        known,
        _withdrawals.parse_withdrawals,
        _withdrawals.chained,
        name="withdrawal",
    )


def _checked(
    path: Path,
    known: Sequence[Release],
    parse: Callable[[bytes], tuple[Record, ...]],
    chained: Callable[[Record, str], Record],
    *,
    name: str,
) -> Checked[Record]:
    try:
        records = parse(read_record(path))
    except FileNotFoundError:
        return Checked(records=(), problems=())
    except OSError as error:
        return Checked(records=None, problems=(unreadable(path, error),))
    except ValueError:  # somebody has edited it
        broken = Problem(message=f"verify-{path.stem}-broken", path=path)
        return Checked(records=None, problems=(broken,))
    problems: list[Problem] = []
    released = {release.id for release in known}
    before = ""
    for number, record in enumerate(records, start=1):
        values = {"number": number, "by": record.by, "on": record.on}
        if record != chained(record, before):
            message = f"verify-{name}-changed"
            problems.append(Problem(message=message, values=values, path=path))
        if ReleaseId(version=record.version, digest=record.digest) not in released:
            values |= {"version": record.version}
            message = f"verify-{name}-unknown"
            problems.append(Problem(message=message, values=values, path=path))
        # What is written goes on, not what was computed: one changed record casts no
        # suspicion on those after it.
        before = record.chain
    return Checked(records=records, problems=tuple(problems))


def head(
    releases: Path,
    known: Sequence[Release],
    versions: set[str],
    *,
    reviews: tuple[Review, ...] | None,
    withdrawals: tuple[Withdrawal, ...] | None,
) -> HeadChecked:
    """Return what the record of the newest release names and is not there.

    Args:
        releases: The project's folder of releases.
        known: Those that can be read.
        versions: The versions of all that are there.
        reviews: The list of reviews; None if it cannot be read, which is named already.
        withdrawals: The list of withdrawals, likewise.
    """
    path = releases / HEAD
    try:
        heads = read_heads(path)
    except FilesError as error:
        values = {"reason": error.problem}
        problem = Problem(message="verify-unreadable", values=values, path=path)
        return HeadChecked(problems=(problem,))
    if heads is None:
        return HeadChecked(problems=(Problem(message="verify-head-broken", path=path),))
    if not heads:
        # Releases of an earlier guidegen have none.
        missing = Note(message="verify-head-none", values={"file": HEAD})
        return HeadChecked(notes=(missing,) if versions else ())
    problems: list[Problem] = []
    for each in heads:
        problems += _releases_of(each, releases, known, versions)
        problems += _records_of(each.reviews, reviews, releases / _reviews.REVIEWS)
        file = releases / _withdrawals.WITHDRAWALS
        problems += _records_of(each.withdrawals, withdrawals, file)
    if problems:
        # Two people's records name the same releases.
        once = {(each.message, each.path): each for each in problems}
        return HeadChecked(problems=tuple(once.values()))
    history = History(
        releases=tuple(known), reviews=reviews or (), withdrawals=withdrawals or ()
    )
    if heads != (head_of(history),):
        behind = Note(message=_BEHIND, values={"file": HEAD})
        return HeadChecked(notes=(behind,))
    return HeadChecked()


def mend_head(releases: Path, history: History) -> None:
    """Write the record of the newest release anew if it is behind.

    One that names what is not there is left for `verify` to report, and one that is
    missing is not made up. Call it under the project's lock.

    Args:
        releases: The project's folder of releases.
        history: What is in it.

    Raises:
        FilesError: The system refuses.
    """
    found = head(
        releases,
        history.releases,
        {release.version for release in history.releases},
        reviews=history.reviews,
        withdrawals=history.withdrawals,
    )
    if any(note.message == _BEHIND for note in found.notes):
        write_head(releases, history)


def _releases_of(
    head: Head, releases: Path, known: Sequence[Release], versions: set[str]
) -> Iterator[Problem]:
    """Yield each release that a record names and that is not there like that."""
    by_version = {release.version: release for release in known}
    for version in dict.fromkeys((head.newest.version, *head.texts)):
        path = releases / version
        release = by_version.get(version)
        if version not in versions:
            values = {"file": HEAD}
            yield Problem(message="verify-head-release", values=values, path=path)
        elif release and (
            texts_of(release) != head.texts.get(version)
            or (version == head.newest.version and release.id != head.newest)
        ):
            values = {"file": HEAD}
            yield Problem(message="verify-head-other", values=values, path=path)


def _records_of(
    end: str, records: Sequence[Review | Withdrawal] | None, path: Path
) -> Iterator[Problem]:
    """Yield a problem if a record names one that is not in its list."""
    if end and records is not None and end not in {each.chain for each in records}:
        values = {"file": HEAD}
        yield Problem(message="verify-head-records", values=values, path=path)


def unreadable(path: Path, error: OSError) -> Problem:
    """Return the problem of a file that the system does not give."""
    reason = error.strerror or str(error)
    return Problem(message="verify-unreadable", values={"reason": reason}, path=path)
