"""What the footer says: who is responsible, since when, which version."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from guidegen.model.archive import Archive
from guidegen.model.document import Document
from guidegen.model.labels import Labels, facts_of
from guidegen.site.label import label
from guidegen.site.places import CHANGES, REVIEW, has_changes


def facts(
    running_texts: Mapping[str, str], labels: Labels
) -> list[dict[str, str | None]]:
    """Return the facts of a version, with labels; all HTML."""
    return [
        {
            "key": fact.key,
            "label": escape(fact.label),
            "value": escape(fact.value),
            "href": None,
            "hint": None,
        }
        for fact in facts_of(running_texts, labels)
    ]


def linked_facts(
    document: Document, archive: Archive | None, root: str
) -> list[dict[str, str | None]]:
    """Return the facts of a page at the root; review and version lead to more."""
    found = facts(document.running_texts, document.labels)
    for fact in found:
        if fact["key"] == "version" and has_changes(archive, document.language):
            fact["href"] = f"{CHANGES}.html"
        if fact["key"] == "next_review" and archive and archive.review:
            fact["href"] = root + REVIEW
            fact["hint"] = label(document.labels, "review_save")
    return found
