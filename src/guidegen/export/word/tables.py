"""The frame of a table in Word: columns, header, what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docx.shared import Mm

from guidegen.export.word import styles, xml
from guidegen.page.tree import Element

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Cell

TEXT_WIDTH: Final = 172
"""Millimetres between the margins."""
_SHARES: Final = {2: (0.45, 0.55), 3: (0.38, 0.31, 0.31)}
"""What part of the width each column has, by their number."""
_SHORT: Final = 8
"""Rows of a table that is not torn apart."""
_EXAMPLES: Final = {1: styles.RED_TINT, 2: styles.GREEN_TINT}
"""The columns of the taboo topics that say how not to write, and how to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell that is to be written, and the element that says what."""

    cell: _Cell
    element: Element
    header: bool
    with_next: bool
    """Whether its row and the one below are to stand on the same page."""


def add_table(word: WordDocument, element: Element, *, named: str) -> Iterator[Cell]:
    """Add a table's frame and yield its cells.

    Args:
        word: The document.
        element: The table.
        named: What the table is about, for those who cannot see it.
    """
    rows = list(_rows(element))
    cells = [
        [each for each in row.children if isinstance(each, Element)] for row in rows
    ]
    columns = max((len(row) for row in cells), default=0)
    if not columns:
        return
    table = word.add_table(rows=len(rows), cols=columns, style=styles.TABLE)
    table.autofit = False
    _describe(table, named)
    examples = any(each.attributes.get("data-label") for row in cells for each in row)
    shares = _SHARES.get(columns, (1 / columns,) * columns)
    for number, (row, given) in enumerate(zip(table.rows, cells, strict=True)):
        header = number == 0 and all(each.tag == "th" for each in given)
        made = row.cells
        for column, each in enumerate(given):
            cell = made[column]
            cell.width = Mm(round(TEXT_WIDTH * shares[column]))
            if examples and not header and column in _EXAMPLES:
                properties = _element(cell).get_or_add_tcPr()
                xml.shade(properties, _EXAMPLES[column])
            yield Cell(
                cell=cell,
                element=each,
                header=header,
                with_next=_with_next(number, len(rows), whole=not examples),
            )
        _keep(_element(made[0]).getparent(), header=header)


def _rows(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                yield child
            else:
                yield from _rows(child)


def _with_next(number: int, rows: int, *, whole: bool) -> bool:
    """Return whether a row stays with the next: no page has one row of a table alone.

    A short table is kept together as a whole, unless its rows are tall.
    """
    if number == rows - 1:
        return False
    return (whole and rows <= _SHORT) or number <= 1 or number == rows - 2


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
