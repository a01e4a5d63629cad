"""Keeps the checked data of packs as JSON in the user's cache.

Reading and checking a pack takes four times as long as finding out that nothing in it
has changed. A process that builds again and again, such as a preview, also keeps the
packs themselves.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from guidegen.errors import FilesError
from guidegen.files import cache_folder, write_atomic
from guidegen.files.digest import sha256
from guidegen.model.json_records import parsed_json, read_record
from guidegen.model.pack import Pack
from guidegen.pack.adaptation.contract import adaptation_shape
from guidegen.pack.build import build_pack
from guidegen.pack.cards import cards_shape
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
from guidegen.schema.conforms import conforms
from guidegen.schema.shapes import Record, Shape
from guidegen.value import Value

_ROWS = ("pack", "schema")
"""The code that reads a pack: another version of it may keep something else."""

_Data: TypeAlias = dict[str, Any]
"""What `data_shape` describes."""

_PACKS = 4
"""So many packs stay in memory: a project's own, and those of its last releases."""


class _Kept(Value):
    """A pack that has been made from kept data."""

    pack: Pack
    folders: Sequence[str]
    """Where it was read from."""
    digest: str
    """That of all files it was read from."""


_in_memory: dict[Path, _Kept] = {}
"""By the file that the data is kept in, the latest last."""


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
        return build_pack(_read(folder, pin))
    # The same folder reads differently with another pin or another installation.
    key = f"{folder.resolve()}\0{pin}\0{builtin_packs()}"
    file = cache / f"{sha256(key.encode())}.json"
    if kept := _kept(file):
        return kept
    begin = time.time_ns()
    data = _read(folder, pin)
    with suppress(OSError, FilesError):  # then it is read again next time
        _keep(file, data, begin)
    return build_pack(data)


def _read(folder: Path, pin: Pin | None) -> _Data:
    # A millisecond, and a pack hardly ever changes.
    from guidegen.pack.read import read_data  # noqa: PLC0415

    return read_data(folder, pin)


def _kept(file: Path) -> Pack | None:
    """Return the pack kept in a file, None if it is outdated or unusable."""
    # Whatever a damaged or edited file raises, the pack is simply read again.
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = _in_memory.pop(file, None)
        if kept is None or kept.digest != _digest(kept.folders):
            kept = _made(file)
        if kept is not None:
            _in_memory[file] = kept
            for oldest in [*_in_memory][:-_PACKS]:
                del _in_memory[oldest]
            return kept.pack
    return None


def _made(file: Path) -> _Kept | None:
    """Make the pack whose data is kept in a file; return None if it is outdated."""
    content = parsed_json(read_record(file))
    data: _Data = content["data"]
    if not conforms(data, data_shape()):
        return None
    folders, digest = data["folders"], content["digest"]
    if digest != _digest(folders):
        return None
    return _Kept(pack=build_pack(data), folders=folders, digest=digest)


def _keep(file: Path, data: _Data, begin: int) -> None:
    # A file that changes while it is read must be read again next time.
    folders = data["folders"]
    if max(path.stat().st_mtime_ns for path in _files(folders)) < begin:
        content = {"digest": _digest(folders), "data": data}
        text = json.dumps(content, ensure_ascii=False).encode()
        # What a power failure leaves of it is no JSON, and read anew.
        write_atomic(file, text, lasting=False)


def _digest(folders: Sequence[str]) -> str:
    """Return the SHA-256 of everything a pack is read from, and of what reads it."""
    digest = hashlib.sha256(_reader())
    for folder in map(Path, folders):
        # Which sections exist is part of the checks; their texts are read at each
        # build.
        names = sorted(str(path) for path in folder.glob("sections/*/*.md"))
        digest.update("\0".join(names).encode())
    for path in _files(folders):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


# What runs stays the same, also where somebody edits it meanwhile.
@lru_cache(maxsize=1)
def _reader() -> bytes:
    """Return which version of guidegen's own code reads packs."""
    return b"".join(
        f"{path.name} {path.stat().st_mtime_ns}\0".encode()
        for row in _ROWS
        for path in sorted((Path(__file__).parents[1] / row).rglob("*.py"))
    )


def _files(folders: Sequence[str]) -> list[Path]:
    complete = builtin_packs() / COMPLETING
    read = dict.fromkeys((*map(Path, folders), complete))
    files = [
        path
        for folder in read
        for pattern in ("*.yml", "countries/*.yml", "cards/*.yml")
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
        "cards": cards_shape(()),
        **dict.fromkeys(("folders", "text_folders", "versions"), TEXTS),
    }
    return Record(fields=fields, required=tuple(fields))
