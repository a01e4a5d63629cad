"""Inline content: runs, links, pictures; white space as a browser shows it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from docx.oxml.ns import qn
from docx.shared import Mm

from guidegen.errors import ExportError
from guidegen.export.joined import plain_text
from guidegen.export.word import styles, xml

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from guidegen.export.word.writing import Writing
    from guidegen.page.tree import Content, Element

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_LIGHTS: Final = {"light-red": styles.RED, "light-amber": styles.AMBER}
_CODE_WIDTH: Final = Mm(28)
"""What a phone still reads from paper."""
_WIDEST: Final = Mm(165)


class Line:
    """Writes inline content into one paragraph.

    Args:
        writing: The file.
        paragraph: Where.
        small: Whether its pictures are codes for a phone.
    """

    def __init__(self, writing: Writing, paragraph: Paragraph, *, small: bool) -> None:
        self._writing = writing
        self._paragraph = paragraph
        self._small = small
        self._after_space = True
        self._last: Run | None = None

    def write(self, content: Iterable[Content]) -> None:
        """Write the whole line."""
        self._inline(content, ())
        if self._last and self._last.text.endswith(" "):
            self._last.text = self._last.text[:-1]

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
                self._break()
            elif item.tag == "img":
                self._picture(item)
            else:
                if name := item.attributes.get("id"):
                    self._writing.place(self._paragraph, name)
                link = self._link(item) if into is None else None
                inner = link if link is not None else into
                self._inline(item.children, (*around, item), inner)

    def _text(
        self, text: str, around: tuple[Element, ...], into: BaseOxmlElement | None
    ) -> None:
        text = _SPACES.sub(" ", text)
        text = text.removeprefix(" ") if self._after_space else text
        if not text:
            return
        self._after_space = text.endswith(" ")
        run = xml.add_run(self._paragraph, text, into=into)
        for element in around:
            self._look(run, element)
        self._last = run

    def _look(self, run: Run, element: Element) -> None:
        styled = self._writing.word.styles
        light = next((name for name in element.classes if name in _LIGHTS), None)
        if light:
            run.style = styled[_LIGHTS[light]]
        elif element.tag == "a":
            run.style = styled[styles.LINK]
        elif element.tag == "strong":
            run.bold = True
        elif element.tag == "em":
            run.italic = True
        if language := element.attributes.get("lang"):
            full = styles.full_language(language)
            properties = run.element.get_or_add_rPr()
            xml.put(properties, xml.element("lang", val=full))

    def _link(self, element: Element) -> BaseOxmlElement | None:
        href = element.attributes.get("href")
        if not href or not plain_text(element.children):
            return None
        if href.startswith("#"):
            anchor = self._writing.bookmark(href[1:])
            return xml.add_link(self._paragraph, anchor=anchor)
        return xml.add_link(self._paragraph, href)

    def _break(self) -> None:
        if self._last and self._last.text.endswith(" "):
            self._last.text = self._last.text[:-1]
        self._last = xml.add_run(self._paragraph, "")
        self._last.add_break()
        self._last = None
        self._after_space = True

    def _picture(self, element: Element) -> None:
        from docx.image.exceptions import (  # noqa: PLC0415
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )

        path = element.attributes["src"]
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
            picture.height = round(picture.height * _WIDEST / picture.width)
            picture.width = _WIDEST
        describe(run, element.attributes.get("alt", ""))
        self._last = None
        self._after_space = False


def describe(run: Run, text: str) -> None:
    """Give the picture in a run its text for those who cannot see it."""
    for picture in run.element.iter(qn("wp:inline")):
        for side in "TBLR":
            picture.set(f"dist{side}", "0")
    for properties in run.element.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        properties.set("descr", text)
        properties.set("name", text[:60] or "-")
