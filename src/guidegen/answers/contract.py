"""The contract of `guideline.yml` as one table.

Checks, JSON Schema, `--set KEY=VALUE` and the choices of the interview follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from guidegen.answers.inside_contract import inside_shape
from guidegen.answers.publish_contract import targets_shape
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question
from guidegen.model.text import LocalText
from guidegen.schema.scalars import Refused, ScalarValue
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

FORMAT = 1
"""The version of the contract that this guidegen reads and writes."""

ADDRESSES = {
    "du": LocalText.of({"de": "Du", "en": "Du (informal)"}),
    "sie": LocalText.of({"de": "Sie", "en": "Sie (formal)"}),
}
_LANGUAGE_NAMES = {
    "de": LocalText.of({"de": "Deutsch", "en": "German"}),
    "en": LocalText.of({"de": "Englisch", "en": "English"}),
}
LOGO_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")
_MONTHS_AT_MOST = 60

FORMS = ("nominative", "accusative", "dative")
"""The cases of a German sentence that the company's name may stand in."""
PLACEMENTS = ("rule", "help", "more")
"""Where a section may go: `model.answers.Placement`."""
LONGEST_NAME = 300
"""How many characters a name, a title or a role may have: many pages print it often."""
_TOPICS, _CONTACTS, _OTHERS = 80, 40, 60
"""How many there may be of each: more, nobody reads, and paper takes minutes."""
NAME = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""Ids of roles and sections; a speaker that looks like one is no person's name."""


def contract(pack: Pack) -> Record:
    """Return the shape of the whole file for projects with this pack."""
    text = Localized(scalar=Scalar(kind=Kind.TEXT), variants=pack.variants)
    name = Localized(
        scalar=Scalar(kind=Kind.TEXT, longest=LONGEST_NAME), variants=pack.variants
    )
    link = Localized(scalar=Scalar(kind=Kind.URL), variants=pack.variants)
    languages = Scalar(kind=Kind.CHOICE, choices=_language_names(pack))
    fields: dict[str, Shape] = {
        # In the order in which a new file is written.
        "format": Scalar(kind=Kind.NUMBER),
        "pack": Scalar(kind=Kind.TEXT),
        "languages": ListOf(item=languages, minimum=1),
        "address": Scalar(kind=Kind.CHOICE, choices=ADDRESSES),
        "title": name,
        "document": Record(
            fields=dict.fromkeys(("number", "classification", "approved_by"), name)
        ),
        "company": _company(pack, name),
        "roles": MapOf(
            item=name, keys=NAME, refusal="answers-role-name", maximum=_OTHERS
        ),
        "contacts": _contacts(pack, name, languages),
        "links": Record(fields=dict.fromkeys(pack.links, link)),
        "taboo_topics": _topics(pack, name, text),
        "sections": ListOf(
            item=_section(pack), maximum=_OTHERS, unique="answers-section-twice"
        ),
        "version": _version(name),
        "acknowledgement": _acknowledgement(pack),
        "brand": _brand(),
        "extra": Record(fields=_extra(pack, text)),
        "same_text": Record(
            fields=dict.fromkeys(pack.variants, ListOf(item=Scalar(kind=Kind.TEXT)))
        ),
        "training": Record(fields={"practice": Scalar(kind=Kind.CONFIRM)}),
        "publish": targets_shape(),
        "old_pdfs": Scalar(kind=Kind.CONFIRM),
        "inside": inside_shape(),
    }
    if not fits_company(pack):
        fields.pop("sections")
    if not pack.cards:
        fields.pop("training")
    return Record(
        fields=fields,
        required=("languages", "company", "contacts", "taboo_topics", "version"),
    )


def fits_company(pack: Pack) -> bool:
    """Return whether a pack's texts know what fits a guideline to a company.

    That is its seat, the forms of its name, topics that nobody posts about, optional
    sections, and what a contact promises. Those of pack `dell` do since 2.0.0, which
    also brought `levels`. With other texts such an answer would have no effect.
    """
    return bool(pack.levels)


def _language_names(pack: Pack) -> dict[str, LocalText]:
    return {
        code: _LANGUAGE_NAMES.get(code, LocalText.of(code)) for code in pack.languages
    }


def _company(pack: Pack, name: Localized) -> Record:
    country = Scalar(kind=Kind.CHOICE, choices=pack.countries)
    fields: dict[str, Shape] = {
        "name": name,
        "short_name": name,
        "forms": Record(fields=dict.fromkeys(FORMS, name)),
        "sector": Scalar(kind=Kind.CHOICE, choices=pack.sectors),
        "listed": Scalar(kind=Kind.CONFIRM),
        "countries": ListOf(item=country),
        "seat": country,
        "works_council": Scalar(kind=Kind.CONFIRM, also=pack.works_councils or None),
        "speaker": OneOrList(item=_speaker(pack)),
    }
    if not fits_company(pack):
        for later in ("forms", "listed", "seat"):
            fields.pop(later)
    return Record(fields=fields, required=("name", "sector"))


def _speaker(pack: Pack) -> Localized:
    """Return the shape of a role's id, or of the name of a person or team."""
    name = Scalar(kind=Kind.TEXT, also=role_names(pack), longest=LONGEST_NAME)
    return Localized(scalar=name, variants=pack.variants)


def role_names(pack: Pack) -> dict[str, LocalText]:
    """Return the roles of a pack with their names, those that one sector has last."""
    names = dict(pack.roles)
    for spec in pack.sector_specs.values():
        names = {**spec.roles, **names}
    return {role: names[role] for role in dict.fromkeys((*pack.roles, *names))}


def _contacts(pack: Pack, name: Localized, languages: Scalar) -> ListOf:
    return ListOf(
        item=_contact(pack, name, languages),
        minimum=1,
        maximum=_CONTACTS,
        unique="answers-contact-twice",
    )


def _contact(pack: Pack, name: Localized, languages: Scalar) -> Record:
    def way(kind: Kind) -> Localized:
        return Localized(scalar=Scalar(kind=kind), variants=pack.variants)

    fields: dict[str, Shape] = {
        "name": name,
        "role": name,
        "email": way(Kind.EMAIL),
        "phone": way(Kind.PHONE),
        "chat": way(Kind.URL),
        "languages": ListOf(item=languages, minimum=1),
    }
    if fits_company(pack):
        countries = Scalar(kind=Kind.CHOICE, choices=pack.countries)
        fields |= {
            "countries": ListOf(item=countries, minimum=1),
            "answers_within": name,
            "out_of_hours": way(Kind.PHONE),
        }
    return Record(fields=fields, required=("name",), one_of=("email", "phone", "chat"))


def _topics(pack: Pack, name: Localized, text: Localized) -> ListOf:
    return ListOf(
        item=_topic(pack, name, text),
        minimum=1,
        maximum=_TOPICS,
        unique="answers-topic-twice",
    )


def _topic(pack: Pack, name: Localized, text: Localized) -> ScalarOr:
    topics = Scalar(
        kind=Kind.CHOICE,
        choices={topic.id: topic.name for topic in pack.catalogue.values()},
        unknown="answers-topic",
    )
    own = Record(
        fields={
            "id": topics,
            "name": name,
            "level": Scalar(kind=Kind.CHOICE, choices=level_names(pack)),
            "speakers": OneOrList(item=_speaker(pack)),
            "why": text,
            "dont": text,
            "do": text,
        },
        # Who speaks is needed, too, unless nobody does: `answers.together` sees to it.
        required=("name", "why", "dont", "do"),
        unless="id",
    )
    return ScalarOr(scalar=topics, other=own)


def level_names(pack: Pack) -> dict[str, LocalText]:
    """Return the levels that a topic may have, with the names that readers see."""
    if pack.levels:
        return {level: spec.title for level, spec in pack.levels.items()}
    lights = {"only": "red", "ask": "amber"}
    return {
        level: pack.lights[light]
        for level, light in lights.items()
        if light in pack.lights
    }


def _section(pack: Pack) -> ScalarOr:
    # A section of the company's own has any name; whether there is a text of that name
    # depends on the folder.
    parts = {part.id: part.title for part in pack.parts.values()}
    known = {*parts, *(each.id for page in pack.pages for each in page.sections)}

    def refuse(value: ScalarValue) -> Refused | None:
        # It becomes part of a path.
        if value in known or NAME.fullmatch(str(value)):
            return None
        return Refused("answers-section-name", value=value)

    name = Scalar(kind=Kind.TEXT, also=parts, refuse=refuse)
    places = {name: LocalText.of(name) for name in PLACEMENTS}
    longer = Record(
        fields={
            "id": name,
            "after": Scalar(kind=Kind.TEXT),
            "as": Scalar(kind=Kind.CHOICE, choices=places),
        },
        required=("id",),
    )
    return ScalarOr(scalar=name, other=longer)


def _version(name: Localized) -> Record:
    months = Scalar(kind=Kind.NUMBER, minimum=1, maximum=_MONTHS_AT_MOST)
    return Record(
        fields={
            "owner": name,
            "valid_from": Scalar(kind=Kind.DATE),
            "review_months": months,
        },
        required=("owner", "valid_from"),
    )


def _acknowledgement(pack: Pack) -> Record:
    form = Localized(scalar=Scalar(kind=Kind.FORM), variants=pack.variants)
    return Record(
        fields={
            "form": form,
            "email": Scalar(kind=Kind.EMAIL),
            "slip": Scalar(kind=Kind.CONFIRM),
        }
    )


def _brand() -> Record:
    logo = Scalar(kind=Kind.FILE, suffixes=LOGO_SUFFIXES)
    return Record(
        fields={"color": Scalar(kind=Kind.COLOR), "logo": logo, "logo_dark": logo}
    )


def _extra(pack: Pack, text: Localized) -> dict[str, Shape]:
    """Return the fields that questions of the pack's own add."""
    return {
        question.key.removeprefix("extra."): _extra_shape(question, pack, text)
        for question in pack.questions
        if question.key.startswith("extra.")
    }


def _extra_shape(question: Question, pack: Pack, text: Localized) -> Shape:
    if question.kind is Kind.LOCAL_TEXT:
        return text
    choices: Mapping[str, LocalText] | None = None
    if question.kind in {Kind.CHOICE, Kind.CHOICES}:
        choices = choice_names(question, pack)
    # For a number they bound its value; for choices, `minimum` counts entries (below).
    one = Scalar(
        kind=Kind.CHOICE if question.kind is Kind.CHOICES else question.kind,
        choices=choices,
        minimum=question.minimum if question.kind is Kind.NUMBER else None,
        maximum=question.maximum if question.kind is Kind.NUMBER else None,
    )
    if question.kind is Kind.CHOICES:
        return ListOf(item=one, minimum=question.minimum or 0)
    return one


def choice_names(  # noqa: PLR0911  # one for each source
    question: Question, pack: Pack
) -> dict[str, LocalText]:
    """Return the choices of a question with the names that people read."""
    match question.choices_from:
        case "languages":
            return _language_names(pack)
        case "sectors":
            return dict(pack.sectors)
        case "countries":
            return dict(pack.countries)
        case "roles":
            return dict(pack.roles)
        case "levels":
            return level_names(pack)
        case "parts":
            return {part.id: part.title for part in pack.parts.values()}
        case "topics":
            return {topic.id: topic.name for topic in pack.catalogue.values()}
    return {choice.value: choice.label for choice in question.choices}


def questions_by_key(pack: Pack) -> dict[str, Question]:
    """Return the question for each dotted key, fields of groups included.

    The first question for a key counts, and one about the first entry of a list
    (`contacts.0`) counts for the list.
    """
    questions: dict[str, Question] = {}
    for question in pack.questions:
        key = question.key.removesuffix(".0")
        questions.setdefault(key, question)
        # Any other group is a map of its own, such as the forms of the name.
        is_entry = key != question.key or question.kind is Kind.GROUPS
        for part in question.fields:
            questions.setdefault(f"{key}{'.0' if is_entry else ''}.{part.key}", part)
    return questions


def question_texts(pack: Pack, language: str) -> dict[str, str]:
    """Return the question and its help for each dotted key."""
    return {
        key: " ".join(
            text.get(language) for text in (question.text, question.help) if text
        )
        for key, question in questions_by_key(pack).items()
    }
