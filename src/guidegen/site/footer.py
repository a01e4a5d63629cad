"""What the footer says: who is responsible, since when, which version."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from guidegen.model.archive import Archive
from guidegen.model.document import Document
from guidegen.site.label import label
from guidegen.site.places import CHANGES, REVIEW, has_changes

FACTS = {
    "owner": "owner",
    "valid_from": "valid_from",
    "next_review": "next_review",
    "version": "version",
    "digest_short": "digest",
}
"""The furniture that the footer shows, in order, and the labels before it."""


def facts(
    furniture: Mapping[str, str], labels: Mapping[str, str]
) -> list[dict[str, str | None]]:
    """Return what there is of the furniture, with labels; all HTML."""
    return [
        {
            "key": key,
            "label": label(labels, name),
            "value": escape(furniture[key]),
            "href": None,
            "hint": None,
        }
        for key, name in FACTS.items()
        if furniture.get(key)
    ]


def linked_facts(
    document: Document, archive: Archive | None, root: str
) -> list[dict[str, str | None]]:
    """Return the facts of a page at the root; review and version lead to more."""
    found = facts(document.furniture, document.labels)
    for fact in found:
        if fact["key"] == "version" and has_changes(archive, document.language):
            fact["href"] = f"{CHANGES}.html"
        if fact["key"] == "next_review" and archive and archive.review:
            fact["href"] = root + REVIEW
            fact["hint"] = label(document.labels, "review_save")
    return found
