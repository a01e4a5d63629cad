"""What readers subscribe to: changes as an Atom feed, the next review in a calendar.

Ids come from the releases' digests, so that they never change.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from guidegen.icalendar import Event, calendar
from guidegen.model.document import Document
from guidegen.model.release import Release
from guidegen.site.archive import Archive, NextReview
from guidegen.site.atom import attribute, rfc3339, xml_text
from guidegen.site.changes import step_of
from guidegen.site.urls import (
    CHANGES,
    anchor,
    current_folders,
    page_url,
    release_folders,
    to_root,
)
from guidegen.site.validity import validity_sentences


def atom_feed(
    document: Document, documents: Sequence[Document], archive: Archive
) -> str:
    """Return the Atom feed (RFC 4287) of a language that has releases."""
    first = archive.releases[0]
    title = document.labels.word("changes_title")
    front = f"{document.pages[0].id}.html"
    moments = _entries(document, documents, archive)
    # Id, title, updated and author are mandatory (RFC 4287, 4.1.1).
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"'
            f" xml:lang={attribute(document.language)}>"
        ),
        f" <id>{_id(first, document.language, 'feed')}</id>",
        f" <title>{xml_text(f'{title} – {document.title}')}</title>",
        f" <updated>{rfc3339(moments[0][0])}</updated>",
        f" <author><name>{xml_text(document.company)}</name></author>",
        f' <link rel="self" type="application/atom+xml" href="{CHANGES}.xml"/>',
        f' <link rel="alternate" type="text/html" href={attribute(front)}/>',
        *(entry for _, entry in moments),
        "</feed>\n",
    ]
    return "\n".join(parts)


def _entries(
    document: Document, documents: Sequence[Document], archive: Archive
) -> list[tuple[dt.datetime, str]]:
    """Return the entries with their moments, the newest first."""
    found: list[tuple[dt.datetime, str]] = []
    for release in archive.releases_for(document.language):
        entry = _entry(release, document, documents, archive)
        withdrawn = archive.validity(release.version).withdrawn
        if withdrawn:
            midnight = dt.datetime.combine(withdrawn, dt.time(), dt.UTC)
            # Nobody withdraws a version before it is there.
            moment = max(midnight, release.released)
            address = _address(release, document, documents, archive)
            gone = _withdrawal(release, document, archive, moment, address)
            found.append((moment, gone))
        found.append((release.released, entry))
    return sorted(found, key=lambda each: each[0], reverse=True)


def _withdrawal(
    release: Release,
    document: Document,
    archive: Archive,
    moment: dt.datetime,
    address: str,
) -> str:
    """Return an entry of its own: readers of the version's entry do not come back."""
    title = document.labels.word("withdrawn_title", version=release.version)
    applies = _applies(release, document, archive)
    return "\n".join(
        (
            " <entry>",
            f"  <id>{_id(release, document.language, 'withdrawn')}</id>",
            f"  <title>{xml_text(title)}</title>",
            f"  <updated>{rfc3339(moment)}</updated>",
            f"  <published>{rfc3339(moment)}</published>",
            f'  <link rel="alternate" type="text/html" href={attribute(address)}/>',
            f'  <content type="text">{xml_text(applies)}</content>',
            " </entry>",
        )
    )


def _applies(release: Release, document: Document, archive: Archive) -> str:
    sentences = validity_sentences(
        archive.validity(release.version),
        document.labels,
        archive.reason(release.version, document.variant),
    )
    return " ".join(sentence.plain for sentence in sentences)


def _entry(
    release: Release,
    document: Document,
    documents: Sequence[Document],
    archive: Archive,
) -> str:
    labels = document.labels
    step = step_of(release, archive)
    name = labels.word("version_name", version=release.version)
    how = labels.word(f"step_{step}")
    applies = _applies(release, document, archive)
    note = f"{release.note(document.language) or how}\n\n{applies}"
    address = _address(release, document, documents, archive)
    return "\n".join(
        (
            " <entry>",
            f"  <id>{_id(release, document.language)}</id>",
            f"  <title>{xml_text(f'{name}: {how}')}</title>",
            f"  <updated>{rfc3339(release.released)}</updated>",
            f"  <published>{rfc3339(release.released)}</published>",
            f'  <link rel="alternate" type="text/html" href={attribute(address)}/>',
            f'  <category term="{step}" label={attribute(how)}/>',
            f'  <content type="text">{xml_text(note)}</content>',
            " </entry>",
        )
    )


def _address(
    release: Release,
    document: Document,
    documents: Sequence[Document],
    archive: Archive,
) -> str:
    """Return where a reader learns more, seen from the feed."""
    if archive.has_changes(document.language):
        return f"{CHANGES}.html#{anchor(release.version)}"
    folders = release_folders(release, archive, documents)
    front = page_url(folders, document.language, document.pages[0].id)
    return to_root(current_folders(documents)[document.language].folder) + front


def _id(release: Release, *names: str) -> str:
    return f"urn:uuid:{_uuid(release, *names)}"


def review_calendar(archive: Archive, review: NextReview, document: Document) -> str:
    """Return the next review as an event of a whole day: iCalendar (RFC 5545).

    Its id stays the same when the date moves, and its sequence rises: a calendar that
    knows the event moves it.
    """
    title = document.labels.word(
        "review_event", title=f"{document.title}, {document.company}"
    )
    text = document.labels.word("review_text", owner=document.running_texts["owner"])
    event = Event(
        # The first release never changes, so the event keeps its id for ever.
        uid=_uuid(archive.releases[0], "review"),
        moment=review.changed,
        sequence=review.sequence,
        day=review.due,
        language=document.language,
        title=title,
        text=text,
    )
    return calendar([event])


def _uuid(release: Release, *names: str) -> str:
    """Return an id that is the same in every build of a release."""
    name = ":".join(("guidegen", release.digest, *names))
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))
