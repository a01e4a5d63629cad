"""The reference says of packs exactly what the code allows."""

from __future__ import annotations

import re
from pathlib import Path

from guidegen.page.extensions import ALLOWED
from guidegen.sandbox import METHODS, Sandbox
from guidegen.sandbox.budget import LONGEST, MOST, STEPS, TOGETHER, USUAL

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "template-pack.md").read_text("utf-8")
SECTION = PAGE.split("## What a pack cannot do")[1].split("\n## ")[0]


def _named(row: str) -> set[str]:
    line = next(line for line in SECTION.splitlines() if line.startswith(f"| {row}"))
    return set(re.findall(r"`([^`]+)`", line.split("|", 2)[2]))


def test_the_reference_names_the_extensions_of_markdown_that_packs_have() -> None:
    assert _named("`markdown_extensions`") == {*ALLOWED}


def test_the_reference_names_the_filters_that_templates_have() -> None:
    assert _named("filters") == {
        *Sandbox().filters,
        *("site/", "url", "script_tag"),
    }


def test_the_reference_names_what_templates_may_call() -> None:
    called = {*METHODS[str], *METHODS[dict], "loop.cycle", "loop.changed"}
    assert _named("what they may call") == called | {*Sandbox().globals}


def test_the_reference_says_how_much_a_template_may_compute() -> None:
    row = next(line for line in SECTION.splitlines() if "how much" in line)
    assert f"{STEPS:,} steps" in row
    assert f"{TOGETHER:,} and {USUAL:,} more" in row
    assert f"{LONGEST // 2**20} MB" in row
    assert f"{MOST:,} entries" in row
