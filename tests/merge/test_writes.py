"""Several files are written together, or the next run finishes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.wording import raises

from guidegen.errors import FilesError
from guidegen.merge.writes import (
    finish_writes,
    is_unfinished,
    plan_write,
    write_together,
)
from guidegen.model.project import Project

NICE, LAW = "sections/de/nice.md", "sections/de/law.md"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with one own text."""
    path = tmp_path / NICE
    path.parent.mkdir(parents=True)
    path.write_text("alt\n", encoding="utf-8")
    return Project(tmp_path)


def _note(project: Project, entries: object) -> None:
    path = project.upgrade_journal
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(entries), encoding="utf-8")


def test_all_files_are_written_and_nothing_is_left_to_do(project: Project) -> None:
    write_together(
        project, [plan_write(project, NICE, "neu\r\n"), plan_write(project, LAW, "")]
    )

    assert (project.folder / NICE).read_bytes() == b"neu\r\n"
    assert (project.folder / LAW).read_bytes() == b""
    assert not is_unfinished(project)


@pytest.mark.parametrize("name", [NICE, LAW])
def test_a_file_that_was_changed_in_the_meantime_stops_all(
    name: str, project: Project
) -> None:
    writes = [plan_write(project, NICE, "neu"), plan_write(project, LAW, "neu")]
    (project.folder / name).write_text("gerade eben", encoding="utf-8")
    others = {path: path.read_bytes() for path in project.folder.rglob("*.md")}

    with raises(FilesError, match="changed in the meantime") as caught:
        write_together(project, writes)

    assert caught.value.path == project.folder / name
    assert {path: path.read_bytes() for path in project.folder.rglob("*.md")} == others
    assert not is_unfinished(project)


def test_what_a_killed_run_left_is_finished(project: Project) -> None:
    nice, law = plan_write(project, NICE, "neu"), plan_write(project, LAW, "neu")
    write_together(project, [nice])
    _note(
        project,
        [
            {"name": each.name, "before": each.before, "text": each.text}
            for each in (nice, law)
        ],
    )
    rest = project.folder / "sections" / "de" / ".law.md.a1b2_3d4"
    swap = project.folder / "sections" / "de" / ".law.md.swp"
    for path in (rest, swap):
        path.touch()

    assert is_unfinished(project)
    finish_writes(project)

    assert (project.folder / LAW).read_text("utf-8") == "neu"
    assert not is_unfinished(project)
    assert not rest.exists()
    assert swap.exists()


def test_what_somebody_wrote_after_the_kill_stays(project: Project) -> None:
    nice, law = plan_write(project, NICE, "neu"), plan_write(project, LAW, "neu")
    (project.folder / NICE).write_text("nach dem Absturz", encoding="utf-8")
    _note(
        project,
        [
            {"name": each.name, "before": each.before, "text": each.text}
            for each in (law, nice)
        ],
    )

    finish_writes(project)

    assert (project.folder / NICE).read_text("utf-8") == "nach dem Absturz"
    assert not (project.folder / LAW).exists()
    assert not is_unfinished(project)


@pytest.mark.parametrize(
    "entries",
    [
        {},
        [3],
        [{"name": NICE}],
        [{"name": NICE, "before": None, "text": "x", "more": 1}],
        [{"name": "../outside.md", "before": None, "text": "x"}],
        [{"name": "sections/../../outside.md", "before": None, "text": "x"}],
        [{"name": "/etc/outside.md", "before": None, "text": "x"}],
        [{"name": "releases/1.0.0/release.json", "before": None, "text": "x"}],
        [{"name": "", "before": None, "text": "x"}],
    ],
)
def test_a_journal_that_is_broken_or_somebody_else_s_is_dropped(
    entries: object, project: Project
) -> None:
    _note(project, entries)

    finish_writes(project)

    assert (project.folder / NICE).read_text("utf-8") == "alt\n"
    assert not is_unfinished(project)
    assert not (project.folder.parent / "outside.md").exists()
    assert not (project.folder / "releases").exists()
