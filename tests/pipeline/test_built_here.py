"""Which sites a computer has built: as many as are worth keeping."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guidegen.files import cache_folder
from guidegen.pipeline.built_here import is_built_here, remember_built


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of what is kept, in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = cache_folder("built")
    assert folder is not None
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), [(599, 600), (600, 501)])
def test_the_oldest_are_forgotten_when_there_are_many_more(
    before: int, after: int, kept: Path
) -> None:
    for age in range(before):
        (kept / f"{age}").touch()
        os.utime(kept / f"{age}", (1e9 - age, 1e9 - age))

    remember_built("new")

    assert len([*kept.iterdir()]) == after
    assert is_built_here("new")
    assert is_built_here("0")
    assert is_built_here(f"{before - 1}") == (before < 600)
