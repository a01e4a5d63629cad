"""Which texts of a built-in pack a project stays with, whatever guidegen is installed.

A release keeps a copy of its pack's texts; `pack.lock` beside `guideline.yml` names the
copy that the next build uses.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guidegen.errors import PackError
from guidegen.files import explained
from guidegen.model.pack import Pack
from guidegen.model.release import PackRecord

LOCK = "pack.lock"
"""The file beside `guideline.yml` that names the kept texts; JSON."""

RELEASES = "releases"
"""The folder beside it that holds them."""

PACKS = "packs"
"""The folder in it for packs."""

FORMAT = 1
"""The version of `pack.lock`."""

_TEXTS = ("pack.yml", "questions.yml", "catalogue.yml", "labels.yml")
EXTENDS = "extends"
"""In a kept pack: the pack that it extends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What a `pack.lock` says: these kept texts stand for a built-in pack's."""

    record: PackRecord
    """`name` is the built-in pack's, `folder` counts from `releases/`."""
    folder: Path


def pack_digest(pack: Pack) -> str:
    """Return the SHA-256 of all texts that a pack is read from."""
    return texts_digest(pack.text_folders)


def kept_digest(folder: Path) -> str:
    """Return the SHA-256 of a kept pack's texts: the `digest` of its record.

    Raises:
        FilesError: A file cannot be read.
    """
    return texts_digest(kept_chain(folder))


def texts_digest(folders: Iterable[Path]) -> str:
    """Return the SHA-256 of the texts of packs that extend one another."""
    digest = hashlib.sha256()
    for name, path in pack_texts(folders):
        with explained(path):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{name}\0{content}\0".encode())
    return digest.hexdigest()


def find_pin(folder: Path) -> Pin | None:
    """Return what a project's `pack.lock` says, None if it has none.

    Raises:
        PackError: It is broken, or the texts that it names are missing or changed.
    """
    path = folder / LOCK
    record = read_lock(path)
    if record is None:
        return None
    kept = folder / RELEASES / record.folder
    if not (kept / _TEXTS[0]).is_file():
        raise PackError("error-pin-missing", path=path, hint="error-pin-hint")
    if kept_digest(kept) != record.digest:
        raise PackError("error-pin-changed", path=kept, hint="error-pin-hint")
    return Pin(record=record, folder=kept.resolve())


def read_lock(path: Path) -> PackRecord | None:
    """Return the record in a `pack.lock`, None if there is no such file.

    Raises:
        PackError: It is broken.
    """
    if not path.exists():
        return None
    with explained(path):
        content = path.read_bytes()
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise ValueError(data["format"])  # noqa: TRY301  # as the rest
        record = PackRecord(
            **{
                key: data[key]
                for key in ("name", "version", "digest", "folder")
                if isinstance(data[key], str)
            }
        )
        parts = record.folder.split("/")
        if parts[0] != PACKS or {"", ".", ".."} & {*parts} or "\\" in record.folder:
            raise ValueError(record.folder)  # noqa: TRY301
    except (ValueError, KeyError, TypeError) as error:
        raise PackError("error-pin-broken", path=path) from error
    return record


def kept_chain(folder: Path) -> tuple[Path, ...]:
    """Return the folders of a kept pack: its own, then those that it extends."""
    chain = [folder]
    while (chain[-1] / EXTENDS).is_dir():
        chain.append(chain[-1] / EXTENDS)
    return tuple(chain)


def pack_texts(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield a pack's texts by their names in a kept pack."""
    for depth, folder in enumerate(folders):
        start = f"{EXTENDS}/" * depth
        for path in (
            *(folder / name for name in _TEXTS),
            *sorted(folder.glob("sections/*/*.md")),
        ):
            if path.is_file():
                yield start + path.relative_to(folder).as_posix(), path
