"""Turns the checked data of `sectors.yml`, `countries/` and `names.yml` into values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from guidegen.model.adaptation import CountrySpec, NameRules, SectorSpec, Statement
from guidegen.model.question import Condition
from guidegen.model.text import LocalText

_Data: TypeAlias = Mapping[str, Any]


def build_sectors(data: _Data) -> dict[str, SectorSpec]:
    """Return the sectors by their ids."""
    return {key: _sector(sector) for key, sector in data["sectors"].items()}


def _sector(data: _Data) -> SectorSpec:
    return SectorSpec(
        topics=tuple(data.get("topics", ())),
        roles=build_texts(data.get("roles", {})),
        words=build_texts(data.get("words", {})),
        means=data.get("means"),
        speaker=data.get("speaker"),
        listed=data.get("listed", False),
        offered=data.get("offered", True),
    )


def build_countries(data: _Data) -> dict[str, CountrySpec]:
    """Return the countries, and unions of them, by their codes."""
    return {code: _country(country) for code, country in data.items()}


def _country(data: _Data) -> CountrySpec:
    return CountrySpec(
        place=build_text(data, "place"),
        members=tuple(data.get("members", ())),
        works_council=data.get("works_council", {}),
        locale=data.get("locale", {}),
        spelling=data.get("spelling", {}),
        labels=build_texts(data.get("labels", {})),
        roles=build_texts(data.get("roles", {})),
        words=build_texts(data.get("words", {})),
        statements=tuple(_statement(each) for each in data.get("statements", ())),
    )


def _statement(data: _Data) -> Statement:
    section, _, item = data["at"].partition(".")
    return Statement(
        id=data["id"],
        section=section,
        item=item,
        replaces=data["mode"] == "instead",
        text=LocalText.of(data["text"]),
        source=data["source"],
        checked=data["checked"],
        status=data["status"],
        url=data.get("url"),
        why=build_text(data, "why"),
        when=build_condition(data.get("when", {})),
    )


def build_names(data: _Data) -> NameRules | None:
    """Return the rules for names, None if a pack has none."""
    if not data:
        return None
    return NameRules(
        nouns={
            noun: (article,) if isinstance(article, str) else tuple(article)
            for noun, article in data.get("nouns", {}).items()
        },
        whole=frozenset(data.get("whole", ())),
        legal_forms=tuple(data.get("legal_forms", ())),
        english_prefixes=tuple(data.get("english", {}).get("prefixes", ())),
    )


def build_condition(data: _Data) -> Condition:
    """Return a condition, each value as one of several that will do."""
    return {
        key: tuple(value) if isinstance(value, list) else (value,)
        for key, value in data.items()
    }


def build_text(data: _Data, key: str) -> LocalText | None:
    """Return the text under a key, None if there is none."""
    return LocalText.of(data[key]) if key in data else None


def build_texts(data: _Data) -> dict[str, LocalText]:
    """Return the texts of a map."""
    return {key: LocalText.of(text) for key, text in data.items()}
