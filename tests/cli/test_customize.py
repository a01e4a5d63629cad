"""`guidegen customize`: a section's text becomes the company's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.model.card import Deck
from guidegen.model.project import Project
from guidegen.pack.find import builtin_packs
from guidegen.pipeline.working_copy import load_working_copy

Guidegen = Callable[..., Result]

PACK = builtin_packs() / "dell" / "sections"


@pytest.fixture
def company(here: Path) -> Path:
    """Return a company's project: German with Sie, and English."""
    return sample_project("listed", here).folder


@pytest.mark.slow
def test_the_pack_s_text_is_taken_in_the_variants_that_the_company_uses(
    guidegen: Guidegen, company: Path
) -> None:
    result = guidegen("customize", "nice")

    assert result.code == 0, result.err
    assert result.out.splitlines()[:3] == [
        "These texts are yours now:",
        "  sections/de-formal/nice.md",
        "  sections/en/nice.md",
    ]
    for variant in ("de-formal", "en"):
        text = (PACK / variant / "nice.md").read_bytes()
        assert (company / "sections" / variant / "nice.md").read_bytes() == text
        base = company / "sections" / ".base" / variant / "nice.md"
        assert base.read_bytes() == text
    assert guidegen("build", "-q") == (0, "", "")


def test_an_optional_part_says_that_it_is_not_in_the_guideline_yet(
    guidegen: Guidegen, company: Path
) -> None:
    result = guidegen("customize", "crisis")

    assert (result.code, result.err) == (0, "")
    assert (company / "sections" / "en" / "crisis.md").is_file()
    assert "“guidegen add crisis” adds the section" in result.out


def test_one_language_alone_can_be_taken(guidegen: Guidegen, company: Path) -> None:
    result = guidegen("customize", "nice", "--language", "en", "--json")

    assert json.loads(result.out) == {
        "section": "nice",
        "files": ["sections/en/nice.md"],
        "beside": [],
    }
    assert not (company / "sections" / "de-formal").exists()


@pytest.mark.parametrize("variant", ["de", "de-formal", "en"])
def test_a_text_that_is_there_is_never_overwritten(
    variant: str, guidegen: Guidegen, company: Path
) -> None:
    own = company / "sections" / variant / "nice.md"
    own.parent.mkdir(parents=True)
    own.write_text("Ours", encoding="utf-8")
    language = variant.partition("-")[0]

    result = guidegen("customize", "nice", "--language", language)

    assert result.code == 1
    assert result.err == (
        f"error: sections/{variant}/nice.md: this section already has a text of"
        " your own\nhint: edit it, or move it elsewhere to start from the template"
        " pack's text\n"
    )
    assert [*(company / "sections").rglob("*.md")] == [own]
    assert own.read_text("utf-8") == "Ours"


def test_the_pack_s_text_is_put_beside_the_company_s_where_that_lacks_a_language(
    guidegen: Guidegen, company: Path
) -> None:
    own = company / "sections" / "de" / "nice.md"
    own.parent.mkdir(parents=True)
    own.write_text("## Sprechen Sie mit uns {: #nice }\n", encoding="utf-8")

    result = guidegen("customize", "nice")

    assert result.code == 0, result.err
    assert "in German: sections/de/nice.md" in result.out
    assert "in English: sections/en/nice.md" in result.out
    taken = (company / "sections" / "en" / "nice.md").read_bytes()
    assert taken == (PACK / "en" / "nice.md").read_bytes()
    assert own.read_text("utf-8").startswith("## Sprechen Sie mit uns")
    assert not (company / "sections" / "de-formal").exists()


def test_a_company_that_says_sie_now_keeps_its_text_for_du(
    guidegen: Guidegen, company: Path
) -> None:
    own = company / "sections" / "de" / "nice.md"
    own.parent.mkdir(parents=True)
    own.write_text("## Sprich mit uns {: #nice }\n", encoding="utf-8")

    result = guidegen("customize", "nice", "--language", "de")

    assert result.code == 0, result.err
    taken = (company / "sections" / "de-formal" / "nice.md").read_bytes()
    assert taken == (PACK / "de-formal" / "nice.md").read_bytes()
    assert own.read_text("utf-8").startswith("## Sprich mit uns")


def test_a_company_that_says_du_now_keeps_its_text_for_sie(
    guidegen: Guidegen, company: Path
) -> None:
    answers = company / "guideline.yml"
    text = answers.read_text("utf-8").replace("address: sie", "address: du")
    answers.write_text(text, encoding="utf-8")
    own = company / "sections" / "de" / "nice.md"
    own.parent.mkdir(parents=True)
    sie = "## Sprechen Sie mit uns {: #nice }\n"
    own.write_text(sie, encoding="utf-8")

    result = guidegen("customize", "nice", "--language", "de")

    assert result.code == 0, result.err
    assert own.read_bytes() == (PACK / "de" / "nice.md").read_bytes()
    moved = company / "sections" / "de-formal" / "nice.md"
    assert moved.read_text("utf-8") == sie


@pytest.mark.usefixtures("company")
def test_without_a_name_all_sections_are_listed(guidegen: Guidegen) -> None:
    guidegen("customize", "nice", "--language", "en")

    result = guidegen("customize")

    assert result.code == 0
    assert "  welcome          Social media at Nordlicht\n" in result.out
    assert "  law              Follow the law\n" in result.out
    assert "connect  (your own text: sections/en/nice.md)\n" in result.out


@pytest.mark.usefixtures("company")
def test_the_list_can_be_had_as_json(guidegen: Guidegen) -> None:
    sections = json.loads(guidegen("customize", "--json").out)

    assert sections[3] == {
        "id": "law",
        "title": "Follow the law",
        "shown": True,
        "own": [],
    }


def test_a_company_that_does_not_use_the_interface_s_language_reads_its_own(
    guidegen: Guidegen, here: Path
) -> None:
    sample_project("small", here / "small")

    assert "  Halte Dich an die Gesetze" in guidegen("customize", "small").out


@pytest.mark.usefixtures("company")
def test_an_unknown_section_and_language_are_named_with_the_known_ones(
    guidegen: Guidegen,
) -> None:
    result = guidegen("customize", "nise", "--language", "fr")

    assert result.code == 1
    assert result.out == ""
    assert "  nice             Be kind" in result.err
    assert result.err.splitlines()[-2:] == [
        "error: your guideline does not have the language “fr”; it has: de, en",
        "error: there is no section “nise”; their names are on the left in the list",
    ]


def test_without_a_guideline_it_says_how_to_make_one(guidegen: Guidegen) -> None:
    result = guidegen("customize", "nice", "nowhere")

    assert result.code == 1
    assert "there is no guideline.yml here" in result.err
    assert "guidegen init" in result.err


def test_swiss_companies_get_swiss_spelling(guidegen: Guidegen, company: Path) -> None:
    answers = company / "guideline.yml"
    text = answers.read_text("utf-8").replace("[DE, AT, US]", "[CH]")
    answers.write_text(text, encoding="utf-8")

    guidegen("customize", "mistakes")

    own = (company / "sections" / "de-formal" / "mistakes.md").read_text("utf-8")
    assert "Verstössen" in own
    assert "ß" not in own


@pytest.mark.usefixtures("company")
def test_cards_are_listed_by_section(guidegen: Guidegen) -> None:
    result = guidegen("customize", "cards")

    lines = result.out.splitlines()
    assert (result.code, result.err) == (0, "")
    assert lines[0] == "The cards to practise with, by section:"
    assert lines[1:3] == ["  protect", "    desk-photo"]
    # Of no sector but the company's own.
    assert "    finished-bathroom" not in lines

    listed = json.loads(guidegen("customize", "cards", "--json").out)
    assert {"id", "rule", "question", "own"} == listed[0].keys()


@pytest.mark.slow
def test_cards_of_a_section_are_taken_over_and_take_the_pack_s_place(
    guidegen: Guidegen, company: Path
) -> None:
    result = guidegen("customize", "cards/account")

    assert (result.code, result.err) == (0, "")
    assert "  training/account.yml" in result.out
    path = company / "training" / "account.yml"
    before = decks_of(company)
    text = path.read_text("utf-8")
    assert "{company" not in text
    path.write_text(text.replace("Call him and ask", "Ring him up and ask"), "utf-8")
    after = decks_of(company)
    assert [card.id for card in before["en"].cards] == [
        card.id for card in after["en"].cards
    ]
    changed = [
        card
        for card, other in zip(after["en"].cards, before["en"].cards, strict=True)
        if card != other
    ]
    assert [card.id for card in changed] == ["password-in-a-chat"]
    assert guidegen("customize", "cards/account").code == 1
    assert "your own text: training/account.yml" in guidegen("customize", "cards").out


def test_a_single_card_can_be_taken_in_one_language(
    guidegen: Guidegen, company: Path
) -> None:
    guidegen("customize", "cards/own-pay", "--language", "en")

    text = (company / "training" / "own-pay.yml").read_text("utf-8")
    assert text.count("  - id: ") == 1
    assert "      en: " in text
    assert "de-formal" not in text


def test_cards_that_there_are_not_are_refused(
    guidegen: Guidegen, company: Path
) -> None:
    result = guidegen("customize", "cards/weather", "--language", "fr")

    assert result.code == 1
    assert "“weather”" in result.err
    assert "“fr”" in result.err
    assert not (company / "training").exists()


def decks_of(folder: Path) -> Mapping[str, Deck]:
    """Return the decks of a project as it is now."""
    return load_working_copy(Project(folder)).decks
