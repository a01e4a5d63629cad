"""What fits a pack's texts to a company: its sector, its countries, its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from guidegen.model.question import Condition
from guidegen.model.text import LocalText
from guidegen.value import Value

LISTED = "listed"
"""The sector of old files that says something else: that shares are traded."""

DEFAULT_COUNCIL = "default"
"""The key of a country's works council in all sectors that have none of their own."""


class SectorSpec(Value):
    """What a sector changes: topics, and the names of roles and things."""

    topics: tuple[str, ...] = ()
    """Topics that it preselects, in this order."""
    roles: Mapping[str, LocalText] = field(default_factory=dict)
    words: Mapping[str, LocalText] = field(default_factory=dict)
    speaker: str | None = None
    """The role that usually speaks for a company of this sector, if not the press."""
    means: str | None = None
    """The sector that this one, of old files, stands for."""
    listed: bool = False
    """Whether it says that the company's shares are traded."""
    offered: bool = True
    """Whether the interview offers it."""


class Statement(Value):
    """What a country's law adds to a text, or says in place of it."""

    id: str
    """The same in two countries means the same statement."""
    section: str
    """The id of the section as a name: with `_` for `-`."""
    item: str
    """Which sentence or item of the section it belongs to."""
    replaces: bool
    """Whether it stands in place of the general text; else it is added."""
    text: LocalText
    source: str
    """The rule, by section."""
    checked: str
    """The day on which somebody compared it with the source (ISO 8601)."""
    status: str
    """`verified`, `partly` or `unverified`; for authors, never for readers."""
    url: str | None = None
    why: LocalText | None = None
    """Why it is there, for authors."""
    when: Condition = field(default_factory=dict)


class CountrySpec(Value):
    """What a country changes: spelling, words and what its law says."""

    place: LocalText | None = None
    """Where a statement holds, at the beginning of a sentence ("In den USA")."""
    members: tuple[str, ...] = ()
    """Of a union of countries: those in which its statements hold."""
    works_council: Mapping[str, str] = field(default_factory=dict)
    """By sector, which kind it is; empty where the country knows none."""
    locale: Mapping[str, str] = field(default_factory=dict)
    """By language, its tag as it is written here (BCP 47: `de-AT`)."""
    spelling: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language, what is written in place of what."""
    labels: Mapping[str, LocalText] = field(default_factory=dict)
    roles: Mapping[str, LocalText] = field(default_factory=dict)
    words: Mapping[str, LocalText] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()


class NameRules(Value):
    """Which names need an article in a sentence, and which."""

    nouns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """German nouns to their article; those in the plural have a dative beside it."""
    whole: frozenset[str] = frozenset()
    """Nouns that count only as a word of their own, or after a hyphen."""
    legal_forms: tuple[str, ...] = ()
    english_prefixes: tuple[str, ...] = ()
    """How English names begin that need an article ("City of")."""


class NameForms(Value):
    """A name or role in one language: alone, and as it stands in a sentence."""

    name: str
    """Without an article that it was written with."""
    nominative: str
    accusative: str
    dative: str
