"""The guideline: answers and pack, resolved for one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from guidegen.model.adaptation import NameForms
from guidegen.model.labels import Labels
from guidegen.value import Value


class GuidelineContact(Value):
    """A person or team to ask, in one language."""

    name: str
    role: str | None
    email: str | None
    phone: str | None
    chat: str | None
    answers_within: str | None = None
    """How soon they answer, as the end of a sentence."""
    out_of_hours: str | None = None
    """The phone number for evenings and weekends."""
    languages: tuple[str, ...] = ()
    """The names of the languages they answer in; empty for all."""
    countries: tuple[str, ...] = ()
    """The names of the countries they are there for; empty for all."""
    said_in: Mapping[str, str] = field(default_factory=dict)
    """The language of a text that is in another one than the guideline, by its name:
    `name`, `role` or `answers_within`."""


class Topic(Value):
    """A taboo topic, in one language. `speakers` are the names of roles."""

    id: str
    name: str
    level: str
    light: str
    """The traffic light that older texts ask for."""
    light_label: str
    speakers: tuple[str, ...]
    who: str
    """Who speaks (as a subject), or whom to ask (as an object); "" where nobody may."""
    why: str
    dont: str
    do: str
    not_covered: str | None = None


class Level(Value):
    """Who may post about some topics, in one language, and those topics."""

    id: str
    title: str
    meaning: str
    topics: tuple[Topic, ...]


class ItemLaw(Value):
    """What the law says of one sentence, in all of the company's countries."""

    instead: str | None = None
    """What stands in place of the general text."""
    also: tuple[str, ...] = ()
    """What is added to it."""


class PlaceLaw(Value):
    """What the law says in some of the company's countries only."""

    place: str
    """As it begins a sentence: "In den USA"."""
    also: tuple[str, ...]
    instead: tuple[str, ...]


class SectionLaw(Value):
    """What the law says of a section."""

    items: Mapping[str, ItemLaw]
    abroad: tuple[PlaceLaw, ...]


class AbroadLaw(Value):
    """What the law says in some of the company's countries only, in all sections."""

    id: str
    place: str
    """As it begins a sentence: "In den USA"."""
    also: tuple[str, ...]
    instead: tuple[str, ...]
    rights_also: tuple[str, ...]
    """Of the section on rights, whose items are phrases; the others are sentences."""
    rights_instead: tuple[str, ...]


class DocumentFacts(Value):
    """What the company's own register says of the document; each may be None."""

    number: str | None = None
    classification: str | None = None
    approved_by: str | None = None


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
    placement: str | None = None
    """What it is to readers: `rule`, `help` or `more`; None for none of them."""
    number: int | None = None
    """Its number among the rules, if it is one."""
    anchor: str | None = None
    """The id of its heading, if that has one."""
    lang: str | None = None
    """The language of its text, if it is not the guideline's."""


class PageRef(Value):
    """A page: its id (and file name), its title in the navigation, its sections."""

    id: str
    title: str
    sections: tuple[SectionRef, ...]
    stamped: bool = False
    titled: bool = False
    """Whether its title stands above the sections, none of which has it."""


class Guideline(Value):
    """Everything that one language's pages are rendered from."""

    language: str
    variant: str
    locale: str
    """The language as it is written where the company is (BCP 47: `de-AT`)."""
    title: str
    document: DocumentFacts
    company_name: str
    company: NameForms
    """The short name, alone and in a sentence."""
    sector: str
    listed: bool
    countries: tuple[str, ...]
    seat: str | None
    works_council: bool
    works_council_name: str
    """What it is or would be called; "" where there is no word for it."""
    speakers: tuple[NameForms, ...]
    """Who alone speaks in the company's name."""
    speaker: NameForms
    """All of them in one listing."""
    contacts: tuple[GuidelineContact, ...]
    links: Mapping[str, str]
    topics: tuple[Topic, ...]
    levels: tuple[Level, ...]
    """Those that have topics; none in an older pack."""
    magic: MagicSentence
    version: GuidelineVersion
    acknowledgement: GuidelineAcknowledgement | None
    pages: tuple[PageRef, ...]
    parts: Mapping[str, str | None]
    """Where each optional section stands, None for those that do not."""
    labels: Labels
    words: Mapping[str, str]
    law: Mapping[str, SectionLaw]
    """By section, with `_` for `-`; sections of which it says nothing are left out."""
    abroad: tuple[AbroadLaw, ...]
    """By place, what it says in some countries only of the sections that are there."""
    extra: Mapping[str, str | bool | int | dt.date | tuple[str, ...]]
    brand_color: str | None
    logo: Path | None
    logo_dark: Path | None
    """The logo for dark backgrounds, if it is another one."""
    markdown_extensions: tuple[str, ...]
