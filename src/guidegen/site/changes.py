"""What the pages say about releases: the draft's bar, the news, the page of changes.

All of it is HTML already, as the rest of the configuration.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from guidegen.model.archive import Archive, ArchivedRelease
from guidegen.model.document import Document
from guidegen.site.label import label
from guidegen.site.places import (
    CHANGES,
    anchor,
    has_changes,
    kept,
    pdf_of,
    place_of,
    same_page,
    told,
)


def state(document: Document, archive: Archive | None, root: str) -> object:
    """Return the bar of a draft; None for a released document."""
    if "draft" not in document.running_texts:
        return None
    last = archive.last if archive else None
    link = None
    if last:
        address = same_page(kept(last), document.language, document.pages[0].id)
        text = label(document.labels, "in_force_link")
        link = {"href": root + address, "text": text}
    return {
        "kind": "draft",
        "name": label(document.labels, "draft_title"),
        "text": label(document.labels, "draft_bar", version=document.edition.version),
        "link": link,
    }


def news(document: Document, archive: Archive | None) -> object:
    """Return the box at the top of the front page; None if there is nothing new."""
    text = document.running_texts.get("news")
    if not text:
        return None
    href = f"{CHANGES}.html" if has_changes(archive, document.language) else None
    return {
        "title": label(document.labels, "news_title"),
        "text": escape(text),
        "href": href,
        "more": label(document.labels, "news_link"),
    }


def changes(
    document: Document,
    documents: Sequence[Document],
    archive: Archive | None,
    root: str,
) -> object:
    """Return what the page of changes lists; None if there is no such page."""
    if archive is None or not has_changes(archive, document.language):
        return None
    releases = told(archive, document.language)
    return {
        "title": label(document.labels, "changes_title"),
        "lead": label(document.labels, "changes_lead"),
        "summary": label(document.labels, "text_changes"),
        "feed": label(document.labels, "feed"),
        "releases": [
            _entry(release, document, archive)
            | _links(release, document, archive, documents, root)
            | {"open": release is releases[0]}
            for release in releases
        ],
    }


def step_of(release: ArchivedRelease, archive: Archive) -> str:
    """Return how far a release went; the first one goes nowhere."""
    return "first" if release is archive.releases[0] else release.step


def _entry(
    release: ArchivedRelease, document: Document, archive: Archive
) -> dict[str, object]:
    released = release.documents[document.language]
    step = step_of(release, archive)
    return {
        "id": anchor(release.version),
        "name": label(document.labels, "version_name", version=release.version),
        "step": step,
        "step_text": label(document.labels, f"step_{step}"),
        "day": release.in_force.isoformat(),
        "in_force": label(document.labels, "in_force_from", date=released.released),
        "note": escape(released.note) if released.note else None,
        "redline": released.redline,
    }


def _links(
    release: ArchivedRelease,
    document: Document,
    archive: Archive,
    documents: Sequence[Document],
    root: str,
) -> dict[str, object]:
    places = place_of(release, archive, documents)
    address = same_page(places, document.language, document.pages[0].id)
    version = release.version
    return {
        "read": {
            "href": escape(root + address),
            "text": label(document.labels, "read_version", version=version),
        },
        "pdf": {
            "href": escape(root + pdf_of(release, archive, document.language)),
            "text": label(document.labels, "pdf_of_version", version=version),
        },
    }
