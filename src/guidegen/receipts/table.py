"""Reads tables as HR and form tools write them: any usual encoding and delimiter."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from guidegen.errors import Problem, ReceiptsError
from guidegen.files.limited import read_at_most
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
_OLD: Final = ("cp1252", "mac_roman", "cp850")
"""The encodings without a mark, the most usual one first."""
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets begin: .xlsx and .ods, and .xls."""
_DELIMITERS: Final = ";,\t|"
_LONGEST_ROW: Final = 100_000
"""How many characters of a row tell how cells are divided."""


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
    # Else the first of a list without names would be lost, and shown in an error.
    if names.cells[0].strip().isdecimal() or any(map(_is_address, names.cells)):
        raise ReceiptsError("error-receipts-header", path=path, line=names.line)
    if len(names.cells) > _MOST_COLUMNS:
        raise ReceiptsError(
            "error-receipts-columns", path=path, line=names.line, most=_MOST_COLUMNS
        )
    return Table(
        path=path,
        columns=tuple(cell.strip() for cell in names.cells),
        rows=tuple(rest),
    )


def _is_address(cell: str) -> bool:
    return bool(re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", cell.strip()))


def read_limited(path: Path) -> bytes:
    """Return all bytes of a file that is not too large.

    Raises:
        ReceiptsError: It is.
        FilesError: The system refuses.
    """
    with translate_os_errors(path):
        content = read_at_most(path, LARGEST)
    if len(content) > LARGEST:
        raise ReceiptsError(
            "error-receipts-large", path=path, megabytes=LARGEST // 1_000_000
        )
    return content


def decoded(content: bytes, path: Path) -> str:
    """Return a table's text, whatever program has saved it.

    Without a mark it is UTF-8, or what Windows, the Mac or DOS in western Europe have
    written, whose bytes are valid UTF-8 only by a rare chance.

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
        texts = [content.decode(each, errors="replace") for each in _OLD]
        text = max(texts, key=_likely)
    if "\0" in text:
        raise ReceiptsError("error-receipts-no-text", path=path)
    return text


def _likely(text: str) -> int:
    """Return how many special letters stand where a name may have such a letter."""
    found = re.finditer(r"(?<=(.))?([^\W\d_\x00-\x7f])(?=(.))?", text)
    return sum(not _is_odd(each[1] or "", each[2], each[3] or "") for each in found)


def _is_odd(before: str, letter: str, after: str) -> bool:
    """Return whether a letter is a capital within a word that goes on in small ones."""
    inside = before.islower() or (before.isalpha() and after.islower())
    return letter.isupper() and inside


def _delimiter(text: str) -> tuple[str, str]:
    """Return what stands between cells, and the text without a line that says so."""
    first, _, rest = text.lstrip("\r\n").partition("\n")
    # Excel reads and writes such a line.
    told = first.strip().strip('"').lower()
    if told.startswith("sep=") and told[4:5] in set(_DELIMITERS):
        return told[4], rest
    if "sep=" in told and first.rstrip("\r\n").endswith("\t"):
        return "\t", rest
    names = _first_row(text.lstrip("\r\n"))
    return max(_DELIMITERS, key=lambda each: _outside_quotes(names, each)), text


def _first_row(text: str) -> str:
    """Return the first row, whose quoted cells may hold line breaks."""
    row = ""
    for line in text[:_LONGEST_ROW].splitlines(keepends=True):
        row += line
        if row.count('"') % 2 == 0:
            break
    return row


def _outside_quotes(line: str, delimiter: str) -> int:
    """Count a delimiter where it stands in no quoted cell."""
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def _rows(text: str, delimiter: str, path: Path) -> Iterator[Row]:
    # Strictly: a quotation mark that is never closed would swallow all that follows.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
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
