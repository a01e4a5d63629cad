from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.wording import raises

from guidegen.errors import ReceiptsError
from guidegen.receipts.report import harmless, table_as_csv
from guidegen.receipts.table import read_table

ROWS = "Name;E-Mail\nJörg Müller;jm@nordlicht.example\n"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (ROWS.encode(), "UTF-8"),
        (ROWS.encode("utf-8-sig"), "UTF-8 with a mark"),
        (ROWS.encode("utf-16"), "UTF-16"),
        (ROWS.encode("cp1252"), "Windows"),
        (ROWS.encode("mac_roman"), "the Mac"),
        (ROWS.encode("cp850"), "DOS"),
        (ROWS.replace(";", ",").encode(), "commas"),
        (ROWS.replace(";", "\t").encode("utf-16"), "Excel's Unicode text"),
        (f"sep=;\r\n{ROWS}".encode(), "a line that names the delimiter"),
        (ROWS.replace("\n", "\r\n").encode(), "lines of Windows"),
        (f"\n\n{ROWS}\n;\n".encode(), "empty rows"),
        ('"Name","E-Mail"\n"Jörg Müller","jm@nordlicht.example"'.encode(), "quotes"),
    ],
)
def test_a_table_is_read_as_any_usual_program_saves_it(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = tmp_path / "hr.csv"
    path.write_bytes(content)

    table = read_table(path)

    assert table.columns == ("Name", "E-Mail"), what
    assert [row.cells for row in table.rows] == [
        ("Jörg Müller", "jm@nordlicht.example")
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("names", ["Jäger\nMÜLLER\nÖzil\nGroß", "Élise\nZoë\nJürgen"])
def test_letters_that_names_have_tell_the_encoding(
    tmp_path: Path, encoding: str, names: str
) -> None:
    path = tmp_path / "hr.csv"
    path.write_bytes(f"Name\n{names}\n".encode(encoding))

    assert [row.cells[0] for row in read_table(path).rows] == names.split()


def test_a_comma_in_a_quoted_name_is_no_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "hr.csv"
    path.write_text('"Name, Vorname, Titel";Mail\n"Weiß, Ada, Dr.";a@b.example\n')

    assert read_table(path).columns == ("Name, Vorname, Titel", "Mail")


def test_the_name_of_a_column_may_have_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text('"Your\nname; please",Version\nAda,1.0.0\n')

    assert read_table(path).columns == ("Your\nname; please", "Version")


def test_a_row_is_named_by_the_line_it_begins_in(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text('Name,Note\nAda,"two\nlines"\nBo,one\n')

    assert [row.line for row in read_table(path).rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04rest", "this is a workbook"),
        (b"\xd0\xcf\x11\xe0rest", "this is a workbook"),
        (b"", "the table is empty"),
        (b"\n \n", "the table is empty"),
        (b"Name\n\0\0", "this is no table of text"),
        (b"a;" * 501, "more than 500 columns"),
        (b'Name\n"' + b"x" * 200_000, "cannot be read from here on"),
        (b'Name;Mail\n"Ada;a@b.example\nBo;b@b.example\n', "from here on"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "hr.csv"
    path.write_bytes(content)

    with raises(ReceiptsError, match=message):
        read_table(path)


@given(st.text(max_size=30) | st.text(",;\t|=+-@＝ \"'x", max_size=12))
def test_no_cell_of_a_report_is_a_formula(text: str) -> None:
    shown = harmless(text)

    for delimiter in ",;\t|":
        for cell in shown.split(delimiter):
            start = cell.lstrip(' \u00a0"')
            assert not start.startswith(tuple("=+-@\r\n＝＋－＠"))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_report_is_read_back(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "report.csv"
    rows = [["Näme", "=HYPERLINK(1)"], ['a"b', "c,d"]]
    path.write_bytes(table_as_csv(rows, delimiter))

    table = read_table(path)

    assert table.columns == ("Näme", "'=HYPERLINK(1)")
    assert table.rows[0].cells == ('a"b', "c,d")
