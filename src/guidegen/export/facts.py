"""The words around the text: what every export says of the version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guidegen.errors import ExportError
from guidegen.model.document import Document

_FACTS: Final = {
    "owner": "owner",
    "valid_from": "valid_from",
    "next_review": "next_review",
    "version": "version",
    "digest_short": "digest",
}
"""The furniture that is shown, in order, and the label of each."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that holds for the whole guideline."""

    label: str
    value: str


def facts_of(document: Document) -> tuple[Fact, ...]:
    """Return who is responsible, since when it is valid, and which version it is.

    Raises:
        ExportError: The pack has no word for one of them.
    """
    return tuple(
        Fact(label(document, word), document.furniture[key])
        for key, word in _FACTS.items()
        if document.furniture.get(key)
    )


def label(document: Document, key: str) -> str:
    """Return one of the pack's words.

    Raises:
        ExportError: The pack has none.
    """
    try:
        return document.labels[key]
    except KeyError:
        raise ExportError("error-label", word=key) from None
