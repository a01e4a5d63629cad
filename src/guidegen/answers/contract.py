"""The contract of `guideline.yml` as one table.

Checks, JSON Schema, `--set KEY=VALUE` and the choices of the interview follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question
from guidegen.model.target_kinds import TARGET_KINDS, TargetOption
from guidegen.model.text import LocalText
from guidegen.schema.scalars import Refused
from guidegen.schema.shapes import (
    ListOf,
    Localized,
    MapOf,
    Record,
    Scalar,
    ScalarOr,
    Shape,
    TaggedUnion,
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


def contract(pack: Pack) -> Record:
    """Return the shape of the whole file for projects with this pack."""
    languages = {
        code: _LANGUAGE_NAMES.get(code, LocalText.of(code)) for code in pack.languages
    }
    roles = Scalar(kind=Kind.CHOICE, choices=pack.roles)
    text = Localized(scalar=Scalar(kind=Kind.TEXT), variants=pack.variants)
    link = Localized(scalar=Scalar(kind=Kind.URL), variants=pack.variants)
    company: dict[str, Shape] = {
        "name": text,
        "short_name": text,
        "sector": Scalar(kind=Kind.CHOICE, choices=pack.sectors),
        "countries": ListOf(item=Scalar(kind=Kind.CHOICE, choices=pack.countries)),
        "works_council": Scalar(kind=Kind.CONFIRM),
        "speaker": roles,
    }
    return Record(
        fields={
            # In the order in which a new file is written.
            "format": Scalar(kind=Kind.NUMBER),
            "pack": Scalar(kind=Kind.TEXT),
            "languages": ListOf(
                item=Scalar(kind=Kind.CHOICE, choices=languages), minimum=1
            ),
            "address": Scalar(kind=Kind.CHOICE, choices=ADDRESSES),
            "company": Record(fields=company, required=("name", "sector")),
            "contacts": ListOf(
                item=_contact(text), minimum=1, unique="answers-contact-twice"
            ),
            "links": Record(fields=dict.fromkeys(pack.links, link)),
            "taboo_topics": ListOf(
                item=_topic(pack, text, roles),
                minimum=1,
                unique="answers-topic-twice",
            ),
            "version": _version(),
            "acknowledgement": _acknowledgement(pack),
            "brand": Record(
                fields={
                    "color": Scalar(kind=Kind.COLOR),
                    "logo": Scalar(kind=Kind.FILE, suffixes=LOGO_SUFFIXES),
                }
            ),
            "extra": Record(fields=_extra(pack, text)),
            "publish": targets_shape(),
        },
        required=("languages", "company", "contacts", "taboo_topics", "version"),
    )


def _contact(text: Localized) -> Record:
    fields: dict[str, Shape] = {
        "name": text,
        "role": text,
        "email": Scalar(kind=Kind.EMAIL),
        "phone": Scalar(kind=Kind.PHONE),
        "chat": Scalar(kind=Kind.URL),
    }
    return Record(fields=fields, required=("name",), one_of=("email", "phone", "chat"))


def _topic(pack: Pack, text: Localized, roles: Scalar) -> ScalarOr:
    topics = Scalar(
        kind=Kind.CHOICE,
        choices={topic.id: topic.name for topic in pack.catalogue.values()},
        unknown="answers-topic",
    )
    own = Record(
        fields={
            "id": topics,
            "name": text,
            "speakers": ListOf(item=roles, minimum=1),
            "why": text,
            "dont": text,
            "do": text,
        },
        required=("name", "speakers", "why", "dont", "do"),
        unless="id",
    )
    return ScalarOr(scalar=topics, other=own)


def _version() -> Record:
    months = Scalar(kind=Kind.NUMBER, minimum=1, maximum=_MONTHS_AT_MOST)
    return Record(
        fields={
            "owner": Scalar(kind=Kind.TEXT),
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


def choice_names(question: Question, pack: Pack) -> dict[str, LocalText]:
    """Return the choices of a question with the names that people read."""
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


def questions_by_key(pack: Pack) -> dict[str, Question]:
    """Return the question for each dotted key, fields of groups included.

    The first question for a key counts, and one about the first entry of a list
    (`contacts.0`) counts for the list.
    """
    questions: dict[str, Question] = {}
    for question in pack.questions:
        key = question.key.removesuffix(".0")
        questions.setdefault(key, question)
        for part in question.fields:
            questions.setdefault(f"{key}.0.{part.key}", part)
    return questions


def question_texts(pack: Pack, language: str) -> dict[str, str]:
    """Return the question and its help for each dotted key."""
    return {
        key: " ".join(
            text.get(language) for text in (question.text, question.help) if text
        )
        for key, question in questions_by_key(pack).items()
    }


TARGET_NAME = re.compile("[a-z][a-z0-9-]{0,30}")
"""The names that a target may have: variables and files are named after it."""

# Short words count only as a whole name: `path` begins with `pat`.
_SECRET_NAMES = re.compile(
    "pass(word|wd|phrase|wort)?$|kennwort|pwd|secret|token|credential|geheim"
    "|(api|access|private|account)[_-]?key|^(key|auth|pin|pat)$",
    re.IGNORECASE,
)
# How private keys and the tokens of AWS, GitHub, GitLab and Slack begin, and SSH keys.
_SECRETS = re.compile(
    "-----BEGIN|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20}|github_pat_|glpat-"
    "|xox[abp]-|ssh-(rsa|ed25519) AAAA"
)
_ADDRESS = re.compile("[a-z][a-z0-9+.-]*://[^/?#]*@", re.IGNORECASE)


def targets_shape() -> MapOf:
    """Return the shape of `publish:`."""
    names = {name: LocalText.of(name) for name in TARGET_KINDS}
    fields: dict[str, Shape] = {"kind": Scalar(kind=Kind.CHOICE, choices=names)}
    records = {
        name: Record(
            fields=fields | {key: _option(each) for key, each in kind.options.items()},
            required=("kind", *kind.required),
        )
        for name, kind in TARGET_KINDS.items()
    }
    union = TaggedUnion(records=records, forbid=_refuse_secret)
    return MapOf(item=union, keys=TARGET_NAME, refusal="publish-name")


def _option(option: TargetOption) -> Scalar:
    return Scalar(kind=option.kind, minimum=option.minimum, maximum=option.maximum)


def _refuse_secret(key: str, name: str, text: str | None) -> Refused | None:
    """Refuse a secret: the file is kept in version control and mailed around."""
    if not is_secret(name, text):
        return None
    target = key.rpartition(".")[2].upper().replace("-", "_")
    return Refused("publish-secret", variable=f"GUIDEGEN_{target}_…")


def is_secret(name: str, text: str | None) -> bool:
    """Return whether an option is a secret, going by its name or its value."""
    if _SECRET_NAMES.search(name):
        return True
    if not text:
        return False
    return bool(_SECRETS.search(text)) or _has_password(text)


def _has_password(text: str) -> bool:
    """Return whether a URL has a password in it; a user name alone is none."""
    if not _ADDRESS.match(text):
        return False
    try:
        return urlsplit(text).password is not None
    except ValueError:
        # What cannot be parsed may still hide a password.
        return True
