"""A released version, and the records that keep it honest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from guidegen.model.json_records import LEFT_OUT, NOT_IN_FILE, Data, listed_by, named
from guidegen.model.text import LocalText
from guidegen.value import Value


def version_key(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, by which versions are ordered."""
    # As texts, 1.10.0 would come before 1.9.0.
    return tuple(int(part) for part in version.split("."))


def _checked_version(version: str) -> str:
    version_key(version)
    return version


def _inside(name: str) -> str:
    """Return a file's name if it cannot lead out of its folder."""
    # An absolute path, a path of Windows, or one with a drive.
    leaves = name.startswith("/") or "\\" in name or name[1:2] == ":"
    # A release names thousands of files, and splitting each would take longer.
    if leaves or (".." in name and ".." in name.split("/")) or not name:
        raise ValueError(name)
    return name


def _with_zone(moment: dt.datetime) -> dt.datetime:
    # Without one, it could not be compared with any other.
    if moment.utcoffset() is None:
        raise ValueError(moment)
    return moment


FileName: TypeAlias = Annotated[str, _inside]
"""A path with `/` that stays in the folder it counts from."""

Step: TypeAlias = Literal["major", "minor", "patch"]
"""How far a release goes, after semantic versioning (semver.org) applied to texts.

major: a new or stricter duty or a new taboo topic, to be acknowledged again; minor:
examples, explanations, contacts; patch: wording.
"""

REDLINE: Final = "redline.json"
"""In the folder of a release's language: what changed in its text."""

FIRST_VERSION = "1.0.0"
"""The version of a project's first release."""


class Change(Value):
    """A sentence about what changed: a message's id and its values, all plain text.

    A value that reads differently in German and English is one per language.
    """

    message: str
    values: Mapping[str, str | LocalText] = field(default_factory=dict)


class Proposal(Value):
    """How far the next release should go, and why; the author may decide otherwise.

    `reasons` are the changes that call for this step; none if nothing has changed.
    """

    step: Step
    reasons: tuple[Change, ...] = ()


class PackRecord(Value):
    """The pack that a release was made with; `folder` counts from `releases/`."""

    name: str
    version: str
    digest: str
    folder: FileName


class ReleasedPage(Value):
    """A page of a release: its Markdown and HTML lie in the release's folder."""

    id: FileName
    title: str
    stamped: bool = False


class ReleasedDocument(Value):
    """One language of a release, as far as its pages' frame needs it."""

    language: FileName
    variant: str
    title: str
    company: str
    digest: str
    pages: tuple[ReleasedPage, ...]
    # The name in releases made so far; their bytes are chained by digests.
    running_texts: Mapping[str, str] = field(metadata=named("furniture"))
    logo: str | None
    """The logo's path in the language's folder."""
    logo_dark: str | None = field(default=None, metadata=LEFT_OUT)
    """That of the logo for dark backgrounds, if it is another one."""

    @property
    def logos(self) -> tuple[str, ...]:
        """The paths of its logos."""
        return tuple(path for path in (self.logo, self.logo_dark) if path)


class ReleaseId(Value):
    """Which release is meant; the digest tells two of one version apart."""

    version: Annotated[str, _checked_version]
    digest: str


class Release(Value):
    """A frozen version, as its `release.json` says.

    Documents, files and digest are empty until it is written.
    """

    folder: Path = field(metadata=NOT_IN_FILE)
    """Where it lies."""
    version: str
    step: Step
    released: Annotated[dt.datetime, _with_zone]
    """When, in UTC."""
    valid_from: dt.date
    # A release cannot lengthen a running interval: the smallest number since the last
    # review counts.
    review_months: int
    owner: str
    approved_by: str | None
    notes: LocalText | None
    """What changed and why, for readers; per language of the guideline."""
    documents: Mapping[str, ReleasedDocument] = field(
        default_factory=dict, metadata=listed_by("language")
    )
    """By language, the front page's first."""
    answers: Data
    changes: tuple[Change, ...]
    stale: Mapping[str, tuple[str, ...]]
    """Own texts that are behind in some languages: key → those languages."""
    pack: PackRecord
    guidegen: str = ""
    """The guidegen that made it."""
    files: Mapping[FileName, str] = field(default_factory=dict)
    """SHA-256 of every other file in the folder, by its path with `/`."""
    # A chain: the last release vouches for all earlier ones.
    previous: ReleaseId | None
    """The release before."""
    compared_with: str | None = field(default=None, metadata=LEFT_OUT)
    """The version that it goes on from, if the one before was withdrawn by then."""
    digest: str = ""
    """SHA-256 of `release.json` without this very field: the next one records it."""

    @property
    def id(self) -> ReleaseId:
        """What the next release records of it."""
        return ReleaseId(version=self.version, digest=self.digest)

    @property
    def in_force(self) -> dt.date:
        """Since when it is in force: its `valid_from`, but not before it was made."""
        # A day that was over before the release cannot have bound anybody.
        return max(self.valid_from, self.released.date())

    def note(self, language: str) -> str | None:
        """Return what changed and why, if it says so in one of its languages."""
        if self.notes is None:
            return None
        return self.notes.find(self.documents[language].variant)

    def assets(self, language: str) -> tuple[str, ...]:
        """Return the files that a language's pages refer to, as the pages name them."""
        document, folder = self.documents[language], f"{language}/"
        others = {REDLINE}.union(
            *({f"{page.id}.md", f"{page.id}.html"} for page in document.pages)
        )
        names = (
            name.removeprefix(folder) for name in self.files if name.startswith(folder)
        )
        return tuple(name for name in names if name not in others)


class Review(Value):
    """Somebody looked through a released version and found it still right."""

    by: str
    on: dt.date
    note: str | None
    version: str
    digest: str
    """The digest of the release that was reviewed."""
    chain: str = ""
    """SHA-256 of the review and of the one before: none can be changed unnoticed."""


class Withdrawal(Value):
    """Somebody has withdrawn a released version: nobody need follow it any more."""

    version: Annotated[str, _checked_version]
    digest: str
    """The digest of the release that was withdrawn."""
    by: str
    on: dt.date
    reason: LocalText
    """Why, for readers; per language of the release."""
    chain: str = ""
    """SHA-256 of the withdrawal and of the one before, as a review has it."""


class History(Value):
    """All releases, oldest first; all reviews and withdrawals in their order."""

    releases: tuple[Release, ...] = ()
    reviews: tuple[Review, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()

    @property
    def last(self) -> Release | None:
        """The newest release, withdrawn or not; the next one follows it."""
        return self.releases[-1] if self.releases else None

    @property
    def current(self) -> Release | None:
        """The newest release that is not withdrawn: the one that readers follow."""
        return next(
            (each for each in reversed(self.releases) if not self.withdrawal_of(each)),
            None,
        )

    @property
    def base(self) -> Release | None:
        """What the next release is compared with: readers know it best.

        It is the current one; with all withdrawn, the newest, since readers have seen
        that.
        """
        return self.current or self.last

    def withdrawal_of(self, release: Release) -> Withdrawal | None:
        """Return by whom, when and why a release was withdrawn, if it was."""
        return next(
            (
                each
                for each in self.withdrawals
                if (each.version, each.digest) == (release.version, release.digest)
            ),
            None,
        )


def next_version(version: str, step: Step) -> str:
    """Return the version that a step leads to."""
    # As in semver.org, 7 and 8, the numbers behind the raised one start anew.
    major, minor, patch = version_key(version)
    if step == "major":
        return f"{major + 1}.0.0"
    if step == "minor":
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"
