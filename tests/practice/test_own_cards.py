"""A company's own cards: read with positions, and nothing wrong gets through."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.wording import MESSAGES, located, raises

from guidegen.errors import Problem, ProblemsError
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.practice.own_cards import Known, OwnCards, read_own_cards

KNOWN = Known(
    rules=("protect", "law", "dress-code"),
    topics=("strategy",),
    cards=("desk-photo", "own-pay"),
    variants=("de", "de-formal", "en", "en-us"),
)
CARD = """\
cards:
  - question: {de: Darf ich das?, en: May I?}
    right: {de: Ja, en: "Yes"}
    wrong:
      - {de: Nein, en: "No"}
    why: {de: Darum., en: Because.}
    rule: protect
"""


def read(folder: Path, **files: str) -> OwnCards:
    """Write files of cards into a project and read them."""
    project = Project(folder)
    project.training.mkdir(exist_ok=True)
    for name, text in files.items():
        (project.training / f"{name}.yml").write_text(text, encoding="utf-8")
    return read_own_cards(project, KNOWN)


def problems(folder: Path, **files: str) -> list[str]:
    """Return what is wrong with files of cards, without the folder."""
    with pytest.raises(ProblemsError) as caught:
        read(folder, **files)
    start = f"{Project(folder).training}/"
    return [line.removeprefix(start) for line in located(caught.value)]


def test_a_project_without_the_folder_has_no_cards(tmp_path: Path) -> None:
    assert read_own_cards(Project(tmp_path), KNOWN) == OwnCards()


def test_a_card_is_read_with_its_place(tmp_path: Path) -> None:
    [card] = read(tmp_path, ours=CARD).cards

    assert card.question == LocalText.of({"de": "Darf ich das?", "en": "May I?"})
    assert card.right.get("en") == "Yes"
    assert [each.get("de") for each in card.wrong] == ["Nein"]
    assert (card.rule, card.allowed, card.topic) == ("protect", False, None)
    assert (card.path, card.line) == (tmp_path / "training" / "ours.yml", 2)


def test_a_card_without_an_id_keeps_its_own_wherever_it_stands(tmp_path: Path) -> None:
    [card] = read(tmp_path, ours=CARD).cards
    first = CARD.replace("Darf ich das?", "Und das?")
    (tmp_path / "training" / "ours.yml").unlink()

    cards = read(tmp_path, a=first, b=CARD).cards

    assert card.id.startswith("own-")
    assert [each.id for each in cards].index(card.id) == 1


def test_everything_that_is_wrong_is_said_at_once_with_its_line(tmp_path: Path) -> None:
    wrong = """\
cards:
  - question: A
    right: Yes
    wrong: [yes, No]
    why: y
    rule: protekt
  - right: x
    rule: elsewhere
    colour: red
  - id: Not An Id
    question: ""
    right: a
    wrong: [b, c, d, e]
    why: y
    rule: law
    topic: weather
    allowed: maybe
without: [desk-foto]
"""

    *found, last = problems(tmp_path, a=wrong, b="cards: [")

    assert last.startswith("b.yml:2: ")
    assert found == [
        (
            "a.yml:4: cards.0.wrong.0: "
            "the right answer is among the wrong ones, too; change one of the two"
        ),
        (
            "a.yml:6: cards.0.rule: "
            "“protekt” is not possible here; did you mean “protect”?"
        ),
        "a.yml:7: cards.1.question: is missing; add it",
        "a.yml:7: cards.1.wrong: is missing; add it",
        "a.yml:7: cards.1.why: is missing; add it",
        (
            "a.yml:8: cards.1.rule: there is no section “elsewhere”; choose from: "
            "protect, law, dress-code"
        ),
        (
            "a.yml:9: cards.1.colour: “colour” is not known here; choose from: "
            "id, rule, question, right, wrong, why, topic, allowed"
        ),
        (
            "a.yml:10: cards.2.id: “Not An Id” cannot be an id; use small letters, "
            "digits and hyphens, for example party-photo"
        ),
        (
            "a.yml:11: cards.2.question: is empty; fill it in, or delete the line if "
            "there is nothing to say"
        ),
        "a.yml:13: cards.2.wrong: there are 4 entries here; at most 3 are possible",
        (
            "a.yml:16: cards.2.topic: “weather” is none of your taboo topics; "
            "choose from: strategy"
        ),
        "a.yml:17: cards.2.allowed: “maybe” is neither yes nor no; write true or false",
        (
            "a.yml:18: without.0: "
            "“desk-foto” is not possible here; did you mean “desk-photo”?"
        ),
    ]


def test_ids_are_unique_over_files(tmp_path: Path) -> None:
    card = CARD.replace("  - question", "  - id: ours\n    question")

    assert problems(tmp_path, a=card, b=card) == [
        (
            "b.yml:2: cards.0.id: the card “ours” is there already, in a.yml, line 2; "
            "give one of the two another id"
        )
    ]


def test_a_card_may_have_the_id_of_one_of_the_pack_s(tmp_path: Path) -> None:
    card = CARD.replace("  - question", "  - id: desk-photo\n    question")

    own = read(tmp_path, a=f"{card}without: [own-pay]\n")

    assert [each.id for each in own.cards] == ["desk-photo"]
    assert own.without == ("own-pay",)


def test_texts_have_a_limit(tmp_path: Path) -> None:
    long = CARD.replace("Darf ich das?", "Darf ich das? " * 50)

    [line] = problems(tmp_path, a=long)

    assert line.startswith("a.yml:2: cards.0.question.de: ")
    assert "500" in line


def test_there_is_a_limit_to_cards_and_files(tmp_path: Path) -> None:
    card = CARD.removeprefix("cards:\n")
    many = CARD + "".join(
        card.replace("Darf ich", f"Darf ich {number}") for number in range(100)
    )

    [line] = problems(tmp_path, a=many)

    assert line.endswith("there are 101 entries here; at most 100 are possible")
    (tmp_path / "training" / "a.yml").unlink()
    with raises(ProblemsError, match="41 files"):
        read(tmp_path, **{f"f{number}": CARD for number in range(41)})


@pytest.mark.slow
def test_there_is_a_limit_to_all_cards_together(tmp_path: Path) -> None:
    card = CARD.removeprefix("cards:\n")
    files = {
        f"f{file}": "cards:\n"
        + "".join(
            card.replace("Darf ich", f"Darf ich {file} {number}")
            for number in range(90)
        )
        for file in range(6)
    }

    [line] = problems(tmp_path, **files)

    assert "540 cards" in line
    assert "500" in line


def test_litter_and_other_files_are_left_alone(tmp_path: Path) -> None:
    read(tmp_path, ours=CARD)
    (tmp_path / "training" / "._ours.yml").write_bytes(b"\0")
    (tmp_path / "training" / "notes.txt").write_text("cards: [", encoding="utf-8")

    assert len(read_own_cards(Project(tmp_path), KNOWN).cards) == 1


def outcome(folder: Path, text: str) -> tuple[OwnCards, tuple[Problem, ...]]:
    """Return the cards of a file, or what is wrong with it."""
    try:
        return read(folder, any=text), ()
    except ProblemsError as error:
        return OwnCards(), error.problems


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_any_text_is_read_as_it_is_or_refused_with_its_line(
    tmp_path: Path, texts: list[str]
) -> None:
    question, right, wrong, why = texts
    card = {
        "question": question,
        "right": right,
        "wrong": [wrong],
        "why": why,
        "rule": "law",
    }
    content = yaml.safe_dump({"cards": [card]}, allow_unicode=True)

    own, refused = outcome(tmp_path, content)

    assert all(each.path and each.line for each in refused)
    for found in own.cards:
        assert (
            found.question.get("de").split() == question.replace("\ufeff", "").split()
        )


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), TEXTS),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(
                    ("cards", "without", "question", "right", "wrong", "rule", "id")
                ),
                inner,
                max_size=4,
            ),
        ),
        max_leaves=12,
    )
)
def test_nothing_but_cards_gets_through(tmp_path: Path, content: object) -> None:
    text = yaml.safe_dump(content, allow_unicode=True)

    own, refused = outcome(tmp_path, text)

    assert all(each.message in MESSAGES for each in refused)
    assert all(card.wrong and card.rule in KNOWN.rules for card in own.cards)
