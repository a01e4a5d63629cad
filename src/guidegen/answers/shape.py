"""The contract of `guideline.yml` as one table.

Reading the file, the JSON Schema for editors, the options `--set KEY=VALUE` and the
interview's choices all follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guidegen.answers.shapes import (
    Entry,
    Fields,
    Kinds,
    Local,
    Many,
    Names,
    One,
    Shape,
)
from guidegen.answers.targets import targets_shape
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question
from guidegen.model.text import LocalText

__all__ = [
    "ADDRESSES",
    "FORMAT",
    "Entry",
    "Fields",
    "Local",
    "Many",
    "NoPlace",
    "One",
    "Shape",
    "child_shapes",
    "choice_names",
    "contract",
    "find_shape",
    "question_texts",
    "questions_by_key",
]

FORMAT = 1
"""The version of the file's contract that this guidegen reads and writes."""

ADDRESSES = {
    "du": LocalText.of({"de": "Du", "en": "Du (informal)"}),
    "sie": LocalText.of({"de": "Sie", "en": "Sie (formal)"}),
}
_LANGUAGE_NAMES = {
    "de": LocalText.of({"de": "Deutsch", "en": "German"}),
    "en": LocalText.of({"de": "Englisch", "en": "English"}),
}
_LOGO_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")
_MONTHS_AT_MOST = 60


def contract(pack: Pack) -> Fields:
    """Return the shape of the whole file for a pack."""
    languages = {
        code: _LANGUAGE_NAMES.get(code, LocalText.of(code)) for code in pack.languages
    }
    roles = One(kind=Kind.CHOICE, choices=pack.roles)
    text = Local(one=One(kind=Kind.TEXT), variants=pack.variants)
    link = Local(one=One(kind=Kind.URL), variants=pack.variants)
    company: dict[str, Shape] = {
        "name": text,
        "short_name": text,
        "sector": One(kind=Kind.CHOICE, choices=pack.sectors),
        "countries": Many(item=One(kind=Kind.CHOICE, choices=pack.countries)),
        "works_council": One(kind=Kind.CONFIRM),
        "speaker": roles,
    }
    return Fields(
        fields={
            "format": One(kind=Kind.NUMBER),
            "pack": One(kind=Kind.TEXT),
            "languages": Many(item=One(kind=Kind.CHOICE, choices=languages), minimum=1),
            "address": One(kind=Kind.CHOICE, choices=ADDRESSES),
            "company": Fields(fields=company, required=("name", "sector")),
            "contacts": Many(
                item=_contact(text), minimum=1, unique="answers-contact-twice"
            ),
            "links": Fields(fields=dict.fromkeys(pack.links, link)),
            "taboo_topics": Many(
                item=_topic(pack, text, roles),
                minimum=1,
                unique="answers-topic-twice",
            ),
            "version": _version(),
            "acknowledgement": _acknowledgement(pack),
            "brand": Fields(
                fields={
                    "color": One(kind=Kind.COLOR),
                    "logo": One(kind=Kind.FILE, suffixes=_LOGO_SUFFIXES),
                }
            ),
            "extra": Fields(fields=_extra(pack, text)),
            "publish": targets_shape(),
        },
        required=("languages", "company", "contacts", "taboo_topics", "version"),
    )


def _contact(text: Local) -> Fields:
    fields: dict[str, Shape] = {
        "name": text,
        "role": text,
        "email": One(kind=Kind.EMAIL),
        "phone": One(kind=Kind.PHONE),
        "chat": One(kind=Kind.URL),
    }
    return Fields(fields=fields, required=("name",), one_of=("email", "phone", "chat"))


def _topic(pack: Pack, text: Local, roles: One) -> Entry:
    topics = One(
        kind=Kind.CHOICE,
        choices={topic.id: topic.name for topic in pack.catalogue.values()},
    )
    own = Fields(
        fields={
            "id": topics,
            "name": text,
            "speakers": Many(item=roles, minimum=1),
            "why": text,
            "dont": text,
            "do": text,
        },
        required=("name", "speakers", "why", "dont", "do"),
        unless="id",
    )
    return Entry(one=topics, fields=own)


def _version() -> Fields:
    months = One(kind=Kind.NUMBER, minimum=1, maximum=_MONTHS_AT_MOST)
    return Fields(
        fields={
            "owner": One(kind=Kind.TEXT),
            "valid_from": One(kind=Kind.DATE),
            "review_months": months,
        },
        required=("owner", "valid_from"),
    )


def _acknowledgement(pack: Pack) -> Fields:
    form = Local(one=One(kind=Kind.FORM), variants=pack.variants)
    return Fields(
        fields={
            "form": form,
            "email": One(kind=Kind.EMAIL),
            "slip": One(kind=Kind.CONFIRM),
        }
    )


def _extra(pack: Pack, text: Local) -> dict[str, Shape]:
    """Return the fields that the pack's own questions add."""
    return {
        question.key.removeprefix("extra."): _extra_shape(question, pack, text)
        for question in pack.questions
        if question.key.startswith("extra.")
    }


def _extra_shape(question: Question, pack: Pack, text: Local) -> Shape:
    if question.kind is Kind.LOCAL_TEXT:
        return text
    choices: Mapping[str, LocalText] | None = None
    if question.kind in {Kind.CHOICE, Kind.CHOICES}:
        choices = choice_names(question, pack)
    one = One(
        kind=Kind.CHOICE if question.kind is Kind.CHOICES else question.kind,
        choices=choices,
        minimum=question.minimum if question.kind is Kind.NUMBER else None,
        maximum=question.maximum if question.kind is Kind.NUMBER else None,
    )
    if question.kind is Kind.CHOICES:
        return Many(item=one, minimum=question.minimum or 0)
    return one


def choice_names(question: Question, pack: Pack) -> dict[str, LocalText]:
    """Return what a question's answer may be, with the names that people read."""
    match question.choices_from:
        case "languages":
            return {
                code: _LANGUAGE_NAMES.get(code, LocalText.of(code))
                for code in pack.languages
            }
        case "sectors":
            return dict(pack.sectors)
        case "countries":
            return dict(pack.countries)
        case "roles":
            return dict(pack.roles)
        case "topics":
            return {topic.id: topic.name for topic in pack.catalogue.values()}
    return {choice.value: choice.label for choice in question.choices}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlace:
    """A dotted key that the contract does not know: where it fails, what is known."""

    part: str
    known: tuple[str, ...]


def find_shape(shape: Shape, key: str) -> Shape | NoPlace:
    """Return the shape of what stands at a dotted key such as `contacts.0.phone`."""
    for part in key.split("."):
        children = _children(shape)
        numbered = part.isascii() and part.isdigit()
        if isinstance(shape, Names) or (isinstance(shape, Many) and numbered):
            shape = shape.item
        elif part in children:
            shape = children[part]
        else:
            known = ("0",) if isinstance(shape, Many) else tuple(children)
            return NoPlace(part=part, known=known)
    return shape


def child_shapes(shape: Shape, parts: list[str]) -> Mapping[str, Shape]:
    """Return the fields of what stands at a dotted key, in the contract's order."""
    found = find_shape(shape, ".".join(parts)) if parts else shape
    return {} if isinstance(found, NoPlace) else _children(found)


def _children(shape: Shape) -> Mapping[str, Shape]:
    if isinstance(shape, Fields):
        return shape.fields
    if isinstance(shape, Entry):
        return shape.fields.fields
    if isinstance(shape, Local):
        return dict.fromkeys(shape.variants, shape.one)
    if isinstance(shape, Kinds):
        kinds = shape.kinds.values()
        return {
            name: child for fields in kinds for name, child in fields.fields.items()
        }
    return {}


def questions_by_key(pack: Pack) -> dict[str, Question]:
    """Return the question for each dotted key, fields of groups included.

    The first question for a key speaks for it; what it asks of the first entry of a
    list (`contacts.0`) is said of the list.
    """
    questions: dict[str, Question] = {}
    for question in pack.questions:
        key = question.key.removesuffix(".0")
        questions.setdefault(key, question)
        for part in question.fields:
            questions.setdefault(f"{key}.0.{part.key}", part)
    return questions


def question_texts(pack: Pack, language: str) -> dict[str, str]:
    """Return question and help for each dotted key."""
    return {
        key: " ".join(
            text.get(language) for text in (question.text, question.help) if text
        )
        for key, question in questions_by_key(pack).items()
    }
