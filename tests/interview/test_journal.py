"""The journal: nothing is lost, whatever happens to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.errors import FilesError
from guidegen.interview import Journal


def test_the_last_answer_of_a_step_counts(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "deep" / "journal.jsonl")
    journal.write("a", "1")
    journal.write("b", ["x", "y"])
    journal.write("a", "2")
    journal.write("c", None)
    journal.write("d", True)  # noqa: FBT003  # an answer

    assert Journal(journal.path).read() == {
        "b": ["x", "y"],
        "a": "2",
        "c": None,
        "d": True,
    }


def test_a_line_that_was_cut_off_is_ignored_and_written_past(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    Journal(path).write("a", "Müller \U0001f600")
    with path.open("ab") as file:
        file.write(b'{"step": "b", "val')
    journal = Journal(path)

    assert journal.read() == {"a": "Müller \U0001f600"}

    journal.write("c", "3")
    assert Journal(path).read() == {"a": "Müller \U0001f600", "c": "3"}


@pytest.mark.parametrize(
    "line",
    [b"\xff\xfe", b"[1]", b'{"step": 1}', b'{"step": "a", "value": {}}', b"null"],
)
def test_a_line_that_says_nothing_is_ignored(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(line + b"\n")

    assert Journal(path).read() == {}


def test_a_journal_that_is_not_there_is_empty_and_can_be_removed(
    tmp_path: Path,
) -> None:
    journal = Journal(tmp_path / "journal.jsonl")

    journal.remove()

    assert journal.read() == {}


def test_where_it_cannot_be_written_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(FilesError):
        Journal(tmp_path / "file" / "journal.jsonl").write("a", "1")
