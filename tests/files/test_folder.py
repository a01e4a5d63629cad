from __future__ import annotations

import ctypes
import errno
import os
import shutil
from pathlib import Path

import pytest
from tests.wording import hint_of, raises

from guidegen.errors import FilesError
from guidegen.files import folder as folder_module
from guidegen.files import (
    leave_to_next_run,
    replace_folder,
    restore_folder,
    staging_folder,
)


def _site(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    return folder


def _text(site: Path) -> str:
    return (site / "index.html").read_text("utf-8")


@pytest.fixture(params=["exchange", "move aside"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Go both ways: with the operation that exchanges two names, and without it."""
    way: str = request.param
    if way == "move aside":
        monkeypatch.setattr(folder_module, "exchange_names", lambda *_: False)
    return way


@pytest.mark.usefixtures("way")
def test_the_new_folder_takes_the_old_one_s_place(tmp_path: Path) -> None:
    work, place = tmp_path / ".guidegen", _site(tmp_path / "site", "old")

    with staging_folder(work) as staging:
        replace_folder(_site(staging / "site", "new"), place)

    assert _text(place) == "new"
    assert list(work.iterdir()) == []


@pytest.mark.usefixtures("way")
def test_what_was_replaced_may_be_left_to_the_next_run(tmp_path: Path) -> None:
    work, place = tmp_path / ".guidegen", tmp_path / "site"
    left = []

    for text in ("first", "second", "third", "fourth"):
        with staging_folder(work) as staging:
            replace_folder(_site(staging / "site", text), place)
            leave_to_next_run(staging / "site", work)
        left.append([_text(path) for path in work.iterdir()])
        assert _text(place) == text
    with staging_folder(work):
        pass

    # Without the operation that exchanges two names, there is nothing to leave.
    assert left in ([[], ["first"], ["second"], ["third"]], [[], [], [], []])
    assert list(work.iterdir()) == []


def test_what_was_left_is_removed_even_if_the_run_fails(tmp_path: Path) -> None:
    _site(tmp_path / "site.replaced", "old")

    with pytest.raises(KeyError, match="index"), staging_folder(tmp_path):
        raise KeyError("index")

    assert list(tmp_path.iterdir()) == []


def test_a_link_that_somebody_put_there_leads_to_nothing_that_is_removed(
    tmp_path: Path,
) -> None:
    own, work = _site(tmp_path / "own", "mine"), tmp_path / ".guidegen"
    work.mkdir()
    (work / "site.replaced").symlink_to(own)

    with staging_folder(work):
        pass

    assert (_text(own), list(work.iterdir())) == ("mine", [])


@pytest.mark.usefixtures("way")
def test_where_there_was_none_the_new_folder_is_just_put_there(tmp_path: Path) -> None:
    work, place = tmp_path / ".guidegen", tmp_path / "site"

    with staging_folder(work) as staging:
        replace_folder(_site(staging / "site", "new"), place)

    assert _text(place) == "new"


def test_two_names_are_exchanged_in_one_operation_here(tmp_path: Path) -> None:
    one, two = _site(tmp_path / "1", "one"), _site(tmp_path / "2", "two")

    exchanged = folder_module.exchange_names(one, two)  # is it really used?

    assert (_text(one), _text(two)) == (("two", "one") if exchanged else ("one", "two"))


def test_without_the_operation_the_names_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOENT, "no such library")

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    one, two = _site(tmp_path / "1", "one"), _site(tmp_path / "2", "two")

    assert folder_module.exchange_names(one, two) is False
    assert (_text(one), _text(two)) == ("one", "two")


def test_a_move_that_fails_half_way_brings_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "exchange_names", lambda *_: False)
    work, place = tmp_path / ".guidegen", _site(tmp_path / "site", "old")
    rename = Path.rename

    def refuse_new(path: Path, target: Path) -> Path:
        if path.parent.parent == work:
            raise OSError(errno.EACCES, "denied", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse_new)

    with (
        raises(FilesError, match="you are not allowed to write there"),
        staging_folder(work) as staging,
    ):
        replace_folder(_site(staging / "site", "new"), place)

    assert _text(place) == "old"
    assert list(work.iterdir()) == []


def test_a_folder_that_a_killed_run_moved_aside_comes_back(tmp_path: Path) -> None:
    work, place = tmp_path / ".guidegen", tmp_path / "site"
    _site(work / "site.old", "old")

    restore_folder(work, place)

    assert _text(place) == "old"
    assert list(work.iterdir()) == []


def test_what_was_moved_aside_is_removed_once_the_new_one_is_there(
    tmp_path: Path,
) -> None:
    work, place = tmp_path / ".guidegen", _site(tmp_path / "site", "new")
    _site(work / "site.old", "old")

    restore_folder(work, place)

    assert _text(place) == "new"
    assert list(work.iterdir()) == []


def test_nothing_moved_aside_is_nothing_to_bring_back(tmp_path: Path) -> None:
    restore_folder(tmp_path / ".guidegen", tmp_path / "site")

    assert list(tmp_path.iterdir()) == []


def test_a_staging_folder_is_gone_whatever_happens(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="index"), staging_folder(tmp_path) as staging:
        raise KeyError(_site(staging / "index", "half"))

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    _site(tmp_path / "staging-dead" / "site", "half")
    (tmp_path / "sources.json").touch()

    with staging_folder(tmp_path) as staging:
        names = sorted(path.name for path in tmp_path.iterdir())

    assert names == ["sources.json", staging.name]


def test_a_full_disk_while_building_is_named_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "site/index.html")

    monkeypatch.setattr(shutil, "copyfile", full)

    with (
        raises(FilesError, match="the disk is full") as caught,
        staging_folder(tmp_path / "work") as staging,
    ):
        shutil.copyfile(__file__, staging / "x")

    assert hint_of(caught.value) == "free some space and try again"
    assert list((tmp_path / "work").iterdir()) == []


def test_a_file_in_the_place_of_the_work_folder_is_named(tmp_path: Path) -> None:
    work = tmp_path / ".guidegen"
    work.touch()

    with pytest.raises(FilesError) as caught, staging_folder(work):
        pass

    assert caught.value.path == work
