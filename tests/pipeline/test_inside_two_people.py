"""Two people decide about news on two computers, and git joins what they did."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.inside.samples import copied, item
from tests.samples import sample_project

from guidegen.errors import InsideError
from guidegen.inside.store import read_items, write_items
from guidegen.model.inside import Item, Items, ItemState
from guidegen.model.project import Project
from guidegen.pipeline.inside import decide
from guidegen.publish.news import is_behind, news_record

pytestmark = pytest.mark.slow

WAITING = tuple(item(n, state=ItemState.WAITING) for n in range(30))


def _git(project: Project, *arguments: str) -> int:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@x.example", *arguments]
    return subprocess.run(  # noqa: S603  # git alone
        command, cwd=project.folder, check=False, capture_output=True
    ).returncode


def _commit(project: Project) -> None:
    _git(project, "add", "-A")
    assert _git(project, "commit", "-m", "news") == 0


@pytest.fixture
def two(tmp_path: Path) -> tuple[Project, Project]:
    """Return a project and a colleague's copy, with thirty items that wait."""
    anna = sample_project("small", tmp_path / "anna")
    text = anna.answers.read_text("utf-8")
    anna.answers.write_text(f"{text}inside:\n  days: 90\n", "utf-8")
    (anna.folder / ".gitignore").write_text(".guidegen/\n", "utf-8")
    write_items(anna, Items(items=WAITING))
    assert _git(anna, "init", "-b", "main") == 0
    _commit(anna)
    return anna, copied(anna, tmp_path / "bert")


def _merge(into: Project, other: Project) -> int:
    assert _git(into, "fetch", str(other.folder), "main") == 0
    return _git(into, "merge", "FETCH_HEAD", "-m", "merge")


def _state(project: Project, found: Item) -> ItemState:
    return next(each for each in read_items(project).items if each.id == found.id).state


def test_what_two_people_decide_is_joined(two: tuple[Project, Project]) -> None:
    anna, bert = two
    order = sorted(WAITING, key=lambda each: each.id)
    decide(anna, [order[3].id, order[20].id], ItemState.APPROVED)
    decide(bert, [order[10].id], ItemState.HIDDEN)
    items = read_items(bert)
    write_items(bert, replace(items, items=(*items.items, item(99))))
    _commit(anna)
    _commit(bert)

    # Before they have joined it, each is behind the other.
    records = [news_record(read_items(each)) for each in two]
    assert is_behind(records[0], records[1])
    assert is_behind(records[1], records[0])

    assert _merge(anna, bert) == 0
    assert _state(anna, order[3]) is ItemState.APPROVED
    assert _state(anna, order[10]) is ItemState.HIDDEN
    assert _state(anna, item(99)) is ItemState.APPROVED
    joined = news_record(read_items(anna))
    assert not any(is_behind(joined, each) for each in records)
    assert is_behind(records[1], joined)
    # What git has joined is what guidegen would have written.
    before = anna.inside_items.read_bytes()
    write_items(anna, read_items(anna))
    assert anna.inside_items.read_bytes() == before


def test_who_decides_otherwise_is_told_where(two: tuple[Project, Project]) -> None:
    anna, bert = two
    found = WAITING[7]
    decide(anna, [found.id], ItemState.APPROVED)
    decide(bert, [found.id], ItemState.HIDDEN)
    _commit(anna)
    _commit(bert)

    assert _merge(anna, bert) == 1
    with pytest.raises(InsideError) as raised:
        read_items(anna)
    lines = anna.inside_items.read_text("utf-8").splitlines()
    assert raised.value.problem.message == "error-inside-conflict"
    assert lines[(raised.value.line or 0) - 1].startswith("<<<<<<<")

    # Keeping one of the two lines is all that there is to do.
    kept = [
        each for each in lines if not each.startswith(("<<<<<<<", "=======", ">>>>>>>"))
    ]
    kept.remove('   "state": "approved",')
    anna.inside_items.write_text("\n".join(kept) + "\n", "utf-8")
    assert _state(anna, found) is ItemState.HIDDEN


def test_an_item_that_was_there_twice_is_named(two: tuple[Project, Project]) -> None:
    anna, _ = two
    text = anna.inside_items.read_text("utf-8")
    begin = text.index("  {")
    end = text.index("  },") + len("  },\n")
    anna.inside_items.write_text(text[:end] + text[begin:end] + text[end:], "utf-8")

    with pytest.raises(InsideError) as raised:
        read_items(anna)
    assert raised.value.problem.values["entry"] == "id"
