"""What was read of a pack and found in order, kept as JSON in the user's cache.

Reading and checking a pack takes three times as long as looking whether that is needed.
"""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from guidegen.errors import FilesError
from guidegen.files import cache_folder, write_atomic
from guidegen.model.pack import Pack
from guidegen.pack.build import build_pack
from guidegen.pack.contract import data_shape
from guidegen.pack.find import COMPLETING, builtin_packs
from guidegen.pack.pin import Pin
from guidegen.pack.read import read_data
from guidegen.schema.reader import conforms

_ROWS = ("pack", "schema")
"""What reads a pack: what another version of it has kept may be something else."""

_Data: TypeAlias = dict[str, Any]
"""What `contract.data_shape` describes."""


def cached_pack(folder: Path, pin: Pin | None) -> Pack:
    """Return a pack, as it was read before if none of its files has changed since.

    Args:
        folder: The pack's own folder.
        pin: Which kept texts it is read with, if the project stays with some.

    Raises:
        PackError: All that is wrong with it.
    """
    cache = cache_folder("packs")
    if cache is None:
        return build_pack(read_data(folder, pin))
    key = f"{folder.resolve()}\0{pin}\0{builtin_packs()}"
    file = cache / f"{hashlib.sha256(key.encode()).hexdigest()}.json"
    data = _kept(file)
    if data is None:
        begin = time.time_ns()
        data = read_data(folder, pin)
        with suppress(OSError, FilesError):  # what cannot be kept is read again
            _keep(file, data, begin)
    return build_pack(data)


def _kept(file: Path) -> _Data | None:
    """Return what is kept in a file, None if it is of no use (any more)."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        content = json.loads(file.read_bytes())
        data: _Data = content["data"]
        if conforms(data, data_shape()) and content["digest"] == _digest(data):
            return data
    return None


def _keep(file: Path, data: _Data, begin: int) -> None:
    # What changes while it is read is not kept either.
    if max(path.stat().st_mtime_ns for path in _files(data)) < begin:
        content = {"digest": _digest(data), "data": data}
        write_atomic(file, json.dumps(content, ensure_ascii=False).encode())


def _digest(data: _Data) -> str:
    """Return the SHA-256 of all that a pack is read from, and of what reads it."""
    digest = hashlib.sha256()
    for row in _ROWS:
        for path in sorted((Path(__file__).parents[1] / row).glob("*.py")):
            digest.update(f"{path.name} {path.stat().st_mtime_ns}\0".encode())
    for folder in map(Path, data["folders"]):
        names = sorted(str(path) for path in folder.glob("sections/*/*.md"))
        digest.update("\0".join(names).encode())
    for path in _files(data):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(data: _Data) -> list[Path]:
    complete = builtin_packs() / COMPLETING
    folders = dict.fromkeys((*map(Path, data["folders"]), complete))
    files = [path for folder in folders for path in sorted(folder.glob("*.yml"))]
    # The interface's messages are read from there at each run.
    return [path for path in files if path != complete / "messages.yml"]
