"""A pack that has been read and checked before, kept in the user's cache."""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import FilesError
from guidegen.files import cache_folder, write_atomic
from guidegen.model.pack import Pack
from guidegen.pack.find import COMPLETING, builtin_packs

if TYPE_CHECKING:
    from guidegen.pack.pin import Pin

_ROWS = ("model", "pack")


def kept_pack(
    folder: Path, read: Callable[[], Pack], *, pin: Pin | None = None
) -> Pack:
    """Return a pack: the kept one if none of its files has changed, else a new one.

    Reading and checking takes four times as long as looking whether that is needed.
    What is kept lies in the user's own cache, like Python's compiled files: loading it
    is as safe as running guidegen.

    Args:
        folder: The pack's own folder.
        read: Reads the pack.
        pin: Which kept texts it is read with, if the project stays with some.
    """
    cache = cache_folder("packs")
    if cache is None:
        return read()
    key = f"{folder.resolve()}\0{pin}\0{builtin_packs()}"
    name = hashlib.sha256(key.encode()).hexdigest()
    kept = _load(cache / name)
    with suppress(OSError):  # what cannot be read, `read` explains
        if kept and kept[0] == _digest(kept[1].folders):
            return kept[1]
    begin = time.time_ns()
    pack = read()
    with suppress(OSError, FilesError):  # a pack that cannot be kept is read again
        # What changes while it is read is not kept either.
        if max(path.stat().st_mtime_ns for path in _files(pack.folders)) < begin:
            write_atomic(cache / name, pickle.dumps((_digest(pack.folders), pack)))
    return pack


def _load(path: Path) -> tuple[str, Pack] | None:
    kept = _unpickled(path)
    if isinstance(kept, tuple) and isinstance(kept[1], Pack):
        return kept[0], kept[1]
    return None


def _unpickled(path: Path) -> object:
    """Return what is kept in a file, None if there is nothing to be made of it."""
    try:
        found: object = pickle.loads(path.read_bytes())  # noqa: S301  # see kept_pack
    except Exception:  # noqa: BLE001  # whatever is wrong with it: it is made again
        return None
    return found


def _digest(folders: tuple[Path, ...]) -> str:
    """Return the SHA-256 of all that a pack is read from, and of what reads it."""
    digest = hashlib.sha256()
    for folder in folders:
        names = sorted(str(path) for path in folder.glob("sections/*/*.md"))
        digest.update("\0".join(names).encode())
    for path in _files(folders):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(folders: tuple[Path, ...]) -> list[Path]:
    rows = [Path(__file__).parents[1] / row for row in _ROWS]
    files = [path for row in rows for path in sorted(row.glob("*.py"))]
    places = dict.fromkeys((*folders, builtin_packs() / COMPLETING))
    return files + [path for folder in places for path in sorted(folder.glob("*.yml"))]
