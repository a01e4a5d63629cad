"""Reads `announce/texts.yml`: what tells everybody of a release.

It is no text of the guideline: no release keeps it, no digest covers it, and a project
that stays with older texts gets those of the installed pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from guidegen.errors import PackError
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.contract import TEXT
from guidegen.pack.find import COMPLETING, builtin_packs
from guidegen.pack.pack_file import PackFile
from guidegen.schema.shapes import Localized, MapOf

FOLDER: Final = "announce"
FILE: Final = "texts.yml"


def read_announcements(pack: Pack) -> Mapping[str, LocalText]:
    """Return what a pack, and those that it extends, say of a release, by key.

    What a pack leaves out is as in the built-in one, also one language of a text.

    Raises:
        PackError: Everything that is wrong with the files.
    """
    folders = dict.fromkeys((*pack.folders, builtin_packs() / COMPLETING))
    paths = (each / FOLDER / FILE for each in folders)
    files = [PackFile(path) for path in paths if path.is_file()]
    found: dict[str, LocalText] = {}
    # The pack's own come last, so that they win.
    for file in reversed(files):
        data = cast("Mapping[str, str | dict[str, str]]", file.read(_SHAPE) or {})
        for key, text in data.items():
            found[key] = LocalText.of(text).over(found.get(key))
    problems = [problem for file in files for problem in file.reader.problems]
    if problems:
        raise PackError.of(*problems)
    return found


_SHAPE: Final = MapOf(item=Localized(scalar=TEXT, languages=()))
