"""Keeps the checked data of packs as JSON in the user's cache.

Reading and checking a pack takes four times as long as finding out that nothing in it
has changed.
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
from guidegen.files.digest import sha256
from guidegen.model.pack import Pack
from guidegen.pack.adaptation.contract import adaptation_shape
from guidegen.pack.build import build_pack
from guidegen.pack.contract import (
    REQUIRED,
    TEXTS,
    catalogue_shape,
    labels_shape,
    messages_shape,
    pack_fields,
    questions_shape,
)
from guidegen.pack.find import COMPLETING, builtin_packs
from guidegen.pack.pin import Pin
from guidegen.pack.read import read_data
from guidegen.schema.reader import conforms
from guidegen.schema.shapes import Record, Shape

_ROWS = ("pack", "schema")
"""The code that reads a pack: another version of it may keep something else."""

_Data: TypeAlias = dict[str, Any]
"""What `data_shape` describes."""


def cached_pack(folder: Path, pin: Pin | None) -> Pack:
    """Return a pack; it is read only if one of its files has changed since last time.

    Args:
        folder: The pack's own folder.
        pin: Which kept texts it is read with, if the project stays with some.

    Raises:
        PackError: All that is wrong with it.
    """
    cache = cache_folder("packs")
    if cache is None:
        return build_pack(read_data(folder, pin))
    # The same folder reads differently with another pin or another installation.
    key = f"{folder.resolve()}\0{pin}\0{builtin_packs()}"
    file = cache / f"{sha256(key.encode())}.json"
    data = _kept(file)
    if data is None:
        begin = time.time_ns()
        data = read_data(folder, pin)
        with suppress(OSError, FilesError):  # then it is read again next time
            _keep(file, data, begin)
    return build_pack(data)


def _kept(file: Path) -> _Data | None:
    """Return the data kept in a file, None if it is outdated or unusable."""
    # Whatever a damaged or edited file raises, the pack is simply read again.
    with suppress(OSError, ValueError, KeyError, TypeError):
        content = json.loads(file.read_bytes())
        data: _Data = content["data"]
        if conforms(data, data_shape()) and content["digest"] == _digest(data):
            return data
    return None


def _keep(file: Path, data: _Data, begin: int) -> None:
    # A file that changes while it is read must be read again next time.
    if max(path.stat().st_mtime_ns for path in _files(data)) < begin:
        content = {"digest": _digest(data), "data": data}
        write_atomic(file, json.dumps(content, ensure_ascii=False).encode())


def _digest(data: _Data) -> str:
    """Return the SHA-256 of everything a pack is read from, and of what reads it."""
    digest = hashlib.sha256()
    for row in _ROWS:
        for path in sorted((Path(__file__).parents[1] / row).rglob("*.py")):
            digest.update(f"{path.name} {path.stat().st_mtime_ns}\0".encode())
    for folder in map(Path, data["folders"]):
        # Which sections exist is part of the checks; their texts are read at each
        # build.
        names = sorted(str(path) for path in folder.glob("sections/*/*.md"))
        digest.update("\0".join(names).encode())
    for path in _files(data):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(data: _Data) -> list[Path]:
    complete = builtin_packs() / COMPLETING
    folders = dict.fromkeys((*map(Path, data["folders"]), complete))
    files = [
        path
        for folder in folders
        for pattern in ("*.yml", "countries/*.yml")
        for path in sorted(folder.glob(pattern))
    ]
    # The interface's messages are not kept; every run reads them.
    return [path for path in files if path != complete / "messages.yml"]


def data_shape() -> Record:
    """Return the shape of a whole pack's checked data, as it is kept."""
    # Names and languages were checked before the data was kept; only its form can have
    # been spoiled since.
    nothing = dict.fromkeys(("sectors", "roles", "lights"))
    fields: dict[str, Shape] = {
        "pack": Record(fields=pack_fields((), lambda _: None), required=REQUIRED),
        "questions": questions_shape(),
        "catalogue": catalogue_shape((), nothing),
        "labels": labels_shape(()),
        "messages": messages_shape(),
        **adaptation_shape(),
        **dict.fromkeys(("folders", "text_folders", "versions"), TEXTS),
    }
    return Record(fields=fields, required=tuple(fields))
