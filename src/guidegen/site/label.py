"""The pack's words, as HTML."""

from __future__ import annotations

from html import escape

from guidegen.model.labels import Labels


def label(labels: Labels, key: str, **values: str) -> str:
    """Return a word of `labels.yml` as HTML, with its places filled in.

    Raises:
        PackError: The pack lacks it.
    """
    return escape(plain_label(labels, key, **values))


def plain_label(labels: Labels, key: str, **values: str) -> str:
    """Return a word of `labels.yml` as plain text, with its places filled in.

    Raises:
        PackError: The pack lacks it.
    """
    return labels.word(key, **values)
