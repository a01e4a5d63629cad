"""Turns checked data of `guideline.yml` into the frozen values of the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guidegen.answers.inside_contract import build_inside
from guidegen.model.answers import (
    PRESS,
    Acknowledgement,
    Answers,
    Brand,
    Company,
    Contact,
    DocumentAnswers,
    SectionAnswer,
    Speaker,
    TopicAnswer,
    TrainingAnswers,
    VersionAnswers,
)
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.schema.scalars import Plain

if TYPE_CHECKING:
    from guidegen.model.publication import TargetSettings

DEFAULT_PACK = "dell"
REVIEW_MONTHS = 12
_DECLINING = "de"
"""The language whose names have forms."""


def build(data: dict[str, Any], folder: Path, pack: Pack) -> Answers:
    """Return the answers that checked data describes.

    Args:
        data: What `check_text` returned.
        folder: The project's folder.
        pack: The pack that it was checked against.
    """
    roles = _texts(data.get("roles", {}))
    company = data["company"]
    seat = company.get("seat") or next(iter(company.get("countries", ())), None)
    known = {*pack.roles_for(company["sector"], seat), *roles}
    return Answers(
        pack=data.get("pack", DEFAULT_PACK),
        languages=tuple(data["languages"]),
        address=data.get("address", "du"),
        company=_company(company, known),
        contacts=tuple(_contact(contact) for contact in data["contacts"]),
        links=_texts(data.get("links", {})),
        taboo_topics=tuple(_topic(topic, known) for topic in data["taboo_topics"]),
        version=_version(data["version"]),
        acknowledgement=_acknowledgement(data.get("acknowledgement", {})),
        brand=_brand(data.get("brand", {}), folder),
        extra={key: _extra(value) for key, value in data.get("extra", {}).items()},
        publish=build_targets(data.get("publish", {}), folder, {}),
        old_pdfs=data.get("old_pdfs", False),
        inside=build_inside(data.get("inside")),
        title=_optional(data.get("title")),
        document=_document(data.get("document", {})),
        roles=roles,
        sections=tuple(_section(section) for section in data.get("sections", ())),
        training=TrainingAnswers(**data.get("training", {})),
        same_text={
            variant: tuple(keys) for variant, keys in data.get("same_text", {}).items()
        },
        pack_variants=pack.variants,
        folder=folder,
    )


def _brand(data: Mapping[str, str], folder: Path) -> Brand:
    logo, logo_dark = data.get("logo"), data.get("logo_dark")
    return Brand(
        color=data.get("color"),
        logo=folder / logo if logo else None,
        logo_dark=folder / logo_dark if logo_dark else None,
    )


def build_targets(
    data: Mapping[str, Mapping[str, Plain]], folder: Path, lines: Mapping[str, int]
) -> dict[str, TargetSettings]:
    """Return the targets that checked data describes.

    Args:
        data: The data of `publish:`.
        folder: The project's folder.
        lines: The line of each dotted key.
    """
    if not data:
        return {}
    # A millisecond, which most builds need not wait for.
    from guidegen.model.publication import TargetSettings  # noqa: PLC0415

    return {
        name: TargetSettings(
            name=name,
            kind=str(options["kind"]),
            options={
                option: value
                for option, value in options.items()
                if option != "kind" and isinstance(value, (str, int))
            },
            folder=folder,
            line=lines.get(f"publish.{name}"),
        )
        for name, options in data.items()
    }


def _company(data: dict[str, Any], roles: Collection[str]) -> Company:
    council = data.get("works_council", False)
    return Company(
        name=LocalText.of(data["name"]),
        short_name=LocalText.of(data.get("short_name", data["name"])),
        sector=data["sector"],
        countries=tuple(data.get("countries", ())),
        works_council=bool(council),
        works_council_kind=council if isinstance(council, str) else None,
        speakers=_speakers(data.get("speaker", PRESS), roles),
        listed=data.get("listed", False),
        stated_seat=data.get("seat"),
        forms={
            # One text for all languages is meant for German, which alone has cases.
            case: LocalText.of({_DECLINING: text} if isinstance(text, str) else text)
            for case, text in data.get("forms", {}).items()
        },
    )


def _speakers(value: Any, roles: Collection[str]) -> tuple[Speaker, ...]:  # noqa: ANN401
    """Return who speaks: ids of roles, and the names of people and teams."""
    each = value if isinstance(value, list) else [value]
    return tuple(
        speaker
        if isinstance(speaker, str) and speaker in roles
        else LocalText.of(speaker)
        for speaker in each
    )


def _contact(data: dict[str, Any]) -> Contact:
    return Contact(
        name=LocalText.of(data["name"]),
        role=_optional(data.get("role")),
        email=_optional(data.get("email")),
        phone=_optional(data.get("phone")),
        chat=_optional(data.get("chat")),
        languages=tuple(data.get("languages", ())),
        countries=tuple(data.get("countries", ())),
        answers_within=_optional(data.get("answers_within")),
        out_of_hours=_optional(data.get("out_of_hours")),
    )


def _topic(data: str | dict[str, Any], roles: Collection[str]) -> TopicAnswer:
    if isinstance(data, str):
        return TopicAnswer(id=data)
    return TopicAnswer(
        id=data.get("id"),
        name=_optional(data.get("name")),
        level=data.get("level"),
        speakers=_speakers(data.get("speakers", []), roles),
        why=_optional(data.get("why")),
        dont=_optional(data.get("dont")),
        do=_optional(data.get("do")),
    )


def _section(data: str | dict[str, Any]) -> SectionAnswer:
    if isinstance(data, str):
        return SectionAnswer(id=data)
    return SectionAnswer(
        id=data["id"], after=data.get("after"), placement=data.get("as")
    )


def _document(data: dict[str, Any]) -> DocumentAnswers | None:
    """Return what the company's register says, None if it says nothing."""
    return DocumentAnswers(**_texts(data)) if data else None


def _version(data: dict[str, Any]) -> VersionAnswers:
    return VersionAnswers(
        owner=LocalText.of(data["owner"]),
        valid_from=data["valid_from"],
        review_months=data.get("review_months", REVIEW_MONTHS),
    )


def _acknowledgement(data: dict[str, Any]) -> Acknowledgement | None:
    """Return the acknowledgement; `slip: false` alone asks for none."""
    if not any(data.values()):
        return None
    return Acknowledgement(
        form=_optional(data.get("form")),
        email=data.get("email"),
        slip=data.get("slip", False),
    )


def _texts(data: Mapping[str, Any]) -> dict[str, LocalText]:
    return {key: LocalText.of(text) for key, text in data.items()}


def _optional(value: str | dict[str, str] | None) -> LocalText | None:
    return None if value is None else LocalText.of(value)


def _extra(
    value: Plain,
) -> LocalText | str | bool | int | dt.date | tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(entry) for entry in value)
    if isinstance(value, dict):
        return LocalText.of({key: str(text) for key, text in value.items()})
    return value
