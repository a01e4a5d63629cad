"""Reads `explanations.yml`: why the texts of a pack are there.

It is no text of the guideline: no release keeps it, no digest covers it, and a project
that stays with older texts is told what the installed pack says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from guidegen.errors import PackError
from guidegen.model.explanation import (
    ORIGINS,
    STATUSES,
    Explanation,
    Explanations,
    LawSource,
)
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.contract import INTERFACE, TEXT, TEXTS, among
from guidegen.pack.pack_file import PackFile
from guidegen.schema.shapes import ListOf, Localized, MapOf, Record

FILE = "explanations.yml"

_Data: TypeAlias = Mapping[str, Any]


def read_explanations(pack: Pack) -> Explanations:
    """Return what a pack, and those that it extends, say of their texts.

    Raises:
        PackError: Everything that is wrong with the files.
    """
    found: dict[str, dict[str, Any]] = {"sections": {}, "levels": {}, "laws": {}}
    files = [PackFile(path) for each in pack.folders if (path := each / FILE).is_file()]
    # The pack's own come last, so that they win.
    for file in reversed(files):
        data = cast("_Data", file.read(explanations_shape()) or {})
        for key, entries in found.items():
            entries.update(data.get(key, {}))
    problems = [problem for file in files for problem in file.reader.problems]
    if problems:
        raise PackError.of(*problems)
    return Explanations(
        sections={key: _explanation(each) for key, each in found["sections"].items()},
        levels={key: _explanation(each) for key, each in found["levels"].items()},
        laws={key: _law(each) for key, each in found["laws"].items()},
    )


def explanations_shape() -> Record:
    """Return the shape of the file."""
    # Authors read it, so it is in guidegen's languages.
    told = Localized(scalar=TEXT, languages=INTERFACE)
    explanation = Record(
        fields={
            "from": ListOf(item=among(ORIGINS), minimum=1),
            "why": told,
            "source": told,
            "status": among(STATUSES),
            "laws": TEXTS,
        },
        required=("from", "why"),
    )
    law = Record(
        fields={
            "title": told,
            "source": TEXT,
            "status": among(STATUSES),
            "countries": TEXTS,
        },
        required=("title", "source", "status"),
    )
    return Record(
        fields={
            "sections": MapOf(item=explanation),
            "levels": MapOf(item=explanation),
            "laws": MapOf(item=law),
        }
    )


def _explanation(data: _Data) -> Explanation:
    return Explanation(
        origins=tuple(data["from"]),
        why=LocalText.of(data["why"]),
        source=LocalText.of(data["source"]) if "source" in data else None,
        status=data.get("status"),
        laws=tuple(data.get("laws", ())),
    )


def _law(data: _Data) -> LawSource:
    return LawSource(
        title=LocalText.of(data["title"]),
        source=data["source"],
        status=data["status"],
        countries=tuple(data.get("countries", ())),
    )
