from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from tests.cli.conftest import Guidegen
from tests.samples import sample_project

from guidegen.cli import redline_output
from guidegen.model.project import Project
from guidegen.pack.find import builtin_packs
from guidegen.pipeline.build import Job
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release

pytestmark = pytest.mark.slow

Edit = Callable[[str, str], None]

SECTION = (builtin_packs() / "dell/sections/en/nice.md").read_text(encoding="utf-8")
NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def first_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a project in English that has been released once."""
    project = sample_project("agency", tmp_path_factory.mktemp("released"))
    job = Job(project=project)
    make_release(job, preview_release(job), ReleaseRequest(now=NOON))
    return project.folder


@pytest.fixture
def released(first_release: Path, here: Path) -> Path:
    """Return a folder of one's own with that project."""
    shutil.copytree(first_release, here, dirs_exist_ok=True)
    return here


@pytest.fixture
def edit(released: Path) -> Edit:
    """Return a function that replaces a text in guideline.yml."""

    def replace(old: str, new: str) -> None:
        answers = released / "guideline.yml"
        text = answers.read_text(encoding="utf-8")
        assert old in text
        answers.write_text(text.replace(old, new), encoding="utf-8")

    return replace


def own_section(released: Path, text: str) -> None:
    """Give the company a text of its own for the section on nice manners."""
    section = released / "sections" / "en" / "nice.md"
    section.parent.mkdir(parents=True, exist_ok=True)
    section.write_text(text, encoding="utf-8")


def test_before_the_first_release_it_says_how_to_release(
    guidegen: Guidegen, here: Path
) -> None:
    sample_project("agency", here)

    result = guidegen("diff", "--exit-code")

    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "There is no release yet to compare with. “guidegen release” releases your"
        " guideline as version 1.0.0.\n"
    )


@pytest.mark.usefixtures("released")
def test_nothing_changed_is_said_and_fine(guidegen: Guidegen) -> None:
    result = guidegen("diff", "--exit-code")

    assert (result.code, result.out, result.err) == (
        0,
        "Nothing has changed since version 1.0.0.\n",
        "",
    )


def test_comments_change_nothing(guidegen: Guidegen, edit: Edit) -> None:
    edit("format: 1", "# a comment\nformat: 1")

    assert "Nothing has changed" in guidegen("diff").out


def test_a_change_is_told_shown_and_weighed(
    guidegen: Guidegen, released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guidegen("set", "taboo_topics+=mergers")
    monkeypatch.setenv("COLUMNS", "80")

    result = guidegen("diff", str(released), "--exit-code")

    assert (result.code, result.err) == (1, "")
    assert "What has changed since version 1.0.0\n" in result.out
    assert "  • New taboo topic: Mergers, acquisitions and stakes\n" in result.out
    assert "\n+ Mergers, acquisitions and stakes\n+ Who speaks: " in result.out
    assert result.out.index("Proposal: version 2.0.0, a major change") > 0
    assert max(map(len, result.out.splitlines())) <= 80


def test_without_the_option_a_change_is_no_failure(
    guidegen: Guidegen, edit: Edit
) -> None:
    edit("valid_from: 2", "valid_from:  2")
    edit("owner: ", "owner: New ")

    result = guidegen("diff")

    assert result.code == 0
    assert "Owner: " in result.out
    assert "Proposal: version 1.1.0, a minor change" in result.out


def test_only_lines_broken_elsewhere_are_said_to_be_nothing_to_read(
    guidegen: Guidegen, released: Path
) -> None:
    own_section(released, SECTION.replace("fair, even", "fair,\neven"))

    result = guidegen("diff")

    assert "Only what nobody reads has changed" in result.out
    assert "small change to the text" in result.out


def test_it_speaks_german(
    guidegen: Guidegen, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("owner: ", "owner: Neue ")
    monkeypatch.setenv("GUIDEGEN_LANG", "de")

    result = guidegen("diff")

    assert "Was sich seit Fassung 1.0.0 geändert hat" in result.out
    assert "Vorschlag: Fassung 1.1.0, eine kleine Änderung" in result.out


def test_colour_stands_in_place_of_marks(
    guidegen: Guidegen,
    released: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own_section(released, SECTION.replace("stay fair", "stay friendly"))
    plain = guidegen("diff").out
    monkeypatch.setattr(redline_output, "in_colour", lambda: True)

    coloured = guidegen("diff").out

    assert "{+" in plain
    assert "{+" not in coloured


def test_what_would_steer_the_terminal_does_not(
    guidegen: Guidegen, released: Path
) -> None:
    own_section(released, "## 5. Be nice\n\nBe\x1b[31m kind \u202eto all.\n")

    out = guidegen("diff").out

    assert "\x1b[31m" not in out
    assert "\u202e" not in out


def test_json_says_the_same(guidegen: Guidegen, edit: Edit) -> None:
    edit("owner: ", "owner: New ")

    found = json.loads(guidegen("diff", "--json").out)

    assert (found["from"], found["to"], found["step"]) == ("1.0.0", "1.1.0", "minor")
    assert found["changed"] is True
    assert [each["id"] for each in found["answers"]] == ["compare-other"]
    assert found["reasons"] == found["answers"]
    assert found["text"] == {}
    assert found["stale"] == {}


def test_a_page_is_written_to_be_passed_on(guidegen: Guidegen, released: Path) -> None:
    own_section(released, "## 5. Be nice\n\nNever laugh at others. <b>Never.</b>\n")

    result = guidegen("diff", "--html", "what changed.html")

    page = (released / "what changed.html").read_text(encoding="utf-8")
    assert "The page to read and pass on: what changed.html" in result.out
    assert "<h1>What has changed since version 1.0.0</h1>" in page
    assert "Compared with version 1.0.0, released on 1 December 2026." in page
    assert "Proposal: version 2.0.0, a major change" in page
    assert "<strong>Never.</strong>" in page


@pytest.mark.usefixtures("released")
def test_the_page_is_written_when_nothing_has_changed(
    guidegen: Guidegen, here: Path
) -> None:
    result = guidegen("diff", "--html", "page.html", "--json")

    assert json.loads(result.out)["changed"] is False
    page = (here / "page.html").read_text(encoding="utf-8")
    assert "Nothing has changed since version 1.0.0." in page


@pytest.mark.parametrize(
    "name", ["guideline.yml", "releases/1.0.0/en/index.html", "site/new.html"]
)
def test_the_page_takes_the_place_of_nothing_else(
    guidegen: Guidegen, released: Path, name: str
) -> None:
    place = released / name
    before = place.read_bytes() if place.exists() else None

    result = guidegen("diff", "--html", name)

    assert result.code == 1
    assert result.err.startswith(f"error: {name}: something else is already here")
    assert before == (place.read_bytes() if place.exists() else None)


@pytest.mark.usefixtures("released")
def test_the_page_replaces_an_older_one(guidegen: Guidegen) -> None:
    guidegen("diff", "--html", "page.html")

    assert guidegen("diff", "--html", "page.html").code == 0


def _tracked(path: Path) -> tuple[set[str], set[str]]:
    """Return the days of the tracked changes in a Word file, and what was deleted."""
    body = docx.Document(str(path)).element.body
    marks = [*body.iter(qn("w:ins")), *body.iter(qn("w:del"))]
    gone = {each.text for each in body.iter(qn("w:delText"))}
    return {each.get(qn("w:date"))[:10] for each in marks}, gone


def test_word_gets_the_changes_tracked(guidegen: Guidegen, released: Path) -> None:
    own_section(released, SECTION.replace("Criticism", "Disagreement"))

    result = guidegen("diff", "--docx", "changes.docx")
    first = (released / "changes.docx").read_bytes()
    again = guidegen("diff", "--docx", "changes.docx", "--json")

    assert result.code == 0
    assert result.out.endswith("With tracked changes (English): changes.docx\n")
    days, gone = _tracked(released / "changes.docx")
    # The day from which the guideline is valid, not today.
    assert days == {"2027-02-01"}
    assert "Criticism" in gone
    assert (released / "changes.docx").read_bytes() == first
    assert json.loads(again.out)["changed"] is True


def test_the_day_of_the_changes_can_be_given(
    guidegen: Guidegen, released: Path
) -> None:
    own_section(released, SECTION.replace("Criticism", "Disagreement"))

    guidegen("diff", "--docx", "changes.docx", "--date", "2027-04-01")

    assert _tracked(released / "changes.docx")[0] == {"2027-04-01"}


def test_what_somebody_has_written_in_a_word_file_stays(
    guidegen: Guidegen, released: Path
) -> None:
    own_section(released, SECTION.replace("Criticism", "Disagreement"))
    guidegen("diff", "--docx", "changes.docx")
    file = docx.Document("changes.docx")
    file.add_paragraph("The works council: no.")
    file.save("changes.docx")
    written = (released / "changes.docx").read_bytes()

    result = guidegen("diff", "--docx", "changes.docx")

    assert result.code == 1
    assert "changes.docx: the file here is not overwritten" in result.err
    assert (released / "changes.docx").read_bytes() == written


@pytest.mark.usefixtures("released")
def test_without_a_change_there_is_no_word_file(guidegen: Guidegen) -> None:
    result = guidegen("diff", "--docx", "changes.docx")

    assert "There is only a Word file if the text has changed" in result.out
    assert not Path("changes.docx").exists()


@pytest.mark.usefixtures("released")
def test_a_word_file_is_not_put_among_the_releases(guidegen: Guidegen) -> None:
    result = guidegen("diff", "--docx", "releases/1.0.0/changes.docx")

    assert result.code == 1
    assert not Path("releases/1.0.0/changes.docx").exists()


def test_any_release_can_be_compared_with(
    guidegen: Guidegen, released: Path, edit: Edit
) -> None:
    edit("owner: ", "owner: New ")
    _release(released)
    edit("owner: New ", "owner: Newer ")

    last, first = guidegen("diff").out, guidegen("diff", "--from", "1.0.0").out

    assert "since version 1.1.0" in last
    assert "Proposal: version 1.2.0" in last
    assert "since version 1.0.0" in first
    assert "Proposal" not in first


@pytest.mark.usefixtures("released")
def test_a_release_that_does_not_exist_is_named_with_those_that_do(
    guidegen: Guidegen,
) -> None:
    result = guidegen("diff", "--from", "3.0.0")

    assert result.code == 1
    assert "there is no release 3.0.0; choose from: 1.0.0" in result.err


def test_a_version_before_the_first_release_is_refused(
    guidegen: Guidegen, here: Path
) -> None:
    sample_project("agency", here)

    result = guidegen("diff", "--from", "1.0.0")

    assert result.code == 1
    assert "there is no release yet to compare with" in result.err


def _release(folder: Path) -> None:
    job = Job(project=Project(folder))
    make_release(job, preview_release(job), ReleaseRequest(now=NOON))
