from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.model.project import Project
from guidegen.release.history import read_history

Guidegen = Callable[..., Result]

pytestmark = pytest.mark.slow

HR = """Employee ID,Name,Email
1,Ada Long,ada@agency.example
2,=cmd|' /C calc'!A1,bo@agency.example
3,Cleo Short,cleo@agency.example
"""


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Give a project with one release; nothing here changes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUIDEGEN_TODAY", "2027-02-01")
        folder = tmp_path_factory.mktemp("receipts")
        project = sample_project("agency", folder)
        from guidegen.cli import cli  # noqa: PLC0415  # as the entry point does
        from guidegen.cli.boundary import run  # noqa: PLC0415

        with pytest.raises(SystemExit) as ended:
            run(cli, ("release", "-y", "-q", "-C", str(project.folder)))
        assert not ended.value.code
        yield project


@pytest.fixture
def lists(here: Path, released: Project) -> Path:
    """Write the lists of HR and of a form into the folder one works in."""
    release = read_history(released.releases).releases[0]
    digest = next(iter(release.documents.values())).digest[:8]
    (here / "hr.csv").write_text(HR)
    (here / "form.csv").write_text(
        "Completion time,Email,version,checksum\n"
        f"2027-02-02,ada@agency.example,1.0.0,{digest}\n"
        "2027-02-02,cleo@agency.example,1.0.0,00000000\n"
        f"2027-02-02,gone@agency.example,1.0.0,{digest}\n"
    )
    return here


def listing(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {
        str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_numbers_are_said_without_names_and_nothing_is_kept(
    guidegen: Guidegen, lists: Path, released: Project
) -> None:
    before = listing(released.folder), listing(lists)
    ended = guidegen(
        "receipts", "-C", str(released.folder),
        "--people", "hr.csv", "--received", "form.csv",
    )  # fmt: skip

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "hr.csv: rows: 3 (email = Email, number = Employee ID, name = Name)\n"
        "form.csv: rows: 3 (email = Email, version = version, checksum = checksum, "
        "day = Completion time)\n"
        "\n"
        "The current version is 1.0.0.\n"
        "  confirmed: 1 of 3 (33%)\n"
        "    version 1.0.0: 1\n"
        "  wrong version or checksum: 1\n"
        "  nothing yet: 1\n"
        "Confirmations from people who are not on the list (they have left, or use "
        "another address): 1\n"
        "Confirmations whose version or checksum is not this guideline's: 1\n"
    )
    assert (listing(released.folder), listing(lists)) == before


def test_names_are_said_and_written_only_if_asked_for(
    guidegen: Guidegen, lists: Path, released: Project
) -> None:
    where = ("-C", str(released.folder), "--people", "hr.csv", "--received", "form.csv")
    numbers = guidegen("receipts", *where, "--report", "numbers.csv")
    named = guidegen("receipts", *where, "--names", "--report", "names.csv")
    again = guidegen("receipts", *where, "--names", "--report", "names.csv")
    data = json.loads(guidegen("receipts", *where, "--names", "--json").out)

    assert (numbers.code, named.code) == (0, 0)
    assert "Ada" not in (lists / "numbers.csv").read_text("utf-8-sig")
    rows = (lists / "names.csv").read_text("utf-8-sig").splitlines()
    assert rows[1] == '"Ada Long","1","ada@agency.example","confirmed","1.0.0"'
    assert rows[2].startswith("\"'=cmd|' /C calc'!A1\"")
    assert "    Cleo Short, 3, cleo@agency.example" in named.out
    assert (again.code, "this file exists already" in again.err) == (1, True)
    assert (data["confirmed"], data["missing"], data["people"]) == (1, 1, 3)
    assert data["names"]["mismatch"] == ["Cleo Short, 3, cleo@agency.example"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "something is missing: --people"),
        (("--people", "nobody.csv", "--received", "form.csv"), 2, "nobody.csv"),
        (("--people", "hr.csv", "--received", "gone"), 2, "gone"),
        (("--people", "hr.csv", "--received", "form.csv", "--map", "x"), 2, "“x” maps"),
        (
            ("--people", "hr.csv", "--received", "form.csv", "--map", "age=Email"),
            2,
            "“age” is no meaning; choose from: email, number,",
        ),
        (
            ("--people", "hr.csv", "--received", "form.csv", "--map", "email=Post"),
            1,
            "hr.csv: --map: no column is called “Post”; there are: Employee ID, Name",
        ),
        (("--people", "form.csv", "--received", "hr.csv"), 1, "names a version"),
    ],
)
def test_wrong_input_is_named(  # the lists, and what is expected
    guidegen: Guidegen,
    lists: Path,  # noqa: ARG001  # they are there
    released: Project,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    ended = guidegen("receipts", "-C", str(released.folder), *arguments)

    assert ended.code == code
    assert said in ended.err


def test_before_the_first_release_there_is_nothing_to_confirm(
    guidegen: Guidegen, lists: Path
) -> None:
    sample_project("agency", lists / "new")
    ended = guidegen(
        "receipts", "-C", "new", "--people", "hr.csv", "--received", "form.csv"
    )

    assert ended.code == 1
    assert "nothing has been released yet" in ended.err


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("{project}/guideline.yml", "guidegen keeps other things in this place"),
        ("{project}/releases/1.0.0/report.csv", "keeps other things"),
        ("{project}/site/report.csv", "keeps other things"),
        ("hr.csv", "this file is being counted"),
        ("form.csv", "this file is being counted"),
        ("link.csv", "there is a link here"),
    ],
)
def test_a_report_replaces_nothing_that_is_worth_more(
    guidegen: Guidegen, lists: Path, released: Project, place: str, said: str
) -> None:
    (lists / "other.csv").write_text("precious")
    (lists / "link.csv").symlink_to("other.csv")
    before = listing(released.folder), listing(lists)

    ended = guidegen(
        "receipts", "-C", str(released.folder),
        "--people", "hr.csv", "--received", "form.csv",
        "--report", place.format(project=released.folder), "--force",
    )  # fmt: skip

    assert ended.code == 1
    assert said in ended.err
    assert (listing(released.folder), listing(lists)) == before


def test_no_name_and_no_column_steers_the_terminal(
    guidegen: Guidegen, lists: Path, released: Project
) -> None:
    (lists / "hr.csv").write_text("Name\x1b[2J\nAda\x1b]0;x\x07\u202e Long\n")
    (lists / "form.csv").write_text('"Your\nname\x9b1m",Version\n\x1b[31mBo,1.0.0\n')

    where = ("-C", str(released.folder), "--people", "hr.csv", "--received", "form.csv")
    counted = guidegen("receipts", *where, "--names")
    refused = guidegen("receipts", *where, "--map", "name=Name\x1b[2J")

    assert (counted.code, counted.err, refused.code) == (0, "", 1)
    shown = counted.out + counted.err + refused.out + refused.err
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
