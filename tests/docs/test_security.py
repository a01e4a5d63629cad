"""Each promise of the page on security names tests, and they are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/explanation/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


@pytest.mark.parametrize(("path", "function"), NAMED)
def test_a_test_that_the_page_names_is_there(path: str, function: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")

    assert not function or f"def {function}(" in text


def test_every_promise_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| [A-Z`n]", line)]

    assert len(rows) > 40
    assert all("`tests/" in row for row in rows)
