"""How far the change of one sentence goes, for 60 changes in each language.

The other changes were written after the code, and looked at when it was mended.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from tests.compare.conftest import state

from guidegen.compare.comparison import Comparison
from guidegen.compare.wording import sentence
from guidegen.model.json_records import Data
from guidegen.model.pack import Pack

_HEADINGS = {
    "welcome": "# Nordlicht {: #welcome }",
    "rule": "## 1. Nordlicht {: #protect }",
    "rights": "## Nordlicht {: #rights }",
    "help": "## Nordlicht {: #mistakes }",
    "more": "## Nordlicht {: #account }",
    "contact": "## Nordlicht {: #questions }",
}
# As few as there may be: what they explain is tried elsewhere.
_ANSWERS: Data = {"languages": ["de", "en"], "company": {"sector": "other"}}
_RIGHT = 0.95
"""How many of the changes have to be judged rightly."""


def changes(name: str) -> list[dict[str, str]]:
    """Return the changes of a language's sentences."""
    path = Path(__file__).with_name(f"steps-{name}.yml")
    # The files are long, and libyaml reads them ten times as quickly.
    read: list[dict[str, str]] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return read


def text(sentence: str | None, section: str) -> str:
    """Return a page with a sentence in one of its sections."""
    parts = []
    for name, heading in _HEADINGS.items():
        said = sentence if name == section and sentence else ""
        parts.append(f"{heading}\n\nLinks {name}.\n{said}\n\nRechts {name}.\n")
    return "\n".join(parts)


def proposed(change: dict[str, str], language: str, pack: Pack) -> str:
    """Return how far a change goes."""
    section = change.get("in", "rule")
    old, new = (
        state(_ANSWERS, pack, **{language: text(change.get(key), section)})
        for key in ("old", "new")
    )
    return Comparison(old=old, new=new).proposal.step


@pytest.mark.slow
@pytest.mark.parametrize("name", ["de", "en", "de-others", "en-others"])
def test_how_far_a_change_of_a_sentence_goes(name: str, pack: Pack) -> None:
    given = changes(name)
    assert len(given) >= 60
    wrong = [
        (found, change)
        for change in given
        if (found := proposed(change, name[:2], pack)) != change["step"]
    ]

    # What somebody is asked or forbidden is never passed over.
    asked = [each for each in wrong if each[1]["step"] == "major"]
    assert len(asked) <= len(given) // 100, asked
    assert len(wrong) <= (1 - _RIGHT) * len(given), wrong


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (None, "Ask first.", "New duty"),
        ("Ask the press.", "Ask the board.", "Something else is asked"),
        ("We share it.", "We share it if you ask.", "New condition or deadline"),
        ("You may post.", None, "No longer expressly allowed"),
        ("You may post.", "You may post, except here.", "Something else is allowed"),
        ("We write.", "We write in the new building there.", "Explained further"),
        ("Ask only the press.", "Ask the press.", "Less strict"),
    ],
)
def test_the_reason_says_what_kind_of_change_it_is(
    old: str | None, new: str | None, words: str, pack: Pack
) -> None:
    before, after = (
        state(_ANSWERS, pack, en=text(each, "rule")) for each in (old, new)
    )

    (reason,) = Comparison(old=before, new=after).proposal.reasons

    assert sentence(reason, pack.messages, "en").startswith(words)


def test_an_answer_in_a_rule_is_told_by_the_answer(pack: Pack) -> None:
    old: Data = {**_ANSWERS, "company": {"sector": "other", "name": "Nordlicht"}}
    new: Data = {**_ANSWERS, "company": {"sector": "other", "name": "Suedlicht AG"}}
    said = "Say that you work for the {}."

    before = state(old, pack, en=text(said.format("Nordlicht"), "rule"))
    after = state(new, pack, en=text(said.format("Suedlicht AG"), "rule"))
    more = state(new, pack, en=text(f"Never {said.format('Suedlicht AG')}", "rule"))

    assert Comparison(old=before, new=after).proposal.step == "minor"
    assert Comparison(old=before, new=more).proposal.step == "major"


def test_a_language_without_a_grammar_goes_by_its_words(pack: Pack) -> None:
    words = replace(pack, duty_words={"fr": ("doit/dois",)})
    old, neutral, duty = (
        state(_ANSWERS, words, fr=text(each, "rule"))
        for each in (None, "Demande à la presse.", "Tu dois demander.")
    )

    assert Comparison(old=old, new=neutral).proposal.step == "minor"
    assert Comparison(old=old, new=duty).proposal.step == "major"


def test_a_permission_that_goes_is_found_in_a_section_that_moves(pack: Pack) -> None:
    first = "## 1. First\n\nYou may post. It is fun.\n\n"
    second = "## 2. Second\n\nThe sky is blue.\n\nThe sea is, too.\n\n"
    old = state(_ANSWERS, pack, en=first + second)
    new = state(_ANSWERS, pack, en=second + first.replace("You may post. ", ""))

    assert Comparison(old=old, new=new).proposal.step == "major"


@pytest.mark.parametrize(
    ("lead", "step"),
    [
        ("Never post:", "major"),
        ("Keep these to yourself:", "major"),
        ("You may always:", "minor"),
        ("Among our customers are:", "minor"),
    ],
)
def test_what_announces_a_list_decides_on_its_entries(
    lead: str, step: str, pack: Pack
) -> None:
    listed = f"{lead}\n\n- prices\n- names of customers\n"
    old = state(_ANSWERS, pack, en=text(listed, "rule"))
    new = state(_ANSWERS, pack, en=text(f"{listed}- unsigned contracts\n", "rule"))

    assert Comparison(old=old, new=new).proposal.step == step
    # What may no longer be done is always told.
    if lead.startswith("You may"):
        assert Comparison(old=new, new=old).proposal.step == "major"
