"""Which placeholders a pack's texts may have: an unknown one would reach readers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from guidegen.model.labels import PLACEHOLDER
from guidegen.pack.pack_file import PackFile

FIXED: Final = frozenset(
    {
        *("company", "company_accusative", "company_dative"),
        *("speaker", "speaker_accusative", "speaker_dative"),
        "works_council",
    }
)
"""Placeholders that every text may have, beside the pack's words."""

_TOPIC = ("name", "why", "dont", "do", "not_covered", "ask")


def check_catalogue(
    file: PackFile,
    topics: list[Mapping[str, Any]],
    words: Collection[str],
    sectors: Mapping[str, Mapping[str, Any]],
) -> None:
    """Note each placeholder of the catalogue that nothing fills.

    Args:
        file: `catalogue.yml`.
        topics: What it says.
        words: The words that every sector has.
        sectors: What `sectors.yml` says: a sector may have words of its own.
    """
    general = FIXED | {*words}
    for number, topic in enumerate(topics):
        _check(file, f"topics.{number}", topic, general)
        for sector, other in topic.get("for", {}).items():
            own = general | sectors.get(sector, {}).get("words", {}).keys()
            _check(file, f"topics.{number}.for.{sector}", other, own)


def check_statements(
    file: PackFile, statements: list[Mapping[str, Any]], words: Collection[str]
) -> None:
    """Note each placeholder of a country's statements that nothing fills."""
    for number, statement in enumerate(statements):
        known = FIXED | {*words}
        for key, text in _texts(statement.get("text")):
            _report(file, f"statements.{number}.text{key}", text, known)


def check_card(
    file: PackFile, key: str, card: Mapping[str, Any], words: Collection[str]
) -> None:
    """Note each placeholder of a card that nothing fills."""
    named = [(name, card.get(name)) for name in ("question", "right", "why")]
    named += [
        (f"wrong.{number}", wrong) for number, wrong in enumerate(card.get("wrong", ()))
    ]
    for name, said in named:
        for language, text in _texts(said):
            _report(file, f"{key}.{name}{language}", text, FIXED | {*words})


def _check(
    file: PackFile, key: str, topic: Mapping[str, Any], known: Collection[str]
) -> None:
    for name in _TOPIC:
        for language, text in _texts(topic.get(name)):
            _report(file, f"{key}.{name}{language}", text, known)


def _texts(text: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # as it was read
    """Yield the end of a text's key and the text, for each language."""
    if isinstance(text, str):
        yield "", text
    elif isinstance(text, dict):
        for language, each in text.items():
            yield f".{language}", each


def _report(file: PackFile, key: str, text: str, known: Collection[str]) -> None:
    for name in PLACEHOLDER.findall(text):
        if name not in known:
            file.report(
                "pack-placeholder", key, value=name, known=", ".join(sorted(known))
            )
