"""The text of the Word file: blocks become paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from guidegen.arrange.kicker import MAGIC
from guidegen.export.chapters import Chapter, anchor_of, without_illegal
from guidegen.export.word import looks, styles, xml
from guidegen.export.word.languages import with_language
from guidegen.export.word.line import Line, Writing
from guidegen.export.word.table import TEXT_WIDTH, add_table
from guidegen.page.normalise import RUN
from guidegen.page.tree import HEADINGS, Element, plain_text
from guidegen.value import Value

_LOWEST_HEADING: Final = 3
_SHORT_LIST: Final = 5
"""Entries that a list may have to be kept on one page."""
_LONG_TITLE: Final = 45
"""Characters; a longer one is set smaller, as in the PDF."""
# python-docx's empty document has list styles for as many levels.
_DEEPEST_LIST: Final = 3
_SIGNS: Final = {"level-never": "● ", "level-only": "■ ", "level-ask": "▲ "}
"""What says in black and white what a level's colour says."""
_GO: Final = "✔ "
"""The same of what everybody may always do."""
_NUMBERED: Final = re.compile(r"\s*(\d+)\.\s+")


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
    section: str = ""
    """What the section is that it stands in, such as a rule."""
    look: str = ""
    """What its paragraphs wear over their styles, if anything."""


def write_chapter(writing: Writing, chapter: Chapter) -> None:
    """Write a page of the document; links to the page lead to its first paragraph."""
    word = writing.word
    before = len(word.paragraphs)
    body = _Body(writing, chapter)
    above = ""
    for section, blocks in _sections(chapter, writing):
        if section == "rights" and above == "dl":
            # Below a post to write, whose ground is green, too.
            body.leave_gap()
        above = blocks[-1].tag if blocks else above
        look = looks.SECTIONS.get(section, "")
        container = _Container(add=word.add_paragraph, section=section, look=look)
        body.flow(blocks, container)
        if section == "contact":
            body.leave_gap()
    if len(word.paragraphs) > before:
        first = word.paragraphs[before]
        writing.mark(first, chapter.anchor)
        if not chapter.first:
            looks.wear(writing.styles, first, looks.CHAPTER)


def _sections(
    chapter: Chapter, writing: Writing
) -> Iterator[tuple[str, list[Element]]]:
    """Yield what each section of a page is, and its blocks."""
    section, blocks = "", list[Element]()
    for block in map(with_language, chapter.page.blocks):
        if block.tag == "h2":
            yield section, blocks
            section, blocks = writing.look_of(chapter.page.id, block.id) or "", []
        blocks.append(block)
    yield section, blocks


class _Body:
    def __init__(self, writing: Writing, chapter: Chapter) -> None:
        self._writing = writing
        self._chapter = chapter
        self._topic: list[Paragraph] = []
        """What was written since the last heading, the heading included."""

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

    def leave_gap(self) -> None:
        """Keep tables apart, and grounds of one colour: Word would join them."""
        gap = self._writing.word.add_paragraph().paragraph_format
        gap.space_after, gap.line_spacing = Pt(0), Pt(6)
        self._writing.last = None

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
            self._part(element, container)

    def _part(self, element: Element, container: _Container) -> None:
        """Write what only holds other blocks, such as a contact's card."""
        card = container.card or "contact-card" in element.classes
        slip = container.slip or "slip" in element.classes
        look = looks.SECTIONS["contact"] if card else container.look
        look = looks.SLIP if slip else look
        inner = replace(container, card=card, slip=slip, look=look)
        self.flow(element.elements, inner)
        if "contact-card" in element.classes:
            self.leave_gap()

    def _heading(self, element: Element, container: _Container) -> None:
        level = self._chapter.level(element.tag) - 1
        heading = without_illegal(plain_text(element.children))
        self._writing.heading = heading
        self._topic = []
        style = f"Heading {min(level, _LOWEST_HEADING)}" if level else "Title"
        element, look = _shown(element, container.section)
        paragraph = self._paragraph(element, replace(container, style=style))
        if look:
            looks.wear(self._writing.styles, paragraph, look)
        if not level and len(heading) > _LONG_TITLE:
            for run in paragraph.runs:
                run.font.size = Pt(18)

    def _paragraph(self, element: Element, container: _Container) -> Paragraph:
        paragraph = container.add()
        self._writing.styles.put_on_paragraph(paragraph, _style(container, element))
        self._mark(paragraph, container.marker)
        self._writing.mark(paragraph, self._anchor(element))
        _align(paragraph, element)
        self._writing.last = paragraph
        self._topic.append(paragraph)
        line = Line(self._writing, self._chapter, paragraph, small=container.card)
        if MAGIC in element.classes and self._chapter.first and not container.section:
            line.write(self._kicker(element))
        line.write(element.children)
        if container.look:
            looks.wear(
                self._writing.styles,
                paragraph,
                container.look,
                spaced=element.tag not in HEADINGS,
            )
        pictured = any(each.tag == "img" for each in element.elements)
        if container.slip or (container.card and not pictured):
            # Neither is torn apart; the picture is the last of a card.
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def _kicker(self, sentence: Element) -> tuple[Element, Element]:
        words = without_illegal(self._writing.kicker(sentence))
        kicker = Element(tag="span", classes=("magic-kicker",), children=(words,))
        return kicker, Element(tag="br")

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
        post = ""
        for item in element.elements:
            marker = _Marker(anchor=self._anchor(item))
            if item.tag == "dt":
                post = next((each for each in item.classes if each in looks.POSTS), "")
                bold = Element(
                    tag="strong",
                    classes=(post,) if post else (),
                    children=_as_line(item).children,
                )
                term = self._paragraph(
                    Element(tag=RUN, children=(bold,)),
                    replace(container, marker=marker, look=looks.POSTS.get(post, "")),
                )
                term.paragraph_format.keep_with_next = True
                if post:
                    term.paragraph_format.space_after = Pt(0)
                    # A topic stays on one page with its examples.
                    for each in self._topic:
                        each.paragraph_format.keep_with_next = True
            else:
                inner = replace(
                    container,
                    style="Normal" if post else "List Continue",
                    marker=marker,
                    look=looks.POSTS.get(post, ""),
                )
                self.flow(item.elements, inner)
                if post and item is not element.elements[-1] and self._writing.last:
                    self._writing.last.paragraph_format.keep_with_next = True

    def _table(self, element: Element) -> None:
        """Write a table; its first row is its header, on every page."""
        for cell in add_table(self._writing.word, element, named=self._writing.heading):
            style = styles.TABLE_HEADING if cell.header else styles.TABLE_TEXT
            container = _Container(
                add=cell.adder(),
                style=style,
                marker=_Marker(anchor=self._anchor(cell.element)),
                cell=True,
            )
            self.flow(cell.element.elements, container)
            for paragraph in cell.cell.paragraphs:
                self._writing.styles.put_on_paragraph(paragraph, style)
                _align(paragraph, cell.element)
                paragraph.paragraph_format.keep_with_next = cell.with_next or None
        # Word wants a paragraph between two tables, and after the last.
        self.leave_gap()


def _style(container: _Container, element: Element) -> str:
    marker = container.marker
    if marker and marker.style and not marker.used:
        return marker.style
    if MAGIC in element.classes:
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


def _shown(heading: Element, section: str) -> tuple[Element, str]:
    """Return how a heading is written, and the look that it wears, if it has one."""
    level = next((name for name in heading.classes if name in _SIGNS), None)
    if level is not None:
        shown = (_SIGNS[level], *heading.children)
        marked = Element(tag="span", classes=(level,), children=shown)
        return replace(heading, children=(marked,)), looks.LEVELS[level]
    if section == "rights" and heading.tag == "h2":
        return replace(heading, children=(_GO, *heading.children)), looks.GO
    if section == "rule" and heading.tag == "h2":
        return _with_number(heading), ""
    return heading, ""


def _with_number(heading: Element) -> Element:
    """Return the heading of a rule with its number apart ("1. Be nice")."""
    first, *others = heading.children or ("",)
    found = _NUMBERED.match(first) if isinstance(first, str) else None
    if found is None or not isinstance(first, str):
        return heading
    # Spaces that do not break give the number room on its ground.
    shown = f"\N{NO-BREAK SPACE}{found[1]}\N{NO-BREAK SPACE}"
    number = Element(tag="span", classes=("rule-number",), children=(shown,))
    title = "\N{EN SPACE}" + first[found.end() :]
    return replace(heading, children=(number, title, *others))


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
