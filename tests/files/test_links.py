"""Links, pipes and the like in a project are refused; writes follow none."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.wording import raises

from guidegen.errors import FilesError
from guidegen.files import (
    move_inside,
    open_inside,
    project_lock,
    restore_folder,
    staging_folder,
    write_atomic,
)
from guidegen.files.digest import file_sha256, sha256
from guidegen.files.links import (
    refuse_link,
    refuse_links_below,
    refuse_links_to,
    walk_plain_files,
)

Write = Callable[[Path, Path], object]
OUTSIDE = "precious"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Return a folder that is no part of the project, with one file in it."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "file").write_text(OUTSIDE, encoding="utf-8")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project's folder, which may itself lie behind a link."""
    (tmp_path / "real").mkdir()
    folder = tmp_path / "project"
    folder.symlink_to(tmp_path / "real")
    return folder


def _content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def _locked(root: Path, path: Path) -> None:
    del root
    with project_lock(path.parent):
        pass


def _staged(root: Path, path: Path) -> None:
    del root
    with staging_folder(path.parent) as folder:
        (folder / "file").touch()


WRITES: tuple[Write, ...] = (
    lambda root, path: write_atomic(path, b"new", within=root),
    lambda root, path: os.close(open_inside(root, path, os.O_WRONLY | os.O_CREAT)),
    lambda root, path: move_inside(root / "new", root, path),
    _locked,
    _staged,
)


@pytest.mark.parametrize("write", WRITES)
def test_no_write_follows_a_folder_that_is_a_link(
    write: Write, root: Path, outside: Path
) -> None:
    (root / "new").write_text("new", encoding="utf-8")
    (root / "folder").symlink_to(outside)

    with raises(FilesError, match="this is a link to") as caught:
        write(root, root / "folder" / "lock")

    assert caught.value.path == root / "folder"
    assert _content(outside) == {"file": OUTSIDE}


@pytest.mark.parametrize("write", [WRITES[0], WRITES[1], WRITES[3]])
@pytest.mark.parametrize("target", ["file", "nothing-yet"])
def test_no_write_follows_a_file_that_is_a_link(
    write: Write, target: str, root: Path, outside: Path
) -> None:
    (root / "folder").mkdir()
    (root / "folder" / "lock").symlink_to(outside / target)

    with raises(FilesError, match="this is a link to"):
        write(root, root / "folder" / "lock")

    assert _content(outside) == {"file": OUTSIDE}
    assert [path.name for path in (root / "folder").iterdir()] == ["lock"]


@pytest.mark.parametrize("write", WRITES[:4])
def test_where_there_are_no_handles_paths_are_looked_at_before(
    write: Write, root: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on Windows, which cannot open a file below a folder's handle.
    monkeypatch.setattr("guidegen.files.inside.HANDLES", False)
    (root / "new").write_text("new", encoding="utf-8")
    write(root, root / "plain" / "lock")
    assert (root / "plain" / "lock").is_file()
    (root / "new").write_text("new", encoding="utf-8")
    (root / "folder").symlink_to(outside)

    with raises(FilesError, match="this is a link to"):
        write(root, root / "folder" / "lock")

    assert _content(outside) == {"file": OUTSIDE}


def test_a_folder_that_becomes_a_link_during_the_write_is_not_followed(
    root: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "folder").mkdir()
    flush = os.fsync

    def swap(handle: int) -> None:
        flush(handle)
        (root / "folder").rename(root / "moved")
        (root / "folder").symlink_to(outside)

    monkeypatch.setattr(os, "fsync", swap)

    write_atomic(root / "folder" / "file", b"new", within=root)

    assert _content(outside) == {"file": OUTSIDE}
    assert _content(root / "moved") == {"file": "new"}


@pytest.mark.parametrize("write", [WRITES[0], WRITES[1], WRITES[3]])
def test_nothing_waits_for_a_pipe(write: Write, root: Path) -> None:
    (root / "folder").mkdir()
    os.mkfifo(root / "folder" / "lock")

    with raises(FilesError, match="neither a file nor a folder"):
        write(root, root / "folder" / "lock")

    # The empty content of a pipe that nobody writes to.
    assert file_sha256(root / "folder" / "lock") == sha256(b"")


def test_a_written_file_keeps_its_mode_and_leaves_nothing_beside_it(
    root: Path,
) -> None:
    path = root / "a" / "b" / "file"

    write_atomic(path, b"one", within=root)
    path.chmod(0o640)
    write_atomic(path, b"two", within=root)

    assert _content(path.parent) == {"file": "two"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_the_system_refuses_below_a_handle_is_named_by_its_path(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "folder").write_text("a file", encoding="utf-8")
    with pytest.raises(FilesError) as blocked:
        write_atomic(root / "folder" / "file", b"new", within=root)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no", "file")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(FilesError) as denied:
        write_atomic(root / "other" / "file", b"new", within=root)

    assert blocked.value.path == root / "folder"
    assert denied.value.path == root / "other" / "file"
    assert list((root / "other").iterdir()) == []


def test_links_are_found_at_any_depth(root: Path, outside: Path) -> None:
    deep = root / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "text.md").touch()
    refuse_links_below(root / "a")
    refuse_links_below(root / "nothing")
    (deep / "link").symlink_to(outside)

    with raises(FilesError, match="this is a link to") as caught:
        refuse_links_below(root / "a")
    with pytest.raises(FilesError):
        list(walk_plain_files(root / "a"))
    with pytest.raises(FilesError):
        refuse_links_to(deep / "link" / "file", root)

    assert caught.value.path == deep / "link"
    # What is on its way out, such as a former site, is not looked into.
    refuse_links_below(root / "a", without=("b",))


def test_a_link_that_an_editor_leaves_stops_nothing(root: Path) -> None:
    (root / "nice.md").touch()
    (root / ".#nice.md").symlink_to("mira@host.4711:1700000000")

    refuse_links_below(root.resolve())

    assert [name for name, _ in walk_plain_files(root.resolve())] == ["nice.md"]


def test_a_link_in_place_of_a_site_that_was_moved_aside_is_not_brought_back(
    root: Path, outside: Path
) -> None:
    (root / "work").mkdir()
    (root / "work" / "site.old").symlink_to(outside)

    with raises(FilesError, match="this is a link to"):
        restore_folder(root / "work", root / "site")

    assert not (root / "site").exists()


def test_sockets_are_no_plain_files(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A socket's path may not be long.
    monkeypatch.chdir(root)
    import socket  # noqa: PLC0415  # only here

    with socket.socket(socket.AF_UNIX) as each:
        each.bind("socket")
        with raises(FilesError, match="neither a file nor a folder"):
            refuse_link(root / "socket")
