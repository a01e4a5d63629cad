"""The interview: in order, back, stop and go on, sum up, change."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.interview.scripted import BACK, DEFAULT, STOP, ScriptedPrompter

from guidegen.answers.new import new_answers
from guidegen.answers.read import check_text
from guidegen.interview import (
    Interview,
    InterviewContext,
    Journal,
    RawAnswer,
    begin,
    finished,
    replay,
)

GOOD: list[object] = [
    ["de", "en"],
    "sie",
    "Nordlicht Technik GmbH",
    "Nordlicht",
    "manufacturing",
    ["DE"],
    "Mira Jansen",
    "Beraterin",
    "Adviser",
    "social@nordlicht.example",
    "",
    "",
    "https://intranet.nordlicht.example/kodex",
    ["strategy", "premises"],
    False,
    "Jana Petersen",
    "1.12.2026",
]

NO = False


def held(
    context: InterviewContext,
    *script: object,
    given: Mapping[str, Any] | None = None,
    kept: Mapping[str, RawAnswer] | None = None,
    **more: Any,  # noqa: ANN401  # the interview's own
) -> tuple[Interview, ScriptedPrompter]:
    """Hold an interview from a script."""
    prompter = ScriptedPrompter([*script])
    state = replay(context.pack, begin(context.pack, given or {}), kept or {})
    interview = Interview(context=context, prompter=prompter, state=state, **more)
    interview.hold()
    return interview, prompter


def answers(interview: Interview) -> dict[str, Any]:
    """Return the answers that apply."""
    return finished(interview.context.pack, interview.state)


def test_the_answers_are_those_of_a_file(
    context: InterviewContext, tmp_path: Path
) -> None:
    interview, _ = held(context, *GOOD)

    data = answers(interview)
    text = new_answers({"pack": "dell", **data}, context.pack, "de")
    assert check_text(text, tmp_path / "guideline.yml").data == {
        "format": 1,
        "pack": "dell",
        **data,
    }
    assert data == {
        "languages": ["de", "en"],
        "address": "sie",
        "company": {
            "name": "Nordlicht Technik GmbH",
            "short_name": "Nordlicht",
            "sector": "manufacturing",
            "countries": ["DE"],
        },
        "contacts": [
            {
                "name": "Mira Jansen",
                "role": {"de": "Beraterin", "en": "Adviser"},
                "email": "social@nordlicht.example",
            }
        ],
        "links": {"code_of_conduct": "https://intranet.nordlicht.example/kodex"},
        "taboo_topics": ["strategy", "premises"],
        "version": {"owner": "Jana Petersen", "valid_from": dt.date(2026, 12, 1)},
    }


def test_it_asks_about_ten_questions_and_says_how_far_it_is(
    german: InterviewContext,
) -> None:
    _, prompter = held(german, *GOOD)

    heads = [prompt.head for prompt in prompter.prompts if prompt.head]
    assert heads[2] == "Frage 3 von 12"
    assert heads[-1] == "Frage 12 von 12"


def test_everything_has_a_default_but_what_only_the_company_knows(
    context: InterviewContext,
) -> None:
    script = [DEFAULT] * 20
    own = {0: ["en"], 1: "Acme", 5: "Jo", 6: "", 7: "jo@acme.example", 13: "Jo"}
    for place, answer in own.items():
        script[place] = answer

    interview, _ = held(context, *script)

    data: Any = answers(interview)
    assert data["company"]["short_name"] == "Acme"
    assert data["company"]["sector"] == "other"
    assert data["version"]["valid_from"] == dt.date(2026, 12, 1)
    assert data["taboo_topics"] == [
        "financial-figures",
        "strategy",
        "new-products",
        "customer-projects",
    ]


def test_an_authority_is_not_offered_what_only_a_company_has(
    context: InterviewContext,
) -> None:
    script = [DEFAULT] * 20
    own = {0: ["en"], 1: "Town", 3: "public", 5: "Jo", 6: "", 7: "jo@x.example"}
    for place, answer in {**own, 13: "Jo"}.items():
        script[place] = answer

    interview, _ = held(context, *script)

    data: Any = answers(interview)
    assert data["taboo_topics"] == [
        "official-proceedings",
        "citizens",
        "council",
        "tenders",
        "neutrality",
        "colleagues-images",
    ]


def test_all_asks_the_rest(german: InterviewContext) -> None:
    _, short = held(german, *GOOD)
    script = [*GOOD[:6], True, "management", *GOOD[6:12], False, *GOOD[12:13]]
    script += ["", "", "", "", *GOOD[13:], "18", "", ""]

    interview, long = held(german, *script, every=True)

    data: Any = answers(interview)
    assert len(long.prompts) > len(short.prompts)
    assert data["company"]["works_council"] is True
    assert data["company"]["speaker"] == "management"
    assert data["version"]["review_months"] == 18


def test_the_works_council_is_mentioned_where_it_has_a_say(
    german: InterviewContext,
) -> None:
    def helps(countries: list[str], *, council: bool) -> list[str]:
        script = [*GOOD[:5], countries]
        script += [council, "management", *GOOD[6:12], False, *GOOD[12:13]]
        script += ["", "", "", "", *GOOD[13:], "18"]
        _, prompter = held(german, *script, every=True)
        return [
            prompt.help or ""
            for prompt in prompter.prompts
            if "Bestätigung" in (prompt.help or "")
        ]

    hint = "§ 87 Abs. 1 Nr. 6 BetrVG"

    assert [hint in text for text in helps(["DE"], council=True)] == [True, True]
    assert [hint in text for text in helps(["DE"], council=False)] == [False, False]
    assert [hint in text for text in helps(["AT"], council=True)] == [False, False]


def test_back_returns_to_the_question_before(german: InterviewContext) -> None:
    script = [*GOOD[:3], BACK, BACK, "du", *GOOD[2:]]

    interview, prompter = held(german, *script)

    assert answers(interview)["address"] == "du"
    assert prompter.prompts[5].default == "sie"
    assert prompter.prompts[6].default == "Nordlicht Technik GmbH"
    assert prompter.prompts[6].known


def test_before_the_first_question_there_is_none(german: InterviewContext) -> None:
    _, prompter = held(german, BACK, *GOOD)

    assert prompter.said[0] == "Das ist die erste Frage."


def test_what_no_longer_applies_is_not_kept(german: InterviewContext) -> None:
    script = [["de"], "sie", BACK, BACK, ["en"], *GOOD[2:7], "Adviser", *GOOD[9:]]

    interview, _ = held(german, *script)

    assert "address" not in answers(interview)


def test_own_topics_are_added_to_those_of_the_catalogue(
    german: InterviewContext,
) -> None:
    topic = ["Windpark", "Wind farm", ["press"], *"ABCDEF"]
    script = [*GOOD[:14], True, *topic, True, "Zwei", "Two", ["hr"], *"ABCDEF", False]

    interview, prompter = held(german, *script, *GOOD[15:])

    topics: Any = answers(interview)["taboo_topics"]
    assert topics[:2] == ["strategy", "premises"]
    assert topics[2]["name"] == {"de": "Windpark", "en": "Wind farm"}
    assert topics[2]["why"] == {"de": "A", "en": "B"}
    assert topics[3]["speakers"] == ["hr"]
    assert prompter.prompts[24].text == "Noch einen Eintrag hinzufügen?"


def test_who_is_asked_again_is_told_that_a_no_deletes_what_there_is(
    german: InterviewContext,
) -> None:
    data: Any = {
        "languages": ["de"],
        "taboo_topics": [
            {"name": name, "speakers": ["hr"], "why": "A", "dont": "B", "do": "C"}
            for name in ("Windpark", "Zwei")
        ],
    }

    script = [True, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, False]
    interview, prompter = held(german, *script, given=data, only="own-topics")

    assert len(answers(interview)["taboo_topics"]) == 1
    assert prompter.prompts[0].text == (
        "Bisher: Windpark, Zwei. Behalten? „Nein“ löscht, was hier genannt ist."
    )
    assert prompter.prompts[6].text.startswith("Bisher: Zwei. Behalten?")


def test_a_text_left_out_in_the_first_language_is_not_asked_in_the_next(
    german: InterviewContext,
) -> None:
    interview, prompter = held(german, *GOOD[:7], "", *GOOD[9:])

    assert "role" not in answers(interview)["contacts"][0]
    assert "Aufgabe (auf Englisch)" not in [prompt.text for prompt in prompter.prompts]


def test_a_text_given_in_the_first_language_is_needed_in_the_next(
    german: InterviewContext,
) -> None:
    _, prompter = held(german, *GOOD)

    role = next(p for p in prompter.prompts if p.text == "Aufgabe (auf Englisch)")
    assert role.check("") == "Hier ist eine Antwort nötig."
    assert role.example == "Social media adviser"


def test_a_contact_nobody_can_reach_is_refused(german: InterviewContext) -> None:
    _, prompter = held(german, *GOOD[:9], "", "040 123", *GOOD[11:])
    chat = next(p for p in prompter.prompts if p.text == "Adresse des Chats")
    assert chat.check("") is None

    with pytest.raises(AssertionError, match="mindestens eines davon: E-Mail, Telefon"):
        held(german, *GOOD[:9], "", "", "")


def test_topics_are_offered_by_sector_with_an_example(german: InterviewContext) -> None:
    _, prompter = held(german, *GOOD)
    _, hospital = held(
        german, *GOOD[:4], "health", *GOOD[5:13], ["patients"], *GOOD[14:]
    )

    def offered(prompter: ScriptedPrompter) -> dict[str, str | None]:
        question = german.pack.questions[
            [q.id for q in german.pack.questions].index("taboo-topics")
        ]
        prompt = next(p for p in prompter.prompts if p.text == question.text.get("de"))
        return {option.value: option.hint for option in prompt.options}

    assert "patients" not in offered(prompter)
    assert "patients" in offered(hospital)
    assert str(offered(prompter)["strategy"]).startswith("Besser nicht: „")


def test_each_answer_is_on_disk_before_the_next_question(
    german: InterviewContext, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / ".guidegen" / "interview.jsonl")

    with pytest.raises(KeyboardInterrupt):
        held(german, *GOOD[:5], STOP, journal=journal)

    lines = journal.path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["value"] for line in lines] == GOOD[:5]
    assert journal.path.stat().st_mode & 0o777 == 0o600


def test_it_goes_on_where_it_stopped(german: InterviewContext, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "interview.jsonl")
    with pytest.raises(KeyboardInterrupt):
        held(german, *GOOD[:5], STOP, journal=journal)

    kept = journal.read()
    interview, prompter = held(german, *GOOD[5:], journal=journal, kept=kept)

    assert prompter.prompts[0].head == "Frage 6 von 12"
    assert answers(interview) == answers(held(german, *GOOD)[0])


def test_an_answer_kept_that_does_not_fit_any_more_is_asked_again(
    german: InterviewContext,
) -> None:
    kept: dict[str, Any] = {"languages": ["de", "en"], "address": "ihr", "sector": True}

    _, prompter = held(german, *GOOD[1:], kept=kept)

    assert prompter.prompts[0].text.startswith("Wie spricht")


def test_the_summary_shows_the_answers_and_lets_them_be_changed(
    german: InterviewContext,
) -> None:
    interview, prompter = held(
        german, *GOOD, "change", "contact", "Jo", "", "jo@x.example", "", "", "done"
    )

    assert "• Wie heißt Ihr Unternehmen? Nordlicht Technik GmbH" in prompter.said[0]
    assert "Industrie und Produktion" in prompter.said[0]
    assert answers(interview)["contacts"] == [{"name": "Jo", "email": "jo@x.example"}]


def test_back_at_the_summary_says_how_to_change_an_answer(
    german: InterviewContext,
) -> None:
    _, prompter = held(german, *GOOD, BACK, "done")

    assert "Eine Antwort ändern" in prompter.said[-1]


def test_only_one_question_can_be_asked_again(german: InterviewContext) -> None:
    data = answers(held(german, *GOOD)[0])

    interview, prompter = held(
        german, ["strategy", "mergers"], NO, given=data, only="taboo_topics"
    )

    assert prompter.prompts[0].default == ["strategy", "premises"]
    assert answers(interview)["taboo_topics"] == ["strategy", "mergers"]
    assert answers(interview)["company"] == data["company"]


def test_an_entry_the_company_changed_stays_changed(german: InterviewContext) -> None:
    data: Any = {
        **answers(held(german, *GOOD)[0]),
        "taboo_topics": ["premises", {"id": "strategy", "speakers": ["ir"]}],
    }

    kept, _ = held(german, given=data, only="taboo_topics")
    fewer, _ = held(german, ["mergers", "strategy"], given=data, only="taboo-topics")

    assert answers(kept)["taboo_topics"] == data["taboo_topics"]
    assert answers(fewer)["taboo_topics"] == [
        {"id": "strategy", "speakers": ["ir"]},
        "mergers",
    ]


def test_answers_taken_apart_and_put_together_are_the_same(
    german: InterviewContext,
) -> None:
    topic = {
        "name": {"de": "A", "en": "B"},
        "speakers": ["press"],
        "why": "C",
        "dont": "D",
        "do": {"de": "E", "en": "F"},
    }
    data: Any = {
        **answers(held(german, *GOOD)[0]),
        "taboo_topics": ["strategy", topic],
        "contacts": [
            {"name": "Jo", "email": "jo@x.example"},
            {"name": "Al", "phone": "0401"},
        ],
    }

    assert finished(german.pack, begin(german.pack, data)) == data


def test_as_many_are_chosen_as_the_question_wants(german: InterviewContext) -> None:
    pack = german.pack
    few = [
        replace(question, minimum=2, maximum=3)
        if question.id == "countries"
        else question
        for question in pack.questions
    ]
    context = replace(german, pack=replace(pack, questions=tuple(few)))

    _, prompter = held(context, *GOOD[:5], ["DE", "AT"], *GOOD[6:])

    check = prompter.prompts[5].check
    assert check(["DE"]) == "Bitte wählen Sie 2 bis 3 Einträge."
    assert check(["DE", "AT", "CH", "GB"]) == "Bitte wählen Sie 2 bis 3 Einträge."
    assert check(["FR"]) == "Bitte wählen Sie aus der Liste."
