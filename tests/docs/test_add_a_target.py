from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidegen.model.target_kinds import TARGET_KINDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/development/add-a-target.md").read_text("utf-8")
NAMED = {
    name
    for name in re.findall(
        r"`((?:src|docs|tests)/[\w./-]+|pyproject.toml|Makefile)`", PAGE
    )
    if not name.startswith("tests/") and not name.endswith("/")
}


def _files_that_know(kind: str) -> Iterator[str]:
    """Give the files, beside tests and guides, in which a kind is told from others."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        if re.search(rf"""["']{kind}["']""", path.read_text("utf-8")):
            yield path.relative_to(ROOT).as_posix()
    for path in (ROOT / "Makefile", ROOT / "pyproject.toml"):
        if re.search(rf"(^|--extra ){kind}\b", path.read_text("utf-8"), re.MULTILINE):
            yield path.name
    for path in sorted((ROOT / "docs/reference").glob("*.md")):
        if f"`{kind}`" in path.read_text("utf-8"):
            yield path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "kind", [name for name, kind in TARGET_KINDS.items() if kind.extra]
)
def test_the_page_names_the_files_to_change_and_no_others(kind: str) -> None:
    module = f"src/guidegen/publish/{TARGET_KINDS[kind].module}.py"
    contract = "src/guidegen/publish/target.py"
    example = "src/guidegen/publish/remote_webdav.py"

    known = set(_files_that_know(kind))

    assert known == NAMED - {contract, example}
    assert {contract, example} <= NAMED
    assert (ROOT / module).is_file()


def test_every_file_that_the_page_names_is_there() -> None:
    assert NAMED
    assert [name for name in sorted(NAMED) if not (ROOT / name).is_file()] == []
