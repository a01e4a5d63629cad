"""How far the change of one sentence goes, for 60 changes in each language.

The other changes were written after the code, and looked at when it was mended.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.compare.conftest import state

from guidegen.compare.comparison import Comparison
from guidegen.model.pack import Pack

_HEADINGS = {
    "welcome": "# Nordlicht {: #welcome }",
    "rule": "## 1. Nordlicht {: #protect }",
    "rights": "## Nordlicht {: #rights }",
    "help": "## Nordlicht {: #mistakes }",
    "more": "## Nordlicht {: #account }",
    "contact": "## Nordlicht {: #questions }",
}
_RIGHT = 0.95
"""How many of the changes have to be judged rightly."""


def changes(name: str) -> list[dict[str, str]]:
    """Return the changes of a language's sentences."""
    path = Path(__file__).with_name(f"steps-{name}.yml")
    read: list[dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def text(sentence: str | None, section: str) -> str:
    """Return a page with a sentence in one of its sections."""
    parts = []
    for name, heading in _HEADINGS.items():
        said = sentence if name == section and sentence else ""
        parts.append(f"{heading}\n\nLinks {name}.\n{said}\n\nRechts {name}.\n")
    return "\n".join(parts)


def proposed(
    change: dict[str, str], language: str, pack: Pack, answers: dict[str, Any]
) -> str:
    """Return how far a change goes."""
    section = change.get("in", "rule")
    old, new = (
        state(answers, pack, **{language: text(change.get(key), section)})
        for key in ("old", "new")
    )
    return Comparison(old=old, new=new).proposal.step


@pytest.mark.parametrize("name", ["de", "en", "de-others", "en-others"])
def test_how_far_a_change_of_a_sentence_goes(
    name: str, pack: Pack, answers: dict[str, Any]
) -> None:
    given = changes(name)
    assert len(given) >= 60
    wrong = [
        (found, change)
        for change in given
        if (found := proposed(change, name[:2], pack, answers)) != change["step"]
    ]

    # What somebody is asked or forbidden is never passed over.
    asked = [each for each in wrong if each[1]["step"] == "major"]
    assert len(asked) <= len(given) // 100, asked
    assert len(wrong) <= (1 - _RIGHT) * len(given), wrong
