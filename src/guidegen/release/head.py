"""`head.json`: what the chain of releases ends with, and the digest that says so.

Each release vouches for those before it, and none for those after it: without a record
of the newest one, taking that away would leave a chain that is sound in itself. The
record follows from the others, so it can be lost or left behind; what it names must be
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from guidegen.errors import ReleaseError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.files.digest import sha256
from guidegen.model.json_records import (
    canonical,
    entries,
    from_json,
    parsed_json,
    read_record,
)
from guidegen.model.release import History, Release, ReleaseId, Review, Withdrawal
from guidegen.value import Value

HEAD: Final = "head.json"
"""In `releases/`."""

_FORMAT: Final = 1

_MOST_STATES: Final = 400_000
"""How many earlier states are tried, in about two seconds.

Two hundred releases with a hundred reviews and ten withdrawals have half as many.
"""

_NOT_MERGED: Final = f"{HEAD} -merge".encode()
"""For git: a line of one record is nothing without the others."""

_CONFLICT: Final = re.compile(
    rb"<<<<<<<[^\n]*\n(.*?)(?:\|\|\|\|\|\|\|[^\n]*\n.*?)?=======\n(.*?)>>>>>>>[^\n]*\n",
    re.DOTALL,
)
"""What git leaves where two people have changed the same lines."""

_Records: TypeAlias = tuple[Review, ...] | tuple[Withdrawal, ...]


class Head(Value):
    """What the records end with."""

    newest: ReleaseId
    reviews: str
    """The chain's digest of the last review, empty if there is none."""
    withdrawals: str
    """The same of the last withdrawal."""
    texts: Mapping[str, Mapping[str, str]]
    """The digest of each released text, as its readers see it: version → language."""
    chain: str
    """The digest of the whole chain (`chain_digest`)."""


def head_of(history: History) -> Head | None:
    """Return what the records end with; None before the first release."""
    last = history.last
    if last is None:
        return None
    reviews, withdrawals = _end(history.reviews), _end(history.withdrawals)
    return Head(
        newest=last.id,
        reviews=reviews,
        withdrawals=withdrawals,
        texts={release.version: texts_of(release) for release in history.releases},
        chain=chain_digest(last.id, reviews, withdrawals),
    )


def texts_of(release: Release) -> dict[str, str]:
    """Return the digests of a release's texts, by language: what its readers see."""
    return {each.language: each.digest for each in release.documents.values()}


def chain_digest(newest: ReleaseId, reviews: str, withdrawals: str) -> str:
    """Return the one digest that stands for all that was ever recorded.

    The newest release vouches for all before it, with their files and texts; the last
    review and the last withdrawal do the same.
    """
    return sha256(_ends_text(newest, reviews, withdrawals))


def _ends_text(newest: ReleaseId, reviews: str, withdrawals: str) -> bytes:
    ends = {
        "newest": entries(newest),
        "reviews": reviews,
        "withdrawals": withdrawals,
    }
    return canonical(ends)


def _end(records: _Records, number: int | None = None) -> str:
    """Return the chain's digest of the last record, or when there were some only."""
    at = len(records) if number is None else number
    return records[at - 1].chain if at else ""


def write_head(releases: Path, history: History) -> Head | None:
    """Write what the records end with; call it under the project's lock.

    Write it last, after what it names: if the run ends in between, the record lacks
    something that is there, which the next one mends.

    Args:
        releases: The project's folder of releases.
        history: What is in it.

    Raises:
        FilesError: The system refuses.
    """
    head = head_of(history)
    if head is not None:
        _keep_whole(releases)
        text = canonical({"format": _FORMAT, **entries(head)})
        write_atomic(releases / HEAD, text, within=releases.parent)
    return head


def _keep_whole(releases: Path) -> None:
    """Tell git to take one of two people's records, not lines of both."""
    path = releases / ".gitattributes"
    with translate_os_errors(path):
        text = path.read_bytes() if path.is_file() else b""
    if _NOT_MERGED not in text.splitlines():
        lines = [*text.splitlines(), _NOT_MERGED]
        write_atomic(path, b"\n".join(lines) + b"\n", within=releases.parent)


def read_heads(path: Path) -> tuple[Head, ...] | None:
    """Return what the record says; two if git has joined two people's records.

    Returns:
        Nothing if there is no record, None if it is none.

    Raises:
        FilesError: The system refuses.
    """
    with translate_os_errors(path):
        try:
            text = read_record(path)
        except FileNotFoundError:
            return ()
        except ValueError:
            return None
    try:
        return tuple(_parse(each) for each in dict.fromkeys(_sides(text)))
    except ValueError:
        return None


def _sides(text: bytes) -> tuple[bytes, ...]:
    """Return both people's texts if git could not join them."""
    if b"<<<<<<<" not in text:
        return (text,)
    return (_CONFLICT.sub(rb"\1", text), _CONFLICT.sub(rb"\2", text))


def _parse(text: bytes) -> Head:
    head = from_json(Head, parsed_json(text))
    if head.chain != chain_digest(head.newest, head.reviews, head.withdrawals):
        raise ValueError("chain")
    return head


class Meaning(Enum):
    """What a digest that somebody has written down stands for."""

    NOW = "now"
    """The whole chain as it is."""
    EARLIER = "earlier"
    """The whole chain as it once was; it has gone on since."""
    RELEASE = "release"
    """A release, with all before it."""
    TEXT = "text"
    """The text of a release in a language, as its readers see it."""


class Found(Value):
    """A digest that was found in the chain."""

    meaning: Meaning
    release: Release
    """The release, or the newest one when the chain ended like that."""
    language: str | None = None
    """Of a text."""
    reviews: int = 0
    """How many there were then."""
    withdrawals: int = 0


def find_digest(history: History, digest: str) -> Found | None:
    """Return what a digest stands for; None if it is in no part of the chain.

    It follows from the records alone, in which nothing may be found wrong.

    Args:
        history: All records.
        digest: A SHA-256 in lower case, or its first characters.

    Raises:
        ReleaseError: More than one digest begins like that.
    """
    found: dict[str, Found] = {}
    for whole, each in _beginning(history, digest):
        # Which means most comes first.
        found.setdefault(whole, each)
        if whole == digest:
            break
    if len(found) > 1:
        raise ReleaseError("error-digest-several", digest=digest)
    return next(iter(found.values()), None)


def _beginning(history: History, digest: str) -> Iterator[tuple[str, Found]]:
    """Yield the digests of the chain that begin like one, and what they stand for."""
    reviews, withdrawals = len(history.reviews), len(history.withdrawals)
    for state in islice(_states(history), _MOST_STATES):
        whole = state.digest(history)
        if whole.startswith(digest):
            release, seen, withdrawn = state.release, state.reviews, state.withdrawals
            is_now = (release, seen, withdrawn) == (history.last, reviews, withdrawals)
            yield (
                whole,
                Found(
                    meaning=Meaning.NOW if is_now else Meaning.EARLIER,
                    release=release,
                    reviews=seen,
                    withdrawals=withdrawn,
                ),
            )
    for release in reversed(history.releases):
        if release.digest.startswith(digest):
            found = Found(meaning=Meaning.RELEASE, release=release)
            yield release.digest, found
        for language, text in texts_of(release).items():
            if text.startswith(digest):
                found = Found(meaning=Meaning.TEXT, release=release, language=language)
                yield text, found


class _State(NamedTuple):
    """How the records may once have been."""

    release: Release
    """The newest one."""
    frame: tuple[bytes, bytes, bytes]
    """What `chain_digest` makes its digest from, without the other two ends."""
    reviews: int
    """How many there were."""
    withdrawals: int

    def digest(self, history: History) -> str:
        """Return the chain's digest as it was then."""
        # Writing JSON anew would take twenty times as long.
        before, between, after = self.frame
        reviews = _end(history.reviews, self.reviews).encode()
        withdrawals = _end(history.withdrawals, self.withdrawals).encode()
        return sha256(b"".join((before, reviews, between, withdrawals, after)))


def _frame(newest: ReleaseId) -> tuple[bytes, bytes, bytes]:
    """Return the text that `chain_digest` digests, in three pieces."""
    text = _ends_text(newest, "<reviews>", "<withdrawals>")
    before, rest = text.split(b"<reviews>")
    between, after = rest.split(b"<withdrawals>")
    return before, between, after


def _states(history: History) -> Iterator[_State]:
    """Yield each state that the records may have been in, the last one first.

    How releases, reviews and withdrawals followed one another is not recorded; that
    each names a release which was there narrows it down.
    """
    places = {release.digest: at for at, release in enumerate(history.releases)}
    for at in reversed(range(len(history.releases))):
        release = history.releases[at]
        frame = _frame(release.id)
        for seen in _possible(history.reviews, places, at):
            for withdrawn in _possible(history.withdrawals, places, at):
                yield _State(release, frame, seen, withdrawn)


def _possible(records: _Records, places: Mapping[str, int], newest: int) -> range:
    """Return how many of the records there may have been with a release as newest."""
    of = [places.get(each.digest, 0) for each in records]
    most = next((at for at, place in enumerate(of) if place > newest), len(of))
    return range(most, -1, -1)
