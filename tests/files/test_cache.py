from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from guidegen import __version__
from guidegen.files import cache_folder


def test_the_cache_is_the_user_s_own_and_of_this_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))

    folder = cache_folder("sections")

    assert folder is not None
    assert folder.is_dir()
    assert folder.is_relative_to(tmp_path)
    assert folder.parts[-2:] == (__version__, "sections")


def test_where_no_cache_can_be_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    monkeypatch.setenv("HOME", str(file))

    assert cache_folder("sections") is None


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the cache is going to be."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "cache" / "guidegen"


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277])
def test_nobody_else_reads_or_writes_there(umask: int, root: Path) -> None:
    root.parent.mkdir(parents=True)
    before = os.umask(umask)
    try:
        folder = cache_folder("site")
    finally:
        os.umask(before)

    assert folder is not None
    assert [_mode(each) for each in (root, folder.parent, folder)] == [0o700] * 3


@pytest.mark.parametrize("below", ["", __version__, f"{__version__}/site"])
def test_where_others_could_write_there_is_no_cache(below: str, root: Path) -> None:
    folder = cache_folder("site")
    assert folder is not None
    for mode in (0o777, 0o770, 0o702):
        (root / below).chmod(mode)

        assert cache_folder("site") is None

    (root / below).chmod(0o755)
    assert cache_folder("site") == folder
    assert _mode(root / below) == 0o700


def test_a_link_in_its_place_is_no_cache(root: Path, tmp_path: Path) -> None:
    folder = cache_folder("site")
    assert folder is not None
    assert folder.is_relative_to(root)
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")

    assert cache_folder("site") is None


def test_a_folder_of_somebody_else_is_no_cache(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cache_folder("site") is not None
    assert root.is_dir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)

    assert cache_folder("site") is None


def test_a_folder_above_in_which_all_can_write_is_no_place_for_it(root: Path) -> None:
    assert cache_folder("site") is not None
    root.parent.chmod(0o777)
    assert cache_folder("site") is None

    root.parent.chmod(0o1777)
    assert cache_folder("site") is not None
