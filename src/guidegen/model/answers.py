"""The company's answers: `guideline.yml` as frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.model.text import LocalText
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.model.publication import TargetSettings


class Company(Value):
    """Who the guideline is for."""

    name: LocalText
    short_name: LocalText
    sector: str
    countries: tuple[str, ...]
    works_council: bool = False
    speaker: str = "press"
    """The role of the pack that alone speaks in the company's name."""


class Contact(Value):
    """Somebody who answers questions; at least one of email, phone and chat is set."""

    name: LocalText
    role: LocalText | None = None
    email: str | None = None
    phone: str | None = None
    chat: str | None = None


class TopicAnswer(Value):
    """A taboo topic: an entry of the pack's catalogue, one changed, or an own one.

    `id` is set for the first two, `name` for the third; what is None comes from the
    catalogue.
    """

    id: str | None = None
    name: LocalText | None = None
    speakers: tuple[str, ...] = ()
    why: LocalText | None = None
    dont: LocalText | None = None
    do: LocalText | None = None


class VersionAnswers(Value):
    """Who answers for the guideline, when it begins, how often it is reviewed."""

    owner: str
    valid_from: dt.date
    review_months: int = 12


class Brand(Value):
    """The company's colour (`#rrggbb`) and logo (a file beside `guideline.yml`)."""

    color: str | None = None
    logo: Path | None = None


class Acknowledgement(Value):
    """How people confirm that they have received the guideline; at least one is set."""

    form: LocalText | None = None
    """The company's own form; {version}, {digest} and {language} may stand in it."""
    email: str | None = None
    slip: bool = False
    """Whether there is a slip of paper to sign."""


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
    folder: Path
    """The project's folder: where the file lay that these answers were read from."""

    def variant(self, language: str) -> str:
        """Return the text variant of a language: `de-formal` where German says Sie."""
        if language == "de" and self.address == "sie":
            return "de-formal"
        return language
