"""Several files are written together, or the next run finishes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.wording import raises

from guidegen.errors import FilesError
from guidegen.merge import finish_writes, planned, unfinished, write_together
from guidegen.merge.writes import JOURNAL

NICE, LAW = "sections/de/nice.md", "sections/de/law.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a project with one own text."""
    path = tmp_path / NICE
    path.parent.mkdir(parents=True)
    path.write_text("alt\n", encoding="utf-8")
    return tmp_path


def _note(folder: Path, entries: object) -> None:
    path = folder / JOURNAL
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(entries), encoding="utf-8")


def test_all_files_are_written_and_nothing_is_left_to_do(folder: Path) -> None:
    write_together(folder, [planned(folder, NICE, "neu\r\n"), planned(folder, LAW, "")])

    assert (folder / NICE).read_bytes() == b"neu\r\n"
    assert (folder / LAW).read_bytes() == b""
    assert not unfinished(folder)


@pytest.mark.parametrize("name", [NICE, LAW])
def test_a_file_that_was_changed_in_the_meantime_stops_all(
    name: str, folder: Path
) -> None:
    writes = [planned(folder, NICE, "neu"), planned(folder, LAW, "neu")]
    (folder / name).write_text("gerade eben", encoding="utf-8")
    others = {path: path.read_bytes() for path in folder.rglob("*.md")}

    with raises(FilesError, match="changed in the meantime") as caught:
        write_together(folder, writes)

    assert caught.value.path == folder / name
    assert {path: path.read_bytes() for path in folder.rglob("*.md")} == others
    assert not unfinished(folder)


def test_what_a_killed_run_left_is_finished(folder: Path) -> None:
    nice, law = planned(folder, NICE, "neu"), planned(folder, LAW, "neu")
    write_together(folder, [nice])
    _note(
        folder,
        [
            {"name": each.name, "before": each.before, "text": each.text}
            for each in (nice, law)
        ],
    )
    rest = folder / "sections" / "de" / ".law.md.a1b2_3d4"
    swap = folder / "sections" / "de" / ".law.md.swp"
    for path in (rest, swap):
        path.touch()

    assert unfinished(folder)
    finish_writes(folder)

    assert (folder / LAW).read_text("utf-8") == "neu"
    assert not unfinished(folder)
    assert not rest.exists()
    assert swap.exists()


def test_what_somebody_wrote_after_the_kill_stays(folder: Path) -> None:
    nice, law = planned(folder, NICE, "neu"), planned(folder, LAW, "neu")
    (folder / NICE).write_text("nach dem Absturz", encoding="utf-8")
    _note(
        folder,
        [
            {"name": each.name, "before": each.before, "text": each.text}
            for each in (law, nice)
        ],
    )

    finish_writes(folder)

    assert (folder / NICE).read_text("utf-8") == "nach dem Absturz"
    assert not (folder / LAW).exists()
    assert not unfinished(folder)


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
    entries: object, folder: Path
) -> None:
    _note(folder, entries)

    finish_writes(folder)

    assert (folder / NICE).read_text("utf-8") == "alt\n"
    assert not unfinished(folder)
    assert not (folder.parent / "outside.md").exists()
    assert not (folder / "releases").exists()
