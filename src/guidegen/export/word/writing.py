"""What is known while the text of the Word file is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidegen.export.word import xml

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph


@dataclass(slots=True, kw_only=True)
class Writing:
    """The file, its pictures, and the places that links lead to."""

    word: WordDocument
    pictures: Mapping[str, bytes]
    """In a format that Word shows, by their path."""
    heading: str = ""
    """The last heading: it names the table below it."""
    last: Paragraph | None = None
    """What was written last, unless it was a table."""
    _numbers: dict[str, int] = field(default_factory=dict)
    _placed: set[str] = field(default_factory=set)

    def bookmark(self, anchor: str) -> str:
        """Return the name of the bookmark that links to an anchor lead to.

        Word allows forty letters and digits; one that begins with `_` is not listed.
        """
        return f"_guideline_{self._number(anchor)}"

    def place(self, paragraph: Paragraph, anchor: str) -> None:
        """Let links to an anchor lead to a paragraph."""
        if anchor and anchor not in self._placed:
            self._placed.add(anchor)
            xml.add_bookmark(paragraph, self.bookmark(anchor), self._number(anchor))

    def _number(self, anchor: str) -> int:
        return self._numbers.setdefault(anchor, len(self._numbers) + 1)


@dataclass(slots=True, kw_only=True)
class Marker:
    """What the next paragraph is given: a list's bullet or number, an anchor."""

    style: str = ""
    number: int | None = None
    """The numbering that it goes on with."""
    anchor: str = ""
    used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where paragraphs go, and what they look like there."""

    add: Callable[[], Paragraph]
    style: str = "Normal"
    marker: Marker | None = None
    depth: int = 0
    """How many lists it is in."""
    card: bool = False
    """Whether it is a contact's card, which stays on one page."""
    slip: bool = False
    """Whether it is a slip to sign: what is a list elsewhere is filled in here."""
    cell: bool = False
