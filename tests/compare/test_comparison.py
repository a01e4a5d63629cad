from __future__ import annotations

import copy
import time
from dataclasses import replace
from typing import Any

import pytest
from tests.compare.conftest import state

from guidegen.compare.comparison import Comparison, Snapshot
from guidegen.compare.phrases import duties
from guidegen.compare.wording import sentence
from guidegen.model.document import Page
from guidegen.model.pack import Pack
from guidegen.model.release import Proposal

TEXT = """# Rules

Talk about your work. You are our voice.

## 1. Protect information

Keep figures to yourself.

- Show people only if they have agreed.
"""


@pytest.fixture
def english(answers: dict[str, Any]) -> dict[str, Any]:
    return {**answers, "languages": ["en"]}


def propose(old: Snapshot, new: Snapshot) -> Proposal:
    return Comparison(old=old, new=new).proposal


def edited(english: dict[str, Any], pack: Pack, old: str, new: str) -> Proposal:
    """Return what is proposed when a piece of the text becomes another."""
    assert old in TEXT
    return propose(
        state(english, pack, en=TEXT), state(english, pack, en=TEXT.replace(old, new))
    )


def said(proposal: Proposal, pack: Pack, language: str = "en") -> list[str]:
    return [sentence(each, pack.messages, language) for each in proposal.reasons]


def test_a_new_topic_is_major(answers: dict[str, Any], pack: Pack) -> None:
    new = copy.deepcopy(answers)
    new["taboo_topics"].append({"id": "new-products"})

    proposal = propose(state(answers, pack), state(new, pack))

    assert proposal.step == "major"
    assert said(proposal, pack) == ["New taboo topic: New products and services"]


def test_another_contact_is_minor(answers: dict[str, Any], pack: Pack) -> None:
    new = copy.deepcopy(answers)
    new["contacts"][0]["phone"] = "112"

    assert propose(state(answers, pack), state(new, pack)).step == "minor"


@pytest.mark.parametrize(
    "change",
    [
        {"version": {"owner": "Nordlicht", "valid_from": "2027-01-01"}},
        {"brand": {"color": "#aa0000"}},
    ],
)
def test_dates_and_looks_are_a_patch(
    answers: dict[str, Any], pack: Pack, change: dict[str, Any]
) -> None:
    new = copy.deepcopy(answers)
    for key, value in change.items():
        new[key] |= value

    assert propose(state(answers, pack), state(new, pack)).step == "patch"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("logo", "The picture in the logo file has changed"),
        (
            "logo_dark",
            "The picture in the file of the logo for dark backgrounds has changed",
        ),
    ],
)
def test_another_picture_in_a_logo_file_is_a_patch(
    name: str, sentence: str, answers: dict[str, Any], pack: Pack
) -> None:
    old = replace(state(answers, pack), logos={name: "a"})

    proposal = propose(old, replace(old, logos={name: "b"}))

    assert proposal.step == "patch"
    assert said(proposal, pack) == [sentence]


def test_a_new_logo_has_its_sentence_as_an_answer(
    answers: dict[str, Any], pack: Pack
) -> None:
    old = state(answers, pack)
    given = {**answers, "brand": {"logo": "a.svg", "logo_dark": "b.svg"}}
    new = replace(state(given, pack), logos={"logo": "a", "logo_dark": "b"})

    proposal = propose(old, new)

    assert proposal.step == "patch"
    assert said(proposal, pack) == [
        "Logo: now a.svg",
        "Logo for dark backgrounds: now b.svg",
    ]


def test_the_weightiest_change_decides_and_gives_the_reasons(
    answers: dict[str, Any], pack: Pack
) -> None:
    new = copy.deepcopy(answers)
    new["contacts"][0]["phone"] = "112"
    new["taboo_topics"][1]["speakers"] = ["press"]

    proposal = propose(state(answers, pack), state(new, pack))

    assert said(proposal, pack) == [
        "No longer speaks about “Company strategy”: senior management"
    ]


def test_a_sentence_with_a_duty_is_major(english: dict[str, Any], pack: Pack) -> None:
    proposal = edited(
        english, pack, "have agreed.\n", "have agreed.\n- Never post from the lab.\n"
    )

    assert proposal.step == "major"
    assert said(proposal, pack) == [
        "New duty on the page “The guideline”: “Never post from the lab.”"
    ]


def test_a_sentence_that_becomes_stricter_is_major(
    english: dict[str, Any], pack: Pack
) -> None:
    proposal = edited(
        english, pack, "Talk about your work.", "You must talk about your work."
    )

    assert proposal.step == "major"
    assert said(proposal, pack) == [
        (
            "Stricter on the page “The guideline”: “Talk about your work.”"
            " → “You must talk about your work.”"
        )
    ]


def test_a_sentence_that_becomes_less_strict_is_minor(
    english: dict[str, Any], pack: Pack
) -> None:
    proposal = edited(english, pack, "people only if", "people if")

    assert proposal.step == "minor"
    assert said(proposal, pack)[0].startswith("Less strict")


def test_a_sentence_with_other_words_but_no_other_duty_is_a_patch(
    english: dict[str, Any], pack: Pack
) -> None:
    proposal = edited(english, pack, "Talk about your work.", "Talk of your work.")

    assert proposal.step == "patch"
    assert said(proposal, pack) == ["Different wording on the page “The guideline”"]


def test_a_sentence_more_or_less_is_minor(english: dict[str, Any], pack: Pack) -> None:
    more = edited(english, pack, "our voice.", "our voice. Many people listen to us.")
    less = edited(english, pack, " You are our voice.", "")

    assert (more.step, less.step) == ("minor", "minor")


def test_a_new_section_with_a_duty_is_major_and_named_by_its_heading(
    english: dict[str, Any], pack: Pack
) -> None:
    proposal = edited(
        english,
        pack,
        "agreed.\n",
        "agreed.\n\n## 2. Drones\n\nDrones must not fly. That is final.\n",
    )

    assert said(proposal, pack) == [
        "New section with duties on the page “The guideline”: “2. Drones”"
    ]


def test_a_new_section_without_a_duty_is_minor_and_named_once(
    english: dict[str, Any], pack: Pack
) -> None:
    proposal = edited(
        english, pack, "agreed.\n", "agreed.\n\n## Thanks\n\nYou do well. Go on.\n"
    )

    assert proposal.step == "minor"
    assert said(proposal, pack) == ["New on the page “The guideline”: “Thanks”"]


def test_a_duty_that_moves_is_no_new_one(english: dict[str, Any], pack: Pack) -> None:
    item = "- Show people only if they have agreed.\n"
    moved = TEXT.replace(item, "").replace("Talk", f"{item}\nTalk")

    proposal = propose(state(english, pack, en=TEXT), state(english, pack, en=moved))

    assert proposal.step == "patch"


def test_lines_broken_elsewhere_are_no_change_of_the_text(
    english: dict[str, Any], pack: Pack
) -> None:
    proposal = edited(english, pack, "work. You are", "work.\nYou\nare")

    assert proposal.step == "patch"
    assert proposal.reasons == ()


def test_a_duty_on_a_new_page_is_major(english: dict[str, Any], pack: Pack) -> None:
    old = state(english, pack, en=TEXT)
    more = Page(id="more", title="More", markdown="# More\n\nYou must read this.\n")
    new = replace(old, pages={"en": (*old.pages["en"], more)})

    assert propose(old, new).step == "major"
    assert propose(new, old).step == "minor"


def test_a_new_page_about_the_guideline_itself_brings_no_duty(
    english: dict[str, Any], pack: Pack
) -> None:
    slip = Page(id="slip", title="Slip", markdown="You must sign.", stamped=True)
    old = state(english, pack, en=TEXT)

    proposal = propose(old, replace(old, pages={"en": (*old.pages["en"], slip)}))

    assert proposal.step == "minor"
    assert said(proposal, pack) == ["New page: “Slip”"]


def test_the_words_of_an_example_are_no_duty(
    english: dict[str, Any], pack: Pack
) -> None:
    new = copy.deepcopy(english)
    new["taboo_topics"][2]["dont"] = "I must never tell you."
    row = "| **Nordlicht** | {} |\n"

    proposal = propose(
        state(english, pack, en=row.format("Nordlicht")),
        state(new, pack, en=row.format("I must never tell you.")),
    )

    assert proposal.step == "minor"


def test_what_an_answer_explains_is_told_by_the_answer_only(
    english: dict[str, Any], pack: Pack
) -> None:
    new = copy.deepcopy(english)
    new["contacts"][0]["email"] = "tom@nordlicht.example"

    proposal = propose(
        state(english, pack, en="- Email: social@nordlicht.example\n"),
        state(new, pack, en="- Write to tom@nordlicht.example\n"),
    )

    assert said(proposal, pack) == [
        "Email address of Nordlicht: social@nordlicht.example → tom@nordlicht.example"
    ]


def test_a_language_that_is_new_brings_no_new_duty(
    english: dict[str, Any], pack: Pack
) -> None:
    new = {**english, "languages": ["en", "de"]}

    proposal = propose(
        state(english, pack, en=TEXT),
        state(new, pack, en=TEXT, de="# Regeln\n\nDu musst lesen.\n"),
    )

    assert said(proposal, pack) == ["New language: German"]


def test_german_that_says_sie_is_minor_whatever_else_its_sentences_say(
    answers: dict[str, Any], pack: Pack
) -> None:
    proposal = propose(
        state(answers, pack, de="Du musst vorher fragen. Du sprichst für Dich.\n"),
        state(
            {**answers, "address": "sie"},
            pack,
            de="Sie müssen vorher fragen. Sie sprechen für sich.\n",
        ),
    )

    assert proposal.step == "minor"
    assert said(proposal, pack) == ["German now uses Sie"]


def test_reasons_stand_in_the_authors_language_if_the_guideline_has_it(
    answers: dict[str, Any], pack: Pack
) -> None:
    proposal = propose(
        state(answers, pack, de="# Regeln\n", en="# Rules\n"),
        state(
            answers,
            pack,
            de="# Regeln\n\nPoste nie aus dem Labor.\n",
            en="# Rules\n\nNever post from the lab.\n",
        ),
    )

    assert "„Poste nie aus dem Labor.“" in said(proposal, pack, "de")[0]
    assert "“Never post from the lab.”" in said(proposal, pack, "en")[0]


def test_a_rule_of_the_step_takes_milliseconds(
    english: dict[str, Any], pack: Pack
) -> None:
    long = TEXT * 20
    old, new = state(english, pack, en=long), state(english, pack, en=f"{long}\nMore.")
    propose(old, new)

    begin = time.perf_counter()
    propose(old, new)

    assert time.perf_counter() - begin < 0.25  # some 5 ms on an idle machine


@pytest.mark.parametrize(
    ("sentence", "entry", "found"),
    [
        ("You must ask.", "must", True),
        ("A mustang.", "must", False),
        ("Das MUSST Du.", "muss/musst", True),
        ("Das darfst Du dort nicht.", "darf/darfst nicht", True),
        ("Nicht, weil Du darfst.", "darf/darfst nicht", False),
        ("Das ist verbotenes Land.", "verboten*", True),
        ("Do not post.", "^do not", True),
        ("You do not need it.", "^do not", False),
        ("", "must", False),
    ],
)
def test_words_make_a_duty(sentence: str, entry: str, *, found: bool) -> None:
    assert duties(sentence, (entry,)) == ({entry} if found else set())
