"""The pack's words, as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from guidegen.errors import SiteError

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        raise SiteError(
            f"the template pack has no label '{key}'",
            hint="add it to labels.yml of the pack",
        ) from None
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
