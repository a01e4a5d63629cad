"""Counts: who has confirmed a text that still holds, who has not, and what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import IntEnum

from guidegen.model.release import version_key
from guidegen.receipts.people import People, Person, Register
from guidegen.receipts.received import Received
from guidegen.value import Value


class Texts(Value):
    """The texts that can be confirmed."""

    digests: Mapping[str, frozenset[str]]
    """The SHA-256 of each language's text, by the version."""
    current: str
    """The version that readers follow."""
    holds_from: str
    """The oldest version whose confirmation still holds."""
    withdrawn: frozenset[str] = frozenset()
    """The versions that were taken back."""


class Standing(IntEnum):
    """How somebody stands; of several confirmations, the highest counts."""

    MISSING = 0
    """Nothing has come."""
    UNCLEAR = 1
    """It names neither version nor checksum."""
    EARLIER = 2
    """A version that no longer holds: a major one has followed, or it was withdrawn."""
    MISMATCH = 3
    """A version or a checksum that does not belong to the guideline's texts."""
    CONFIRMED = 4
    """A text that still holds."""


class Judged(Value):
    """What a confirmation is worth, and the text that it names."""

    standing: Standing
    version: str
    """As it says, or as its checksum tells."""
    checked: bool
    """Whether its checksum is that of the text."""


class Count(Value):
    """All that there is to say."""

    texts: Texts
    standings: Mapping[Person, Judged]
    """How each person stands."""
    versions: Mapping[str, int]
    """How many people have confirmed a version that holds, by version, newest first."""
    unchecked: int
    """How many of these have sent no checksum."""
    strangers: tuple[Received, ...]
    """Confirmations from nobody in the list: they have left, or use another address."""
    ambiguous: tuple[Received, ...]
    """Confirmations that several people of one name may have sent."""
    wrong: tuple[Received, ...]
    """Confirmations of a text that is not the guideline's."""

    def of(self, standing: Standing) -> tuple[Person, ...]:
        """Return who stands so, in the order of the list."""
        return tuple(
            person
            for person, judged in self.standings.items()
            if judged.standing is standing
        )


def count_receipts(people: People, entries: Iterable[Received], texts: Texts) -> Count:
    """Hold all confirmations against the list and against the texts."""
    register = Register(people)
    nothing = Judged(standing=Standing.MISSING, version="", checked=False)
    standings = dict.fromkeys(people.persons, nothing)
    strangers, ambiguous, wrong = [], [], []
    for received in entries:
        found = register.find(received)
        judged = judge(received, texts)
        if judged.standing is Standing.MISMATCH:
            wrong.append(received)
        if not found:
            strangers.append(received)
        elif len(found) > 1:
            ambiguous.append(received)
        elif _weight(judged) > _weight(standings[found[0]]):
            standings[found[0]] = judged
    held = [each for each in standings.values() if each.standing is Standing.CONFIRMED]
    versions = Counter(each.version for each in held)
    return Count(
        texts=texts,
        standings=standings,
        versions={
            each: versions[each] for each in sorted(versions, key=version_key)[::-1]
        },
        unchecked=sum(not each.checked for each in held),
        strangers=tuple(strangers),
        ambiguous=tuple(ambiguous),
        wrong=tuple(wrong),
    )


def _weight(judged: Judged) -> tuple[int, bool, tuple[int, ...]]:
    known = version_key(judged.version) if judged.version else ()
    return judged.standing, judged.checked, known


def judge(received: Received, texts: Texts) -> Judged:
    """Return what a confirmation is worth."""
    version, checksum = received.version, received.checksum
    if not (version or checksum):
        return Judged(standing=Standing.UNCLEAR, version="", checked=False)
    if not version:
        # Two versions may have the same text; the newest of them counts.
        named = [each for each in texts.digests if _has(texts, each, checksum)]
        version = max(named, key=version_key, default="")
    known = version in texts.digests
    if not known or (checksum and not _has(texts, version, checksum)):
        named_version = version if known else ""
        return Judged(standing=Standing.MISMATCH, version=named_version, checked=False)
    holds = version_key(version) >= version_key(texts.holds_from)
    standing = Standing.CONFIRMED
    if not holds or version in texts.withdrawn:
        standing = Standing.EARLIER
    return Judged(standing=standing, version=version, checked=bool(checksum))


def _has(texts: Texts, version: str, checksum: str) -> bool:
    return any(digest.startswith(checksum) for digest in texts.digests[version])
