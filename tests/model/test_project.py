"""Which project a command works on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.wording import hint_of, raises

from guidegen.errors import AnswersError
from guidegen.model.project import find_project, nearest_folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return somebody's home folder, in which they are."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    return home


def _project(folder: Path) -> Path:
    (folder / "sections/de").mkdir(parents=True)
    (folder / "guideline.yml").touch()
    return folder


def test_it_is_the_one_that_is_named(home: Path) -> None:
    folder = _project(home / "a")
    _project(home / "a/b")

    assert find_project(folder).folder == folder
    assert find_project(Path("a/b")).folder == Path("a/b")


def test_it_is_the_one_in_this_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _project(home / "a")
    monkeypatch.chdir(_project(home / "a/b"))

    assert find_project().folder == Path()


def test_it_is_the_nearest_one_above(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _project(home / "a")
    folder = _project(home / "a/b")
    monkeypatch.chdir(folder / "sections/de")

    assert find_project().folder == folder


def test_a_folder_that_is_named_is_not_looked_for_above(home: Path) -> None:
    _project(home / "a")

    with raises(AnswersError, match="there is no guideline.yml here"):
        find_project(home / "a/sections")


def test_the_search_stays_in_the_repository(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = _project(home / "outer")
    inner = outer / "inner"
    (inner / ".git").mkdir(parents=True)
    (inner / "docs").mkdir()

    for folder in (inner, inner / "docs"):
        monkeypatch.chdir(folder)
        assert nearest_folder() is None

    _project(inner / "sub")
    (inner / "guideline.yml").touch()
    monkeypatch.chdir(inner / "docs")
    assert nearest_folder() == inner


def test_the_search_does_not_reach_the_home_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _project(home)
    _project(home.parent / "guidelines")
    (home.parent / "guideline.yml").touch()
    (home / "somewhere").mkdir()

    assert find_project().folder == Path()

    monkeypatch.chdir(home / "somewhere")
    assert nearest_folder() is None
    (home / "guideline.yml").unlink()
    monkeypatch.chdir(home)
    assert nearest_folder() is None


def test_what_somebody_else_left_above_is_not_used(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _project(home / "a")
    monkeypatch.chdir(folder / "sections")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1, raising=False)

    assert nearest_folder() is None
    monkeypatch.chdir(folder)
    assert nearest_folder() == Path()


def test_somebody_without_a_home_finds_theirs_too(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError

    folder = _project(home / "a")
    monkeypatch.chdir(folder / "sections")
    monkeypatch.setattr(Path, "home", homeless)

    assert nearest_folder() == folder


def test_in_a_folder_that_is_gone_there_is_none(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = home / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    with raises(AnswersError, match="there is no guideline.yml here") as caught:
        find_project()

    assert "guidegen init" in str(hint_of(caught.value))
    monkeypatch.chdir(home)
