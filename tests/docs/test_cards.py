"""What the manual says of cards is what guidegen reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guidegen.model.project import Project
from guidegen.pack.cards import (
    LONGEST_CHOICE,
    LONGEST_QUESTION,
    LONGEST_WHY,
    cards_shape,
)
from guidegen.pack.load import load_pack
from guidegen.practice.own_cards import (
    MOST,
    MOST_CARDS,
    MOST_FILES,
    Known,
    read_own_cards,
)
from guidegen.schema.shapes import ListOf, Record

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs/reference/cards.md").read_text("utf-8")
BLOCK = re.compile(r"^```yaml\n((?:cards|without).*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", ["how-to/practise.md", "reference/cards.md"])
def test_the_examples_are_read_without_a_complaint(page: str, tmp_path: Path) -> None:
    pack = load_pack("dell")
    known = Known(
        rules=pack.section_ids,
        topics=tuple(pack.catalogue),
        cards=tuple(card.id for card in pack.cards),
        variants=pack.variants,
    )
    project = Project(tmp_path)
    project.training.mkdir()
    blocks = BLOCK.findall((ROOT / "docs" / page).read_text("utf-8"))
    for number, block in enumerate(blocks):
        (project.training / f"{number}.yml").write_text(block, "utf-8")

    own = read_own_cards(project, known)

    assert own.cards
    assert own.without


def test_the_reference_names_every_key_and_limit() -> None:
    shape = cards_shape(()).fields["cards"]
    assert isinstance(shape, ListOf)
    assert isinstance(shape.item, Record)

    assert [key for key in shape.item.fields if f"| `{key}` |" not in REFERENCE] == []
    for limit in (LONGEST_QUESTION, LONGEST_CHOICE, LONGEST_WHY, MOST_CARDS):
        assert f"{limit} " in REFERENCE
    assert f"there may be {MOST_FILES} files with {MOST} cards" in REFERENCE


def test_the_how_to_names_the_rules_that_every_guideline_has() -> None:
    how_to = (ROOT / "docs/how-to/practise.md").read_text("utf-8")
    [line] = [line for line in how_to.splitlines() if line.startswith("4. ")]

    named = set(re.findall(r"`([^`]+)`", line))

    pack = load_pack("dell")
    assert named <= {*pack.section_ids}
    assert named == {card.rule for card in pack.cards} - {*pack.parts}
