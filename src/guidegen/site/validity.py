"""What readers are told about when a version applies, in sentences true on any day.

A label names what a link leads to in square brackets: "Bis dahin gilt [Fassung 1.0.0]."
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Final, TypeAlias

from guidegen.model.labels import Labels, long_date
from guidegen.model.validity import Validity
from guidegen.value import Value

_LINKED: Final = re.compile(r"\[([^\]]*)\]")

Address: TypeAlias = "Callable[[str], str]"
"""Gives the address of a version's page, seen from where the sentence stands."""


class Sentence(Value):
    """A sentence, and the version that its link leads to."""

    text: str
    """Plain text; what is linked stands in square brackets."""
    version: str | None = None

    @property
    def plain(self) -> str:
        """The sentence without its link."""
        return _LINKED.sub(r"\1", self.text) if self.version else self.text

    def pieces(self, address: Address) -> Iterator[dict[str, str | None]]:
        """Yield the sentence in pieces of HTML, each with the address it links to."""
        if not self.version:
            yield {"text": escape(self.text), "href": None}
            return
        href = escape(address(self.version))
        for number, piece in enumerate(_LINKED.split(self.text)):
            if piece:
                yield {"text": escape(piece), "href": href if number % 2 else None}


def validity_sentences(
    validity: Validity, labels: Labels, reason: str | None = None
) -> tuple[Sentence, ...]:
    """Return when a version applies, and what before, meanwhile and after it.

    Args:
        validity: Of the version.
        labels: The words.
        reason: Why it was withdrawn, if it was.

    Raises:
        PackError: The pack lacks a word.
    """
    say = _Sentences(labels)
    why = (say.reason(reason),) if reason and validity.withdrawn else ()
    return (say.own(validity), *why, *say.others(validity))


def validity_line(validity: Validity, labels: Labels) -> str:
    """Return from when until when a version applies, for a list of versions.

    Raises:
        PackError: The pack lacks a word.
    """
    say = _Sentences(labels)
    told = [say.own(validity)] if validity.withdrawn or not validity.first else []
    if validity.first:
        # In a list, each version says both of its ends.
        told.insert(0, say.days(validity.first, validity.last, later=True))
    # In a line of its own, it needs no full stop.
    return " ".join(each.plain for each in told).removesuffix(".")


def withdrawal_reason(reason: str, labels: Labels) -> str:
    """Return why a version was withdrawn, as a sentence.

    Raises:
        PackError: The pack lacks a word.
    """
    return _Sentences(labels).reason(reason).plain


def root_sentences(
    validity: Validity, withdrawn: Iterable[Validity], labels: Labels
) -> tuple[Sentence, ...]:
    """Return what stands above the titles of the version at the root.

    There is nothing to say of a version that applied as soon as it was released, unless
    a newer one has been withdrawn.

    Args:
        validity: Of the version at the root.
        withdrawn: Of newer versions that were withdrawn.
        labels: The words.

    Raises:
        PackError: The pack lacks a word.
    """
    say = _Sentences(labels)
    told = validity_sentences(validity, labels) if validity.is_later else ()
    gone = (
        say.of("version_withdrawn", each.version, date=each.withdrawn)
        for each in withdrawn
        if each.withdrawn
    )
    return (*told, *gone)


class _Sentences:
    """The sentences in the words of one language."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def of(
        self, label: str, version: str | None = None, /, **days: dt.date | None
    ) -> Sentence:
        """Return a sentence with its days written out."""
        values: Mapping[str, str] = {
            name: long_date(day, self._labels) for name, day in days.items() if day
        }
        if version:
            values = {**values, "version": version}
        return Sentence(text=self._labels.word(label, **values), version=version)

    def reason(self, reason: str) -> Sentence:
        """Return why a version was withdrawn."""
        stop = "" if reason.endswith((".", "!", "?", "…")) else "."
        return Sentence(
            text=self._labels.word("withdrawn_reason", reason=f"{reason}{stop}")
        )

    def own(self, validity: Validity) -> Sentence:
        """Return when the version itself applies."""
        if validity.withdrawn:
            return self.of("withdrawn_on", date=validity.withdrawn)
        if validity.replaced_on:
            return self.of("replaced_at_once", date=validity.replaced_on)
        if validity.first is None:
            return self.of("never_valid")
        return self.days(validity.first, validity.last, later=validity.is_later)

    def days(self, first: dt.date, last: dt.date | None, *, later: bool) -> Sentence:
        """Return from when until when it applies; of a later one, both ends count."""
        if last is None:
            return self.of("valid_since", date=first)
        if not later:
            return self.of("valid_until", date=last)
        if first == last:
            return self.of("valid_on", date=first)
        return self.of("valid_between", date=first, until=last)

    def others(self, validity: Validity) -> Iterator[Sentence]:
        """Yield what applies before, meanwhile and after it."""
        after = validity.after
        if not validity.withdrawn:
            yield from self._before(validity)
        for term in validity.meanwhile:
            yield self.of(
                "version_between", term.version, date=term.first, until=term.last
            )
        if after:
            yield self.of("version_from", after.version, date=after.first)

    def _before(self, validity: Validity) -> Iterator[Sentence]:
        if not validity.is_later:
            return
        before = validity.before
        # "Until then" counts from the day that the sentence before has just named.
        if validity.till_then and not validity.last:
            yield self.of("version_till_then", validity.till_then)
            return
        if validity.last and before:
            # The one before says itself what was before it.
            yield self.of("version_until", before[-1].version, date=before[-1].last)
            return
        for index, term in enumerate(before):
            # What applied at the time of the release needs no first day.
            if index == 0 and term.first <= validity.released:
                yield self.of("version_until", term.version, date=term.last)
            else:
                days = {"date": term.first, "until": term.last}
                yield self.of("version_between", term.version, **days)
