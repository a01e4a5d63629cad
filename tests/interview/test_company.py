"""What the interview knows of a company: who speaks, its council, its sections."""

from __future__ import annotations

from typing import Any

import pytest
from tests.interview.nordlicht import answers, held, script
from tests.interview.scripted import DEFAULT

from guidegen.interview import (
    InterviewContext,
    RawAnswer,
    begin,
    fields,
    prompt_for,
)


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


@pytest.mark.slow
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


def test_who_usually_speaks_is_suggested_to_a_new_company_only(
    german: InterviewContext,
) -> None:
    def suggested(sector: str, **file: Any) -> RawAnswer:  # noqa: ANN401
        company = {"name": "A", "sector": sector}
        given: dict[str, Any] = {"languages": ["de"], "company": company}
        begun = begin(german.pack, given | file)
        asked = fields(german.pack, begun, every=False)
        speaker = next(each for each in asked if each.path == "speaker")
        return prompt_for(german, begun, speaker).default

    assert suggested("craft") == ["management"]
    assert suggested("association") == ["management"]
    assert suggested("manufacturing") == ["press"]
    # There, the texts have said the press office all the time.
    assert suggested("craft", format=1) == ["press"]


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


@pytest.mark.slow
def test_a_section_of_the_company_stays(german: InterviewContext) -> None:
    data: Any = {
        **answers(held(german, *script())[0]),
        "sections": ["crisis", {"id": "our-gifts", "after": "law"}, "our-cars"],
    }

    interview, _ = held(german, given=data, every=True)

    assert answers(interview)["sections"] == data["sections"]


def test_roles_of_the_company_are_offered_by_their_names(
    german: InterviewContext,
) -> None:
    """Its own ones, and the name that it gives to one of the pack."""
    roles = {"management": "die Bürgermeisterin", "werk": {"de": "Werkleitung Nord"}}
    data: Any = {
        "languages": ["de"],
        "roles": roles,
        "company": {"name": "Acme", "sector": "public", "speaker": "werk"},
    }

    kept, prompter = held(german, given=data, only="speaker")

    labels = {each.value: each.label for each in prompter.prompts[0].options}
    assert labels["management"] == "Bürgermeisterin"
    assert labels["werk"] == "Werkleitung Nord"
    assert prompter.prompts[0].default == ["werk"]
    assert answers(kept)["company"]["speaker"] == "werk"


def test_a_contact_serves_countries_that_the_company_is_in(
    german: InterviewContext,
) -> None:
    """Those that it works in, and its seat; another one would be refused."""
    company = {"name": "Acme", "sector": "other", "countries": ["DE", "AT"]}
    data: Any = {"languages": ["de"], "company": {**company, "seat": "CH"}}
    state = begin(german.pack, data)

    [field] = [
        each
        for each in fields(german.pack, state, every=True)
        if each.path == "contact.countries"
    ]

    offered = [option.value for option in prompt_for(german, state, field).options]
    assert offered == ["DE", "AT", "CH"]
