"""A pack's cards: what is wrong with them is said with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.pack.packs import change
from tests.wording import located

from guidegen.errors import PackError
from guidegen.pack.cards import CardFiles
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack

CARD = """\
cards:
  - id: ours
    rule: nice
    question: {de: "Und bei {company_dative}?", en: "And at {company}?"}
    right: {de: Ja, en: "Yes"}
    wrong:
      - {de: Nein, en: "No"}
    why: {de: Darum., en: Because.}
"""


def extending(folder: Path, text: str) -> Path:
    """Return a pack that extends the built-in one and has a file of cards."""
    (folder / "cards").mkdir(parents=True)
    (folder / "pack.yml").write_text(
        "format: 1\nname: ours\nextends: dell\n", encoding="utf-8"
    )
    (folder / "cards" / "nice.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_file_takes_the_place_of_one_of_its_name(tmp_path: Path) -> None:
    pack = load_pack(extending(tmp_path / "ours", CARD))

    of_rule = [card.id for card in pack.cards if card.rule == "nice"]
    assert of_rule == ["ours"]
    assert len(pack.cards) > 50


def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path) -> None:
    text = CARD.replace("rule: nice", "rule: nicer").replace("{company}", "{firm}")
    text += text.removeprefix("cards:\n").replace("id: ours", "id: desk-photo")
    text += "    sectors: [mining]\n    countries: 3\n    colour: red\n"
    folder = extending(tmp_path / "ours", text)

    with pytest.raises(PackError) as caught:
        load_pack(folder)

    start = f"{folder}/cards/nice.yml:"
    lines = [
        line.removeprefix(start).partition(": ")[0] for line in located(caught.value)
    ]
    said = "\n".join(located(caught.value))
    assert [line for line in lines if line.isdigit()] == lines
    assert "there is no section “nicer”" in said
    assert "there is no placeholder “firm” here" in said
    assert "“mining”" in said
    assert "colour" in said


@pytest.mark.slow
def test_an_id_is_there_once(tmp_path: Path) -> None:
    folder = extending(tmp_path / "ours", CARD)
    change(folder / "cards" / "nice.yml", "id: ours", "id: desk-photo")

    with pytest.raises(PackError) as caught:
        load_pack(folder)

    [line] = located(caught.value)
    assert "the card “desk-photo” is there already" in line


def test_a_pack_needs_no_cards(tmp_path: Path) -> None:
    folder = extending(tmp_path / "ours", CARD)
    for name in ("account", "data-protection", "law", "mistakes", "protect"):
        (folder / "cards" / f"{name}.yml").write_text("cards: []\n", "utf-8")

    assert "protect" not in {card.rule for card in load_pack(folder).cards}


def test_cards_of_a_pack_in_other_languages_are_left_out(tmp_path: Path) -> None:
    french = tmp_path / "french"
    builtin = builtin_packs() / "dell"
    cards = CardFiles((french, builtin), ("de", "fr"), ())

    assert cards.data == []
    assert [problem for file in cards.files for problem in file.reader.problems] == []
    assert CardFiles((french, builtin), ("en",), ()).data
