"""Reads `clauses.yml`: the words by which a sentence's grammar is known.

It is no text of the guideline: no release keeps it, no digest covers it, and a project
that stays with older texts is judged as the installed pack says.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias, cast

from guidegen.errors import PackError
from guidegen.model.pack import Pack
from guidegen.pack.contract import TEXTS
from guidegen.pack.find import COMPLETING, builtin_packs
from guidegen.pack.pack_file import PackFile
from guidegen.schema.shapes import MapOf, Record

FILE: Final = "clauses.yml"

ROLES: Final = (
    *("not", "only", "unless", "if", "limiting", "must", "may", "free", "because"),
    *("such", "please", "cheering", "telling", "stating", "readers"),
    *(
        "asking",
        "little",
        "prepositions",
        "adverbs",
        "nouns",
        "subordinate",
        "begins",
        "finite",
    ),
    *("numbers", "when", "since"),
)
"""What words can be known for."""

Clauses: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""The words of a language by their role."""


def read_clauses(pack: Pack) -> Mapping[str, Clauses]:
    """Return what a pack, and those that it extends, say of each language's words.

    The pack's own words of a language take the place of those behind it; the languages
    that guidegen speaks are always there.

    Raises:
        PackError: Everything that is wrong with the files.
    """
    folders = (*pack.folders, builtin_packs() / COMPLETING)
    paths = tuple(path for each in folders if (path := each / FILE).is_file())
    # A process that builds again and again need not read them each time.
    return _read(paths, tuple(path.stat().st_mtime_ns for path in paths))


@lru_cache(maxsize=4)
def _read(
    paths: tuple[Path, ...],
    times: tuple[int, ...],  # noqa: ARG001  # what has changed is read anew
) -> Mapping[str, Clauses]:
    files = [PackFile(path) for path in paths]
    found: dict[str, Clauses] = {}
    for file in reversed(files):
        data = cast(
            "Mapping[str, Mapping[str, list[str]]]", file.read(clauses_shape()) or {}
        )
        for language, roles in data.items():
            found[language] = {role: tuple(roles.get(role, ())) for role in ROLES}
    problems = [problem for file in files for problem in file.reader.problems]
    if problems:
        raise PackError.of(*problems)
    return found


def clauses_shape() -> MapOf:
    """Return the shape of the file."""
    return MapOf(item=Record(fields=dict.fromkeys(ROLES, TEXTS)))
