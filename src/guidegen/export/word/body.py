"""The text of the Word file: elements become paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from guidegen.export.joined import plain_text
from guidegen.export.word import styles, xml
from guidegen.export.word.line import Line
from guidegen.export.word.tables import TEXT_WIDTH, add_table
from guidegen.export.word.writing import Marker, Place, Writing
from guidegen.page.tree import BLOCKS, HEADINGS, Element

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    from guidegen.page.tree import Content

_LOWEST_HEADING: Final = 3
_SHORT_LIST: Final = 5
"""Entries of a list that is not torn apart."""
_LONG_TITLE: Final = 45
"""Characters; a longer one is set smaller, as in the PDF."""
_DEEPEST_LIST: Final = 3


def write_flow(writing: Writing, content: Iterable[Content], place: Place) -> None:
    """Write block content; text between blocks becomes a paragraph of its own."""
    run: list[Content] = []
    for item in (*content, None):
        if isinstance(item, str) or (item and item.tag not in BLOCKS):
            run.append(item)
            continue
        if any(not isinstance(entry, str) or entry.strip() for entry in run):
            _paragraph(writing, run, place)
        run = []
        if item is not None:
            _block(writing, item, place)


def _block(writing: Writing, element: Element, place: Place) -> None:
    if element.tag in {"ul", "ol", "table"} and writing.last:
        # What announces a list or table stands on the same page.
        writing.last.paragraph_format.keep_with_next = True
    if element.tag in HEADINGS:
        _heading(writing, element, place)
    elif element.tag == "p":
        _paragraph(writing, element.children, place, of=element)
    elif element.tag in {"ul", "ol"}:
        if place.slip:
            _blanks(writing, element, place)
        else:
            _list(writing, element, place)
    elif element.tag == "dl":
        _definitions(writing, element, place)
    elif element.tag == "table":
        _table(writing, element)
    elif element.tag == "blockquote":
        write_flow(writing, element.children, replace(place, style="Quote"))
    elif element.tag == "hr":
        properties = xml.element_of(place.add()).get_or_add_pPr()
        xml.border(properties, "bottom", "CFD7E0", 6)
    else:
        card = place.card or "contact-card" in element.classes
        slip = place.slip or "slip" in element.classes
        write_flow(writing, element.children, replace(place, card=card, slip=slip))


def _heading(writing: Writing, element: Element, place: Place) -> None:
    level = int(element.tag[1]) - 1
    writing.heading = plain_text(element.children)
    style = f"Heading {min(level, _LOWEST_HEADING)}" if level else "Title"
    paragraph = _paragraph(
        writing, element.children, replace(place, style=style), of=element
    )
    if not level and len(writing.heading) > _LONG_TITLE:
        for run in paragraph.runs:
            run.font.size = Pt(18)


def _paragraph(
    writing: Writing,
    content: Iterable[Content],
    place: Place,
    *,
    of: Element | None = None,
) -> Paragraph:
    """Write a paragraph; `of` is the element that it is, if it is one."""
    content = tuple(content)
    paragraph = place.add()
    paragraph.style = writing.word.styles[_style(place, of)]
    _mark(writing, paragraph, place.marker)
    if of:
        writing.place(paragraph, of.attributes.get("id", ""))
        _align(paragraph, of)
    writing.last = paragraph
    Line(writing, paragraph, small=place.card).write(content)
    pictured = any(isinstance(item, Element) and item.tag == "img" for item in content)
    if place.slip or (place.card and not pictured):
        # Neither is torn apart; the picture is the last of a card.
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _style(place: Place, of: Element | None) -> str:
    if place.marker and place.marker.style and not place.marker.used:
        return place.marker.style
    if of and "magic-sentence" in of.classes:
        return "Intense Quote"
    if of and "lead" in of.classes and not place.cell:
        return styles.LEAD
    return place.style


def _mark(writing: Writing, paragraph: Paragraph, marker: Marker | None) -> None:
    if marker is None or marker.used:
        return
    marker.used = True
    if marker.number is not None:
        properties = xml.element_of(paragraph).get_or_add_pPr()
        numbering = properties.get_or_add_numPr()
        numbering.get_or_add_ilvl().val = 0
        numbering.get_or_add_numId().val = marker.number
    writing.place(paragraph, marker.anchor)


def _align(paragraph: Paragraph, element: Element) -> None:
    if "right" in element.classes:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif "center" in element.classes:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _list(writing: Writing, element: Element, place: Place) -> None:
    level = min(place.depth + 1, _DEEPEST_LIST)
    suffix = f" {level}" if level > 1 else ""
    numbered = element.tag == "ol"
    style = ("List Number" if numbered else "List Bullet") + suffix
    start = int(element.attributes.get("start", "1"))
    number = _numbering(writing.word, style, start) if numbered else None
    items = [item for item in element.children if isinstance(item, Element)]
    for item in items:
        if len(items) <= _SHORT_LIST and item is not items[0] and writing.last:
            writing.last.paragraph_format.keep_with_next = True
        marker = Marker(
            style=style, number=number, anchor=item.attributes.get("id", "")
        )
        inner = replace(
            place,
            style=f"List Continue{suffix}",
            marker=marker,
            depth=place.depth + 1,
        )
        write_flow(writing, item.children, inner)


def _blanks(writing: Writing, element: Element, place: Place) -> None:
    """Write what is to be filled in by hand: each entry with a line after it."""
    for item in element.children:
        if isinstance(item, Element):
            paragraph = _paragraph(writing, item.children, place)
            look = paragraph.paragraph_format
            look.space_before = Pt(12)
            look.tab_stops.add_tab_stop(
                Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES
            )
            xml.add_run(paragraph, " \t")


def _numbering(word: WordDocument, style: str, start: int) -> int:
    """Return a new numbering with the look of a list style's own."""
    numbering = word.part.numbering_part.element
    used = word.styles[style].element.pPr.numPr.numId.val
    look = next(num for num in numbering.num_lst if num.numId == used)
    made = numbering.add_num(look.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)


def _definitions(writing: Writing, element: Element, place: Place) -> None:
    for item in element.children:
        if not isinstance(item, Element):
            continue
        marker = Marker(anchor=item.attributes.get("id", ""))
        if item.tag == "dt":
            bold = (Element(tag="strong", children=item.children),)
            term = _paragraph(writing, bold, replace(place, marker=marker))
            term.paragraph_format.keep_with_next = True
        else:
            inner = replace(place, style="List Continue", marker=marker)
            write_flow(writing, item.children, inner)


def _table(writing: Writing, element: Element) -> None:
    """Write a table; its first row is its header, on every page."""
    for spec in add_table(writing.word, element, named=writing.heading):
        style = styles.TABLE_HEADING if spec.header else styles.TABLE_TEXT
        place = Place(
            add=_adder(spec.cell),
            style=style,
            marker=Marker(anchor=spec.element.attributes.get("id", "")),
            cell=True,
        )
        write_flow(writing, spec.element.children, place)
        for paragraph in spec.cell.paragraphs:
            paragraph.style = writing.word.styles[style]
            _align(paragraph, spec.element)
            paragraph.paragraph_format.keep_with_next = spec.with_next or None
    # Word wants a paragraph between two tables, and after the last.
    after = writing.word.add_paragraph().paragraph_format
    after.space_after, after.line_spacing = Pt(0), Pt(6)
    writing.last = None


def _adder(cell: _Cell) -> Callable[[], Paragraph]:
    """Return what adds paragraphs to a cell, which has an empty one from the start."""
    first = [cell.paragraphs[0]]

    def add() -> Paragraph:
        paragraph: Paragraph = first.pop() if first else cell.add_paragraph()
        return paragraph

    return add
