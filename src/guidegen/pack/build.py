"""Turns the checked data of a template pack into model values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from guidegen.messages import load_messages
from guidegen.model.pack import CatalogueTopic, Pack, PageSpec, SectionSpec
from guidegen.model.question import Choice, Condition, Kind, Question
from guidegen.model.text import LocalText

_Data: TypeAlias = Mapping[str, Any]
"""Data that fits `contract.data_shape`."""


def build_pack(data: _Data) -> Pack:
    """Return the pack that checked data describes."""
    # Nothing is checked here: only data that conforms to the contract gets this far.
    top: _Data = data["pack"]
    messages = load_messages()
    # A company's pack may reword some messages; the others stay guidegen's.
    if data["messages"]:
        messages = {**messages, **_locals(data["messages"])}
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
        sectors=_locals(top["sectors"]),
        countries=_locals(top["countries"]),
        roles=_locals(top["roles"]),
        lights=_locals(top["lights"]),
        catalogue={topic["id"]: _topic(topic) for topic in data["catalogue"]["topics"]},
        questions=tuple(_question(each) for each in data["questions"]["questions"]),
        links=tuple(top["links"]),
        labels=_locals(data["labels"]),
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
    )


def _section(data: str | _Data) -> SectionSpec:
    if isinstance(data, str):
        return SectionSpec(id=data)
    return SectionSpec(id=data["id"], when=_condition(data.get("when", {})))


def _topic(data: _Data) -> CatalogueTopic:
    return CatalogueTopic(
        id=data["id"],
        preselected=data.get("preselected", False),
        light=data["light"],
        name=LocalText.of(data["name"]),
        speakers=tuple(data["speakers"]),
        sectors=tuple(data["sectors"]),
        why=LocalText.of(data["why"]),
        dont=LocalText.of(data["dont"]),
        do=LocalText.of(data["do"]),
        not_covered=_local(data, "not_covered"),
        laws=tuple(data.get("laws", ())),
        unsuited=tuple(data.get("unsuited", ())),
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
        summary=_local(data, "summary"),
        help=_local(data, "help"),
        hint=_local(data, "hint"),
        hint_when=_condition(data.get("hint_when", {})),
        example=_local(data, "example"),
        choices=() if source else tuple(_choice(choice) for choice in choices),
        choices_from=source,
        default=tuple(default) if isinstance(default, list) else default,
        required=data.get("required", True),
        by_default=data.get("by_default", True),
        when=_condition(data.get("when", {})),
        fields=tuple(_question(field) for field in data.get("fields", ())),
        one_of=tuple(data.get("one_of", ())),
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
    )


def _choice(data: _Data) -> Choice:
    return Choice(
        value=data["value"],
        label=LocalText.of(data["label"]),
        help=_local(data, "help"),
        when=_condition(data.get("when", {})),
        preselected=data.get("preselected", False),
    )


def _condition(data: _Data) -> Condition:
    return {
        key: tuple(value) if isinstance(value, list) else (value,)
        for key, value in data.items()
    }


def _local(data: _Data, key: str) -> LocalText | None:
    return LocalText.of(data[key]) if key in data else None


def _locals(data: _Data) -> dict[str, LocalText]:
    return {key: LocalText.of(text) for key, text in data.items()}
