"""An interview without a prompter's loop, as a form in a browser holds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

import guidegen.interview.state
from guidegen.answers.data import look_up, put_in
from guidegen.interview import (
    Field,
    InterviewContext,
    InterviewState,
    RawAnswer,
    begin,
    check_answer,
    fields,
    fill_in,
    finished,
    progress,
    prompt_for,
    replay,
)
from guidegen.schema.scalars import Plain

FORM: dict[str, RawAnswer] = {
    "languages": ["de", "en"],
    "address": "sie",
    "company-name": "Nordlicht Technik GmbH",
    "short-name": "Nordlicht",
    "sector": "manufacturing",
    "countries": ["DE"],
    "works-council": "betriebsrat",
    "speaker": ["press", "Team Wind"],
    "contact.name": "Mira Jansen",
    "contact.role@de": "Beraterin",
    "contact.role@en": "Adviser",
    "contact.email": "social@nordlicht.example",
    "contact.phone": "",
    "contact.chat": "",
    "contact.answers-within@de": "am selben Arbeitstag",
    "contact.answers-within@en": "on the same working day",
    "about-us": "www.nordlicht.example/presse",
    "code-of-conduct": "",
    "taboo-topics": ["strategy"],
    "own-topics.0?": True,
    "own-topics.0.name@de": "Windpark",
    "own-topics.0.name@en": "Wind farm",
    "own-topics.0.level": "only",
    "own-topics.0.speakers": ["press"],
    "own-topics.0.why@de": "A",
    "own-topics.0.why@en": "A",
    "own-topics.0.dont@de": "B",
    "own-topics.0.dont@en": "B",
    "own-topics.0.do@de": "C",
    "own-topics.0.do@en": "C",
    "own-topics.1?": False,
    "owner@de": "Jana Petersen",
    "owner@en": "Jana Petersen",
    "valid-from": "1.12.2026",
}


def open_fields(context: InterviewContext, state: InterviewState) -> list[Field]:
    """Return what a form still has to show."""
    return [
        field
        for field in fields(context.pack, state, every=False)
        if field.path not in state.answered
    ]


def post(
    context: InterviewContext, state: InterviewState, form: Mapping[str, RawAnswer]
) -> tuple[InterviewState, dict[str, str]]:
    """Answer the first open question's fields; return what is wrong with them."""
    question = open_fields(context, state)[0].question
    problems: dict[str, str] = {}
    for field in open_fields(context, state):
        if field.question == question:
            typed = form.get(field.path)
            prompt = prompt_for(context, state, field)
            raw = prompt.meant(typed)
            problem = check_answer(context, state, field, raw)
            if problem is None:
                state = state.answer(field, raw)
            else:
                problems[field.path] = problem
    return state, problems


def test_a_form_holds_the_whole_interview_page_by_page(
    german: InterviewContext,
) -> None:
    state = begin(german.pack, {})
    pages: list[tuple[int, int]] = []

    while page := open_fields(german, state):
        everything = fields(german.pack, state, every=False)
        pages.append(progress(everything, page[0]))
        state, problems = post(german, state, FORM)
        assert problems == {}

    # German adds the question of address, a topic of their own its fields.
    assert [number for number, _ in pages] == [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
        13,
        14,
        15,
    ]
    assert [total for _, total in pages] == [13, *[14] * 5, *[15] * 10]
    assert finished(german.pack, state) == {
        "languages": ["de", "en"],
        "address": "sie",
        "company": {
            "name": "Nordlicht Technik GmbH",
            "short_name": "Nordlicht",
            "sector": "manufacturing",
            "countries": ["DE"],
            "works_council": "betriebsrat",
            "speaker": ["press", "Team Wind"],
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
        "links": {"about_us": "https://www.nordlicht.example/presse"},
        "taboo_topics": [
            "strategy",
            {
                "name": {"de": "Windpark", "en": "Wind farm"},
                "level": "only",
                "speakers": ["press"],
                "why": "A",
                "dont": "B",
                "do": "C",
            },
        ],
        "version": {"owner": "Jana Petersen", "valid_from": dt.date(2026, 12, 1)},
    }


def test_a_form_is_told_what_is_wrong_with_each_field(
    german: InterviewContext,
) -> None:
    state = replay(german.pack, begin(german.pack, {}), {"languages": ["en"]})
    wrong: dict[str, RawAnswer] = {"contact.name": "", "contact.email": "mira"}
    while open_fields(german, state)[0].question.id != "contact":
        state, _ = post(german, state, FORM)

    after, problems = post(german, state, wrong)

    assert problems == {
        "contact.name": "Hier ist eine Antwort nötig.",
        "contact.email": "„mira“ ist keine E-Mail-Adresse; sie sieht so aus:"
        " social@firma.de",
        "contact.chat": "Nötig ist mindestens eines davon: E-Mail, Telefon, Adresse"
        " des Chats. Mit „zurück“ kommen Sie zu den anderen.",
    }
    assert [field.path for field in open_fields(german, after)[:3]] == [*problems]
    assert state.look_up("contacts.0") is None


def test_a_prompt_says_all_that_a_form_shows(german: InterviewContext) -> None:
    state = begin(german.pack, {"languages": ["de"], "company": {"name": "Acme"}})
    by_path = {field.path: field for field in fields(german.pack, state, every=True)}

    address, name, short = (
        prompt_for(german, state, by_path[path])
        for path in ("address", "company-name", "short-name")
    )

    assert [option.value for option in address.options] == ["du", "sie"]
    assert (address.default, address.known) == ("du", False)
    assert (name.default, name.known, name.optional) == ("Acme", True, False)
    assert (short.default, short.known, short.optional) == ("Acme", False, True)
    assert str(short.help).startswith("Mit diesem Namen stellen sich alle im Netz vor")
    assert short.check("x" * 10_001) is not None


def test_an_answer_leaves_the_state_before_it_as_it_was(
    german: InterviewContext,
) -> None:
    before = replay(german.pack, begin(german.pack, {}), FORM)
    answers = finished(german.pack, before)

    after = before
    for field in fields(german.pack, before, every=True):
        other: Any = {bool: False, list: [], str: "x"}
        after = after.answer(field, other.get(type(before.value(field)), "x"))

    assert finished(german.pack, before) == answers
    assert finished(german.pack, after) != answers


def test_who_takes_a_no_back_finds_the_entries_again(
    german: InterviewContext,
) -> None:
    state = replay(german.pack, begin(german.pack, {}), FORM)
    (another,) = (
        field
        for field in fields(german.pack, state, every=False)
        if field.path == "own-topics.0?"
    )

    without = state.answer(another, False)  # noqa: FBT003  # an answer
    again = without.answer(another, True)  # noqa: FBT003  # an answer

    assert finished(german.pack, without)["taboo_topics"] == ["strategy"]
    assert finished(german.pack, again) == finished(german.pack, state)


def test_the_answers_are_put_together_once_for_each_answer(
    german: InterviewContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed: list[str] = []

    def counted(
        data: Mapping[str, Plain], key: str, value: Plain | None
    ) -> dict[str, Plain]:
        changed.append(key)
        return put_in(data, key, value)

    monkeypatch.setattr(guidegen.interview.state, "put_in", counted)
    given: dict[str, Any] = {"languages": ["de"], "company": {"name": "Acme"}}
    state, missing = fill_in(german, given)
    for field in fields(german.pack, state, every=True):
        prompt_for(german, state, field)
        check_answer(german, state, field, state.value(field))
    finished(german.pack, state)

    # `answered_beforehand` and `fill_in` begin once each, with what was given.
    assert changed.count("company.name") == 2
    assert len(changed) == len(state.answered) + 2 * len(given)
    assert [field.path for field in missing] == [
        "contact.name",
        "contact.chat",
        "owner@de",
    ]


def test_what_a_journal_of_an_older_interview_says_is_taken_where_it_fits(
    german: InterviewContext,
) -> None:
    kept: dict[str, RawAnswer] = {
        "gone": "a question that no pack asks any more",
        "own-topics.0.name@de": "Windpark",
        "own-topics.7.name@de": "an entry that was never added",
        "own-topics.0?": True,
        "contact.role@fr": "a language that nobody has",
        "languages": ["de"],
    }

    state = replay(german.pack, begin(german.pack, {}), kept)

    assert state.answered == {"languages", "own-topics.0?", "own-topics.0.name@de"}
    assert finished(german.pack, state) == {
        "languages": ["de"],
        "taboo_topics": [{"name": "Windpark"}],
    }


def test_a_text_for_du_stays_beside_the_one_for_sie_that_is_asked_for(
    german: InterviewContext,
) -> None:
    state, _ = fill_in(german, {})
    for path, answer in FORM.items():
        state = replay(german.pack, state, {path: answer})
    given = finished(german.pack, state)
    role: Plain = {"de": "Frag mich", "de-formal": "Fragen Sie mich", "en": "Ask me"}
    given = put_in(given, "contacts.0.role", role)
    begun = begin(german.pack, given)
    asked = {each.path: each for each in fields(german.pack, begun, every=True)}

    assert begun.value(asked["contact.role@de"]) == "Fragen Sie mich"
    assert look_up(finished(german.pack, begun), "contacts.0.role") == role

    changed = begun.answer(asked["contact.role@de"], "Rufen Sie mich an")

    assert look_up(finished(german.pack, changed), "contacts.0.role") == {
        "de": "Frag mich",
        "de-formal": "Rufen Sie mich an",
        "en": "Ask me",
    }
