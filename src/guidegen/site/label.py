"""The pack's words, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from guidegen.errors import SiteError


def label(labels: Mapping[str, str], key: str, **values: str) -> str:
    """Return a word of `labels.yml` as HTML, with its places filled in.

    Raises:
        SiteError: The pack lacks it.
    """
    return escape(plain_label(labels, key, **values))


def plain_label(labels: Mapping[str, str], key: str, **values: str) -> str:
    """Return a word of `labels.yml` as plain text, with its places filled in.

    Raises:
        SiteError: The pack lacks it.
    """
    try:
        text = labels[key]
    except KeyError:
        raise SiteError("error-label", word=key) from None
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
