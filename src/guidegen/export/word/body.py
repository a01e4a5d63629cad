"""The text of the Word file: blocks become paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from guidegen.export.chapters import Chapter, anchor_of, without_illegal
from guidegen.export.word import styles, xml
from guidegen.export.word.line import Line, Writing
from guidegen.page.normalise import RUN
from guidegen.page.tree import HEADINGS, Element, plain_text
from guidegen.value import Value

# A4 less the two margins that `document` sets.
TEXT_WIDTH: Final = 172
"""Millimetres between the margins."""

_LOWEST_HEADING: Final = 3
_SHORT_LIST: Final = 5
"""Entries that a list may have to be kept on one page."""
_LONG_TITLE: Final = 45
"""Characters; a longer one is set smaller, as in the PDF."""
# python-docx's empty document has list styles for as many levels.
_DEEPEST_LIST: Final = 3
_BEFORE_CHAPTER: Final = Mm(12)
_SHARES: Final = {2: (0.45, 0.55), 3: (0.38, 0.31, 0.31)}
"""What part of the width each column of a table has, by their number."""
_SHORT_TABLE: Final = 8
"""Rows that a table may have to be kept on one page."""
_EXAMPLES: Final = {1: "FDF0EF", 2: "EDF7F0"}
"""The columns of the taboo topics that say how not to write, and how to."""
_POSTS: Final = {"dont": "FDF0EF", "do": "EDF7F0"}
"""The same below a topic's heading."""
_SIGNS: Final = {"level-never": "● ", "level-only": "■ ", "level-ask": "▲ "}
"""What says in black and white what a level's colour says."""


@dataclass(slots=True, kw_only=True)
class _Marker:
    """What the next paragraph is given: a list's bullet or number, an anchor."""

    style: str = ""
    number: int | None = None
    """The numbering that it goes on with."""
    anchor: str = ""
    used: bool = False


class _Container(Value):
    """What paragraphs are added to, and what they look like in it."""

    add: Callable[[], Paragraph]
    style: str = "Normal"
    marker: _Marker | None = None
    depth: int = 0
    """How many lists it is in."""
    card: bool = False
    """Whether it is a contact's card, which stays on one page."""
    slip: bool = False
    """Whether it is a slip to sign: what is a list elsewhere is filled in here."""
    cell: bool = False
    shade: str = ""
    """The colour behind it (`rrggbb`), if it has one."""


def write_chapter(writing: Writing, chapter: Chapter) -> None:
    """Write a page of the document; links to the page lead to its first paragraph."""
    word = writing.word
    before = len(word.paragraphs)
    body = _Body(writing, chapter)
    body.flow(chapter.page.blocks, _Container(add=word.add_paragraph))
    if len(word.paragraphs) > before:
        first = word.paragraphs[before]
        writing.mark(first, chapter.anchor)
        if not chapter.first:
            first.paragraph_format.space_before = _BEFORE_CHAPTER


class _Body:
    def __init__(self, writing: Writing, chapter: Chapter) -> None:
        self._writing = writing
        self._chapter = chapter

    def flow(self, blocks: Iterable[Element], container: _Container) -> None:
        """Write blocks one below the other."""
        tags = ["", ""]
        for block in blocks:
            above, before = tags[-2:]
            line = before in {"p", RUN}
            leads = block.tag in HEADINGS and above in HEADINGS
            leads = leads or "contact-card" in block.classes
            if line and leads and self._writing.last:
                # Two headings with a line in between stay on the same page, and so do a
                # line and the first card below it.
                self._writing.last.paragraph_format.keep_with_next = True
            self._block(block, container)
            tags.append(block.tag)

    def _block(self, element: Element, container: _Container) -> None:
        if element.tag in {"ul", "ol", "dl", "table"} and self._writing.last:
            # What announces a list or table stands on the same page.
            self._writing.last.paragraph_format.keep_with_next = True
        if element.tag in HEADINGS:
            self._heading(element, container)
        elif element.tag in {"p", RUN}:
            self._paragraph(element, container)
        elif element.tag in {"ul", "ol"}:
            if container.slip:
                self._blanks(element, container)
            else:
                self._list(element, container)
        elif element.tag == "dl":
            self._definitions(element, container)
        elif element.tag == "table":
            self._table(element)
        elif element.tag == "blockquote":
            self.flow(element.elements, replace(container, style="Quote"))
        elif element.tag == "hr":
            properties = xml.element_of(container.add()).get_or_add_pPr()
            xml.border(properties, "bottom", "CFD7E0", 6)
        else:
            card = container.card or "contact-card" in element.classes
            slip = container.slip or "slip" in element.classes
            self.flow(element.elements, replace(container, card=card, slip=slip))

    def _heading(self, element: Element, container: _Container) -> None:
        level = self._chapter.level(element.tag) - 1
        heading = without_illegal(plain_text(element.children))
        self._writing.heading = heading
        style = f"Heading {min(level, _LOWEST_HEADING)}" if level else "Title"
        element = _with_sign(element)
        paragraph = self._paragraph(element, replace(container, style=style))
        if not level and len(heading) > _LONG_TITLE:
            for run in paragraph.runs:
                run.font.size = Pt(18)

    def _paragraph(self, element: Element, container: _Container) -> Paragraph:
        paragraph = container.add()
        paragraph.style = self._writing.word.styles[_style(container, element)]
        self._mark(paragraph, container.marker)
        self._writing.mark(paragraph, self._anchor(element))
        _align(paragraph, element)
        if container.shade:
            properties = xml.element_of(paragraph).get_or_add_pPr()
            xml.shade(properties, container.shade)
        self._writing.last = paragraph
        line = Line(self._writing, self._chapter, paragraph, small=container.card)
        line.write(element.children)
        pictured = any(each.tag == "img" for each in element.elements)
        if container.slip or (container.card and not pictured):
            # Neither is torn apart; the picture is the last of a card.
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def _anchor(self, element: Element) -> str:
        return anchor_of(self._chapter.page.id, element.id) if element.id else ""

    def _mark(self, paragraph: Paragraph, marker: _Marker | None) -> None:
        if marker is None or marker.used:
            return
        # Only the first paragraph of an entry has the bullet.
        marker.used = True
        if marker.number is not None:
            properties = xml.element_of(paragraph).get_or_add_pPr()
            numbering = properties.get_or_add_numPr()
            numbering.get_or_add_ilvl().val = 0
            numbering.get_or_add_numId().val = marker.number
        self._writing.mark(paragraph, marker.anchor)

    def _list(self, element: Element, container: _Container) -> None:
        level = min(container.depth + 1, _DEEPEST_LIST)
        suffix = f" {level}" if level > 1 else ""
        numbered = element.tag == "ol"
        style = ("List Number" if numbered else "List Bullet") + suffix
        start = 1 if element.start is None else element.start
        # Without a numbering of its own, a list would go on counting from the last one.
        number = _numbering(self._writing.word, style, start) if numbered else None
        items = element.elements
        for item in items:
            last = self._writing.last
            if len(items) <= _SHORT_LIST and item is not items[0] and last:
                last.paragraph_format.keep_with_next = True
            inner = replace(
                container,
                style=f"List Continue{suffix}",
                marker=_Marker(style=style, number=number, anchor=self._anchor(item)),
                depth=container.depth + 1,
            )
            self.flow(item.elements, inner)

    def _blanks(self, element: Element, container: _Container) -> None:
        """Write what is to be filled in by hand: each entry with a line after it."""
        for item in element.elements:
            paragraph = self._paragraph(_as_line(item), container)
            look = paragraph.paragraph_format
            look.space_before = Pt(12)
            look.tab_stops.add_tab_stop(
                Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES
            )
            xml.add_run(paragraph, " \t")

    def _definitions(self, element: Element, container: _Container) -> None:
        post = None
        for item in element.elements:
            marker = _Marker(anchor=self._anchor(item))
            if item.tag == "dt":
                post = next((name for name in item.classes if name in _POSTS), None)
                bold = Element(
                    tag="strong",
                    classes=(post,) if post else (),
                    children=_as_line(item).children,
                )
                term = self._paragraph(
                    Element(tag=RUN, children=(bold,)),
                    replace(container, marker=marker, shade=_POSTS.get(post or "", "")),
                )
                term.paragraph_format.keep_with_next = True
                if post:
                    term.paragraph_format.space_after = Pt(0)
            else:
                inner = replace(
                    container,
                    style="Normal" if post else "List Continue",
                    marker=marker,
                    shade=_POSTS.get(post or "", ""),
                )
                self.flow(item.elements, inner)
                if post and item is not element.elements[-1] and self._writing.last:
                    self._writing.last.paragraph_format.keep_with_next = True

    def _table(self, element: Element) -> None:
        """Write a table; its first row is its header, on every page."""
        for cell in _add_table(
            self._writing.word, element, named=self._writing.heading
        ):
            style = styles.TABLE_HEADING if cell.header else styles.TABLE_TEXT
            container = _Container(
                add=_adder(cell.cell),
                style=style,
                marker=_Marker(anchor=self._anchor(cell.element)),
                cell=True,
            )
            self.flow(cell.element.elements, container)
            for paragraph in cell.cell.paragraphs:
                paragraph.style = self._writing.word.styles[style]
                _align(paragraph, cell.element)
                paragraph.paragraph_format.keep_with_next = cell.with_next or None
        # Word wants a paragraph between two tables, and after the last.
        after = self._writing.word.add_paragraph().paragraph_format
        after.space_after, after.line_spacing = Pt(0), Pt(6)
        self._writing.last = None


def _style(container: _Container, element: Element) -> str:
    marker = container.marker
    if marker and marker.style and not marker.used:
        return marker.style
    if "magic-sentence" in element.classes:
        return "Intense Quote"
    if "lead" in element.classes and not container.cell:
        return styles.LEAD
    return container.style


def _align(paragraph: Paragraph, element: Element) -> None:
    asked = {element.align, *element.classes}
    if "right" in asked:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif "center" in asked:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _with_sign(heading: Element) -> Element:
    """Return a heading with the sign and the look of its level, if it has one."""
    level = next((name for name in heading.classes if name in _SIGNS), None)
    if level is None:
        return heading
    shown = (_SIGNS[level], *heading.children)
    marked = Element(tag="span", classes=(level,), children=shown)
    return replace(heading, children=(marked,))


def _as_line(item: Element) -> Element:
    """Return all text of an item as one line."""
    children = (part for block in item.elements for part in block.children)
    return Element(tag=RUN, children=tuple(children))


def _numbering(word: WordDocument, style: str, start: int) -> int:
    """Return a new numbering with the look of a list style's own."""
    numbering = word.part.numbering_part.element
    used = word.styles[style].element.pPr.numPr.numId.val
    look = next(num for num in numbering.num_lst if num.numId == used)
    new = numbering.add_num(look.abstractNumId.val)
    new.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(new.numId)


class _TableCell(Value):
    """A cell that is to be written, and the element that says what."""

    cell: _Cell
    element: Element
    header: bool
    with_next: bool
    """Whether its row and the one below are kept on the same page."""


def _add_table(
    word: WordDocument, element: Element, *, named: str
) -> Iterator[_TableCell]:
    """Add a table's frame and yield its cells.

    Args:
        word: The document.
        element: The table.
        named: What the table is about, for those who cannot see it.
    """
    cells = [row.elements for row in element.elements]
    columns = len(cells[0])
    table = word.add_table(rows=len(cells), cols=columns, style=styles.TABLE)
    # Else Word fits the columns to their text and ignores these widths.
    table.autofit = False
    _describe(table, named)
    # Only the table of taboo topics with examples labels its cells.
    examples = any(each.label for row in cells for each in row)
    shares = _SHARES.get(columns, (1 / columns,) * columns)
    for number, (row, given) in enumerate(zip(table.rows, cells, strict=True)):
        header = number == 0
        # python-docx works out all of a row's cells each time it is asked.
        frame = row.cells
        for column, each in enumerate(given):
            cell = frame[column]
            cell.width = Mm(round(TEXT_WIDTH * shares[column]))
            if examples and not header and column in _EXAMPLES:
                properties = _element(cell).get_or_add_tcPr()
                xml.shade(properties, _EXAMPLES[column])
            yield _TableCell(
                cell=cell,
                element=each,
                header=header,
                with_next=_with_next(number, len(cells), whole=not examples),
            )
        _keep(_element(frame[0]).getparent(), header=header)


def _with_next(number: int, rows: int, *, whole: bool) -> bool:
    """Return whether a row stays with the next: no page has one row of a table alone.

    A short table is kept together as a whole, unless its rows are tall.
    """
    if number == rows - 1:
        return False
    return (whole and rows <= _SHORT_TABLE) or number <= 1 or number == rows - 2


def _keep(row: BaseOxmlElement, *, header: bool) -> None:
    """Keep a row on one page; repeat the header on every page."""
    properties = row.get_or_add_trPr()
    xml.put(properties, xml.element("cantSplit"))
    if header:
        xml.put(properties, xml.element("tblHeader"))


def _describe(table: Table, named: str) -> None:
    properties = _element(table.cell(0, 0)).getparent().getparent().tblPr
    xml.put(
        properties,
        xml.element(
            "tblLook",
            # The same for readers that know only the bit mask: the first row is
            # special.
            val="0020",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        ),
    )
    if named:
        xml.put(properties, xml.element("tblCaption", val=named))


def _element(cell: _Cell) -> BaseOxmlElement:
    found: BaseOxmlElement = xml.element_of(cell.paragraphs[0]).getparent()
    return found


def _adder(cell: _Cell) -> Callable[[], Paragraph]:
    """Return what adds paragraphs to a cell, which has an empty one from the start."""
    # A cell without a paragraph would make the file invalid.
    first = [cell.paragraphs[0]]

    def add() -> Paragraph:
        paragraph: Paragraph = first.pop() if first else cell.add_paragraph()
        return paragraph

    return add
