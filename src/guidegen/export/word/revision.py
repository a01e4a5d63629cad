"""Marks of what was inserted and what was deleted, as Word tracks it.

ISO/IEC 29500-1, 17.13.5: `w:ins` and `w:del` around runs, in the properties of a
paragraph's mark and of a row.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from itertools import count
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from guidegen.export.word import xml

INSERTED: Final = "ins"
DELETED: Final = "del"


class Revision:
    """Who has changed what, and when; every mark has a number of its own.

    Args:
        author: Who.
        day: When.
        first: The first number that nothing in the file has yet.
    """

    def __init__(self, author: str, day: dt.date, first: int) -> None:
        # Midnight UTC of the day that the text names: no clock is asked.
        self._when = f"{day.isoformat()}T00:00:00Z"
        self._author = author
        self._numbers = count(first)

    def number(self) -> int:
        """Return a number that nothing in the file has yet."""
        return next(self._numbers)

    def mark(self, how: str) -> BaseOxmlElement:
        """Return a new mark; in a property it stands alone, else around runs.

        Args:
            how: `INSERTED` or `DELETED`.
        """
        number = str(self.number())
        return xml.element(how, id=number, author=self._author, date=self._when)

    def around(self, how: str, runs: list[BaseOxmlElement]) -> BaseOxmlElement:
        """Return runs within a mark; deleted text is renamed as Word wants it."""
        mark = self.mark(how)
        for run in runs:
            if how == DELETED:
                _delete_text(run)
            mark.append(run)
        return mark

    def mark_paragraph(self, paragraph: BaseOxmlElement, how: str) -> None:
        """Mark the end of a paragraph."""
        end_of(paragraph).insert(0, self.mark(how))

    def mark_text(self, paragraph: BaseOxmlElement, how: str) -> None:
        """Mark all text of a paragraph, but not its end."""
        for child in list(paragraph):
            if child.tag == qn("w:r"):
                mark = self.mark(how)
                child.addprevious(mark)
                if how == DELETED:
                    _delete_text(child)
                mark.append(child)
            elif child.tag == qn("w:hyperlink"):
                self.mark_text(child, how)

    def mark_look(
        self, paragraph: BaseOxmlElement, other: BaseOxmlElement, how: str
    ) -> None:
        """Let what is left of a paragraph look like another one that joins it.

        Args:
            paragraph: Its own look is that of its text.
            other: What is left of it once its text is gone.
            how: What happens to the text.
        """
        own, others = _look(paragraph), _look(other)
        now, before = (others, own) if how == DELETED else (own, others)
        properties = paragraph.get_or_add_pPr()
        end = properties.find(qn("w:rPr"))
        for child in list(properties):
            properties.remove(child)
        for child in now:
            properties.append(copied(child))
        if end is not None:
            xml.put(properties, end)
        change = self.mark("pPrChange")
        change.append(before)
        properties.append(change)

    def mark_row(self, row: BaseOxmlElement, how: str) -> None:
        """Mark a row of a table and all that it holds."""
        properties = row.get_or_add_trPr()
        # After all other properties of a row.
        properties.append(self.mark(how))
        for cell in row.iter(qn("w:tc")):
            for paragraph in cell.iter(qn("w:p")):
                self.mark_text(paragraph, how)
                self.mark_paragraph(paragraph, how)


def _delete_text(run: BaseOxmlElement) -> None:
    for text in run.findall(qn("w:t")):
        gone = xml.element("delText")
        gone.text = text.text
        gone.set(qn("xml:space"), "preserve")
        run.replace(text, gone)


def _look(paragraph: BaseOxmlElement) -> BaseOxmlElement:
    """Return a copy of a paragraph's properties, without those of its end."""
    properties = copied(paragraph.get_or_add_pPr())
    for name in ("w:rPr", "w:sectPr", "w:pPrChange"):
        for each in properties.findall(qn(name)):
            properties.remove(each)
    return properties


def marked_as(paragraph: BaseOxmlElement) -> str | None:
    """Return how the end of a paragraph is marked, None if it is not."""
    for how in (INSERTED, DELETED):
        if _mark_of(paragraph, how) is not None:
            return how
    return None


def move_mark(source: BaseOxmlElement, target: BaseOxmlElement, how: str) -> None:
    """Move the mark of a paragraph's end to another paragraph's."""
    mark = _mark_of(source, how)
    if mark is not None:
        end_of(target).insert(0, mark)


def unmark(paragraph: BaseOxmlElement, how: str) -> None:
    """Take the mark of a paragraph's end away."""
    mark = _mark_of(paragraph, how)
    if mark is not None:
        mark.getparent().remove(mark)


def end_of(paragraph: BaseOxmlElement) -> BaseOxmlElement:
    """Return the properties of a paragraph's end."""
    properties = paragraph.get_or_add_pPr()
    found: BaseOxmlElement | None = properties.find(qn("w:rPr"))
    if found is not None:
        return found
    end = xml.element("rPr")
    xml.put(properties, end)
    return end


def _mark_of(paragraph: BaseOxmlElement, how: str) -> BaseOxmlElement | None:
    path = f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(f'w:{how}')}"
    found: BaseOxmlElement | None = paragraph.find(path)
    return found


def copied(element: BaseOxmlElement) -> BaseOxmlElement:
    """Return a copy of an element that belongs nowhere yet."""
    new: BaseOxmlElement = deepcopy(element)
    return new
