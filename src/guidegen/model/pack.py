"""A template pack as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from guidegen.model.question import Condition, Question
from guidegen.model.text import LocalText
from guidegen.value import Value


class CatalogueTopic(Value):
    """An entry of the catalogue of taboo topics; texts are per variant."""

    id: str
    preselected: bool
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


class SectionSpec(Value):
    """A section in the order of a page, and when it applies."""

    id: str
    when: Condition = field(default_factory=dict)


class PageSpec(Value):
    """A page of the guideline."""

    id: str
    title: LocalText
    sections: tuple[SectionSpec, ...]
    stamped: bool = False
    """Whether it prints the version and digest of the guideline it is a page of."""


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
    lights: Mapping[str, LocalText]
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
