"""The count as a table that any spreadsheet opens, and that can run nothing there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_ORDERS = "=+-@\t\r\n"
"""What makes a spreadsheet take a cell for a formula, wherever it was typed (OWASP, CSV
injection)."""
_WIDE_ORDERS = "＝＋－＠"  # noqa: RUF001  # the wide forms of East Asia, taken for the same


_CELLS = re.compile(
    rf'(^|[,;|\t\r\n])([ \u00a0"]*)(?=[{re.escape(_ORDERS + _WIDE_ORDERS)}])'
)
"""Where a cell begins with an order, for whatever delimiter a program expects."""


def table_as_csv(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """Return a table as CSV (RFC 4180), which Excel opens with its letters right.

    Args:
        rows: The rows.
        delimiter: What Excel expects between cells, which depends on its language: with
            another one, it shows each row as one cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n"
    )
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    # Without its mark, Excel would take UTF-8 for the letters of Windows.
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Programs that open a file with another delimiter than it has see what follows one as
    the beginning of a cell.
    """
    return _CELLS.sub(r"\1\2'", cell.replace("\0", ""))
