"""The people who are to confirm, as HR lists them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
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
from guidegen.receipts.leaving import Leavers, Leaving
from guidegen.receipts.received import Received, address_in, full_name
from guidegen.receipts.table import Table
from guidegen.value import Value

_TITLES: Final = re.compile(
    r"\b(?:herr|frau|mr|mrs|ms"
    r"|(?:prof|professor|dr|dipl|mag)(?: (?:dr|h|c|habil|ing|med|phil|jur|iur|rer|nat"
    r"|pol|oec|kfm|kffr|inf|psych|dent|univ|mult))*)\b"
)
"""Titles, as plain words; "Phil" and "Ing" alone are names."""
_SPELLED: Final = str.maketrans(
    dict(zip("äöüßæœþ", ("ae", "oe", "ue", "ss", "ae", "oe", "th"), strict=True))
    | dict(zip("øłđð", "oldd", strict=True))
)
"""How letters are typed that a keyboard lacks, unless they are a letter with a mark."""


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
    unclear: tuple[int, ...]
    """The lines that do not say clearly whether somebody has left; they count."""


def read_people(table: Table, mapped: Sequence[Mapped], on: dt.date) -> People:
    """Return who is to confirm on a day.

    Raises:
        ReceiptsError: No column says who somebody is.
    """
    columns = find_columns(table, OF_PEOPLE, mapped)
    if not any(each in columns.places for each in (*WHO, Meaning.LAST_NAME)):
        names = ", ".join(filter(None, table.columns))
        raise ReceiptsError("error-receipts-who", path=table.path, known=names)
    if not table.rows:
        raise ReceiptsError("error-receipts-nobody", path=table.path)
    leavers = Leavers((columns.cell(row.cells, Meaning.LEFT) for row in table.rows), on)
    persons: list[Person] = []
    known: set[tuple[str, str]] = set()
    left = twice = 0
    unnamed, unclear = [], []
    for row in table.rows:
        person = _person(columns, row.line, row.cells)
        keys = set(_keys(person))
        leaving = leavers.read(columns.cell(row.cells, Meaning.LEFT))
        if not keys:
            unnamed.append(row.line)
        elif leaving is Leaving.GONE:
            left += 1
        elif keys & known:
            twice += 1
        else:
            persons.append(person)
            if leaving is Leaving.UNCLEAR:
                unclear.append(row.line)
            known |= keys
    return People(
        columns=columns,
        persons=tuple(persons),
        left=left,
        twice=twice,
        unnamed=tuple(unnamed),
        unclear=tuple(unclear),
    )


def _person(columns: Columns, line: int, cells: Sequence[str]) -> Person:
    return Person(
        line=line,
        email=address_in(columns.cell(cells, Meaning.EMAIL)),
        number=columns.cell(cells, Meaning.NUMBER),
        name=full_name(
            columns.cell(cells, Meaning.NAME),
            columns.cell(cells, Meaning.FIRST_NAME),
            columns.cell(cells, Meaning.LAST_NAME),
        ),
    )


def _keys(person: Person) -> Iterator[tuple[str, str]]:
    """Yield what makes two rows one person.

    A number or an address alone does not: companies of a group count each on its own,
    and a whole shift may share a mailbox.
    """
    name = " ".join(person.name.casefold().split())
    ids = (person.email.casefold(), _number(person.number))
    if name and any(ids):
        yield from ((each, name) for each in ids if each)
    elif name or any(ids):
        yield " ".join(ids), name


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
        found: tuple[Person, ...] = ()
        for way in filter(None, self._ways(received)):
            # A mailbox that several share leaves it to the number, then to the name.
            closer = tuple(each for each in found if each in way)
            found = closer or found or way
            if len(found) == 1:
                break
        return found

    def _ways(self, received: Received) -> Iterator[tuple[Person, ...] | None]:
        """Yield whom each thing may mean that a confirmation says, the surest first."""
        by_email = self._emails.get(received.email.casefold())
        yield by_email
        by_number = self._numbers.get(_number(received.number))
        yield by_number
        if not (by_email or by_number):
            yield self._numbers.get(_number(received.name))
        yield self._names.get(_name(received.number))
        yield self._names.get(_name(received.name))


def _index(pairs: Iterable[tuple[str, Person]]) -> dict[str, tuple[Person, ...]]:
    found: dict[str, tuple[Person, ...]] = {}
    for key, person in pairs:
        if key:
            found[key] = (*found.get(key, ()), person)
    return found


def _number(text: str) -> str:
    """Return a number as everybody writes it: "A-007", "a007"; "0012", "12.0"."""
    if not text or text.isdecimal():
        return text.lstrip("0") or text[:1]
    # Spreadsheets take zeros away in front, and add them behind.
    number = re.sub(r"[.,]00?$", "", text.strip().casefold())
    plain = re.sub(r"[\W_]", "", number)
    return plain.lstrip("0") or plain[:1]


def _name(text: str) -> str:
    """Return a name such that "Müller, Dr. Anna" and "Anna Mueller" are the same."""
    # Systems differ in whether a letter and its mark are one character.
    spelled = unicodedata.normalize("NFC", text.casefold()).translate(_SPELLED)
    plain = plain_words(spelled)
    return " ".join(sorted((_TITLES.sub(" ", plain).strip() or plain).split()))
