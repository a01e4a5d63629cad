"""What the site shows of releases: changes, old versions, feed and next review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guidegen.model.labels import Labels
from guidegen.model.release import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFile:
    """A frozen file, and the SHA-256 that it had when it was released."""

    folder: Path
    name: str
    digest: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """A page of a release; `article` is its frozen HTML."""

    id: str
    title: str
    article: ArchivedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedDocument:
    """One language of a release; all plain text but `redline`.

    `labels` are today's words for the frame around the pages.
    """

    language: str
    title: str
    company: str
    pages: tuple[ArchivedPage, ...]
    assets: Mapping[str, ArchivedFile]
    """Files that the pages refer to, by their path from the pages' folder."""
    pdf: ArchivedFile
    logo: str | None
    """The logo's path among the assets."""
    running_texts: Mapping[str, str]
    labels: Labels
    released: str
    """The day it came into force, written out."""
    replaced: str | None = None
    """The day the next release came into force, written out; None for the last one."""
    note: str | None = None
    """What changed and why; None if the release said nothing in this language."""
    redline: str = ""
    """What changed in the text, as HTML; empty in the first release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRelease:
    """A release; its documents by language, the front page's first."""

    version: str
    step: Step
    digest: str
    released: dt.datetime
    """When it was released, in UTC."""
    in_force: dt.date
    """The day it came into force: `valid_from`, or the release's day if that is later.
    """
    documents: Mapping[str, ArchivedDocument]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The next review, for the calendar."""

    due: dt.date
    changed: dt.datetime
    """When the date was last set, in UTC: by the last release or review."""
    sequence: int
    """How often it has been set anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """All releases, oldest first, and which of them is at the site's root."""

    releases: tuple[ArchivedRelease, ...]
    shown: str | None
    """The version at the root; None if the root shows a draft."""
    review: Review | None = None

    @property
    def kept(self) -> tuple[ArchivedRelease, ...]:
        """The releases under `versions/`: all that are not at the root."""
        return tuple(
            release for release in self.releases if release.version != self.shown
        )

    @property
    def last(self) -> ArchivedRelease | None:
        """The newest release, if there is one."""
        return self.releases[-1] if self.releases else None
