"""Where packs are: the built-in ones and a company's own folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import guidegen
from guidegen.errors import PackError
from guidegen.files.links import refuse_link, refuse_links_below

PACK = "pack.yml"
"""The file that makes a folder a pack."""

COMPLETING = "dell"
"""The built-in pack that has every label and message, and completes the others."""


def builtin_packs() -> Path:
    """Return the folder of the packs that ship with guidegen.

    Raises:
        PackError: The installation is broken.
    """
    for folder in guidegen.TEMPLATE_PACKS:
        if folder.is_dir():
            return folder
    raise PackError("error-pack-none")


def find_pack(name: str | Path, *, beside: Path | None = None) -> Path:
    """Return the folder of a pack.

    Args:
        name: The name of a built-in pack, or a folder; a relative one counts from
            `beside`.
        beside: The folder of the file that names the pack.

    Raises:
        PackError: There is no such pack.
        FilesError: There is a link on the way to its folder, or in it.
    """
    builtin = builtin_packs()
    # A built-in name wins; a folder that is called the same can be named `./dell`.
    if isinstance(name, str) and name in _names(builtin):
        return builtin / name
    folder = _folder(name, beside)
    if folder is None:
        names = ", ".join(_names(builtin))
        raise PackError("error-pack-unknown", name=str(name), names=names)
    _refuse_links(name, beside, folder)
    return folder


def is_installed(folder: Path) -> bool:
    """Return whether a folder belongs to the packs that ship with guidegen.

    Those are trusted as guidegen itself is. Any other may have come with a project,
    from somebody else.
    """
    found = folder.resolve()
    return any(found.is_relative_to(each.resolve()) for each in guidegen.TEMPLATE_PACKS)


def _refuse_links(name: str | Path, beside: Path | None, folder: Path) -> None:
    # Whatever is in the folder may be shown on a page.
    refuse_links_below(folder)
    here, parts = beside or Path(), Path(name).parts
    if beside is None or folder != beside / name:
        return  # a path of this computer, which the author knows
    for part in parts:
        here /= part
        if part != os.pardir:
            refuse_link(here)


def _folder(name: str | Path, beside: Path | None) -> Path | None:
    """Return the folder of this name if there is a pack in it."""
    try:
        folder = Path(name).expanduser()
        if beside is not None and not folder.is_absolute():
            folder = beside / folder
        return folder if (folder / PACK).is_file() else None
    except (OSError, RuntimeError, ValueError):
        # A name that no folder can have, or the home of an unknown user.
        return None


def _names(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("*/pack.yml"))


def section_file(folders: Sequence[Path], variant: str, section: str) -> Path | None:
    """Return the file of a section, from the first folder that has one.

    A variant without a text of its own uses the text of its language.
    """
    # Folders first, then variants: a company that has only `sections/de/` expects to
    # see that text, even if the pack has one for `de-formal`.
    for folder in folders:
        for name in dict.fromkeys((variant, variant.partition("-")[0])):
            path = folder / "sections" / name / f"{section}.md"
            if path.is_file():
                return path
    return None
