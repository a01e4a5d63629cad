"""Lists of HR, as they are rather than as they should be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.wording import raises

from guidegen.errors import ReceiptsError
from guidegen.receipts.leaving import Leavers, Leaving
from guidegen.receipts.people import People, Person, Register, read_people
from guidegen.receipts.received import Received
from guidegen.receipts.table import read_table

DAY = dt.date(2027, 2, 1)


def listed(tmp_path: Path, text: str) -> People:
    path = tmp_path / "hr.csv"
    path.write_text(text, encoding="utf-8")
    return read_people(read_table(path), (), DAY)


def found(
    people: People, *, email: str = "", number: str = "", name: str = ""
) -> list[Person]:
    path = Path("form.csv")
    received = Received(path=path, email=email, number=number, name=name)
    return list(Register(people).find(received))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", Leaving.STAYS),
        ("-", Leaving.STAYS),
        ("nein", Leaving.STAYS),
        ("ja", Leaving.GONE),
        ("31.01.2027", Leaving.GONE),
        ("01.02.2027", Leaving.STAYS),
        ("31.12.9999", Leaving.STAYS),
        ("2026-12-31 00:00:00", Leaving.GONE),
        ("2026-12-31T00:00:00Z", Leaving.GONE),
        ("12/31/2026", Leaving.GONE),
        ("1/2/26", Leaving.GONE),
        ("46022", Leaving.GONE),
        ("unbefristet", Leaving.UNCLEAR),
        ("0000-00-00", Leaving.UNCLEAR),
        ("31st of May", Leaving.UNCLEAR),
    ],
)
def test_only_who_has_clearly_left_is_left_out(cell: str, expected: Leaving) -> None:
    assert Leavers([cell], DAY).read(cell) is expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("12/31/2026", Leaving.GONE),  # America: the 2nd of January
        ("31/12/2026", Leaving.STAYS),  # Europe: the 1st of February
        ("1/1/2026", Leaving.STAYS),  # nobody knows
    ],
)
def test_the_whole_column_tells_where_the_month_stands(
    other: str, expected: Leaving
) -> None:
    assert Leavers([other, "01/02/2027"], DAY).read("01/02/2027") is expected


def test_what_is_unclear_is_counted_and_its_line_named(tmp_path: Path) -> None:
    people = listed(tmp_path, "Name;Austritt\nBo;\nCem;bald\n")

    assert [each.name for each in people.persons] == ["Bo", "Cem"]
    assert people.unclear == (3,)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Müller-Lüdenscheidt, Dr. Anna", "Anna Müller-Lüdenscheidt"),
        ("Prof. Dr. med. Bo Weiß", "weiss bo"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("Jörg Groß", "Jo\u0308rg Groß"),
        ("Phil Ing", "Ing, Phil"),
        ("Dr. Dr. Dr.", "dr dr dr"),
    ],
)
def test_a_name_is_found_however_it_is_written(
    tmp_path: Path, name: str, told: str
) -> None:
    people = listed(tmp_path, f'Name\n"{name}"\n')

    assert [each.name for each in found(people, name=told)] == [name]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("0007", "7"),
        ("4711.0", "4711"),
        ("4711", "4711,0"),
        ("A-09", "a09"),
        ("12 345", "12345"),
        ("4.000", "4000"),
        ("0", "0"),
    ],
)
def test_a_number_is_found_however_a_spreadsheet_writes_it(
    tmp_path: Path, number: str, told: str
) -> None:
    people = listed(tmp_path, f"Personalnummer;Name\n{number};Bo\n")

    assert len(found(people, number=told)) == 1


def test_people_who_share_a_mailbox_are_told_apart(tmp_path: Path) -> None:
    shared = "shift@x.example"
    people = listed(
        tmp_path,
        f"Nummer;Personalnummer;Name;Mail\n;1;Anna;{shared}\n;2;Bo;{shared}\n"
        f";;Cem;{shared}\n;1;Anna;\n",
    )

    assert [each.name for each in people.persons] == ["Anna", "Bo", "Cem"]
    assert people.twice == 1
    assert [each.name for each in found(people, email=shared, number="2")] == ["Bo"]
    assert [each.name for each in found(people, email=shared, name="cem")] == ["Cem"]
    assert len(found(people, email=shared)) == 3


def test_numbers_alone_tell_people_apart_who_share_a_mailbox(tmp_path: Path) -> None:
    row = "shift@x.example;{}\n".format
    people = listed(tmp_path, f"Mail;Personalnummer\n{row(1)}{row(2)}{row('001')}")

    assert [each.number for each in people.persons] == ["1", "2"]


@pytest.mark.parametrize("first", ["0007;Müller;Anna", "Anna;a.mueller@x.example"])
def test_a_list_without_names_of_columns_does_not_lose_its_first_person(
    tmp_path: Path, first: str
) -> None:
    with raises(ReceiptsError, match="this line is about a person already"):
        listed(tmp_path, f"{first}\n0008;Weiß;Bo\n")


def test_a_list_of_nobody_is_refused(tmp_path: Path) -> None:
    with raises(ReceiptsError, match="the list names nobody"):
        listed(tmp_path, "Name;Mail\n")
