"""The guideline: answers and pack, resolved for one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from guidegen.model.labels import Labels
from guidegen.value import Value


class GuidelineContact(Value):
    """A person to ask, in one language."""

    name: str
    role: str | None
    email: str | None
    phone: str | None
    chat: str | None


class Topic(Value):
    """A taboo topic, in one language. `speakers` are the names of roles."""

    id: str
    name: str
    light: str
    light_label: str
    speakers: tuple[str, ...]
    why: str
    dont: str
    do: str
    not_covered: str | None = None


class MagicSentence(Value):
    """The sentence that names the employer, and whether it has nine words.

    German counts the words with a one-word name in place of the placeholder, English
    without the placeholder (the two originals are counted that way).
    """

    text: str
    nine_words: bool


class GuidelineVersion(Value):
    """Owner and dates, in one language; the review is due after the months."""

    owner: str
    valid_from: dt.date
    next_review: dt.date
    review_months: int


class GuidelineAcknowledgement(Value):
    """How people confirm that they have received it, in one language."""

    form: str | None
    email: str | None
    slip: bool


class SectionRef(Value):
    """A section that applies: its id, its template's file and text."""

    id: str
    path: Path
    source: str


class PageRef(Value):
    """A page: its id (and file name), its title in the navigation, its sections."""

    id: str
    title: str
    sections: tuple[SectionRef, ...]
    stamped: bool = False


class Guideline(Value):
    """Everything that one language's pages are rendered from."""

    language: str
    variant: str
    title: str
    company_name: str
    company_short_name: str
    sector: str
    countries: tuple[str, ...]
    works_council: bool
    speaker: str
    """The name of the role that alone speaks in the company's name."""
    contacts: tuple[GuidelineContact, ...]
    links: Mapping[str, str]
    topics: tuple[Topic, ...]
    magic: MagicSentence
    version: GuidelineVersion
    acknowledgement: GuidelineAcknowledgement | None
    pages: tuple[PageRef, ...]
    labels: Labels
    extra: Mapping[str, str | bool | int | dt.date | tuple[str, ...]]
    brand_color: str | None
    logo: Path | None
    markdown_extensions: tuple[str, ...]
