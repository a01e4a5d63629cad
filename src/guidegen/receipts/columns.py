"""Which column of a table says what: guessed by its name, or told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from importlib.resources import files

import yaml

from guidegen.errors import Problem, ReceiptsError
from guidegen.receipts.table import Table
from guidegen.value import Value


class Meaning(Enum):
    """What a column says; the value is how an author names it."""

    # Each is there once; that of an enumeration is slow, and asked for every cell.
    __hash__ = object.__hash__

    EMAIL = "email"
    NUMBER = "number"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    LEFT = "left"
    VERSION = "version"
    CHECKSUM = "checksum"
    LANGUAGE = "language"
    DAY = "day"


class Mapped(Value):
    """What an author says of a column: `people.email=Mail`."""

    table: str
    """`people` or `received`; empty for both."""
    meaning: Meaning
    column: str


OF_PEOPLE = (
    Meaning.EMAIL,
    Meaning.NUMBER,
    Meaning.NAME,
    Meaning.FIRST_NAME,
    Meaning.LAST_NAME,
    Meaning.LEFT,
)
OF_RECEIPTS = (
    Meaning.EMAIL,
    Meaning.NUMBER,
    Meaning.NAME,
    Meaning.FIRST_NAME,
    Meaning.LAST_NAME,
    Meaning.VERSION,
    Meaning.CHECKSUM,
    Meaning.LANGUAGE,
    Meaning.DAY,
)
WHO = (Meaning.EMAIL, Meaning.NUMBER, Meaning.NAME)
_ASKED_FOR = (Meaning.EMAIL, Meaning.NUMBER, Meaning.VERSION, Meaning.CHECKSUM)
"""What may stand anywhere in a question; "name" would be in too many."""


class Columns(Value):
    """Where the columns of a table are, counted from 0."""

    table: Table
    places: Mapping[Meaning, int]

    def cell(self, cells: Sequence[str], meaning: Meaning) -> str:
        """Return what a row says; empty if there is no such column."""
        place = self.places.get(meaning)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def names(self) -> dict[str, str]:
        """Return the name of each column that is used, by its meaning."""
        return {
            meaning.value: self.table.columns[place]
            for meaning, place in self.places.items()
        }


def find_columns(
    table: Table,
    meanings: Iterable[Meaning],
    mapped: Iterable[Mapped],
) -> Columns:
    """Return where the columns are: what the author says counts, else their names.

    Raises:
        ReceiptsError: The table has no such column, or several of that name.
    """
    places = dict(_told(table, mapped))
    for meaning in meanings:
        if meaning not in places:
            place = _guessed(table, meaning, set(places.values()))
            if place is not None:
                places[meaning] = place
    return Columns(table=table, places=places)


def _told(table: Table, mapped: Iterable[Mapped]) -> Iterable[tuple[Meaning, int]]:
    problems = []
    found = []
    for each in mapped:
        plain = plain_words(each.column)
        places = [
            place
            for place, column in enumerate(table.columns)
            if column == each.column or plain_words(column) == plain
        ]
        if len(places) == 1:
            found.append((each.meaning, places[0]))
            continue
        message = "receipts-column-twice" if places else "receipts-column-unknown"
        known = ", ".join(filter(None, table.columns))
        values = {"key": "--map", "value": each.column, "known": known}
        problems.append(Problem(message=message, path=table.path, values=values))
    if problems:
        raise ReceiptsError.of(*problems)
    return found


def _guessed(table: Table, meaning: Meaning, taken: set[int]) -> int | None:
    free = {
        place: plain_words(_without_code(column))
        for place, column in enumerate(table.columns)
        if place not in taken
    }
    for name in names_of(meaning):
        for place, column in free.items():
            if column == name:
                return place
        for place, column in free.items():
            if column.startswith(f"{name} "):
                return place
    if meaning not in _ASKED_FOR:
        return None
    for name in names_of(meaning):
        for place, column in free.items():
            if f" {name} " in f" {column} ":
                return place
    return None


def _without_code(column: str) -> str:
    """Return a question without the code that LimeSurvey may put in front of it."""
    return re.sub(r"^[A-Za-z]\w*(?:\[\w+\])?\. ", "", column)


def names_of(meaning: Meaning) -> tuple[str, ...]:
    """Return how people call a column that says something, as plain words."""
    return _names()[meaning]


@cache
def _names() -> dict[Meaning, tuple[str, ...]]:
    text = (files("guidegen.receipts") / "columns.yml").read_text("utf-8")
    known = yaml.safe_load(text)
    return {meaning: tuple(known[meaning.value]) for meaning in Meaning}


def plain_words(text: str) -> str:
    """Return a text without case, accents and punctuation, so that spellings agree."""
    letters = text.casefold()
    if not letters.isascii():
        parts = unicodedata.normalize("NFKD", letters)
        letters = "".join(each for each in parts if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", letters))
