"""From checked plain data to the model's answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guidegen.answers.targets import build_targets
from guidegen.model.answers import (
    Acknowledgement,
    Answers,
    Brand,
    Company,
    Contact,
    TopicAnswer,
    VersionAnswers,
)
from guidegen.model.text import LocalText

if TYPE_CHECKING:
    from guidegen.answers.plain import Plain

REVIEW_MONTHS = 12


def build(data: dict[str, Any], folder: Path) -> Answers:
    """Return the answers of data that `walk` and `rules` found nothing wrong with."""
    brand = data.get("brand", {})
    logo = brand.get("logo")
    return Answers(
        pack=data.get("pack", "dell"),
        languages=tuple(data["languages"]),
        address=data.get("address", "du"),
        company=_company(data["company"]),
        contacts=tuple(_contact(contact) for contact in data["contacts"]),
        links={key: _local(text) for key, text in data.get("links", {}).items()},
        taboo_topics=tuple(_topic(topic) for topic in data["taboo_topics"]),
        version=_version(data["version"]),
        acknowledgement=_acknowledgement(data.get("acknowledgement", {})),
        brand=Brand(color=brand.get("color"), logo=folder / logo if logo else None),
        extra={key: _extra(value) for key, value in data.get("extra", {}).items()},
        publish=build_targets(data.get("publish", {}), folder, {}),
        folder=folder,
    )


def _company(data: dict[str, Any]) -> Company:
    return Company(
        name=_local(data["name"]),
        short_name=_local(data.get("short_name", data["name"])),
        sector=data["sector"],
        countries=tuple(data.get("countries", ())),
        works_council=data.get("works_council", False),
        speaker=data.get("speaker", "press"),
    )


def _contact(data: dict[str, Any]) -> Contact:
    return Contact(
        name=_local(data["name"]),
        role=_optional(data.get("role")),
        email=data.get("email"),
        phone=data.get("phone"),
        chat=data.get("chat"),
    )


def _topic(data: str | dict[str, Any]) -> TopicAnswer:
    if isinstance(data, str):
        return TopicAnswer(id=data)
    return TopicAnswer(
        id=data.get("id"),
        name=_optional(data.get("name")),
        speakers=tuple(data.get("speakers", ())),
        why=_optional(data.get("why")),
        dont=_optional(data.get("dont")),
        do=_optional(data.get("do")),
    )


def _version(data: dict[str, Any]) -> VersionAnswers:
    return VersionAnswers(
        owner=data["owner"],
        valid_from=data["valid_from"],
        review_months=data.get("review_months", REVIEW_MONTHS),
    )


def _acknowledgement(data: dict[str, Any]) -> Acknowledgement | None:
    """Return what is asked for; `slip: false` alone asks for nothing."""
    if not any(data.values()):
        return None
    return Acknowledgement(
        form=_optional(data.get("form")),
        email=data.get("email"),
        slip=data.get("slip", False),
    )


def _local(value: str | dict[str, str]) -> LocalText:
    return LocalText.of(value)


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
