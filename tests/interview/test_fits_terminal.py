"""Every question fits a terminal of the usual 80 columns and 24 lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.interview.conftest import PACK, make_context

from guidegen.interview import Prompt, begin, fields, prompt_for
from guidegen.wrap import wrapped

LINES = 24
KEYS = 1
"""The line that explains the keys."""
ENTRIES = 12
"""How many entries of a long list are in sight at least."""
HINT = 2
"""The lines below a list that explain an entry."""


def height(prompt: Prompt) -> int:
    """Return how many lines a question needs with menus."""
    texts = [
        f"\n{prompt.head} · {prompt.text}",
        *([prompt.help] if prompt.help else []),
    ]
    lines = sum(wrapped(f"  {text}").count("\n") + 1 for text in texts) + KEYS
    entries = len(prompt.options) + bool(prompt.other)
    if not any(option.hint for option in prompt.options):
        return lines + entries
    # Such a list scrolls, and says which entry of how many is pointed at.
    return lines + min(entries, ENTRIES) + HINT


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("sector", [key for key in PACK.sectors if key != "listed"])
def test_every_question_fits(
    sector: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", str(LINES))
    context = make_context(language, tmp_path)
    company: dict[str, Any] = {
        "name": "Städtisches Klinikum Nordheide gGmbH",
        "sector": sector,
        "listed": True,
        "countries": ["DE", "AT"],
        "works_council": "betriebsrat",
    }
    answers: dict[str, Any] = {
        "languages": ["de", "en"],
        "company": company,
        "sections": ["accounts"],
        "taboo_topics": [{"name": "A"}],
    }
    state = begin(PACK, answers)
    head = context.messages.text("interview-head", number=28, total=35)

    heights = {
        field.path: height(prompt_for(context, state, field, head=head))
        for field in fields(PACK, state, every=True)
    }

    assert {path: found for path, found in heights.items() if found > LINES} == {}
