"""The releases as the site shows them: one at the root, others under `versions/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import Final

from guidegen.model.former_contacts import FormerContacts
from guidegen.model.labels import Labels
from guidegen.model.release import Release, ReleasedDocument, Withdrawal
from guidegen.model.validity import Validity
from guidegen.value import Value


class NextReview(Value):
    """When the guideline is to be reviewed again, for the calendar."""

    due: dt.date
    changed: dt.datetime
    """When the date was last set, in UTC: by the last release or review."""
    sequence: int
    """How often the date has been moved."""


class Archive(Value):
    """All releases, oldest first, and what surrounds their pages today."""

    releases: tuple[Release, ...]
    shown: str | None
    """The version at the root; None if the root shows a draft."""
    validities: Mapping[str, Validity]
    """When each version applies."""
    labels: Mapping[tuple[str, str], Labels]
    """Today's words for the frame around old pages, by language and variant."""
    redlines: Mapping[tuple[str, str], str]
    """What changed in the text, as HTML, by version and language."""
    former: FormerContacts
    """Who is no contact any more."""
    old_pdfs: bool
    """Whether readers get the PDFs of versions that are not the current one."""
    review: NextReview | None
    read: Callable[[Release, str], bytes]
    """Reads a file of a release by its name, and checks that it is as released."""
    withdrawals: Mapping[str, Withdrawal] = field(default_factory=dict)
    """Why versions were withdrawn, by version; of the others, there is nothing."""

    @property
    def under_versions(self) -> tuple[Release, ...]:
        """The releases under `versions/`: all that are not at the root."""
        return tuple(
            release for release in self.releases if release.version != self.shown
        )

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Which release a version is, counted from the oldest."""
        return {each.version: at for at, each in enumerate(self.releases)}

    @property
    def last(self) -> Release | None:
        """The newest release, if there is one."""
        return self.releases[-1] if self.releases else None

    def ending_with(self, release: Release) -> Archive:
        """Return the archive with the newest release completed."""
        return replace(self, releases=(*self.releases[:-1], release))

    def release(self, version: str) -> Release:
        """Return the release of a version."""
        return next(each for each in self.releases if each.version == version)

    def validity(self, version: str) -> Validity:
        """Return when a version applies."""
        return self.validities[version]

    @property
    def current(self) -> Release | None:
        """The newest release that has not been withdrawn, if there is one."""
        return next(
            (
                each
                for each in reversed(self.releases)
                if not self.validities[each.version].withdrawn
            ),
            None,
        )

    @property
    def withdrawn(self) -> tuple[Validity, ...]:
        """Of versions newer than the current one: those that were withdrawn."""
        current = self.current
        first = self.releases.index(current) + 1 if current else 0
        return tuple(self.validities[each.version] for each in self.releases[first:])

    def reason(self, version: str, variant: str) -> str | None:
        """Return why a version was withdrawn, if it says so in one of its languages."""
        withdrawal = self.withdrawals.get(version)
        return withdrawal.reason.find(variant) if withdrawal else None

    def has_pdf(self, release: Release) -> bool:
        """Return whether readers get a release's PDFs.

        Old ones say whom to ask as it was then, and nothing in them can be changed.
        """
        return self.old_pdfs or release is self.current

    def labels_of(self, document: ReleasedDocument) -> Labels:
        """Return today's words for the frame around a document's pages."""
        return self.labels[document.language, document.variant]

    def releases_for(self, language: str) -> tuple[Release, ...]:
        """Return the releases that a language's readers know, newest first."""
        return tuple(
            release
            for release in reversed(self.releases)
            # A language may have been added later, or dropped.
            if language in release.documents
        )

    def has_changes(self, language: str) -> bool:
        """Return whether there is a page of changes: from the second release on."""
        return len(self.releases_for(language)) > 1


def _nothing_released(release: Release, name: str) -> bytes:
    raise FileNotFoundError(release.folder / name)


NO_RELEASES: Final = Archive(
    releases=(),
    shown=None,
    validities={},
    labels={},
    redlines={},
    former=FormerContacts(),
    old_pdfs=False,
    review=None,
    read=_nothing_released,
)
"""Before the first release."""
