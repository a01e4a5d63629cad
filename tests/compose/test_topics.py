from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.samples import answers_with

from guidegen.compose.guideline import compose
from guidegen.model.answers import Answers, TopicAnswer
from guidegen.model.guideline import Topic
from guidegen.model.pack import CatalogueTopic, Pack, TopicOverride
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Return a pack with one topic that differs by sector."""
    topic = CatalogueTopic(
        id="plans",
        preselected=False,
        level="only",
        light="red",
        name=LocalText.of("Pläne"),
        speakers=("press", "management"),
        sectors=("all",),
        why=LocalText.of("{company} plant. Bitte fragt {speaker_accusative}."),
        dont=LocalText.of("Bei {company_dative}: {unknown}"),
        do=LocalText.of("{speaker} weiß mehr."),
        overrides={
            "health": TopicOverride(name=LocalText.of("Pflege"), speakers=("legal",)),
            "listed": TopicOverride(why=LocalText.of("Börse."), speakers=("ir",)),
        },
    )
    ask = replace(
        topic,
        id="pictures",
        level="ask",
        light="amber",
        speakers=(),
        ask=LocalText.of({"de": "alle, die zu sehen sind", "en": "everyone in it"}),
    )
    never = replace(topic, id="secrets", level="never")
    topics = (topic, ask, never)
    return replace(load_pack("dell"), catalogue={each.id: each for each in topics})


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    answers = answers_with(tmp_path)
    return replace(answers, taboo_topics=(TopicAnswer(id="plans"),))


def _topic(answers: Answers, pack: Pack, topic: TopicAnswer | None = None) -> Topic:
    asked = replace(answers, taboo_topics=(topic,)) if topic else answers
    return compose(asked, pack, "de").topics[0]


def _company(
    answers: Answers, *, sector: str = "other", listed: bool = False
) -> Answers:
    company = replace(answers.company, sector=sector, listed=listed)
    return replace(answers, company=company)


def test_names_and_roles_stand_in_texts_in_the_case_they_need(
    answers: Answers, pack: Pack
) -> None:
    town = LocalText.of("Stadt Au")
    company = replace(answers.company, short_name=town, speakers=("sales",))

    topic = _topic(replace(answers, company=company), pack)

    assert topic.why == "Die Stadt Au plant. Bitte fragt den Vertrieb."
    assert topic.dont == "Bei der Stadt Au: {unknown}"
    assert topic.do == "Der Vertrieb weiß mehr."
    assert topic.who == "der Vertrieb und die Geschäftsleitung"
    assert topic.speakers == ("Vertrieb", "Geschäftsleitung")


def test_a_preposition_swallows_the_article(answers: Answers, pack: Pack) -> None:
    house = LocalText.of("Klinikum Nord")
    company = replace(answers.company, short_name=house)

    assert _topic(replace(answers, company=company), pack).dont == (
        "Beim Klinikum Nord: {unknown}"
    )


def test_a_sector_has_texts_and_speakers_of_its_own(
    answers: Answers, pack: Pack
) -> None:
    topic = _topic(_company(answers, sector="health"), pack)

    assert topic.name == "Pflege"
    assert topic.why.startswith("Nordlicht plant.")
    assert topic.who == "die Rechtsabteilung"


def test_what_listing_asks_for_wins_over_the_sector(
    answers: Answers, pack: Pack
) -> None:
    topic = _topic(_company(answers, sector="health", listed=True), pack)

    assert (topic.name, topic.why) == ("Pflege", "Börse.")
    assert topic.who == "Investor Relations"


def test_a_sector_of_old_files_means_another_one_that_is_listed(
    answers: Answers, pack: Pack
) -> None:
    old = compose(_company(answers, sector="listed"), pack, "de")

    assert (old.sector, old.listed) == ("manufacturing", True)
    assert old.topics[0].why == "Börse."


def test_who_is_asked_is_the_object_of_the_sentence(
    answers: Answers, pack: Pack
) -> None:
    asked = TopicAnswer(id="plans", level="ask", speakers=("sales",))

    assert _topic(answers, pack, asked).who == "den Vertrieb"
    assert _topic(answers, pack, asked).light == "amber"


def test_somebody_without_a_role_can_be_asked(answers: Answers, pack: Pack) -> None:
    pictures = _topic(answers, pack, TopicAnswer(id="pictures"))
    told = _topic(answers, pack, TopicAnswer(id="pictures", speakers=("hr",)))

    assert pictures.who == "alle, die zu sehen sind"
    assert told.who == "die Personalabteilung"


def test_nobody_speaks_about_what_is_never_said(answers: Answers, pack: Pack) -> None:
    topic = _topic(answers, pack, TopicAnswer(id="secrets", speakers=("press",)))

    assert (topic.level, topic.light) == ("never", "red")
    assert (topic.who, topic.speakers) == ("", ())
    assert topic.light_label.startswith("Nie: ")


def test_topics_stand_under_their_level_in_order(answers: Answers, pack: Pack) -> None:
    chosen = replace(
        answers,
        taboo_topics=(
            TopicAnswer(id="pictures"),
            TopicAnswer(id="plans"),
            TopicAnswer(id="secrets"),
            TopicAnswer(name=LocalText.of("Baltic 3"), level="never"),
        ),
    )

    levels = compose(chosen, pack, "en").levels

    assert [(level.id, [topic.id for topic in level.topics]) for level in levels] == [
        ("never", ["secrets", "own-4"]),
        ("only", ["plans"]),
        ("ask", ["pictures"]),
    ]


def test_a_person_or_a_role_of_the_company_s_own_can_speak(
    answers: Answers, pack: Pack
) -> None:
    company = replace(answers.company, speakers=("works", LocalText.of("Dr. Eva Roth")))
    roles = {"works": LocalText.of({"de": "der Werkleiter Nord", "en": "the plant"})}

    guideline = compose(replace(answers, company=company, roles=roles), pack, "de")

    assert guideline.speaker.name == "Werkleiter Nord und Dr. Eva Roth"
    assert guideline.speaker.accusative == "den Werkleiter Nord oder Dr. Eva Roth"
    assert guideline.topics[0].speakers[:2] == ("Werkleiter Nord", "Dr. Eva Roth")


def test_a_role_of_the_pack_can_have_the_company_s_own_name(
    answers: Answers, pack: Pack
) -> None:
    company = replace(answers.company, speakers=("management",))
    mayor = {"de": "die Bürgermeisterin", "en": "the mayor"}
    roles = {"management": LocalText.of(mayor)}

    guideline = compose(replace(answers, company=company, roles=roles), pack, "de")

    assert guideline.speaker.dative == "der Bürgermeisterin"
    assert "Bürgermeisterin" in guideline.topics[0].speakers


def test_where_a_pack_has_lights_only_topics_are_what_they_were(
    answers: Answers, pack: Pack
) -> None:
    older = replace(
        pack,
        levels={},
        names=None,
        lights={"red": LocalText.of("Rot: nein."), "amber": LocalText.of("Gelb.")},
    )

    topic = _topic(answers, older)

    assert topic.why == "{company} plant. Bitte fragt {speaker_accusative}."
    assert topic.light_label == "Rot: nein."
    assert compose(answers, older, "de").levels == ()
