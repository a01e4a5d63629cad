"""The interview: in order, back, stop and go on, sum up, change."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.interview.nordlicht import answers, held, only_what_is_needed, script
from tests.interview.scripted import BACK, DEFAULT, MISSING, STOP, ScriptedPrompter

from guidegen.answers.new import new_answers
from guidegen.answers.read import check_text
from guidegen.interview import (
    InterviewContext,
    Journal,
    begin,
    finished,
)


def test_the_answers_are_those_of_a_file(
    context: InterviewContext, tmp_path: Path
) -> None:
    interview, _ = held(context, *script())

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
            "works_council": "betriebsrat",
            "speaker": "press",
        },
        "contacts": [
            {
                "name": "Mira Jansen",
                "role": {"de": "Beraterin", "en": "Adviser"},
                "email": "social@nordlicht.example",
                "answers_within": {
                    "de": "am selben Arbeitstag",
                    "en": "on the same working day",
                },
            }
        ],
        "links": {"code_of_conduct": "https://intranet.nordlicht.example/kodex"},
        "taboo_topics": ["strategy", "premises"],
        "version": {"owner": "Jana Petersen", "valid_from": dt.date(2026, 12, 1)},
    }


def test_it_asks_about_ten_questions_and_says_how_far_it_is(
    german: InterviewContext,
) -> None:
    _, prompter = held(german, *script())

    heads = [prompt.head for prompt in prompter.prompts if prompt.head]
    assert heads[2] == "Frage 3 von 14"
    assert heads[-1] == "Frage 15 von 15"


def test_everything_has_a_default_but_what_only_the_company_knows(
    context: InterviewContext,
) -> None:
    interview, _ = held(
        context,
        *only_what_is_needed(
            languages=["en"],
            name="Acme",
            contact="Jo",
            role_de="",
            email="jo@acme.example",
            owner_de="Jo",
        ),
    )

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
    interview, _ = held(
        context,
        *only_what_is_needed(
            languages=["en"],
            name="Town",
            sector="public",
            contact="Jo",
            role_de="",
            email="jo@x.example",
            owner_de="Jo",
        ),
    )

    data: Any = answers(interview)
    assert data["taboo_topics"] == [
        "official-proceedings",
        "citizens",
        "council",
        "tenders",
        "neutrality",
        "colleagues-images",
    ]


@pytest.mark.slow
def test_all_asks_the_rest(german: InterviewContext) -> None:
    _, short = held(german, *script())
    rarely = [*script(before="about_us"), "", [], [], False]
    rarely += [*script("about_us", before="topics"), "", "", "", ""]
    rarely += [
        *script("topics"),
        "18",
        "Leitfaden",
        "Guide",
        "DA 3.5",
        "",
        "",
        ["crisis"],
    ]

    interview, long = held(german, *rarely, every=True)

    data: Any = answers(interview)
    assert len(long.prompts) > len(short.prompts)
    assert data["version"]["review_months"] == 18
    assert data["title"] == {"de": "Leitfaden", "en": "Guide"}
    assert data["document"] == {"number": "DA 3.5"}
    assert data["sections"] == ["crisis"]


@pytest.mark.slow
def test_the_works_council_is_mentioned_where_it_has_a_say(
    german: InterviewContext,
) -> None:
    def helps(countries: list[str], *, council: str) -> list[str]:
        answers = script(countries=countries, works_council=council, topics=DEFAULT)
        given = finished(german.pack, held(german, *answers)[0].state)
        _, prompter = held(german, given=given, every=True)
        return [
            prompt.help or ""
            for prompt in prompter.prompts
            if "Bestätigung" in (prompt.help or "")
        ]

    hint = "§ 87 Abs. 1 Nr. 6 BetrVG"

    assert [hint in text for text in helps(["DE"], council="betriebsrat")] == [
        True,
        True,
    ]
    assert [hint in text for text in helps(["DE"], council="false")] == [False, False]
    assert [hint in text for text in helps(["AT"], council="betriebsrat")] == [
        False,
        False,
    ]


def test_back_returns_to_the_question_before(german: InterviewContext) -> None:
    there_and_back = [*script(before="short_name"), BACK, BACK, "du", *script("name")]

    interview, prompter = held(german, *there_and_back)

    assert answers(interview)["address"] == "du"
    assert prompter.prompts[5].default == "sie"
    assert prompter.prompts[6].default == "Nordlicht Technik GmbH"
    assert prompter.prompts[6].known


def test_before_the_first_question_there_is_none(german: InterviewContext) -> None:
    _, prompter = held(german, BACK, *script())

    assert prompter.said[0] == "Das ist die erste Frage."


def test_what_no_longer_applies_is_not_kept(german: InterviewContext) -> None:
    english: dict[str, Any] = dict.fromkeys(
        ("role_de", "answers_within_de", "owner_de"), MISSING
    )

    interview, _ = held(
        german, ["de"], "sie", BACK, BACK, ["en"], *script("name", **english)
    )

    assert "address" not in answers(interview)


def test_own_topics_are_added_to_those_of_the_catalogue(
    german: InterviewContext,
) -> None:
    one = [True, "Windpark", "Wind farm", "only", ["press"], *"ABCDEF"]
    two = [True, "Zwei", "Two", "ask", ["hr"], *"ABCDEF"]

    interview, prompter = held(
        german, *script(before="own_topics"), *one, *two, *script("own_topics")
    )

    topics: Any = answers(interview)["taboo_topics"]
    assert topics[:2] == ["strategy", "premises"]
    assert topics[2]["name"] == {"de": "Windpark", "en": "Wind farm"}
    assert topics[2]["why"] == {"de": "A", "en": "B"}
    assert topics[3]["speakers"] == ["hr"]
    assert "Noch einen Eintrag hinzufügen?" in [each.text for each in prompter.prompts]


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

    keep_one = [True, *[DEFAULT] * 6, False]
    interview, prompter = held(german, *keep_one, given=data, only="own-topics")

    assert len(answers(interview)["taboo_topics"]) == 1
    assert prompter.prompts[0].text == (
        "Bisher: Windpark, Zwei. Behalten? „Nein“ löscht, was hier genannt ist."
    )
    assert prompter.prompts[7].text.startswith("Bisher: Zwei. Behalten?")


def test_a_text_left_out_in_the_first_language_is_not_asked_in_the_next(
    german: InterviewContext,
) -> None:
    interview, prompter = held(german, *script(role_de="", role_en=MISSING))

    assert "role" not in answers(interview)["contacts"][0]
    assert "Aufgabe (auf Englisch)" not in [prompt.text for prompt in prompter.prompts]


def test_a_text_given_in_the_first_language_is_needed_in_the_next(
    german: InterviewContext,
) -> None:
    _, prompter = held(german, *script())

    role = next(p for p in prompter.prompts if p.text == "Aufgabe (auf Englisch)")
    assert role.check("") == "Hier ist eine Antwort nötig."
    assert role.example == "Social media adviser"


def test_a_contact_nobody_can_reach_is_refused(german: InterviewContext) -> None:
    _, prompter = held(german, *script(email="", phone="040 123"))
    chat = next(p for p in prompter.prompts if p.text == "Adresse des Chats")
    assert chat.check("") is None

    with pytest.raises(AssertionError, match="mindestens eines davon: E-Mail, Telefon"):
        held(german, *script(email=""))


def test_topics_are_offered_by_sector_with_an_example(german: InterviewContext) -> None:
    _, prompter = held(german, *script())
    _, hospital = held(german, *script(sector="health", topics=["patients"]))

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
        held(german, *script(before="countries"), STOP, journal=journal)

    lines = journal.path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["value"] for line in lines] == script(before="countries")
    assert journal.path.stat().st_mode & 0o777 == 0o600


def test_it_goes_on_where_it_stopped(german: InterviewContext, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "interview.jsonl")
    with pytest.raises(KeyboardInterrupt):
        held(german, *script(before="countries"), STOP, journal=journal)

    kept = journal.read()
    interview, prompter = held(german, *script("countries"), journal=journal, kept=kept)

    assert prompter.prompts[0].head == "Frage 6 von 14"
    assert answers(interview) == answers(held(german, *script())[0])


def test_an_answer_kept_that_does_not_fit_any_more_is_asked_again(
    german: InterviewContext,
) -> None:
    kept: dict[str, Any] = {"languages": ["de", "en"], "address": "ihr", "sector": True}

    _, prompter = held(german, *script("address"), kept=kept)

    assert prompter.prompts[0].text.startswith("Welche Anrede")


def test_the_summary_shows_the_answers_and_lets_them_be_changed(
    german: InterviewContext,
) -> None:
    interview, prompter = held(
        german,
        *script(),
        *("change", "contact", "Jo", "", "jo@x.example", "", "", "", "done"),
    )

    assert "• Unternehmen: Nordlicht Technik GmbH" in prompter.said[0]
    assert "Industrie und Produktion" in prompter.said[0]
    assert answers(interview)["contacts"] == [{"name": "Jo", "email": "jo@x.example"}]


def test_back_at_the_summary_says_how_to_change_an_answer(
    german: InterviewContext,
) -> None:
    _, prompter = held(german, *script(), BACK, "done")

    assert "Eine Antwort ändern" in prompter.said[-1]


def test_only_one_question_can_be_asked_again(german: InterviewContext) -> None:
    data = answers(held(german, *script())[0])

    interview, prompter = held(
        german, *(["strategy", "mergers"], False), given=data, only="taboo_topics"
    )

    assert prompter.prompts[0].default == ["strategy", "premises"]
    assert answers(interview)["taboo_topics"] == ["strategy", "mergers"]
    assert answers(interview)["company"] == data["company"]


def test_an_entry_the_company_changed_stays_changed(german: InterviewContext) -> None:
    data: Any = {
        **answers(held(german, *script())[0]),
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
        **answers(held(german, *script())[0]),
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

    _, prompter = held(
        context,
        *script(before="countries"),
        ["DE", "AT"],
        "DE",
        *script("works_council"),
    )

    check = prompter.prompts[5].check
    assert check(["DE"]) == "Bitte wählen Sie 2 bis 3 Einträge."
    assert check(["DE", "AT", "CH", "GB"]) == "Bitte wählen Sie 2 bis 3 Einträge."
    assert check(["FR"]) == "Bitte wählen Sie aus der Liste."
