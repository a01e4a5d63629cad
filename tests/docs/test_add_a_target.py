from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidegen.model.target_kinds import TARGET_KINDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/development/add-a-target.md").read_text("utf-8")
NAMED = set(
    re.findall(r"`((?:src|docs)/[\w./-]+\.\w+|pyproject\.toml|Makefile)`", PAGE)
)
EXAMPLE = "webdav"
"""The kind whose module the page names."""


def _files_that_know(kind: str) -> Iterator[str]:
    """Give the files, beside tests and guides, in which a kind is told from others."""
    yield f"src/guidegen/publish/{TARGET_KINDS[kind].module}.py"
    for path in sorted((ROOT / "src").rglob("*.py")):
        # It knows the schemes of addresses, one of which is called like a kind.
        if path == ROOT / "src/guidegen/publish/place.py":
            continue
        if re.search(rf"""["']{kind}["']""", path.read_text("utf-8")):
            yield path.relative_to(ROOT).as_posix()
    for path in (ROOT / "Makefile", ROOT / "pyproject.toml"):
        if re.search(rf"(^|--extra ){kind}\b", path.read_text("utf-8"), re.MULTILINE):
            yield path.name
    for path in sorted((ROOT / "docs/reference").glob("*.md")):
        if f"`{kind}`" in path.read_text("utf-8"):
            yield path.relative_to(ROOT).as_posix()


def test_the_page_names_every_file_that_knows_a_kind() -> None:
    known = set(_files_that_know(EXAMPLE))

    assert len(known) == 6
    assert known <= NAMED


@pytest.mark.parametrize(
    "kind", [name for name, kind in TARGET_KINDS.items() if kind.extra]
)
def test_each_kind_is_known_in_the_same_files(kind: str) -> None:
    example = f"src/guidegen/publish/{TARGET_KINDS[EXAMPLE].module}.py"
    module = f"src/guidegen/publish/{TARGET_KINDS[kind].module}.py"

    known = set(_files_that_know(kind))

    assert known == set(_files_that_know(EXAMPLE)) - {example} | {module}


def test_every_file_that_the_page_names_is_there() -> None:
    assert [name for name in sorted(NAMED) if not (ROOT / name).is_file()] == []
