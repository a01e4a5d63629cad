"""The company's answers: `guideline.yml` as frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from guidegen.model.inside import InsideAnswers
from guidegen.model.text import LocalText
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.model.publication import TargetSettings


Speaker: TypeAlias = "str | LocalText"
"""Who speaks: the id of a role (of the pack, or of `Answers.roles`) as `str`, a person
or team by name as `LocalText`."""

Level: TypeAlias = Literal["never", "only", "ask"]
"""How far a taboo topic is one: nobody posts, only these speak, ask first."""

Placement: TypeAlias = Literal["rule", "help", "more"]
"""Where a section goes: among the numbered rules, after them, to the details."""

PRESS = "press"
"""The role that speaks unless the company names another; every pack has it."""

_UNITED_STATES, _AMERICAN = "US", "en-us"


class Company(Value):
    """Who the guideline is for."""

    name: LocalText
    short_name: LocalText
    sector: str
    """As the file has it; `listed` of old files is resolved by the pack."""
    countries: tuple[str, ...]
    works_council: bool = False
    speakers: tuple[Speaker, ...] = (PRESS,)
    """Who alone speaks in the company's name."""
    listed: bool = False
    """Whether it is listed on a stock exchange; `sector: listed` says so, too."""
    works_council_kind: str | None = None
    """Which council it is, if sector and country do not tell: a key of the pack's."""
    stated_seat: str | None = None
    """The country that the file names as seat."""
    forms: Mapping[str, LocalText] = field(default_factory=dict)
    """How the short name stands in a sentence, where that is not what the pack's rules
    make of it: `nominative`, `accusative`, `dative`. A language may be missing."""

    @property
    def seat(self) -> str | None:
        """The country that decides spelling and words: as stated, else the first."""
        return self.stated_seat or next(iter(self.countries), None)

    @property
    def speaker(self) -> tuple[Speaker, ...]:
        """Who speaks, under the name that conditions of packs know it by."""
        return self.speakers


class Contact(Value):
    """Somebody who answers questions; at least one of email, phone and chat is set."""

    name: LocalText
    role: LocalText | None = None
    email: LocalText | None = None
    phone: LocalText | None = None
    chat: LocalText | None = None
    languages: tuple[str, ...] = ()
    """Those of the guideline that it serves; empty for all."""
    countries: tuple[str, ...] = ()
    """Those of the company that it serves; empty for all."""
    answers_within: LocalText | None = None
    """How soon it answers, as the end of a sentence: on the same working day."""
    out_of_hours: LocalText | None = None
    """The phone number for evenings and weekends."""


class TopicAnswer(Value):
    """A taboo topic: an entry of the pack's catalogue, one changed, or an own one.

    `id` is set for the first two, `name` for the third; what is None or empty comes
    from the catalogue. An own topic without a level is `only`.
    """

    id: str | None = None
    name: LocalText | None = None
    level: Level | None = None
    speakers: tuple[Speaker, ...] = ()
    why: LocalText | None = None
    dont: LocalText | None = None
    do: LocalText | None = None


class VersionAnswers(Value):
    """Who answers for the guideline, when it begins, how often it is reviewed."""

    owner: LocalText
    valid_from: dt.date
    review_months: int = 12


class Brand(Value):
    """The company's colour (`#rrggbb`) and logos (files beside `guideline.yml`)."""

    color: str | None = None
    logo: Path | None = None
    logo_dark: Path | None = None
    """The logo for dark backgrounds, if it is another one."""

    @property
    def logos(self) -> tuple[Path, ...]:
        """The files of its logos."""
        return tuple(path for path in (self.logo, self.logo_dark) if path)


class Acknowledgement(Value):
    """How people confirm that they have received the guideline; at least one is set."""

    form: LocalText | None = None
    """The company's own form; {version}, {digest} and {language} may stand in it."""
    email: str | None = None
    slip: bool = False
    """Whether there is a slip of paper to sign."""


class DocumentAnswers(Value):
    """What a company's own register says of the document; each may be None."""

    number: LocalText | None = None
    classification: LocalText | None = None
    approved_by: LocalText | None = None


class TrainingAnswers(Value):
    """How readers practise."""

    practice: bool = True
    """Whether there is a page of cards."""


class SectionAnswer(Value):
    """A section that the company adds: an optional part of the pack, or its own.

    `after` is the id of the section that it follows; None for the end of its place.
    `placement` is None for where the pack, or guidegen, puts it.
    """

    id: str
    after: str | None = None
    placement: Placement | None = None


class Answers(Value):
    """All answers; `links` and `extra` have the keys that contract and pack name."""

    pack: str
    languages: tuple[str, ...]
    address: str
    company: Company
    contacts: tuple[Contact, ...]
    links: Mapping[str, LocalText]
    taboo_topics: tuple[TopicAnswer, ...]
    version: VersionAnswers
    acknowledgement: Acknowledgement | None = None
    """None unless the company asks for it."""
    brand: Brand = field(default_factory=Brand)
    extra: Mapping[str, LocalText | str | bool | int | dt.date | tuple[str, ...]] = (
        field(default_factory=dict)
    )
    publish: Mapping[str, TargetSettings] = field(default_factory=dict)
    """Where the site is published to, by name; no reader sees it."""
    old_pdfs: bool = False
    """Whether the site has the PDFs of old versions, which say whom to ask then."""
    inside: InsideAnswers | None = None
    """Where readers learn what is said about the company; None if they do not."""
    title: LocalText | None = None
    """What the guideline is called, instead of the pack's title."""
    document: DocumentAnswers | None = None
    roles: Mapping[str, LocalText] = field(default_factory=dict)
    """Roles of the company's own, by id."""
    sections: tuple[SectionAnswer, ...] = ()
    """In the order in which they are to stand."""
    training: TrainingAnswers = field(default_factory=TrainingAnswers)
    same_text: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The own texts that are right in a variant that they were not written for, by that
    variant: `roles.sales`, `taboo_topics.Bids.why`, `sections/nice`."""
    pack_variants: tuple[str, ...] = ()
    """The text variants of the pack that the answers were checked against."""
    folder: Path
    """The project's folder: where the file lay that these answers were read from."""

    def variant(self, language: str) -> str:
        """Return the text variant of a language.

        It is `de-formal` where German says Sie, and `en-us` where the seat is the
        United States and the pack has that variant.
        """
        if language == "de" and self.address == "sie":
            return "de-formal"
        is_american = language == "en" and self.company.seat == _UNITED_STATES
        return (
            _AMERICAN if is_american and _AMERICAN in self.pack_variants else language
        )
