"""Somebody leaves: as docs/how-to/contact-leaves.md tells it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result, run_in
from tests.samples import sample_project

from guidegen.model.project import Project

Guidegen = Callable[..., Result]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_cache")]

LEFT = (b"Priya Shah", b"hello@brightearly", b"chat.brightearly")
OLD_PDF = "versions/1.0.0/guideline-en-1.0.0.pdf"


@pytest.fixture(scope="module")
def _released_twice(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Path:
    project = sample_project("agency", tmp_path_factory.mktemp("released"))
    with project.answers.open("a", encoding="utf-8") as file:
        file.write("publish:\n  intranet: {kind: folder, path: www}\n")
    release = ("release", "-q", "--yes")
    run_in(project.folder, cache_home, release, GUIDEGEN_TODAY="2027-02-01")
    set_contact = (
        *("set", "contacts.0.name=Sam Lee"),
        *("contacts.0.email=sam@brightearly.example", "contacts.0.chat="),
    )
    note = "--note", "Ask Sam instead of Priya Shah (hello@brightearly.example)."
    run_in(
        *(project.folder, cache_home, set_contact),
        (*release, "--valid-from", "2027-06-10", *note),
        GUIDEGEN_TODAY="2027-06-10",
    )
    return project.folder


@pytest.fixture
def project(
    _released_twice: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """Return a project whose contact has left since its first release."""
    monkeypatch.setenv("GUIDEGEN_TODAY", "2027-06-10")
    return Project(shutil.copytree(_released_twice, here, dirs_exist_ok=True))


def _saying(folder: Path) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(each in path.read_bytes() for each in LEFT)
    ]


def test_readers_find_the_successor_and_nobody_else(
    guidegen: Guidegen, project: Project
) -> None:
    done = guidegen("publish", "--yes")

    live = project.folder / "www/current"
    assert done.code == 0
    assert _saying(live.resolve()) == []
    changes = (live / "changes.html").read_text("utf-8")
    assert "Ask Sam instead of [former contact] ([former contact])." in changes
    old = (live / "versions/1.0.0/contact.html").read_text("utf-8")
    assert "These are today’s contacts." in old
    assert "sam@brightearly.example" in old
    # The record keeps what it had, and is whole.
    assert _saying(project.releases / "1.0.0")
    assert guidegen("verify").code == 0


def test_old_pdfs_are_published_only_where_somebody_wants_them(
    guidegen: Guidegen, project: Project
) -> None:
    once = guidegen("build", "--old-pdfs")
    was_there = (project.site / OLD_PDF).is_file()
    same = guidegen("build", "--old-pdfs")
    without = guidegen("build")
    is_there = (project.site / OLD_PDF).is_file()
    guidegen("set", "old_pdfs=true")
    always = guidegen("publish", "--yes")

    assert {each.code for each in (once, same, without, always)} == {0}
    assert (was_there, is_there) == (True, False)
    assert same.out.startswith("Nothing has changed.")
    assert (project.folder / "www/current" / OLD_PDF).is_file()
    # It is no content: the guideline is still what was released.
    assert "Changes since: none" in guidegen("status").out
