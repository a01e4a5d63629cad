"""The document: one language's rendered Markdown pages, and which edition they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from guidegen.model.guideline import GuidelineContact
from guidegen.model.labels import Labels
from guidegen.model.text import LocalText
from guidegen.value import Value


def major_version(version: str) -> str:
    """Return the first version that has the same first number."""
    return f"{version.partition('.')[0]}.0.0"


class State(StrEnum):
    """What a reader has to know about a version before anything else."""

    DRAFT = "draft"
    """Not released: nobody need follow it yet."""
    RELEASED = "released"
    """The newest release, in force from its date."""
    OUTDATED = "outdated"
    """A release that a newer one has replaced."""


class Edition(Value):
    """A version and its state; the same text can be a draft today and released later.

    `version` is the released one, or the one a draft would become.
    """

    version: str = "1.0.0"
    state: State = State.DRAFT
    news: LocalText | None = None
    """What the last major release means for readers; none once it is no longer news."""
    next_review: dt.date | None = None
    """When the next review is due; None before the first release."""
    approved_by: str | None = None
    """Who approved this release; None if the release does not say so."""
    valid_from: dt.date | None = None
    """Since when this release is in force; None for what the answers of a draft say."""

    confirmed_from: str | None = None
    """What `acknowledged_from` is, where the version's number alone does not say it."""

    @property
    def acknowledged_from(self) -> str:
        """The oldest version whose acknowledgement still holds: the last major one."""
        # Only a major release adds a duty or a taboo (see `model.release.Step`).
        return self.confirmed_from or major_version(self.version)


class RenderedSection(Value):
    """A part of a page, and the file that it was rendered from."""

    path: Path
    source: str
    """The text of the file."""
    markdown: str
    """The text that it became on the page."""


class SourceLine(NamedTuple):
    """A line of a section's file; None for what is not known."""

    path: Path | None
    line: int | None


class Page(Value):
    """One Markdown page; `id` is its file name without `.md`."""

    id: str
    title: str
    markdown: str
    stamped: bool = False
    """Whether it prints its own version and digest, so that neither may count in it."""
    sections: tuple[RenderedSection, ...] = field(default=(), compare=False, repr=False)
    """What it was made of; unknown for a released page."""

    def source_of(self, *texts: str) -> SourceLine:
        """Return where the author wrote a text that stands in the page's Markdown.

        Args:
            texts: The text, or several; the first that is found counts.

        Returns:
            The section's file, and the line if the text stands in the file as it does
            on the page: what is computed from answers does not.
        """
        for text in texts:
            for section in self.sections:
                if text in section.markdown:
                    lines = section.source.splitlines()
                    found = (at for at, line in enumerate(lines, 1) if text in line)
                    return SourceLine(section.path, next(found, None))
        return SourceLine(None, None)


class Asset(Value):
    """A file that pages refer to, such as a QR code; `path` is relative, with `/`."""

    path: str
    content: bytes


class Document(Value):
    """What both outputs are made from.

    `pages` are in reading order, the first is the front page. `running_texts` stand
    around the pages and follow from answers and edition (see
    `render/running_texts.py`). All plain text: the outputs escape it where they use it.
    """

    language: str
    variant: str
    locale: str
    """The language as it is written where the company is (BCP 47: `de-AT`)."""
    title: str
    company: str
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    contacts: tuple[GuidelineContact, ...]
    labels: Labels
    running_texts: Mapping[str, str]
    brand_color: str | None
    logo: Asset | None
    # Never the day of the build: the same answers give the same bytes on any day.
    valid_from: int
    """The day it becomes valid, in seconds since 1970 (UTC): the outputs' clock."""
    markdown_extensions: tuple[str, ...]
    digest: str
    """SHA-256 of the pages' text, hexadecimal: two equal texts have equal digests.

    Stamped pages count as they are before version and digest are filled in.
    """
    edition: Edition = field(default_factory=Edition)
    undated: bool = False
    """Whether nobody can say yet from when it is valid: a draft whose day has passed;
    `valid_from` is only the outputs' clock then."""
    logo_dark: Asset | None = None
    """The logo for dark backgrounds, if it is another one."""

    @property
    def logos(self) -> tuple[Asset, ...]:
        """The files of its logos."""
        return tuple(asset for asset in (self.logo, self.logo_dark) if asset)


def pdf_name(language: str) -> str:
    """Return what a language's PDF is called, in the site as in a release."""
    return f"guideline-{language}.pdf"
