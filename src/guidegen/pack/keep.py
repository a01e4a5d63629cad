"""Keeps a pack's texts with the releases, and lets a project stay with them."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from guidegen.errors import PackError
from guidegen.files import explained, staging_folder, write_atomic
from guidegen.model.pack import Pack
from guidegen.model.release import PackRecord, version_key
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack
from guidegen.pack.pin import (
    EXTENDS,
    FORMAT,
    LOCK,
    PACKS,
    kept_digest,
    pack_digest,
    pack_texts,
    read_lock,
    texts_digest,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A built-in pack has other texts now than those a project stays with."""

    name: str
    old: str
    """The pinned version."""
    new: str
    """The installed version; it may be the same, for the texts are compared."""

    @property
    def is_older(self) -> bool:
        """Whether a colleague with a newer guidegen has upgraded the project."""
        try:
            return version_key(self.new) < version_key(self.old)
        except ValueError:  # a version of another form
            return False


def keep_pack(pack: Pack, releases: Path) -> PackRecord:
    """Copy a pack's texts to where releases keep them, unless they are there.

    Args:
        pack: The pack that a release is made with.
        releases: The project's folder of releases.

    Raises:
        PackError: The copy that is there was changed.
        FilesError: Something cannot be read or written; nothing is left half done.
    """
    digest = pack_digest(pack)
    name = f"{pack.name}-{pack.version}-{digest[:8]}"
    folder = f"{PACKS}/{_plain(name)}"
    record = PackRecord(
        name=pack.name, version=pack.version, digest=digest, folder=folder
    )
    place = releases / folder
    if place.is_dir():
        if kept_digest(place) != digest:
            raise PackError("error-pin-changed", path=place, hint="error-pin-hint")
        return record
    # Beside the releases: what a killed run leaves must not lie among them.
    with staging_folder(releases.parent / ".guidegen" / PACKS) as staging:
        new = staging / "pack"
        for each, path in pack_texts(pack.text_folders):
            target = new / each
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        with explained(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            new.rename(place)
    return record


def pin_pack(folder: Path, pack: Pack, record: PackRecord) -> None:
    """Let a project stay with the texts that were kept of a built-in pack.

    A company's own pack is not pinned, only the built-in one that it extends. A project
    that is pinned already stays as it is; so it does no harm to pin too often.

    Args:
        folder: The project's folder.
        pack: The pack that was kept.
        record: What `keep_pack` has returned for it.

    Raises:
        FilesError: `pack.lock` cannot be written.
    """
    text = pin_text(pack, record)
    if text is not None:
        write_atomic(folder / LOCK, text.encode())


def pin_text(pack: Pack, record: PackRecord) -> str | None:
    """Return the `pack.lock` for a kept pack, None if there is nothing to pin.

    That is so if it extends no built-in pack, or comes from kept texts itself.
    """
    packs = builtin_packs().resolve()
    builtin = [path.parent == packs for path in pack.text_folders]
    if True not in builtin:
        return None
    depth = builtin.index(True)
    name = pack.text_folders[depth].name
    pinned = PackRecord(
        name=name,
        version=record.version if depth == 0 else load_pack(name).version,
        digest=texts_digest(pack.text_folders[depth:]),
        folder="/".join([record.folder, *[EXTENDS] * depth]),
    )
    content = {"format": FORMAT, **asdict(pinned)}
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def update_available(folder: Path) -> Update | None:
    """Return whether the installed guidegen has newer texts than a project uses.

    Raises:
        PackError: `pack.lock` is broken, or the installation.
    """
    update = other_texts(folder)
    return None if update is None or update.is_older else update


def other_texts(folder: Path) -> Update | None:
    """Return whether the installed texts are others than those a project stays with.

    Raises:
        PackError: `pack.lock` is broken, or the installation.
    """
    record = read_lock(folder / LOCK)
    if record is None or not (builtin_packs() / record.name).is_dir():
        return None
    installed = load_pack(record.name)
    if pack_digest(installed) == record.digest:
        return None
    return Update(name=record.name, old=record.version, new=installed.version)


def _plain(name: str) -> str:
    """Return a name that is one folder's on every system."""
    return "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in ".-_") else "_"
        for sign in name
    ).lstrip(".")
