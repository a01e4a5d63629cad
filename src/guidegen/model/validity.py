"""From when until when a released version applies, as it is known today.

Nothing here depends on the day of the build: a page that was published once stays true.
"""

from __future__ import annotations

import datetime as dt

from guidegen.value import Value


class Term(Value):
    """Days on which a version applies without a break; both ends are included."""

    version: str
    first: dt.date
    last: dt.date | None
    """None: nothing that is known of ends it."""


class Validity(Value):
    """When a version applies, and what applies before, meanwhile and after it."""

    version: str
    released: dt.date
    """The day of its release (UTC)."""
    terms: tuple[Term, ...] = ()
    """Its days, oldest first; none if it never applies."""
    before: tuple[Term, ...] = ()
    """What applies between its release and its first day, oldest first."""
    meanwhile: tuple[Term, ...] = ()
    """What applied between its terms: a newer version that was withdrawn again."""
    after: Term | None = None
    """What follows it; without days of its own, what applies in its place."""
    replaced_on: dt.date | None = None
    """The day on which it became valid and was replaced at once, if it was so."""
    withdrawn: dt.date | None = None
    """The day on which it was withdrawn."""

    @property
    def first(self) -> dt.date | None:
        """Its first day; None if it never applies."""
        return self.terms[0].first if self.terms else None

    @property
    def last(self) -> dt.date | None:
        """Its last day; None if nothing ends it, or if it never applies."""
        return self.terms[-1].last if self.terms else None

    @property
    def is_later(self) -> bool:
        """Whether its first day comes after the day on which it was released."""
        return self.first is not None and self.first > self.released

    @property
    def till_then(self) -> str | None:
        """The version that applies from its release to its first day, if one does."""
        if self.first is None or len(self.before) != 1:
            return None
        [term] = self.before
        # One that was withdrawn meanwhile is followed by nothing until then.
        is_whole = term.last == self.first - dt.timedelta(days=1)
        return term.version if is_whole and term.first <= self.released else None

    def applies_on(self, day: dt.date) -> bool:
        """Return whether it applies on a day."""
        return any(
            term.first <= day and (term.last is None or day <= term.last)
            for term in self.terms
        )

    @property
    def begins(self) -> dt.date | None:
        """The day that readers may be told as its beginning."""
        return self.first or self.replaced_on
