"""What followed from an answer follows from the next one, too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.interview.nordlicht import answers, held, script
from tests.interview.scripted import BACK, DEFAULT, STOP

from guidegen.interview import (
    InterviewContext,
    InterviewState,
    Journal,
)
from guidegen.interview.topics import offered_topics


def test_another_sector_suggests_its_topics_and_keeps_what_was_ticked_by_hand(
    german: InterviewContext,
) -> None:
    usual = [
        topic.id
        for topic in offered_topics(german.pack, sector("manufacturing"), [])
        if topic.preselected
    ]
    ticked = [*usual[1:], "colleagues-images"]

    interview, prompter = held(
        german,
        *script(topics=ticked),
        *("change", "sector", "health"),
    )

    asked_again = next(
        prompt
        for prompt in reversed(prompter.prompts)
        if "patients" in [option.value for option in prompt.options]
    )
    new = [
        topic.id
        for topic in offered_topics(german.pack, sector("health"), [])
        if topic.preselected and topic.id != usual[0]
    ]
    by_hand = [] if "colleagues-images" in new else ["colleagues-images"]
    assert asked_again.default == [*new, *by_hand]
    assert answers(interview)["taboo_topics"] == [*new, *by_hand]


def test_the_same_sector_again_leaves_the_topics_as_they_are(
    german: InterviewContext,
) -> None:
    interview, prompter = held(german, *script(), "change", "sector", "manufacturing")

    assert answers(interview)["taboo_topics"] == ["strategy", "premises"]
    assert len(prompter.prompts) == len(script()) + len(
        ["right?", "which?", "sector", "right?"]
    )


def sector(name: str) -> InterviewState:
    """Return an interview in which only the sector is known."""
    return InterviewState(given={}, answers={"company": {"sector": name}})


def test_topics_of_another_sector_are_asked_for_after_a_stop_too(
    german: InterviewContext, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "interview.jsonl")
    with pytest.raises(KeyboardInterrupt):
        held(
            german,
            *script(),
            *("change", "sector", "health", STOP),
            journal=journal,
        )

    interview, prompter = held(german, journal=journal, kept=journal.read())

    assert "patients" in answers(interview)["taboo_topics"]
    assert prompter.prompts[0].text == "Welche Themen sind bei Ihnen heikel?"


def test_another_name_has_another_short_name_and_other_forms(
    german: InterviewContext,
) -> None:
    town = ("Stadt Lindenau", DEFAULT, DEFAULT)
    interview, prompter = held(
        german,
        *script(before="name"),
        *town,
        *script("sector", sector="public", works_council="personalrat", topics=DEFAULT),
        *("change", "company-name", "Klinikum Nordheide gGmbH"),
    )

    company = answers(interview)["company"]
    assert company["name"] == "Klinikum Nordheide gGmbH"
    assert company["short_name"] == "Klinikum Nordheide"
    assert "forms" not in company
    again = [prompt.text for prompt in prompter.prompts[-3:-1]]
    assert again == [
        "Wie nennen Ihre Leute es kurz?",
        "Klingt der Name in diesen Sätzen richtig?",
    ]


def test_a_short_name_of_ones_own_stays_with_another_name(
    german: InterviewContext,
) -> None:
    interview, _ = held(
        german,
        *script(short_name="Nordis"),
        *("change", "company-name", "Nordlicht Holding GmbH", "done"),
    )

    assert answers(interview)["company"]["short_name"] == "Nordis"


def test_forms_of_ones_own_do_not_outlive_their_name(german: InterviewContext) -> None:
    data: Any = {
        "languages": ["de"],
        "company": {
            "name": "Werk Süd",
            "forms": dict.fromkeys(("nominative", "accusative", "dative"), "das Werk"),
        },
    }

    interview, prompter = held(german, "Werk Nord", given=data, only="company")
    kept, _ = held(german, "Stadt Nord", given=data, only="company-name")

    assert "forms" not in answers(interview)["company"]
    # A question that is asked alone changes no other answer.
    assert kept.state.look_up("company.forms") is not None
    assert prompter.prompts


def test_another_seat_is_suggested_for_other_countries(
    german: InterviewContext,
) -> None:
    interview, _ = held(
        german,
        *script(before="countries"),
        *(["DE", "AT"], DEFAULT, BACK, BACK, ["CH", "DE"], DEFAULT),
        *script("works_council"),
    )

    assert interview.state.look_up("company.seat") == "CH"
