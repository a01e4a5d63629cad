"""Reads `site/arrangement.yml`: which section of a page is what.

It is part of the look and not of the texts: no release keeps it, no digest covers it,
and a project that stays with older texts is arranged as the installed pack says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, cast

from guidegen.errors import PackError
from guidegen.pack.contract import NAME, TEXT, among
from guidegen.pack.pack_file import PackFile
from guidegen.page.tree import Element
from guidegen.schema.shapes import ListOf, MapOf, Record
from guidegen.value import Value

FILE: Final = "arrangement.yml"


class Layout(StrEnum):
    """What a page as a whole is."""

    GUIDE = "guide"
    """Rules, topics by level, help, small print and the contact."""
    TOPICS = "topics"
    """Every topic with its examples."""
    CONTACT = "contact"
    """The people to ask."""
    PLAIN = "plain"
    """A title, and part after part."""


class Kind(StrEnum):
    """What a section is to readers."""

    RULE = "rule"
    LIGHT = "light"
    RIGHTS = "rights"
    HELP = "help"
    MORE = "more"
    CONTACT = "contact"


LEVELS: Final = ("never", "only", "ask")
"""Who may post about a topic, the strictest first."""

SAYS: Final = ("no", "yes")
"""What an example is: one to avoid, one to follow."""


class PageArrangement(Value):
    """What a page is, and which of its sections is what."""

    layout: Layout = Layout.PLAIN
    topics: str = ""
    """The id of the page with the topics' examples, for a guide."""
    sections: Mapping[str, Kind]
    """By the id of the section's heading."""


class Arrangement(Value):
    """How the pages of a site are arranged."""

    pages: Mapping[str, PageArrangement]
    levels: Mapping[str, str]
    """The level that a class stands for, in the order in which readers see levels."""
    says: Mapping[str, str]
    """Whether an example is one to avoid (`no`) or to follow (`yes`), by its class."""

    def page(self, page: str) -> PageArrangement:
        """Return how a page is arranged."""
        return self.pages.get(page, _PLAIN)

    def look(self, page: str, section: str) -> str | None:
        """Return what a section of a page is, None if that is not said.

        Args:
            page: The page's id.
            section: The id of the section's heading.
        """
        return self.page(page).sections.get(section)

    def level_of(self, element: Element) -> str | None:
        """Return the level that an element is the name of."""
        levels = self.levels
        return next((levels[name] for name in element.classes if name in levels), None)


_PLAIN: Final = PageArrangement(sections={})


def read_arrangement(folders: Sequence[Path]) -> Arrangement:
    """Return how the pages are arranged.

    Args:
        folders: The packs' `site/` folders, the most specific first. What one says of
            a page, a level or a sign wins over those behind it.

    Raises:
        PackError: Everything that is wrong with the files.
    """
    files = [PackFile(path) for each in folders if (path := each / FILE).is_file()]
    pages: dict[str, Any] = {}
    levels: dict[str, list[str]] = {}
    says: dict[str, list[str]] = {}
    for file in reversed(files):
        data = cast("dict[str, Any]", file.read(_shape()) or {})
        pages |= data.get("pages", {})
        levels |= data.get("levels", {})
        says |= data.get("says", {})
    problems = [problem for file in files for problem in file.reader.problems]
    if problems:
        raise PackError.of(*problems)
    return Arrangement(
        pages={page: _page(data) for page, data in pages.items()},
        levels=_by_class({key: levels[key] for key in LEVELS if key in levels}),
        says=_by_class(says),
    )


def _page(data: Mapping[str, Any]) -> PageArrangement:
    return PageArrangement(
        layout=Layout(data.get("layout", Layout.PLAIN)),
        topics=data.get("topics", ""),
        sections={
            section: Kind(kind)
            for kind, sections in data.get("sections", {}).items()
            for section in sections
        },
    )


def _by_class(classes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: key for key, names in classes.items() for name in names}


def _shape() -> Record:
    """Return the shape of the file."""
    names = ListOf(item=TEXT)
    page = Record(
        fields={
            "layout": among(Layout),
            "topics": NAME,
            "sections": Record(fields=dict.fromkeys(Kind, names)),
        },
        required=("layout",),
    )
    return Record(
        fields={
            "pages": MapOf(item=page),
            "levels": Record(fields=dict.fromkeys(LEVELS, names)),
            "says": Record(fields=dict.fromkeys(SAYS, names)),
        }
    )
