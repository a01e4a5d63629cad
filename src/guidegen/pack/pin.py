"""Pins a project to a built-in pack's texts, whichever guidegen is installed later.

A release keeps a copy of its pack's texts in `releases/packs/`; `pack.lock` beside
`guideline.yml` names the copy that builds use from then on.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from guidegen.errors import PackError
from guidegen.files import (
    move_inside,
    staging_folder,
    translate_os_errors,
    write_atomic,
)
from guidegen.files.digest import file_sha256
from guidegen.files.listing import is_litter
from guidegen.model.json_records import parsed_json
from guidegen.model.pack import Pack
from guidegen.model.project import PACKS, Project
from guidegen.model.release import PackRecord
from guidegen.pack.find import builtin_packs
from guidegen.value import Value

FORMAT = 1
"""The version of `pack.lock`."""

# Neither the look nor `messages.yml`: those come from the installed pack.
_TEXTS = ("pack.yml", "questions.yml", "catalogue.yml", "labels.yml")
# What packs did not always have; a digest does not change by what is not there.
_NEWER = ("sectors.yml", "names.yml")
_EXTENDS = "extends"
"""The folder in a kept pack with the pack that it extends."""


class Pin(Value):
    """What a `pack.lock` says: use these kept texts in place of a built-in pack's."""

    record: PackRecord
    """`name` is that of the built-in pack; `folder` is relative to `releases/`."""
    folder: Path


def find_pin(project: Project) -> Pin | None:
    """Return a project's pin, None if it has no `pack.lock`.

    Raises:
        PackError: It is broken, or the texts that it names are missing or changed.
    """
    record = read_lock(project)
    if record is None:
        return None
    kept = project.releases / record.folder
    if not (kept / _TEXTS[0]).is_file():
        raise PackError(
            "error-pin-missing", path=project.pack_lock, hint="error-pin-hint"
        )
    # A company's policy must not change unnoticed, even where somebody edits the copy.
    if kept_digest(kept) != record.digest:
        raise PackError("error-pin-changed", path=kept, hint="error-pin-hint")
    return Pin(record=record, folder=kept.resolve())


def read_lock(project: Project) -> PackRecord | None:
    """Return the record in a project's `pack.lock`, None if there is no such file.

    Raises:
        PackError: It is broken.
    """
    path = project.pack_lock
    if not path.exists():
        return None
    with translate_os_errors(path):
        content = path.read_bytes()
    try:
        data = parsed_json(content)
        if data["format"] != FORMAT:
            raise ValueError(data["format"])  # noqa: TRY301  # as the rest
        record = PackRecord(
            **{
                key: data[key]
                for key in ("name", "version", "digest", "folder")
                # What is not a text is left out, and PackRecord raises because it is
                # missing.
                if isinstance(data[key], str)
            }
        )
        parts = record.folder.split("/")
        # The project may come from a stranger: nothing outside `releases/packs/` is
        # read.
        if parts[0] != PACKS or {"", ".", ".."} & {*parts} or "\\" in record.folder:
            raise ValueError(record.folder)  # noqa: TRY301
    except (ValueError, KeyError, TypeError) as error:
        raise PackError("error-pin-broken", path=path) from error
    return record


def keep_pack(pack: Pack, project: Project) -> PackRecord:
    """Copy a pack's texts to where releases keep them, unless that was done before.

    Args:
        pack: The pack that a release is made with.
        project: The project whose release it is.

    Raises:
        PackError: The existing copy was changed.
        FilesError: Something cannot be read or written; nothing is left half done.
    """
    digest = pack_digest(pack)
    # A pack's texts can change without its version; the digest keeps the copies apart.
    name = f"{pack.name}-{pack.version}-{digest[:8]}"
    folder = f"{PACKS}/{_folder_name(name)}"
    record = PackRecord(
        name=pack.name, version=pack.version, digest=digest, folder=folder
    )
    kept = project.releases / folder
    if kept.is_dir():
        # A project that is pinned to it has just been asked for these very files.
        is_known = kept_chain(kept.resolve()) == tuple(pack.text_folders)
        if not is_known and kept_digest(kept) != digest:
            raise PackError("error-pin-changed", path=kept, hint="error-pin-hint")
        return record
    # Not among the releases: a run that is killed leaves it behind.
    with staging_folder(project.work / PACKS) as staging:
        new = staging / "pack"
        for each, path in _pack_texts(pack.text_folders):
            target = new / each
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        with translate_os_errors(kept):
            # Renamed as a whole: half a copy would look like texts that somebody has
            # changed.
            move_inside(new, project.folder, kept)
    return record


def _folder_name(name: str) -> str:
    """Return a name that can be a folder's on every system."""
    return "".join(
        character
        if character.isascii() and (character.isalnum() or character in ".-_")
        else "_"
        for character in name
    ).lstrip(".")


def pin_pack(project: Project, pack: Pack, record: PackRecord) -> bool:
    """Pin a project to the kept texts of a built-in pack.

    A company's own pack is not pinned, only the built-in one that it extends. Nothing
    happens to a project that is pinned already.

    Args:
        project: The project.
        pack: The pack that was kept.
        record: What `keep_pack` returned for it.

    Returns:
        Whether the project has been pinned; it reads other folders from now on.

    Raises:
        FilesError: `pack.lock` cannot be written.
    """
    text = pin_text(pack, record)
    if text is None:
        return False
    write_atomic(project.pack_lock, text.encode(), within=project.folder)
    return True


def pin_text(pack: Pack, record: PackRecord) -> str | None:
    """Return the text of `pack.lock` for a kept pack, None if there is nothing to pin.

    There is not if it extends no built-in pack, or is itself read from kept texts.
    """
    packs = builtin_packs().resolve()
    builtin = [path.parent == packs for path in pack.text_folders]
    if True not in builtin:
        return None
    # The folders before it are the company's own, which is not pinned.
    depth = builtin.index(True)
    name = pack.text_folders[depth].name
    pinned = PackRecord(
        name=name,
        version=pack.versions[depth],
        digest=_texts_digest(pack.text_folders[depth:]),
        folder="/".join([record.folder, *[_EXTENDS] * depth]),
    )
    content = {"format": FORMAT, **asdict(pinned)}
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def pack_digest(pack: Pack) -> str:
    """Return the SHA-256 of all the texts of a pack."""
    return _texts_digest(pack.text_folders)


def kept_digest(folder: Path) -> str:
    """Return the SHA-256 of a kept pack's texts: the `digest` of its record.

    Raises:
        FilesError: A file cannot be read.
    """
    return _texts_digest(kept_chain(folder))


def _texts_digest(folders: Iterable[Path]) -> str:
    """Return the SHA-256 of the texts of packs that extend one another."""
    digest = hashlib.sha256()
    for name, path in _pack_texts(folders):
        try:
            content = file_sha256(path)
        except OSError:
            with translate_os_errors(Path(path)):
                raise
        # Each part ends in a NUL, so that no file's name can pass for another's
        # content.
        digest.update(f"{name}\0{content}\0".encode())
    return digest.hexdigest()


def kept_chain(folder: Path) -> tuple[Path, ...]:
    """Return the folders of a kept pack: its own, then those of packs it extends."""
    chain = [folder]
    while (chain[-1] / _EXTENDS).is_dir():
        chain.append(chain[-1] / _EXTENDS)
    return tuple(chain)


def _pack_texts(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield the texts of a pack: their names in a kept copy, and their paths."""
    # Each command asks for a hundred of them several times, and `Path.glob` takes
    # twice as long.
    for depth, folder in enumerate(folders):
        start = f"{_EXTENDS}/" * depth
        for name in _text_names(os.fspath(folder)):
            if not is_litter(name):
                yield start + name, os.path.join(folder, name)  # noqa: PTH118


def _text_names(folder: str) -> Iterator[str]:
    """Yield the names of a pack's files with texts, from its folder on, with `/`."""
    for name in (*_TEXTS, *_NEWER):
        if os.path.isfile(os.path.join(folder, name)):  # noqa: PTH113, PTH118
            yield name
    below = [("countries", ".yml"), ("cards", ".yml")]
    variants = _sorted_entries(os.path.join(folder, "sections"))  # noqa: PTH118
    below += [(f"sections/{each.name}", ".md") for each in variants if each.is_dir()]
    for name, ending in below:
        for each in _sorted_entries(os.path.join(folder, name)):  # noqa: PTH118
            if os.path.normcase(each.name).endswith(ending) and each.is_file():
                yield f"{name}/{each.name}"


def _sorted_entries(folder: str) -> list[os.DirEntry[str]]:
    """Return what is in a folder, in the order of paths; nothing if there is none."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda each: os.path.normcase(each.name))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []
