"""A document's pages as chapters of one text, with a table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from typing import Final

from guidegen.model.document import Document
from guidegen.page.normalise import NormalPage, normalise
from guidegen.page.tree import HEADINGS, elements_of, plain_text
from guidegen.value import Value

# Noncharacters, too: HTML forbids them, and Markdown's export uses some as marks.
_ILLEGAL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LOWEST: Final = 6
_LISTED: Final = 2
"""The level of the headings that the table of contents lists."""


class Chapter(Value):
    """A page as a part of the whole text."""

    page: NormalPage
    first: bool
    """Whether its heading is the title of the whole text."""

    @property
    def anchor(self) -> str:
        """What links to the chapter lead to."""
        return anchor_of(self.page.id)

    def level(self, heading: str) -> int:
        """Return the level that a heading (`h1` … `h6`) has in the whole text."""
        level = int(heading[1])
        # A file has one title, so the titles of all other pages go down a level.
        return level if self.first else min(level + 1, _LOWEST)


class Entry(Value):
    """A line of the table of contents."""

    anchor: str
    title: str
    lang: str = ""
    """The language of its title, if it is not the guideline's."""
    entries: list[Entry] = field(default_factory=list)


def chapters_of(document: Document) -> tuple[Chapter, ...]:
    """Return a document's pages as chapters.

    Raises:
        RenderError: A page holds what no output shows, or a link leads nowhere.
    """
    return tuple(
        Chapter(page=page, first=number == 0)
        for number, page in enumerate(normalise(document))
    )


def anchor_of(page: str, element: str = "") -> str:
    """Return the anchor of a page, or of an element on it, in the whole text."""
    # Two pages may have headings of the same name, and so the same ids.
    return f"{page}.{element}" if element else page


def contents_of(chapters: Iterable[Chapter]) -> list[Entry]:
    """Return the table of contents: second-level headings with those below them."""
    contents: list[Entry] = []
    for chapter in chapters:
        for heading in elements_of(chapter.page.blocks):
            if heading.tag not in HEADINGS or not heading.id:
                continue
            spoken = (each.lang for each in elements_of(heading.children) if each.lang)
            entry = Entry(
                anchor=anchor_of(chapter.page.id, heading.id),
                title=without_illegal(plain_text(heading.children)),
                lang=next(spoken, ""),
            )
            level = chapter.level(heading.tag)
            if level == _LISTED:
                contents.append(entry)
            elif level == _LISTED + 1 and contents:
                contents[-1].entries.append(entry)
    return contents


def without_illegal(text: str) -> str:
    """Return a text without the characters that neither HTML nor XML can hold."""
    return _ILLEGAL.sub("", text)
