"""The people who are to confirm, as HR lists them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from guidegen.errors import ReceiptsError
from guidegen.receipts.columns import (
    OF_PEOPLE,
    WHO,
    Columns,
    Mapped,
    Meaning,
    find_columns,
    plain_words,
)
from guidegen.receipts.received import Received, full_name
from guidegen.receipts.table import Table
from guidegen.value import Value

_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y")


class Person(Value):
    """Somebody who is to confirm."""

    line: int
    email: str
    number: str
    name: str


class People(Value):
    """All who are to confirm, and which columns they were read from."""

    columns: Columns
    persons: tuple[Person, ...]
    left: int
    """How many of the list have left by that day."""
    twice: int
    """How many rows name somebody again."""
    unnamed: tuple[int, ...]
    """The lines that name nobody."""


def read_people(table: Table, mapped: Sequence[Mapped], on: dt.date) -> People:
    """Return who is to confirm on a day.

    Raises:
        ReceiptsError: No column says who somebody is.
    """
    columns = find_columns(table, OF_PEOPLE, mapped)
    if not any(each in columns.places for each in (*WHO, Meaning.LAST_NAME)):
        known = ", ".join(filter(None, table.columns))
        raise ReceiptsError("error-receipts-who", path=table.path, known=known)
    persons: dict[tuple[str, ...], Person] = {}
    left = twice = 0
    unnamed = []
    for row in table.rows:
        person = _person(columns, row.line, row.cells)
        key = _key(person)
        if not any(key):
            unnamed.append(row.line)
        elif _has_left(columns.cell(row.cells, Meaning.LEFT), on):
            left += 1
        elif key in persons:
            twice += 1
        else:
            persons[key] = person
    return People(
        columns=columns,
        persons=tuple(persons.values()),
        left=left,
        twice=twice,
        unnamed=tuple(unnamed),
    )


def _person(columns: Columns, line: int, cells: Sequence[str]) -> Person:
    return Person(
        line=line,
        email=columns.cell(cells, Meaning.EMAIL),
        number=columns.cell(cells, Meaning.NUMBER),
        name=full_name(
            columns.cell(cells, Meaning.NAME),
            columns.cell(cells, Meaning.FIRST_NAME),
            columns.cell(cells, Meaning.LAST_NAME),
        ),
    )


def _key(person: Person) -> tuple[str, ...]:
    """Return what tells two people apart: a name only where there is nothing else."""
    email, number = person.email.casefold(), person.number.casefold()
    return (email, number) if email or number else ("", "", person.name.casefold())


def _has_left(cell: str, on: dt.date) -> bool:
    if not cell:
        return False
    for form in _DAYS:
        try:
            # A day has no zone.
            return dt.datetime.strptime(cell[:10], form).date() < on  # noqa: DTZ007
        except ValueError:
            continue
    return plain_words(cell) not in {"nein", "no", "false", "0", "n"}


class Register:
    """Finds the person that a confirmation is from."""

    def __init__(self, people: People) -> None:
        self._persons = people.persons
        self._emails = _index((each.email.casefold(), each) for each in people.persons)
        self._numbers = _index((_number(each.number), each) for each in people.persons)

    @cached_property
    def _names(self) -> dict[str, tuple[Person, ...]]:
        # Mostly, an address or a number tells everybody.
        return _index((_name(each.name), each) for each in self._persons)

    def find(self, received: Received) -> tuple[Person, ...]:
        """Return who it may be: nobody, one person, or several of one name.

        An address or a number decides; a name counts only if there is neither in the
        list. What is in the field of a number may be a name: the page asks for either.
        """
        by_email = self._emails.get(received.email.casefold())
        by_number = self._numbers.get(_number(received.number))
        if by_email or by_number:
            return by_email or by_number or ()
        return (
            self._names.get(_name(received.number))
            or self._numbers.get(_number(received.name))
            or self._names.get(_name(received.name))
            or ()
        )


def _index(pairs: Iterable[tuple[str, Person]]) -> dict[str, tuple[Person, ...]]:
    found: dict[str, tuple[Person, ...]] = {}
    for key, person in pairs:
        if key:
            found[key] = (*found.get(key, ()), person)
    return found


def _number(text: str) -> str:
    """Return a number without the zeros in front, which spreadsheets take away."""
    return text.strip().casefold().lstrip("0")


def _name(text: str) -> str:
    """Return a name such that "Müller, Anna" and "Anna Mueller" are the same."""
    plain = text.casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, letters)
    return " ".join(sorted(plain_words(plain).split()))
