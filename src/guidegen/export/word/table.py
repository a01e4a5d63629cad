"""Tables of the Word file: widths, header, what stays on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from guidegen.colour import LEVELS
from guidegen.export.word import styles, xml
from guidegen.page.tree import Element
from guidegen.value import Value

# A4 less the two margins that `frame` sets.
TEXT_WIDTH: Final = 172
"""Millimetres between the margins."""

_SHARES: Final = {2: (0.45, 0.55), 3: (0.38, 0.31, 0.31)}
"""What part of the width each column of a table has, by their number."""
_SHORT: Final = 8
"""Rows that a table may have to be kept on one page."""
_EXAMPLES: Final = {1: LEVELS["never"].tint, 2: LEVELS["go"].tint}
"""The columns of the taboo topics that say how not to write, and how to."""


class TableCell(Value):
    """A cell that is to be written, and the element that says what."""

    cell: _Cell
    element: Element
    header: bool
    with_next: bool
    """Whether its row and the one below are kept on the same page."""

    def adder(self) -> Callable[[], Paragraph]:
        """Return what adds paragraphs to it; it has an empty one from the start."""
        # A cell without a paragraph would make the file invalid.
        first = [self.cell.paragraphs[0]]

        def add() -> Paragraph:
            paragraph: Paragraph = first.pop() if first else self.cell.add_paragraph()
            return paragraph

        return add


def add_table(
    word: WordDocument, element: Element, *, named: str
) -> Iterator[TableCell]:
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
                xml.shade(properties, styles.of_word(_EXAMPLES[column]))
            yield TableCell(
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
