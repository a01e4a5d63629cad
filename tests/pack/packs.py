"""A newer guidegen's built-in packs: the present ones in another place, changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guidegen.pack.find import builtin_packs


def newer_packs(folder: Path) -> Path:
    """Copy the built-in packs into a folder, with another version; return dell's."""
    shutil.copytree(builtin_packs(), folder)
    change(folder / "dell" / "pack.yml", "version: 2.0.0", "version: 2.1.0")
    return folder / "dell"


def install(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the packs in this folder be the built-in ones."""
    monkeypatch.setattr("guidegen.TEMPLATE_PACKS", (packs,))


def change(path: Path, old: str, new: str) -> None:
    """Replace a piece of text that must be in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
