"""A released version, and the records that keep it honest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from guidegen.model.text import LocalText

Step: TypeAlias = Literal["major", "minor", "patch"]
"""How far a release goes, after semantic versioning (semver.org) turned to texts.

major: a new or stricter duty or a new taboo topic, to be acknowledged again; minor:
examples, explanations, contacts; patch: wording.
"""

FIRST_VERSION = "1.0.0"
"""The version of a project's first release."""

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
Data: TypeAlias = "Mapping[str, Json]"
"""Answers as plain data: what `answers.answers_data` returns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A sentence about what changed: a message's id and its values, all plain text.

    A value that reads differently in German and English is one per language.
    """

    message: str
    values: Mapping[str, str | LocalText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """How far the next release should go, and why; the author may decide otherwise.

    `reasons` are the changes that call for this step; none if nothing has changed.
    """

    step: Step
    reasons: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRecord:
    """The pack that a release was made with; `folder` counts from `releases/`."""

    name: str
    version: str
    digest: str
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedPage:
    """A page of a release: its Markdown and HTML lie in the release's folder."""

    id: str
    title: str
    stamped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedDocument:
    """One language of a release, as far as its pages' frame needs it."""

    language: str
    variant: str
    title: str
    company: str
    digest: str
    pages: tuple[ReleasedPage, ...]
    running_texts: Mapping[str, str]
    logo: str | None
    """The logo's path in the language's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A frozen version, as its `release.json` says; `folder` is where it lies."""

    folder: Path
    version: str
    step: Step
    released: dt.datetime
    """When, in UTC."""
    valid_from: dt.date
    review_months: int
    owner: str
    approved_by: str | None
    notes: LocalText | None
    """What changed and why, for readers; per language of the guideline."""
    documents: Mapping[str, ReleasedDocument]
    """By language, the front page's first."""
    answers: Data
    changes: tuple[Change, ...]
    stale: Mapping[str, tuple[str, ...]]
    """Own texts that are behind in some languages: place → those languages."""
    pack: PackRecord
    guidegen: str
    files: Mapping[str, str]
    """SHA-256 of every other file in the folder, by its path with `/`."""
    previous: tuple[str, str] | None
    """Version and digest of the release before."""
    digest: str
    """SHA-256 of `release.json` without this very field: the next one records it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Somebody looked through a released version and found it still right."""

    by: str
    on: dt.date
    note: str | None
    version: str
    digest: str
    """The digest of the release that was reviewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All releases, oldest first, and all reviews in their order."""

    releases: tuple[Release, ...] = ()
    reviews: tuple[Review, ...] = ()

    @property
    def last(self) -> Release | None:
        """The newest release, if there is one."""
        return self.releases[-1] if self.releases else None


def version_key(version: str) -> tuple[int, ...]:
    """Return what versions are ordered by."""
    return tuple(int(part) for part in version.split("."))


def next_version(version: str, step: Step) -> str:
    """Return the version one step further."""
    major, minor, patch = version_key(version)
    if step == "major":
        return f"{major + 1}.0.0"
    if step == "minor":
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"
