"""Reads tables as HR and form tools write them: any usual encoding and delimiter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from guidegen.errors import Problem, ReceiptsError
from guidegen.files.system import translate_os_errors
from guidegen.value import Value

LARGEST: Final = 64_000_000
"""The most bytes that a table or a mail may have."""
MOST_ROWS: Final = 500_000
_MOST_COLUMNS: Final = 500

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""What a text may begin with that tells its encoding (Unicode 16.0, section 2.13)."""
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets begin: .xlsx and .ods, and .xls."""
_DELIMITERS: Final = ";,\t|"


class Row(Value):
    """A row, and the line of the file that it begins in, counted from 1."""

    line: int
    cells: tuple[str, ...]


class Table(Value):
    """A table: the names of its columns, and its rows."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Read a table with one line of names.

    Raises:
        ReceiptsError: It is no such table, or far too large.
        FilesError: The system refuses.
    """
    text = decoded(read_limited(path), path)
    delimiter, text = _delimiter(text)
    rows = list(_rows(text, delimiter, path))
    if not rows:
        raise ReceiptsError("error-receipts-empty", path=path)
    names, *rest = rows
    if len(names.cells) > _MOST_COLUMNS:
        raise ReceiptsError(
            "error-receipts-columns", path=path, line=names.line, most=_MOST_COLUMNS
        )
    return Table(
        path=path,
        columns=tuple(cell.strip() for cell in names.cells),
        rows=tuple(rest),
    )


def read_limited(path: Path) -> bytes:
    """Return all bytes of a file that is not too large.

    Raises:
        ReceiptsError: It is.
        FilesError: The system refuses.
    """
    with translate_os_errors(path), path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ReceiptsError(
            "error-receipts-large", path=path, megabytes=LARGEST // 1_000_000
        )
    return content


def decoded(content: bytes, path: Path) -> str:
    """Return a table's text, whatever program has saved it.

    Without a mark it is UTF-8, or what Windows in western Europe writes: its bytes are
    valid UTF-8 only by a rare chance.

    Raises:
        ReceiptsError: It is a workbook, or no text at all.
    """
    if content.startswith(_WORKBOOKS):
        raise ReceiptsError("error-receipts-workbook", path=path)
    encoding = next(
        (name for mark, name in _MARKS if content.startswith(mark)), "utf-8"
    )
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise ReceiptsError("error-receipts-no-text", path=path)
    return text


def _delimiter(text: str) -> tuple[str, str]:
    """Return what stands between cells, and the text without a line that says so."""
    first, _, rest = text.lstrip("\r\n").partition("\n")
    # Excel reads and writes such a line.
    told = first.strip().strip('"').lower()
    if told.startswith("sep=") and told[4:5] in set(_DELIMITERS):
        return told[4], rest
    if "sep=" in told and first.rstrip("\r\n").endswith("\t"):
        return "\t", rest
    return max(_DELIMITERS, key=lambda each: _outside_quotes(first, each)), text


def _outside_quotes(line: str, delimiter: str) -> int:
    """Count a delimiter where it stands in no quoted cell."""
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def _rows(text: str, delimiter: str, path: Path) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for number, cells in enumerate(reader):
            if number > MOST_ROWS:
                raise ReceiptsError("error-receipts-rows", path=path, most=MOST_ROWS)
            if any(map(str.strip, cells)):
                yield Row(line=begins, cells=tuple(cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        problem = Problem(
            message="error-receipts-table",
            path=path,
            line=begins,
            detail=str(error),
        )
        raise ReceiptsError.of(problem) from error
