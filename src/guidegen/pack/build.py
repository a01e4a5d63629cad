"""Turns the checked data of a template pack into model values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from guidegen.messages import load_messages
from guidegen.model.pack import (
    LEVELS,
    CatalogueTopic,
    LevelSpec,
    Pack,
    PageSpec,
    PartSpec,
    SectionSpec,
    TopicOverride,
    level_of_light,
)
from guidegen.model.question import Choice, Kind, Question
from guidegen.model.text import LocalText
from guidegen.pack.adaptation.build import (
    build_condition,
    build_countries,
    build_names,
    build_sectors,
    build_text,
    build_texts,
)
from guidegen.pack.cards import build_cards

_Data: TypeAlias = Mapping[str, Any]
"""Data that fits `cache.data_shape`."""


def build_pack(data: _Data) -> Pack:
    """Return the pack that checked data describes."""
    # Nothing is checked here: only data that conforms to the contract gets this far.
    top: _Data = data["pack"]
    messages = load_messages()
    # A company's pack may reword some messages; the others stay guidegen's.
    if data["messages"]:
        messages = {**messages, **build_texts(data["messages"])}
    return Pack(
        name=top["name"],
        version=top["version"],
        folders=tuple(map(Path, data["folders"])),
        text_folders=tuple(map(Path, data["text_folders"])),
        versions=tuple(data["versions"]),
        languages=tuple(top["languages"]),
        variants=tuple(top["variants"]),
        title=LocalText.of(top["title"]),
        magic_sentence=LocalText.of(top["magic_sentence"]),
        pages=tuple(_page(page) for page in top["pages"]),
        sectors=build_texts(top["sectors"]),
        sector_specs=build_sectors(data["sectors"]),
        countries=build_texts(top["countries"]),
        country_specs=build_countries(data["countries"]),
        roles=build_texts(top["roles"]),
        words=build_texts(top.get("words", {})),
        works_councils=build_texts(top.get("works_councils", {})),
        names=build_names(data["names"]),
        lights=build_texts(top.get("lights", {})),
        levels=_levels(top.get("levels", {})),
        parts={part["id"]: _part(part) for part in top.get("parts", ())},
        catalogue={topic["id"]: _topic(topic) for topic in data["catalogue"]["topics"]},
        questions=tuple(_question(each) for each in data["questions"]["questions"]),
        links=tuple(top["links"]),
        cards=build_cards(data["cards"]["cards"]),
        labels=build_texts(data["labels"]),
        messages=messages,
        markdown_extensions=tuple(top["markdown_extensions"]),
        duty_words={
            language: tuple(words)
            for language, words in top.get("duty_words", {}).items()
        },
    )


def _page(data: _Data) -> PageSpec:
    return PageSpec(
        id=data["id"],
        title=LocalText.of(data["title"]),
        sections=tuple(_section(section) for section in data["sections"]),
        stamped=data.get("stamped", False),
        titled=data.get("titled", False),
    )


def _section(data: str | _Data) -> SectionSpec:
    if isinstance(data, str):
        return SectionSpec(id=data)
    return SectionSpec(
        id=data["id"],
        when=build_condition(data.get("when", {})),
        placement=data.get("as"),
    )


def _part(data: _Data) -> PartSpec:
    return PartSpec(
        id=data["id"],
        placement=data.get("as", "more"),
        title=LocalText.of(data["title"]),
        help=build_text(data, "help"),
    )


def _levels(data: _Data) -> dict[str, LevelSpec]:
    return {
        key: LevelSpec(
            title=LocalText.of(data[key]["title"]),
            meaning=LocalText.of(data[key]["meaning"]),
        )
        # In the order in which readers see them, not in that of the file.
        for key in LEVELS
        if key in data
    }


def _topic(data: _Data) -> CatalogueTopic:
    level = data.get("level") or level_of_light(data["light"])
    return CatalogueTopic(
        id=data["id"],
        preselected=data.get("preselected", False),
        level=level,
        light=data.get("light") or LEVELS[level],
        name=LocalText.of(data["name"]),
        speakers=tuple(data["speakers"]),
        sectors=tuple(data["sectors"]),
        why=LocalText.of(data["why"]),
        dont=LocalText.of(data["dont"]),
        do=LocalText.of(data["do"]),
        not_covered=build_text(data, "not_covered"),
        laws=tuple(data.get("laws", ())),
        unsuited=tuple(data.get("unsuited", ())),
        ask=build_text(data, "ask"),
        overrides={key: _override(each) for key, each in data.get("for", {}).items()},
    )


def _override(data: _Data) -> TopicOverride:
    return TopicOverride(
        name=build_text(data, "name"),
        why=build_text(data, "why"),
        dont=build_text(data, "dont"),
        do=build_text(data, "do"),
        not_covered=build_text(data, "not_covered"),
        speakers=tuple(data.get("speakers", ())),
    )


def _question(data: _Data) -> Question:
    choices, default = data.get("choices", ()), data.get("default")
    # `choices: topics` names a list of the pack's instead of listing the choices.
    source = choices if isinstance(choices, str) else None
    return Question(
        id=data["id"],
        key=data["key"],
        kind=Kind(data["kind"]),
        text=LocalText.of(data["text"]),
        summary=build_text(data, "summary"),
        help=build_text(data, "help"),
        hint=build_text(data, "hint"),
        hint_when=build_condition(data.get("hint_when", {})),
        example=build_text(data, "example"),
        choices=() if source else tuple(_choice(choice) for choice in choices),
        choices_from=source,
        among=tuple(data.get("among", ())),
        other=build_text(data, "other"),
        default=tuple(default) if isinstance(default, list) else default,
        required=data.get("required", True),
        by_default=data.get("by_default", True),
        when=build_condition(data.get("when", {})),
        fields=tuple(_question(field) for field in data.get("fields", ())),
        one_of=tuple(data.get("one_of", ())),
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
    )


def _choice(data: _Data) -> Choice:
    return Choice(
        value=data["value"],
        label=LocalText.of(data["label"]),
        help=build_text(data, "help"),
        when=build_condition(data.get("when", {})),
        preselected=data.get("preselected", False),
    )
