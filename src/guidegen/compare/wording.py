"""Puts a change into a sentence of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from guidegen.model.release import Change
from guidegen.model.text import LocalText

Words: TypeAlias = "str | LocalText"


def in_language(value: Words, language: str) -> str:
    """Return a name in a language of the interface."""
    if isinstance(value, str):
        return value
    return value.find(language) or value.texts[0][1]


def sentence(change: Change, messages: Mapping[str, LocalText], language: str) -> str:
    """Return a change as a sentence, without a full stop, in the author's language.

    Args:
        change: What changed.
        messages: The interface's texts (`Pack.messages`).
        language: `de` or `en`.
    """
    values = {
        name: in_language(value, language) for name, value in change.values.items()
    }
    return messages[change.message].get(language).format(**values)
