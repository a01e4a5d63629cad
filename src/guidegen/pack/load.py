"""Loads the pack that a project uses, or the one that a release was made with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guidegen.errors import PackError
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.release import PackRecord
from guidegen.pack.cache import cached_pack
from guidegen.pack.find import builtin_packs, find_pack
from guidegen.pack.pin import Pin, find_pin, kept_chain


def load_pack(
    name: str | Path, *, beside: Path | None = None, pinned: bool = True
) -> Pack:
    """Return a template pack.

    Args:
        name: A built-in pack's name, or a folder.
        beside: The project's folder: what a relative folder counts from, and where
            `pack.lock` may say which texts of a built-in pack the project stays with.
        pinned: Whether to heed `pack.lock`; if not, the installed texts are read.

    Raises:
        PackError: It is missing, or has mistakes: all of them.
    """
    folder = find_pack(name, beside=beside)
    pin = find_pin(Project(beside)) if beside is not None and pinned else None
    return cached_pack(folder, pin)


def load_released(record: PackRecord, project: Project) -> Pack | None:
    """Return the pack that a release was made with, completed by the installed one.

    Args:
        record: What the release says of its pack.
        project: The project that was released.

    Returns:
        None if it can no longer be read: the copy is gone, or a pack that it extends.
    """
    from guidegen.pack.read import extended_name  # noqa: PLC0415  # as in `cache`

    chain = kept_chain((project.releases / record.folder).resolve())
    try:
        name = record.name if len(chain) == 1 else extended_name(chain[-2])
        folder, pin = chain[0], None
        builtin = {path.name: path for path in builtin_packs().iterdir()}
        # Labels that guidegen needs today may be missing in an old copy, so the
        # installed pack completes it.
        if name in builtin:
            pin = Pin(record=replace(record, name=name), folder=chain[-1])
            folder = builtin[name] if len(chain) == 1 else folder
        return cached_pack(folder, pin)
    except PackError:
        # What a release keeps is readable without its pack, so nothing need stop here.
        return None
