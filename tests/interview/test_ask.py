"""The interview: in order, back, stop and go on, sum up, change."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.interview.scripted import (
    BACK,
    DEFAULT,
    MISSING,
    STOP,
    ScriptedPrompter,
)

from guidegen.answers.new import new_answers
from guidegen.answers.read import check_text
from guidegen.interview import (
    Interview,
    InterviewContext,
    InterviewState,
    Journal,
    RawAnswer,
    begin,
    fields,
    finished,
    replay,
)
from guidegen.interview.topics import offered_topics

GOOD: dict[str, object] = {
    "languages": ["de", "en"],
    "address": "sie",
    "name": "Nordlicht Technik GmbH",
    "short_name": "Nordlicht",
    "sector": "manufacturing",
    "countries": ["DE"],
    "works_council": "betriebsrat",
    "speaker": ["press"],
    "contact": "Mira Jansen",
    "role_de": "Beraterin",
    "role_en": "Adviser",
    "email": "social@nordlicht.example",
    "phone": "",
    "chat": "",
    "answers_within_de": "am selben Arbeitstag",
    "answers_within_en": "on the same working day",
    "about_us": "",
    "code_of_conduct": "https://intranet.nordlicht.example/kodex",
    "topics": ["strategy", "premises"],
    "own_topics": False,
    "owner_de": "Jana Petersen",
    "owner_en": "Jana Petersen",
    "valid_from": "1.12.2026",
}
"""An interview's answers, in the order in which it asks without `--all`."""

NO = False


def script(
    since: str = "languages",
    before: str | None = None,
    **instead: Any,  # noqa: ANN401  # whatever somebody may answer
) -> list[object]:
    """Return good answers, from one question to before another, some in place of them.

    `MISSING` stands for a question that is not asked.
    """
    names = [*GOOD]
    end = len(names) if before is None else names.index(before)
    chosen = names[names.index(since) : end]
    answers = ((GOOD | instead)[name] for name in chosen)
    return [answer for answer in answers if answer is not MISSING]


def only_what_is_needed(**answers: object) -> list[object]:
    """Return some answers in English, and suggestions for the rest."""
    unasked = ("address", "role_en", "works_council", "answers_within_en", "owner_en")
    others: dict[str, Any] = dict.fromkeys(GOOD, DEFAULT)
    return script(**others | answers | dict.fromkeys(unasked, MISSING))


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
        german, ["strategy", "mergers"], NO, given=data, only="taboo_topics"
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


@pytest.mark.parametrize(
    ("country", "sector", "kind"),
    [("DE", "manufacturing", "betriebsrat"), ("DE", "public", "personalrat")],
)
def test_a_plain_yes_to_the_works_council_stays_one(
    german: InterviewContext, country: str, sector: str, kind: str
) -> None:
    company = {"name": "Acme", "sector": sector, "countries": [country]}
    data: Any = {"languages": ["de"], "company": {**company, "works_council": True}}

    kept, prompter = held(german, given=data, only="works-council")
    changed, _ = held(german, "mav", given=data, only="works-council")
    none, _ = held(german, "false", given=data, only="works-council")

    assert prompter.prompts[0].default == kind
    assert answers(kept)["company"]["works_council"] is True
    assert answers(changed)["company"]["works_council"] == "mav"
    assert answers(none)["company"]["works_council"] is False


def test_somebody_who_speaks_may_have_a_name_per_language(
    german: InterviewContext,
) -> None:
    name = {"de": "die Werkleitung Nord", "en": "the northern plant"}
    topic = {"name": "A", "speakers": [name], "why": "B", "dont": "C", "do": "D"}
    for speaker in (name, ["management", name], "Team Wind"):
        data: Any = {
            **answers(held(german, *script())[0]),
            "taboo_topics": ["strategy", topic],
        }
        data["company"]["speaker"] = speaker

        interview, _ = held(german, given=data)

        assert answers(interview) == data


def test_a_topic_that_nobody_speaks_about_has_no_speakers(
    german: InterviewContext,
) -> None:
    topic = [True, "Eins", "One", "only", ["hr"], *"ABCDEF"]
    interview, prompter = held(
        german,
        *script(before="own_topics"),
        *topic,
        *script("own_topics"),
        *("change", "own-topics", True, DEFAULT, DEFAULT, "never"),
    )

    assert "speakers" not in answers(interview)["taboo_topics"][2]
    assert answers(interview)["taboo_topics"][2]["level"] == "never"
    asked = [prompt.text for prompt in prompter.prompts]
    assert asked.count("Wer spricht darüber, oder wen fragt man vorher?") == 1


def test_roles_are_called_what_the_sector_calls_them(german: InterviewContext) -> None:
    def management(sector: str) -> str:
        _, prompter = held(german, *script(sector=sector, topics=DEFAULT))
        asked = (each for each in prompter.prompts if each.text.startswith("Wer spr"))
        options = {each.value: each.label for each in next(asked).options}
        return options["management"]

    assert management("manufacturing") == "Geschäftsleitung"
    assert management("health") != "Geschäftsleitung"


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("Nordlicht AG", True),
        ("Nordlicht SE", True),
        ("Nordlicht GmbH & Co. KGaA", True),
        ("Nordlicht GmbH", False),
        ("Stadt Lindenau", False),
        ("Nordlicht", False),
    ],
)
def test_only_who_can_be_listed_is_asked_for_it(
    german: InterviewContext,
    name: str,
    is_asked: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    begun = begin(german.pack, {"languages": ["de"], "company": {"name": name}})
    asked = [each.path for each in fields(german.pack, begun, every=False)]

    assert ("listed" in asked) is is_asked
    assert ("name-in-sentences" in asked) is name.startswith("Stadt")


def test_the_address_of_the_accounts_is_asked_for_with_their_section(
    german: InterviewContext,
) -> None:
    def asked(*sections: str) -> list[str]:
        begun = begin(german.pack, {"languages": ["de"], "sections": [*sections]})
        return [each.path for each in fields(german.pack, begun, every=True)]

    assert "accounts" in asked("crisis", "accounts")
    assert "accounts" not in asked("crisis")


def test_a_section_of_the_company_stays(german: InterviewContext) -> None:
    data: Any = {
        **answers(held(german, *script())[0]),
        "sections": ["crisis", {"id": "our-gifts", "after": "law"}, "our-cars"],
    }

    interview, _ = held(german, given=data, every=True)

    assert answers(interview)["sections"] == data["sections"]


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
