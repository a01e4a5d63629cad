"""A template pack as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from guidegen.model.adaptation import CountrySpec, NameRules, SectorSpec
from guidegen.model.card import CardSpec
from guidegen.model.question import Condition, Question
from guidegen.model.text import LocalText
from guidegen.value import Value

LEVELS: Final = {"never": "red", "only": "red", "ask": "amber"}
"""Who may post about a topic, in the order in which readers see it.

With the traffic light that stood for it before there was `never`.
"""


def level_of_light(light: str) -> str:
    """Return the level that a light of older packs stands for."""
    return "only" if light == LEVELS["only"] else "ask"


class LevelSpec(Value):
    """What readers see of a level: its name, and what it means in a sentence."""

    title: LocalText
    meaning: LocalText


class TopicOverride(Value):
    """What a topic says in one sector; what is None or empty is as everywhere."""

    name: LocalText | None = None
    why: LocalText | None = None
    dont: LocalText | None = None
    do: LocalText | None = None
    not_covered: LocalText | None = None
    speakers: tuple[str, ...] = ()


class CatalogueTopic(Value):
    """An entry of the catalogue of taboo topics; texts are per variant."""

    id: str
    preselected: bool
    level: str
    light: str
    name: LocalText
    speakers: tuple[str, ...]
    sectors: tuple[str, ...]
    why: LocalText
    dont: LocalText
    do: LocalText
    not_covered: LocalText | None = None
    laws: tuple[str, ...] = ()
    unsuited: tuple[str, ...] = ()
    """Sectors that it is not offered to, although it is for all."""
    ask: LocalText | None = None
    """Whom to ask who has no role, as the object of a sentence."""
    overrides: Mapping[str, TopicOverride] = field(default_factory=dict)
    """By sector, and for `listed`, what it says there."""


class SectionSpec(Value):
    """A section in the order of a page, and when it applies."""

    id: str
    when: Condition = field(default_factory=dict)
    placement: str | None = None
    """`rule`, `help` or `more`; None for what is none of them."""


class PartSpec(Value):
    """An optional section, which a company chooses; title and help are for authors."""

    id: str
    placement: str
    title: LocalText
    help: LocalText | None = None


class PageSpec(Value):
    """A page of the guideline."""

    id: str
    title: LocalText
    sections: tuple[SectionSpec, ...]
    stamped: bool = False
    """Whether it prints the version and digest of the guideline it is a page of."""
    titled: bool = False
    """Whether it holds the optional sections, below its title."""


class Pack(Value):
    """All of a pack but its files under `sections/`, `site/` and `pdf/`.

    `folders` are where those are looked up, the pack's own first, then the one it
    extends. `text_folders` are those of them that its texts come from: a pack that a
    project is pinned to has its texts from a kept copy, the rest from the installed
    pack. `languages` are what it can write, `variants` their text variants.
    """

    name: str
    version: str
    folders: tuple[Path, ...]
    text_folders: tuple[Path, ...]
    languages: tuple[str, ...]
    variants: tuple[str, ...]
    title: LocalText
    magic_sentence: LocalText
    pages: tuple[PageSpec, ...]
    sectors: Mapping[str, LocalText]
    countries: Mapping[str, LocalText]
    roles: Mapping[str, LocalText]
    """As they stand in a sentence, with an article if they have one."""
    lights: Mapping[str, LocalText]
    """What the lights mean, in a pack that has lights instead of levels."""
    catalogue: Mapping[str, CatalogueTopic]
    questions: tuple[Question, ...]
    links: tuple[str, ...]
    """The keys that `links:` of the answers may have."""
    labels: Mapping[str, LocalText]
    messages: Mapping[str, LocalText]
    markdown_extensions: tuple[str, ...]
    versions: tuple[str, ...] = ()
    """The version of the pack in each of `folders`."""
    duty_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per language, the words that make a sentence a duty (see `compare.duties`)."""
    sector_specs: Mapping[str, SectorSpec] = field(default_factory=dict)
    country_specs: Mapping[str, CountrySpec] = field(default_factory=dict)
    """By code, unions of countries among them."""
    levels: Mapping[str, LevelSpec] = field(default_factory=dict)
    """In the order in which readers see them; none in an older pack."""
    parts: Mapping[str, PartSpec] = field(default_factory=dict)
    """The optional sections, in the order in which they are offered."""
    words: Mapping[str, LocalText] = field(default_factory=dict)
    """Words that sectors and countries have others for."""
    works_councils: Mapping[str, LocalText] = field(default_factory=dict)
    """The kinds of works council, and what they are called."""
    cards: tuple[CardSpec, ...] = ()
    """To practise with; none in an older pack."""
    names: NameRules | None = None
    """How names stand in a sentence; None in an older pack: always as they are."""

    @property
    def section_ids(self) -> tuple[str, ...]:
        """All its sections, the optional ones last."""
        fixed = (section.id for page in self.pages for section in page.sections)
        return (*fixed, *self.parts)

    def sector(self, sector: str) -> SectorSpec:
        """Return what a sector changes: nothing, in an older pack."""
        return self.sector_specs.get(sector) or SectorSpec()

    def country(self, code: str | None) -> CountrySpec:
        """Return what a country changes: nothing, in an older pack."""
        return self.country_specs.get(code or "") or CountrySpec()

    def roles_for(self, sector: str, seat: str | None) -> dict[str, LocalText]:
        """Return the roles as a company in this sector and country calls them."""
        own = self.sector(self.sector(sector).means or sector)
        return _over(self.roles, own.roles, self.country(seat).roles)

    def words_for(self, sector: str, seat: str | None) -> dict[str, LocalText]:
        """Return the words as a company in this sector and country has them."""
        own = self.sector(self.sector(sector).means or sector)
        return _over(self.words, own.words, self.country(seat).words)


def _over(*texts: Mapping[str, LocalText]) -> dict[str, LocalText]:
    """Return all texts; the later win, in the languages that they have."""
    merged: dict[str, LocalText] = {}
    for each in texts:
        for key, text in each.items():
            merged[key] = text.over(merged.get(key))
    return merged
