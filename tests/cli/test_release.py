from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result, run_in
from tests.samples import sample_project

from guidegen.interview import Prompt, RawAnswer
from guidegen.model.project import Project
from guidegen.release.history import read_history

Guidegen = Callable[..., Result]

FIRST = """\
The first release: version 1.0.0.
Released: version 1.0.0. Your guideline:
  releases/1.0.0
  site/index.html
  site/guideline-en.pdf
Checksum of the chain (write it down in another place):
  ‹digest›
To publish it now: guidegen publish
Put the folder “releases” and the file pack.lock under version control or into your \
backup: they are the record of what applied when.
"""
TOPIC = "taboo_topics:\n  - mergers\n"


@pytest.fixture
def project(here: Path, own_cache: None, monkeypatch: pytest.MonkeyPatch) -> Project:  # noqa: ARG001
    monkeypatch.setenv("GUIDEGEN_TODAY", "2027-02-01")
    return sample_project("agency", here)


@pytest.fixture(scope="module")
def _released_once(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Path:
    project = sample_project("agency", tmp_path_factory.mktemp("released"))
    release = ("release", "-y", "-q")
    run_in(project.folder, cache_home, release, GUIDEGEN_TODAY="2027-02-01")
    return project.folder


@pytest.fixture
def released(_released_once: Path, project: Project) -> Project:
    """Return the project with its version 1.0.0."""
    shutil.copytree(_released_once, project.folder, dirs_exist_ok=True)
    return project


def _edit(project: Project, old: str, new: str) -> None:
    text = project.answers.read_text("utf-8")
    assert old in text
    project.answers.write_text(text.replace(old, new, 1), encoding="utf-8")


def _masked(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{64}\b", "‹digest›", text)


def _versions(project: Project) -> list[str]:
    return [each.version for each in read_history(project.releases).releases]


@pytest.mark.slow
def test_releases_say_what_has_changed_how_far_they_go_and_where_they_are(
    guidegen: Guidegen, project: Project
) -> None:
    first = guidegen("release", "-y")
    again = guidegen("release", "-y")
    _edit(project, "taboo_topics:\n", TOPIC)
    silent = guidegen("release", "-y")
    second = guidegen("release", "-y", "--note", "Mergers are taboo now.")

    assert (first.code, _masked(first.out)) == (0, FIRST)
    assert (again.code, again.out) == (1, "")
    assert again.err == (
        "error: nothing has changed since version 1.0.0; there is nothing to release\n"
    )
    assert (silent.code, silent.out) == (1, "")
    assert silent.err == (
        "error: --note: the note for readers is missing (en); this release needs one,"
        " for example: --note '…'\n"
    )
    assert second.code == 0
    assert _masked(second.out) == (
        "Version 2.0.0: new or changed duties; those who have to acknowledge it do"
        " so again.\n"
        "  New taboo topic: Mergers, acquisitions and stakes\n"
        "Word by word: “guidegen diff”.\n"
        "Released: version 2.0.0. Your guideline:\n"
        "  releases/2.0.0\n  site/index.html\n  site/guideline-en.pdf\n"
        "Checksum of the chain (write it down in another place):\n"
        "  ‹digest›\n"
        "To publish it now: guidegen publish\n"
    )
    assert _versions(project) == ["1.0.0", "2.0.0"]


@pytest.mark.slow
def test_machines_get_json(guidegen: Guidegen, project: Project) -> None:
    result = guidegen(
        *("release", "--yes", "--json", "--note", "en=First"),
        *("--approved-by", " The  board "),
    )

    data = json.loads(result.out)
    release = read_history(project.releases).releases[0]
    assert (result.code, result.err) == (0, "")
    assert data["version"] == "1.0.0"
    assert data["step"] == "major"
    assert data["released"] == "2027-02-01T12:00:00+00:00"
    assert data["digest"] == release.digest
    assert data["folder"] == "releases/1.0.0"
    assert data["pdfs"] == ["site/guideline-en.pdf"]
    assert release.approved_by == "The board"
    assert release.notes
    assert release.notes.get("en") == "First"


@pytest.mark.slow
def test_quiet_says_nothing(guidegen: Guidegen, project: Project) -> None:
    assert guidegen("release", "-y", "-q", "--version", "0.4.0") == (0, "", "")
    assert _versions(project) == ["0.4.0"]


def test_everything_that_is_wrong_is_said_at_once(
    guidegen: Guidegen, project: Project
) -> None:
    result = guidegen(
        *("release", "--version", "1.2", "--approved-by", "  "),
        *("--note", "fr=Bonjour", "--note", "", "--note", "en=y"),
    )

    assert (result.code, result.out) == (1, "")
    assert [line.partition(";")[0] for line in result.err.splitlines()] == [
        "error: “1.2” is not a version number",
        "error: --note: your guideline does not have the language “fr”",
        "error: --note: is empty",
        "error: --note: there are two notes for “en”",
        "error: --approved-by: is empty",
        ("error: --yes: a release cannot be undone, and there is nobody here to ask"),
    ]
    assert not project.releases.exists()


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("x" * 501, "the note is 501 characters long"),
        ("a\x1b[31mb", "contains a control character (U+001B)"),
        ("a\u202eb", "reverses the writing direction"),
    ],
)
@pytest.mark.usefixtures("project")
def test_a_note_that_no_page_should_carry_is_refused(
    guidegen: Guidegen, note: str, said: str
) -> None:
    result = guidegen("release", "-y", "--note", note)

    assert result.code == 1
    assert said in result.err
    assert "\x1b" not in result.err


def test_with_several_languages_each_note_says_which_it_is_for(
    guidegen: Guidegen, here: Path, own_cache: None
) -> None:
    del own_cache
    project = sample_project("listed", here)

    plain = guidegen("release", "-y", "--note", "New")
    half = guidegen("release", "-y", "--note", "de=Neu")

    assert (plain.code, half.code) == (1, 1)
    assert "say which one the note is for, for example: --note de=…" in plain.err
    assert re.search(r"missing \(en\).*--note 'en=…'", half.err)
    assert not project.releases.exists()


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("day", ["31.1.2027", "2027-02-30", "9999-12-31"])
def test_a_played_day_that_is_none_is_named(
    guidegen: Guidegen, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setenv("GUIDEGEN_TODAY", day)

    result = guidegen("release", "-y")

    assert result.code == 1
    said = f"error: GUIDEGEN_TODAY: “{day}” is not a day between 2000 and 2100; "
    assert result.err.startswith(said)


def test_a_folder_without_answers_cannot_be_released(
    guidegen: Guidegen, here: Path
) -> None:
    result = guidegen("release", "-y")

    assert result.code == 1
    assert "there is no guideline.yml here" in result.err
    assert list(here.iterdir()) == []


@pytest.mark.slow
def test_the_day_it_is_valid_from_is_written_into_the_answers(
    guidegen: Guidegen, released: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEGEN_TODAY", "2028-03-01")
    wrong = guidegen("release", "-y", "--valid-from", "tomorrow")
    early = guidegen("release", "-y", "--valid-from", "2020-03-01")
    text = released.answers.read_text("utf-8")
    done = guidegen("release", "-y", "--valid-from", "2028-03-05")

    assert (wrong.code, early.code) == (1, 1)
    assert wrong.err.startswith("error: --valid-from: “tomorrow” is not a date;")
    assert early.err == (
        "error: “valid from 1 March 2020” is before version 1.0.0 began; choose"
        " 1 February 2027 or a later day\n"
    )
    assert "Valid from: 1 February 2027 → 5 March 2028" in done.out
    assert "Valid from" not in done.err
    edited = text.replace("2027-02-01", "2028-03-05")
    assert released.answers.read_text("utf-8") == edited != text
    kept = released.releases / "1.0.1/guideline.yml"
    assert kept.read_text("utf-8") == edited
    assert guidegen("verify").code == 0
    assert guidegen("status").out.startswith(
        "Released, not in force yet: version 1.0.1, valid from 5 March 2028\n"
        "Today, version 1.0.0 is in force.\n"
        "Changes since: none\n"
    )


@pytest.mark.slow
def test_a_day_that_is_long_over_is_told(
    guidegen: Guidegen, released: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEGEN_TODAY", "2028-03-01")
    _edit(released, "taboo_topics:\n", TOPIC)
    result = guidegen("release", "-y", "--note", "Mergers are taboo now.")
    again = guidegen("release", "-y", "--valid-from", "2028-03-01", "--json")

    assert result.err.startswith(
        "note: Your answers say “valid from” 1 February 2027. The new version can’t be"
        " valid before it is released, so everywhere it says 1 March 2028. Name a later"
        " day with --valid-from.\n"
    )
    assert json.loads(again.out)["valid_from"] == "2028-03-01"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "day"), [("en", "2028-03-05"), ("de", "5.3.2028")]
)
def test_in_a_terminal_the_day_is_asked_for(
    guidegen: Guidegen,
    released: Project,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    day: str,
) -> None:
    _edit(released, "taboo_topics:\n", TOPIC)
    monkeypatch.setenv("GUIDEGEN_TODAY", "2028-03-05")
    monkeypatch.setenv("GUIDEGEN_LANG", language)
    asked: list[tuple[object, str | None]] = []

    class Reader:
        """Somebody who tries an impossible day, then takes what is proposed."""

        def say(self, text: str) -> None:
            """Hear it."""

        def ask(self, prompt: Prompt) -> RawAnswer:
            """Take what is proposed."""
            asked.append((prompt.default, prompt.check("2020-03-01")))
            return "yes" if prompt.options else prompt.default

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("guidegen.cli.release._Options.asks", True)
    monkeypatch.setattr("guidegen.cli.release.release_prompter", lambda _: Reader())
    result = guidegen("release", "--note", "Mergers are taboo now.")

    assert result.code == 0
    assert asked[0][0] == day
    assert asked[0][1] is not None
    (_, last) = read_history(released.releases).releases
    assert last.valid_from == dt.date(2028, 3, 5)
