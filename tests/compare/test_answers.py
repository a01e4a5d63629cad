from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from tests.compare.conftest import Sentences, changes_of
from tests.samples import pack_from_before

from guidegen.answers.contract import contract
from guidegen.compare.wording import sentence
from guidegen.model.answers import Answers
from guidegen.model.pack import Pack, level_of_light
from guidegen.model.question import Kind, Question
from guidegen.model.text import LocalText
from guidegen.schema.shapes import (
    ListOf,
    Localized,
    MapOf,
    OneOrList,
    Record,
    Scalar,
    ScalarOr,
    Shape,
)

KINDS: dict[Kind, tuple[object, object]] = {
    Kind.CONFIRM: (False, True),
    Kind.NUMBER: (3, 4),
    Kind.DATE: ("2027-01-01", "2027-02-01"),
}


def keys(shape: Shape, start: str = "") -> Iterator[tuple[str, Shape]]:
    """Yield each dotted key of the contract that has a value of its own."""
    if isinstance(shape, Record):
        for name, child in shape.fields.items():
            yield from keys(child, f"{start}{name}.")
    elif isinstance(shape, ScalarOr):
        yield from keys(shape.other, start)
    elif isinstance(shape, MapOf):
        yield from keys(shape.item, f"{start}werk.")
    elif isinstance(shape, ListOf) and isinstance(shape.item, (Record, ScalarOr)):
        yield from keys(shape.item, f"{start}0.")
    else:
        yield start[:-1], shape


def two_values(shape: Shape) -> tuple[object, object]:
    """Return two different values that may stand there."""
    if isinstance(shape, ListOf):
        first, second = two_values(shape.item)
        return [first], [second]
    if isinstance(shape, OneOrList):
        return two_values(shape.item)
    if isinstance(shape, Localized):
        return "one", {"de": "eins", "en": "two"}
    assert isinstance(shape, Scalar)
    assert isinstance(shape.kind, Kind)
    if shape.choices:
        first, *_, last = shape.choices
        return first, last
    return KINDS.get(shape.kind, ("one", "two"))


def put(data: dict[str, Any], key: str, value: object) -> None:
    *parents, last = key.split(".")
    place: Any = data
    for part in parents:
        place = place[int(part)] if part.isdigit() else place.setdefault(part, {})
    place[last] = value


@pytest.fixture
def answers(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers of a company that has a section, too."""
    return {**answers, "sections": [{"id": "crisis"}]}


def changeable(pack: Pack) -> list[tuple[str, Shape]]:
    """Return the keys that are part of the guideline, not only of its site."""
    beside = {"publish", "old_pdfs", "inside", "training"}
    known = {field.name for field in fields(Answers)} - beside
    return [
        (key, shape)
        for key, shape in keys(contract(pack))
        if key.partition(".")[0] in known
    ]


def test_each_answer_has_a_sentence_of_its_own(
    answers: dict[str, Any], fitting: Pack
) -> None:
    for key, shape in changeable(fitting):
        values = two_values(shape)
        old, new = copy.deepcopy(answers), copy.deepcopy(answers)
        put(old, key, values[0])
        put(new, key, values[1])

        changes = changes_of(old, new, old_pack=fitting, new_pack=fitting)

        assert changes, f"a changed {key} would go unnoticed"
        unnamed = LocalText.of(key)
        assert all(change.values.get("what") != unnamed for change in changes), (
            f"say in messages.yml what {key} is"
        )


@pytest.mark.slow
def test_each_answer_that_is_new_or_gone_has_a_sentence(
    answers: dict[str, Any], fitting: Pack
) -> None:
    for key, shape in changeable(fitting):
        old, new = copy.deepcopy(answers), copy.deepcopy(answers)
        put(new, key, two_values(shape)[1])
        place: Any = old
        *parents, last = key.split(".")
        for part in parents:
            place = place[int(part)] if part.isdigit() else place.setdefault(part, {})
        place.pop(last, None)

        there = changes_of(old, new, old_pack=fitting, new_pack=fitting)
        back = changes_of(new, old, old_pack=fitting, new_pack=fitting)

        assert there, f"a new {key} would go unnoticed"
        assert back, f"a {key} that is gone would go unnoticed"


def test_equal_answers_have_nothing_to_say(sentences: Sentences) -> None:
    assert sentences(len) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Neues Tabuthema: Neue Produkte und Dienstleistungen"),
     ("en", "New taboo topic: New products and services")],
)  # fmt: skip
def test_a_new_topic_has_its_name_from_the_catalogue(
    sentences: Sentences, language: str, said: str
) -> None:
    found = sentences(
        lambda data: data["taboo_topics"].append({"id": "new-products"}),
        language=language,
    )

    assert found == [said]


def test_a_topic_that_is_gone_is_named(sentences: Sentences) -> None:
    assert sentences(lambda data: data["taboo_topics"].pop(0)) == [
        "No longer a taboo topic: Business figures"
    ]


def test_who_may_no_longer_and_who_may_now_speak_are_two_sentences(
    sentences: Sentences,
) -> None:
    found = sentences(lambda data: data["taboo_topics"][1].update(speakers=["legal"]))

    assert found == [
        "No longer speaks about “Company strategy”: senior management",
        "Now also speaks about “Company strategy”: the legal department",
    ]


def test_an_own_topic_with_another_name_is_renamed_not_new(
    sentences: Sentences,
) -> None:
    found = sentences(lambda data: data["taboo_topics"][2].update(name="Baltic 4"))

    assert found == ["Taboo topic renamed: Nordlicht → Baltic 4"]


def test_topics_in_another_order_are_said_to_be(sentences: Sentences) -> None:
    assert sentences(lambda data: data["taboo_topics"].reverse()) == [
        "Taboo topics in a different order"
    ]


def test_a_text_that_changed_in_one_language_is_shown_in_that_one(
    sentences: Sentences,
) -> None:
    both = {"de": "Weil es so ist.", "en": "Because it is so."}
    other = both | {"en": "Because it must be so."}

    found = sentences(
        lambda data: data["taboo_topics"][2].update(why=other),
        before=lambda data: data["taboo_topics"][2].update(why=both),
        language="de",
    )

    assert found == [
        "Begründung zu „Nordlicht“: Because it is so. → Because it must be so."
    ]


def test_a_contact_who_takes_over_is_one_sentence(sentences: Sentences) -> None:
    new = {"name": "Tom Behrens", "email": "tom@nordlicht.example"}

    def edit(data: dict[str, Any]) -> None:
        data["contacts"][0] = new

    assert sentences(edit) == ["Contact: Nordlicht → Tom Behrens"]


def test_contacts_come_and_go(sentences: Sentences) -> None:
    new = {"name": "Tom Behrens", "phone": "112"}

    assert sentences(lambda data: data["contacts"].append(new)) == [
        "New contact: Tom Behrens"
    ]
    assert sentences(
        lambda data: data["contacts"].pop(),
        before=lambda data: data["contacts"].append(new),
    ) == ["No longer a contact: Tom Behrens"]


def test_the_contact_on_every_page_is_named_when_the_order_changes(
    sentences: Sentences,
) -> None:
    found = sentences(
        lambda data: data["contacts"].reverse(),
        before=lambda data: data["contacts"][1].update(name="Tom Behrens"),
    )

    assert found == [
        "Contacts in a different order; the one on every page is now: Tom Behrens"
    ]


def test_german_that_says_sie_is_said_to(sentences: Sentences) -> None:
    assert sentences(lambda data: data.update(address="sie")) == ["German now uses Sie"]


def test_languages_come_go_and_change_places(sentences: Sentences) -> None:
    assert sentences(lambda data: data.update(languages=["de"])) == [
        "No longer in: English"
    ]
    assert sentences(lambda data: data.update(languages=["en", "de"])) == [
        "The front page is now in: English"
    ]


def test_dates_and_choices_are_said_as_people_read_them(sentences: Sentences) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["version"]["valid_from"] = "2027-03-01"
        data["company"]["sector"] = "bank"

    assert sentences(edit, language="de") == [
        "Branche: Andere Branche → Bank und Versicherung",
        "Gültig ab: 1. Dezember 2026 → 1. März 2027",
    ]


def test_an_answer_to_a_question_of_the_packs_own_is_named_by_the_question(
    answers: dict[str, Any], pack: Pack
) -> None:
    question = Question(
        id="badge",
        key="extra.badge",
        kind=Kind.TEXT,
        text=LocalText.of({"de": "Welche Farbe?", "en": "Which colour?"}),
    )
    asking = replace(pack, questions=(*pack.questions, question))
    new = {**answers, "extra": {"badge": "green"}}

    (change,) = changes_of(answers, new, old_pack=asking, new_pack=asking)

    said = sentence(change, asking.messages, "en")
    assert said == "Answer to “Which colour?”: now green"


def test_braces_in_an_answer_stay_what_they_are(sentences: Sentences) -> None:
    found = sentences(lambda data: data["version"].update(owner="{what} {0}"))

    assert found == ["Owner: Nordlicht → {what} {0}"]


def test_a_topic_that_the_new_pack_no_longer_has_is_still_named(
    answers: dict[str, Any], pack: Pack
) -> None:
    catalogue = {
        key: topic for key, topic in pack.catalogue.items() if key != "strategy"
    }
    newer = replace(pack, catalogue=catalogue)
    new = copy.deepcopy(answers)
    del new["taboo_topics"][1]

    (change,) = changes_of(answers, new, old_pack=pack, new_pack=newer)

    said = sentence(change, newer.messages, "en")
    assert said == "No longer a taboo topic: Company strategy"


def test_a_topic_that_the_pack_sets_to_red_is_stricter(
    answers: dict[str, Any], pack: Pack
) -> None:
    def lit(light: str) -> Pack:
        level = level_of_light(light)
        topic = replace(pack.catalogue["strategy"], light=light, level=level)
        catalogue = {**pack.catalogue, "strategy": topic}
        return replace(pack_from_before(pack), catalogue=catalogue)

    (change,) = changes_of(answers, answers, old_pack=lit("amber"), new_pack=lit("red"))
    (back,) = changes_of(answers, answers, old_pack=lit("red"), new_pack=lit("amber"))

    assert change.message == "compare-topic-stricter"
    assert back.message == "compare-topic-looser"
