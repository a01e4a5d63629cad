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
from dataclasses import replace
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

_FOLDERS = ("folders", "text_folders")
"""The data that says where a pack lies."""

_PINNED = "pinned:"
"""Stands for the folder of the texts that a project stays with.

They read the same wherever the project lies, so what is kept does not name it.
"""


class _Kept(Value):
    """A pack that has been made from kept data."""

    pack: Pack
    folders: Sequence[str]
    """Where it was read from, by the names under which that is kept."""
    pinned: str | None
    """Where the texts lie that it stays with, if it does."""
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
    # The same folder reads differently with other texts or another installation.
    texts = pin and (pin.record.name, pin.record.digest)
    key = f"{folder.resolve()}\0{texts}\0{builtin_packs()}"
    file = cache / f"{sha256(key.encode())}.json"
    pinned = str(pin.folder) if pin else None
    if kept := _kept(file, pinned):
        return kept
    begin = time.time_ns()
    data = _read(folder, pin)
    with suppress(OSError, FilesError):  # then it is read again next time
        _keep(file, data, begin, pinned)
    return build_pack(data)


def _read(folder: Path, pin: Pin | None) -> _Data:
    # A millisecond, and a pack hardly ever changes.
    from guidegen.pack.read import read_data  # noqa: PLC0415

    return read_data(folder, pin)


def _kept(file: Path, pinned: str | None) -> Pack | None:
    """Return the pack kept in a file, None if it is outdated or unusable."""
    # Whatever a damaged or edited file raises, the pack is simply read again.
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = _in_memory.pop(file, None)
        if kept is None or kept.digest != _digest(kept.folders, pinned):
            kept = _made(file, pinned)
        elif kept.pinned != pinned:
            kept = _moved(kept, pinned)
        if kept is not None:
            _in_memory[file] = kept
            for oldest in [*_in_memory][:-_PACKS]:
                del _in_memory[oldest]
            return kept.pack
    return None


def _made(file: Path, pinned: str | None) -> _Kept | None:
    """Make the pack whose data is kept in a file; return None if it is outdated."""
    content = parsed_json(read_record(file))
    data: _Data = content["data"]
    if not conforms(data, data_shape()):
        return None
    folders, digest = data["folders"], content["digest"]
    if digest != _digest(folders, pinned):
        return None
    placed = {key: [_placed(each, pinned) for each in data[key]] for key in _FOLDERS}
    pack = build_pack(data | placed)
    return _Kept(pack=pack, folders=folders, pinned=pinned, digest=digest)


def _moved(kept: _Kept, pinned: str | None) -> _Kept:
    """Return a pack as it is read where the same texts lie in another project."""
    pack = kept.pack
    folders, text_folders = (
        tuple(_placed(_name(str(each), kept.pinned), pinned) for each in own)
        for own in (pack.folders, pack.text_folders)
    )
    return _Kept(
        pack=replace(pack, folders=folders, text_folders=text_folders),
        folders=kept.folders,
        pinned=pinned,
        digest=kept.digest,
    )


def _keep(file: Path, data: _Data, begin: int, pinned: str | None) -> None:
    # A file that changes while it is read must be read again next time.
    names = {key: [_name(each, pinned) for each in data[key]] for key in _FOLDERS}
    files = _files(names["folders"], pinned)
    if max(path.stat().st_mtime_ns for path, _ in files) < begin:
        content = {"digest": _digest(names["folders"], pinned), "data": data | names}
        text = json.dumps(content, ensure_ascii=False).encode()
        # What a power failure leaves of it is no JSON, and read anew.
        write_atomic(file, text, lasting=False)


def _name(folder: str, pinned: str | None) -> str:
    """Return the name under which a folder is kept, wherever the pinned texts lie."""
    if pinned is not None and Path(folder).is_relative_to(pinned):
        return f"{_PINNED}{folder.removeprefix(pinned)}"
    return folder


def _placed(name: str, pinned: str | None) -> Path:
    """Return the folder of this name."""
    if pinned is not None and name.startswith(_PINNED):
        return Path(f"{pinned}{name.removeprefix(_PINNED)}")
    return Path(name)


def _digest(names: Sequence[str], pinned: str | None) -> str:
    """Return the SHA-256 of everything a pack is read from, and of what reads it."""
    digest = hashlib.sha256(_reader())
    for name in names:
        # Which sections exist is part of the checks; their texts are read at each
        # build.
        folder = _placed(name, pinned)
        start = len(str(folder))
        paths = sorted(str(path)[start:] for path in folder.glob("sections/*/*.md"))
        digest.update("\0".join([name, *paths]).encode())
    for path, name in _files(names, pinned):
        digest.update(f"\0{name}\0".encode())
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


def _files(names: Sequence[str], pinned: str | None) -> list[tuple[Path, str]]:
    """Return the files of a pack, each with the name of its folder and its own."""
    complete = builtin_packs() / COMPLETING
    files = [
        (path, f"{name}/{path.relative_to(folder)}")
        for name in dict.fromkeys((*names, str(complete)))
        for folder in (_placed(name, pinned),)
        for pattern in ("*.yml", "countries/*.yml", "cards/*.yml")
        for path in sorted(folder.glob(pattern))
    ]
    # The interface's messages are not kept; every run reads them.
    return [each for each in files if each[0] != complete / "messages.yml"]


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
