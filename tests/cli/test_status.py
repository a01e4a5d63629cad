from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.model.project import Project

Guidegen = Callable[..., Result]


@pytest.fixture
def project(here: Path, own_cache: None, monkeypatch: pytest.MonkeyPatch) -> Project:  # noqa: ARG001
    monkeypatch.setenv("GUIDEGEN_TODAY", "2027-01-15")
    return sample_project("agency", here)


def test_before_the_first_release_status_says_how_to_release(
    guidegen: Guidegen, project: Project
) -> None:
    result = guidegen("status")

    assert result.code == 0
    assert result.out.splitlines()[0] == (
        "Nothing has been released yet. “guidegen release” releases your guideline as"
        " version 1.0.0."
    )
    assert not project.work.exists()


@pytest.mark.slow
def test_status_tells_what_holds_and_what_is_to_do(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen("release", "-y", "-q")
    early = guidegen("status")
    fresh = guidegen("status", "--on", "2027-02-02")
    guidegen("review", "--by", "Sam Lee")
    text = project.answers.read_text("utf-8")
    project.answers.write_text(
        text.replace("taboo_topics:\n", "taboo_topics:\n  - mergers\n"),
        encoding="utf-8",
    )
    later = guidegen("status", "--on", "2027-02-02")
    overdue = guidegen("status", "--on", "2040-01-01")
    data = json.loads(guidegen("status", "--json", "--on", "2040-01-01").out)

    assert data["next_review"] == "2027-07-15"
    due = "15 July 2027"
    assert early.out.splitlines()[0] == (
        "Released, not in force yet: version 1.0.0, valid from 1 February 2027"
    )
    assert fresh.code == 0
    assert fresh.out.splitlines()[:3] == [
        "Released: version 1.0.0, in force since 1 February 2027",
        "Changes since: none",
        "Last review: none yet",
    ]
    assert later.code == 0
    assert later.out.splitlines()[:4] == [
        "Released: version 1.0.0, in force since 1 February 2027",
        (
            "Changes since: yes; released, they would become version 2.0.0"
            " (“guidegen diff” shows them)"
        ),
        "Last review: 15 January 2027, Sam Lee (version 1.0.0)",
        f"Next review: {due}",
    ]
    assert overdue.code == 1
    assert f"Overdue: the review was due on {due}." in overdue.out
    assert data["overdue"] is True
    assert data["good"] is False
    assert data["draft"] == {"version": "2.0.0"}
    assert data["released"]["version"] == "1.0.0"
    assert data["last_review"]["by"] == "Sam Lee"


@pytest.mark.slow
def test_tampering_and_a_draft_that_cannot_be_built_are_told(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen("release", "-y", "-q")
    (project.releases / "1.0.0" / "note.txt").touch()
    project.answers.write_text("format: x\n", encoding="utf-8")

    result = guidegen("status")

    assert result.code == 1
    assert "The draft cannot be built; “guidegen build” says why.\n" in result.out
    assert "✗ releases/1.0.0/note.txt: was added after the release" in result.out


@pytest.mark.slow
def test_what_the_last_build_found_is_believed_only_where_it_was_built(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = project.answers.read_text("utf-8")
    slip = text.replace("https://handbook.brightearly", "https://h\u0430ndbook.bright")
    assert slip != text
    project.answers.write_text(slip, encoding="utf-8")
    guidegen("build", "-q")
    told = guidegen("status").err
    # Somebody passes the project on, and says that there was nothing to tell.
    noted = json.loads(project.sources.read_text("utf-8"))
    project.sources.write_text(json.dumps(noted | {"open": False}), encoding="utf-8")
    believed = guidegen("status").err
    monkeypatch.setenv("XDG_CACHE_HOME", str(project.folder.parent / "another"))
    elsewhere = guidegen("status").err

    assert "U+0430" in told
    assert believed == ""
    assert elsewhere == told


@pytest.mark.usefixtures("project")
def test_a_day_that_is_none_is_wrong_usage(guidegen: Guidegen) -> None:
    assert guidegen("status", "--on", "tomorrow").code == 2
