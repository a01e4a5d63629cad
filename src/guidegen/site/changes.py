"""What the pages say about releases: the news, and the page of changes.

All of it is HTML already, as the rest of the configuration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from guidegen.model.document import Document
from guidegen.model.release import Release
from guidegen.site.archive import Archive
from guidegen.site.urls import (
    CHANGES,
    anchor,
    page_url,
    release_folders,
    release_pdf,
)
from guidegen.site.validity import validity_line, withdrawal_reason

_STEPS: Final = ("patch", "minor", "major")


def news_box(document: Document, archive: Archive) -> object:
    """Return the box at the top of the front page; None if there is nothing new."""
    news = document.running_texts.get("news")
    texts = [*_news_before(document, archive), *([news] if news else [])]
    if not texts:
        return None
    text = " ".join(texts)
    word = document.labels.word("contact_left_out") if archive.former else ""
    # News may be told by a language that has no page of changes.
    href = f"{CHANGES}.html" if archive.has_changes(document.language) else None
    return {
        "title": document.labels.html("news_title"),
        "text": escape(archive.former.hidden(text, word)),
        "href": href,
        "more": document.labels.html("news_link"),
    }


def _news_before(document: Document, archive: Archive) -> Iterator[str]:
    """Yield the news of what the version at the root replaced before its day."""
    if archive.shown is None:
        return
    for release in _never_applied_before(archive.release(archive.shown), archive):
        note = release.note(document.language)
        if note and step_of(release, archive) == "major":
            yield note


def change_entries(
    document: Document,
    documents: Sequence[Document],
    archive: Archive,
    root: str,
) -> object:
    """Return what the page of changes lists; None if there is no such page."""
    if not archive.has_changes(document.language):
        return None
    releases = archive.releases_for(document.language)
    kept = (each for each in releases if not archive.validity(each.version).withdrawn)
    unfolded = next(kept, None)
    return {
        "title": document.labels.html("changes_title"),
        "lead": document.labels.html("changes_lead"),
        "summary": document.labels.html("text_changes"),
        "feed": document.labels.html("feed"),
        "releases": [
            _entry(release, document, archive)
            | _links(release, document, archive, documents, root)
            # Only the newest that can apply is unfolded: a hundred releases stay a page
            # one can read.
            | {"open": release is unfolded}
            for release in releases
        ],
    }


def step_of(release: Release, archive: Archive) -> str:
    """Return how far a release goes for its readers; the first one goes nowhere.

    Who follows the version in force also meets what came with versions in between that
    were replaced before their day: "no new rule" would not be true for them.
    """
    if release is archive.releases[0]:
        return "first"
    between = _never_applied_before(release, archive)
    return max((each.step for each in (*between, release)), key=_STEPS.index)


def _never_applied_before(release: Release, archive: Archive) -> tuple[Release, ...]:
    """Return the releases right before one that were replaced before their day."""
    found: list[Release] = []
    for each in reversed(archive.releases[1 : archive.order[release.version]]):
        validity = archive.validity(each.version)
        # What applied for some hours has had its readers; what was withdrawn is no
        # step on the way.
        if validity.terms or validity.replaced_on or validity.withdrawn:
            break
        found.append(each)
    return tuple(reversed(found))


def _entry(release: Release, document: Document, archive: Archive) -> dict[str, object]:
    step = step_of(release, archive)
    validity = archive.validity(release.version)
    note = release.note(document.language)
    reason = archive.reason(release.version, document.variant)
    if reason:
        why = withdrawal_reason(reason, document.labels)
        note = f"{why}\n{note}" if note else why
    return {
        "id": anchor(release.version),
        "name": document.labels.html("version_name", version=release.version),
        "step": step,
        # Nobody is to read again what no longer applies.
        "step_text": document.labels.html(
            "step_withdrawn" if validity.withdrawn else f"step_{step}"
        ),
        "is_withdrawn": bool(validity.withdrawn),
        "day": validity.begins.isoformat() if validity.begins else None,
        "in_force": escape(validity_line(validity, document.labels)),
        "note": escape(note) if note else None,
        "redline": archive.redlines.get((release.version, document.language), ""),
    }


def _links(
    release: Release,
    document: Document,
    archive: Archive,
    documents: Sequence[Document],
    root: str,
) -> dict[str, object]:
    folders = release_folders(release, archive, documents)
    address = page_url(folders, document.language, document.pages[0].id)
    version = release.version
    pdf = release_pdf(release, archive, document.language)
    return {
        "read": {
            "href": escape(root + address),
            "text": document.labels.html("read_version", version=version),
        },
        "pdf": {
            "href": escape(root + pdf),
            "text": document.labels.html("pdf_of_version", version=version),
        }
        if pdf
        else None,
    }
