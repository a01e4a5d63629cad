"""A small pack in a temporary folder, to be broken in every way."""

from __future__ import annotations

from pathlib import Path

import pytest


def small_pack(folder: Path) -> Path:
    """Write a pack that takes everything from the built-in one."""
    folder.mkdir()
    (folder / "pack.yml").write_text(
        "format: 1\nname: acme-pack\nversion: 1.0.0\nextends: dell\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a pack that takes everything from the built-in one."""
    return small_pack(tmp_path / "acme-pack")


@pytest.fixture(autouse=True)
def _own_cache(own_cache: None) -> None:
    """Keep packs in a cache of the tests' own."""
