"""The pack that a release was made with, read from the copy that releases keep."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guidegen.errors import PackError
from guidegen.model.pack import Pack
from guidegen.model.release import PackRecord
from guidegen.pack.find import builtin_packs
from guidegen.pack.kept import kept_pack
from guidegen.pack.pin import Pin, kept_chain


def load_released(record: PackRecord, releases: Path) -> Pack | None:
    """Read the pack that a release was made with, completed by the installed one.

    Args:
        record: What the release says of its pack.
        releases: The project's folder of releases.

    Returns:
        None if it cannot be read any more: the copy is gone, or it extends a pack that
        is.
    """
    from guidegen.pack.read import read_pack  # noqa: PLC0415  # a kept pack is not read

    chain = kept_chain((releases / record.folder).resolve())
    try:
        name = record.name if len(chain) == 1 else _extended(chain[-2])
        folder, pin = chain[0], None
        builtin = {path.name: path for path in builtin_packs().iterdir()}
        if name in builtin:
            pin = Pin(record=replace(record, name=name), folder=chain[-1])
            folder = builtin[name] if len(chain) == 1 else folder
        return kept_pack(folder, lambda: read_pack(folder, pin), pin=pin)
    except PackError:
        return None


def _extended(folder: Path) -> str:
    """Return the name of the pack that the one in a folder extends."""
    from guidegen.pack.yaml_file import PackFile  # noqa: PLC0415  # reads YAML

    data = PackFile(folder / "pack.yml").root().data
    name = data.get("extends") if isinstance(data, dict) else None
    return name if isinstance(name, str) else ""
