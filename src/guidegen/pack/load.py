"""A pack by its name: what a build asks for; reading it is put off until it must be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.model.pack import Pack
from guidegen.pack.find import find_pack
from guidegen.pack.kept import kept_pack
from guidegen.pack.pin import find_pin

if TYPE_CHECKING:
    from guidegen.pack.pin import Pin


def load_pack(
    name: str | Path, *, beside: Path | None = None, pinned: bool = True
) -> Pack:
    """Read a template pack.

    Args:
        name: A built-in pack's name, or a folder.
        beside: The project's folder: what a relative folder counts from, and where
            `pack.lock` may say which texts of a built-in pack the project stays with.
        pinned: Whether to heed `pack.lock`; if not, the installed texts are read.

    Raises:
        PackError: It is missing or broken; the text lists every problem with file and
            line.
    """
    folder = find_pack(name, beside=beside)
    pin = find_pin(beside) if beside is not None and pinned else None
    return kept_pack(folder, lambda: _read(folder, pin), pin=pin)


def _read(folder: Path, pin: Pin | None) -> Pack:
    from guidegen.pack.read import read_pack  # noqa: PLC0415  # a kept pack is not read

    return read_pack(folder, pin)
