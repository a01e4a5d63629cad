from __future__ import annotations

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
