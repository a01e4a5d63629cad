"""Inline content of the Word file: runs, links, pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from docx.document import Document as WordDocument
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from guidegen.errors import ExportError
from guidegen.export.chapters import Chapter, anchor_of, without_illegal
from guidegen.export.word import styles, xml
from guidegen.export.word.style_index import StyleIndex
from guidegen.page.links import Target
from guidegen.page.tree import Content, Element, plain_text
from guidegen.uri.web import shows_address

_LIGHTS: Final = {
    "light-red": styles.RED,
    "light-amber": styles.AMBER,
    "level-never": styles.NEVER,
    "level-only": styles.ONLY,
    "level-ask": styles.ASK,
    "dont": styles.DONT,
    "do": styles.DO,
    "rule-number": styles.RULE_NUMBER,
    "magic-kicker": styles.KICKER,
}
_CODE_WIDTH: Final = Mm(28)
"""Wide enough for a phone to read the code from paper."""
_WIDEST: Final = Mm(165)


@dataclass(slots=True, kw_only=True)
class Writing:
    """What is known while the text is written: the file, its pictures, its anchors."""

    word: WordDocument
    styles: StyleIndex
    """Those of the file."""
    pictures: Mapping[str, bytes]
    """In a format that Word shows, by their path."""
    look_of: Callable[[str, str], str | None]
    """Says what a section of a page is, by their ids; None if it is just text."""
    kicker: Callable[[Element], str]
    """Returns what stands above the sentence that everybody may say."""
    heading: str = ""
    """The last heading: it names the table below it."""
    last: Paragraph | None = None
    """What was written last, unless it was a table."""
    _numbers: dict[str, int] = field(default_factory=dict)
    _marked: set[str] = field(default_factory=set)

    def bookmark(self, anchor: str) -> str:
        """Return the name of the bookmark that links to an anchor lead to.

        Word allows forty letters and digits; one that begins with `_` is not listed.
        """
        return f"_guideline_{self._number(anchor)}"

    def mark(self, paragraph: Paragraph, anchor: str) -> None:
        """Let links to an anchor lead to a paragraph."""
        if anchor and anchor not in self._marked:
            self._marked.add(anchor)
            xml.add_bookmark(paragraph, self.bookmark(anchor), self._number(anchor))

    def _number(self, anchor: str) -> int:
        return self._numbers.setdefault(anchor, len(self._numbers) + 1)


class Line:
    """Writes inline content into one paragraph.

    Args:
        writing: The file.
        chapter: The page of the document.
        paragraph: The paragraph to write into.
        small: Whether its pictures are codes for a phone.
    """

    def __init__(
        self, writing: Writing, chapter: Chapter, paragraph: Paragraph, *, small: bool
    ) -> None:
        self._writing = writing
        self._page = chapter.page
        self._paragraph = paragraph
        self._small = small

    def write(self, content: Iterable[Content]) -> None:
        """Write the whole line."""
        self._inline(content, ())

    def _inline(
        self,
        content: Iterable[Content],
        around: tuple[Element, ...],
        into: BaseOxmlElement | None = None,
    ) -> None:
        for item in content:
            if isinstance(item, str):
                self._text(item, around, into)
            elif item.tag == "br":
                xml.add_run(self._paragraph, "").add_break()
            elif item.tag == "img":
                self._picture(item)
            else:
                if item.id:
                    anchor = anchor_of(self._page.id, item.id)
                    self._writing.mark(self._paragraph, anchor)
                link = self._link(item) if into is None else None
                inner = link if link is not None else into
                self._inline(item.children, (*around, item), inner)

    def _text(
        self, text: str, around: tuple[Element, ...], into: BaseOxmlElement | None
    ) -> None:
        run = xml.add_run(self._paragraph, without_illegal(text), into=into)
        for element in around:
            self._look(run, element)

    def _look(self, run: Run, element: Element) -> None:
        styled = self._writing.styles
        light = next((name for name in element.classes if name in _LIGHTS), None)
        if light:
            if styled.find(_LIGHTS[light]) is not None:
                styled.put_on_run(run, _LIGHTS[light])
        elif target := self._target(element):
            styled.put_on_run(run, styles.LINK)
            # Word breaks no word that it need not proof; an address with a hyphen that
            # it does not have is another address.
            if target.url and shows_address(run.text):
                xml.put(run.element.get_or_add_rPr(), xml.element("noProof"))
        elif element.tag == "strong":
            run.bold = True
        elif element.tag == "em":
            run.italic = True
        if element.lang:
            full = styles.full_language(element.lang)
            properties = run.element.get_or_add_rPr()
            xml.put(properties, xml.element("lang", val=full))

    def _link(self, element: Element) -> BaseOxmlElement | None:
        target = self._target(element)
        if target is None or not plain_text(element.children):
            return None
        if target.page:
            anchor = self._writing.bookmark(anchor_of(target.page, target.id))
            return xml.add_link(self._paragraph, anchor=anchor)
        return xml.add_link(self._paragraph, target.url)

    def _target(self, element: Element) -> Target | None:
        """Return where an element leads; a file is not taken along, its text stays."""
        if element.href is None:
            return None
        target = self._page.targets[element.href]
        return None if target.file else target

    def _picture(self, element: Element) -> None:
        path = self._page.pictures[element.src].path
        run = xml.add_run(self._paragraph, "")
        width = _CODE_WIDTH if self._small else None
        try:
            picture = run.add_picture(
                io.BytesIO(self._writing.pictures[path]), width=width
            )
        except (
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        ) as error:
            raise ExportError("error-export-word", picture=path) from error
        if picture.width > _WIDEST:
            # python-docx keeps the proportions only while a picture is added.
            picture.height = round(picture.height * _WIDEST / picture.width)
            picture.width = _WIDEST
        describe(run, without_illegal(element.alt or ""))


def describe(run: Run, text: str) -> None:
    """Give the picture in a run its text for those who cannot see it."""
    for picture in run.element.iter(qn("wp:inline")):
        for side in "TBLR":  # the schema asks for them, python-docx leaves them out
            picture.set(f"dist{side}", "0")
    for properties in run.element.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        properties.set("descr", text)
        properties.set("name", text[:60] or "-")
