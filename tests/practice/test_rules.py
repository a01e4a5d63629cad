"""Where a card leads: to the heading of its rule, whoever has worded it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import sample_project

from guidegen.model.card import Card
from guidegen.model.project import Project
from guidegen.pipeline.working_copy import load_working_copy

pytestmark = pytest.mark.slow

OWN = """\
cards:
  - id: scarf
    question: Which scarf?
    right: Ours
    wrong: [None]
    why: That is how people know us.
    rule: dress-code
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in English."""
    return sample_project("agency", tmp_path / "agency")


def cards_of(project: Project, rule: str) -> list[Card]:
    """Return the English cards on a rule."""
    deck = load_working_copy(project).decks["en"]
    return [card for card in deck.cards if card.rule == rule]


def write(project: Project, section: str, text: str) -> None:
    """Write an own text of a section."""
    path = project.section("en", section)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_pack_s_heading_without_its_number(project: Project) -> None:
    card = cards_of(project, "protect")[0]

    assert (card.rule_title, card.href) == (
        "Protect information",
        "index.html#protect",
    )


def test_a_heading_of_one_s_own_without_an_id_has_one_on_the_page(
    project: Project,
) -> None:
    write(project, "protect", "## 1. Keep it *safe* & sound\n\nDo.\n")

    card = cards_of(project, "protect")[0]

    assert card.rule_title == "Keep it safe & sound"
    assert card.href == "index.html#1-keep-it-safe-sound"


def test_a_section_that_prints_nothing_has_no_cards(project: Project) -> None:
    write(project, "protect", "{# nothing #}\n")

    assert cards_of(project, "protect") == []


def test_a_heading_alone_may_be_underlined(project: Project) -> None:
    write(project, "nice", "Be nice\n-------\n\nDo.\n")

    assert {card.href for card in cards_of(project, "nice")} == {"index.html#be-nice"}


def test_a_heading_may_be_html(project: Project) -> None:
    write(project, "nice", "<h2 id='kind'>Be <em>nice</em></h2>\n\nDo.\n")

    assert {card.href for card in cards_of(project, "nice")} == {"index.html#kind"}


def test_an_own_rule_can_be_practised_with_own_cards(project: Project) -> None:
    write(project, "dress-code", "## Wear the scarf\n\nDo.\n")
    text = project.answers.read_text("utf-8")
    section = "sections: [{id: dress-code, as: rule}]\n"
    project.answers.write_text(
        text.replace("version:\n", f"{section}version:\n", 1), "utf-8"
    )
    project.training.mkdir()
    (project.training / "scarf.yml").write_text(OWN, encoding="utf-8")

    [card] = cards_of(project, "dress-code")
    deck = load_working_copy(project).decks["en"]

    assert (card.id, card.rule_title, card.href) == (
        "scarf",
        "Wear the scarf",
        "index.html#dress-code",
    )
    assert card in deck.cards[: deck.core]
