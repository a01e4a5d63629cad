"""One confirmation: who sent it, and of which text; found in a table or in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from guidegen.errors import ReceiptsError
from guidegen.receipts.columns import (
    OF_RECEIPTS,
    WHO,
    Columns,
    Mapped,
    Meaning,
    find_columns,
    names_of,
    plain_words,
)
from guidegen.receipts.table import Table
from guidegen.value import Value

_SHORTEST: Final = 8
"""How many characters of a checksum readers see, and confirm."""


_NOBODY: Final = {"anonymous", "anonym"}


class Received(Value):
    """A confirmation as it came in; what it does not say is empty."""

    path: Path
    line: int | None = None
    email: str = ""
    number: str = ""
    name: str = ""
    version: str = ""
    checksum: str = ""
    language: str = ""
    day: str = ""


class ReceivedTable(Value):
    """The confirmations of a table, and which columns they were read from."""

    columns: Columns
    entries: tuple[Received, ...]
    unsent: int
    """How many answers somebody began and never sent."""


def read_received(table: Table, mapped: Sequence[Mapped]) -> ReceivedTable:
    """Return the confirmations in a table.

    Raises:
        ReceiptsError: No column says who it is, or nothing says which version.
    """
    columns = find_columns(table, OF_RECEIPTS, mapped)
    if not any(each in columns.places for each in (*WHO, Meaning.LAST_NAME)):
        known = ", ".join(filter(None, table.columns))
        raise ReceiptsError("error-receipts-who", path=table.path, known=known)
    entries = []
    unsent = 0
    for row in table.rows:
        if _is_unsent(columns, row.cells):
            unsent += 1
            continue
        entries.append(_entry(columns, row.line, row.cells))
    if entries and not any(each.version or each.checksum for each in entries):
        known = ", ".join(filter(None, table.columns))
        raise ReceiptsError("error-receipts-which", path=table.path, known=known)
    return ReceivedTable(columns=columns, entries=tuple(entries), unsent=unsent)


def _is_unsent(columns: Columns, cells: Sequence[str]) -> bool:
    # LimeSurvey exports what was begun, too, without a day on which it was sent.
    place = columns.places.get(Meaning.DAY)
    if place is None:
        return False
    name = plain_words(columns.table.columns[place])
    is_limesurvey = re.search(
        r"\b(?:datum abgeschickt|date submitted|submitdate)", name
    )
    return bool(is_limesurvey) and not columns.cell(cells, Meaning.DAY)


def _entry(columns: Columns, line: int, cells: Sequence[str]) -> Received:
    def cell(meaning: Meaning) -> str:
        return columns.cell(cells, meaning)

    version = found_version(cell(Meaning.VERSION))
    checksum = found_checksum(cell(Meaning.CHECKSUM))
    if not (version and checksum):
        # The sentence that people confirm names both.
        told = plain_words(" ".join(cells))
        version = version or version_in(told)
        checksum = checksum or checksum_in(told)
    return Received(
        path=columns.table.path,
        line=line,
        email=_address(columns, cells),
        number=cell(Meaning.NUMBER),
        name=full_name(
            cell(Meaning.NAME), cell(Meaning.FIRST_NAME), cell(Meaning.LAST_NAME)
        ),
        version=version,
        checksum=checksum,
        language=cell(Meaning.LANGUAGE),
        day=cell(Meaning.DAY),
    )


def _address(columns: Columns, cells: Sequence[str]) -> str:
    """Return the address in a row.

    Microsoft Forms has a column "Email" of its own, in which everybody is "anonymous"
    if the form does not ask for a login; the question for it comes later.
    """
    address = address_in(columns.cell(cells, Meaning.EMAIL))
    if "@" in address or address.startswith("/"):
        return address
    for column, cell in zip(columns.table.columns, cells, strict=False):
        if "mail" in plain_words(column) and "@" in cell:
            return address_in(cell)
    return "" if plain_words(address) in _NOBODY else address


def address_in(cell: str) -> str:
    """Return the address in a cell such as "Bo <bo@firm.example>"; else the cell."""
    found = re.search(r"[^\s<>()\[\]:;,\"']+@[^\s<>()\[\]:;,\"']+", cell)
    return found[0] if found else cell


def full_name(name: str, first: str, last: str) -> str:
    """Return a name that stands in one column or in two."""
    # A column called "Name" beside one called "Vorname" holds the last name.
    if first and name and not last:
        return f"{first} {name}"
    return name or " ".join(filter(None, (first, last)))


def found_version(cell: str) -> str:
    """Return the version in a cell that says nothing else; empty if there is none."""
    # A spreadsheet in German takes 2.1.0 for the second of January.
    day = re.fullmatch(r"(\d\d)\.(\d\d)\.20(\d\d)", cell)
    if day:
        return ".".join(str(int(each)) for each in day.groups())
    found = re.search(r"\d{1,6}\.\d{1,6}\.\d{1,6}", cell)
    return found[0] if found else ""


def found_checksum(cell: str) -> str:
    """Return the checksum in a cell that says nothing else; empty if there is none."""
    found = re.search(rf"\b[0-9a-f]{{{_SHORTEST},64}}\b", cell.lower())
    return found[0] if found else ""


def version_in(text: str) -> str:
    """Return the version that a text names, given its plain words."""
    found = _patterns()[0].search(text)
    return ".".join(found.groups()) if found else ""


def checksum_in(text: str) -> str:
    """Return the checksum that a text names, given its plain words."""
    found = _patterns()[1].search(text)
    return found[1] if found else ""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    def any_of(meaning: Meaning) -> str:
        return "|".join(map(re.escape, names_of(meaning)))

    number = r"(\d{1,6})"
    return (
        re.compile(
            rf"\b(?:(?:{any_of(Meaning.VERSION)}) (?:v ?)?|v ?)"
            rf"{number} {number} {number}\b"
        ),
        re.compile(rf"\b(?:{any_of(Meaning.CHECKSUM)}) ([0-9a-f]{{{_SHORTEST},64}})\b"),
    )


def said_in_lines(text: str) -> Iterator[tuple[Meaning, str]]:
    """Yield what lines like "Name or employee ID: 4711" say of a person."""
    for line in text.splitlines():
        label, colon, said = line.partition(":")
        plain = plain_words(label)
        if colon and said.strip():
            for meaning in (Meaning.NUMBER, Meaning.NAME):
                if plain in names_of(meaning):
                    yield meaning, said.strip()
                    break
