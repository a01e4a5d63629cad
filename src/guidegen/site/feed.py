"""The changes as a feed: Atom (RFC 4287), one per language."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from html import escape

from guidegen.model.archive import Archive, ArchivedRelease
from guidegen.model.document import Document
from guidegen.site.changes import step_of
from guidegen.site.label import plain_label
from guidegen.site.places import (
    CHANGES,
    anchor,
    has_changes,
    place_of,
    same_page,
    today,
    told,
    up,
)

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(document: Document, documents: Sequence[Document], archive: Archive) -> str:
    """Return the feed of one language; its releases must have been told of.

    All addresses are relative, so that the site can lie anywhere; ids come from the
    releases' digests, so that they never change.
    """
    releases = told(archive, document.language)
    first = archive.releases[0]
    title = plain_label(document.labels, "changes_title")
    front = f"{document.pages[0].id}.html"
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"'
            f" xml:lang={_attribute(document.language)}>"
        ),
        f" <id>{_id(first, document.language, 'feed')}</id>",
        f" <title>{_text(f'{title} – {document.title}')}</title>",
        f" <updated>{_time(max(release.released for release in releases))}</updated>",
        f" <author><name>{_text(document.company)}</name></author>",
        f' <link rel="self" type="application/atom+xml" href="{CHANGES}.xml"/>',
        f' <link rel="alternate" type="text/html" href={_attribute(front)}/>',
        *(_entry(release, document, documents, archive) for release in releases),
        "</feed>\n",
    ]
    return "\n".join(parts)


def stable_id(release: ArchivedRelease, *names: str) -> str:
    """Return an id that is the same in every build of a release."""
    name = ":".join(("guidegen", release.digest, *names))
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def _entry(
    release: ArchivedRelease,
    document: Document,
    documents: Sequence[Document],
    archive: Archive,
) -> str:
    labels = document.labels
    released = release.documents[document.language]
    step = step_of(release, archive)
    name = plain_label(labels, "version_name", version=release.version)
    how = plain_label(labels, f"step_{step}")
    address = _address(release, document, documents, archive)
    return "\n".join(
        (
            " <entry>",
            f"  <id>{_id(release, document.language)}</id>",
            f"  <title>{_text(f'{name}: {how}')}</title>",
            f"  <updated>{_time(release.released)}</updated>",
            f"  <published>{_time(release.released)}</published>",
            f'  <link rel="alternate" type="text/html" href={_attribute(address)}/>',
            f'  <category term="{step}" label={_attribute(how)}/>',
            f'  <content type="text">{_text(released.note or how)}</content>',
            " </entry>",
        )
    )


def _address(
    release: ArchivedRelease,
    document: Document,
    documents: Sequence[Document],
    archive: Archive,
) -> str:
    """Return where a reader learns more, seen from the feed."""
    if has_changes(archive, document.language):
        return f"{CHANGES}.html#{anchor(release.version)}"
    places = place_of(release, archive, documents)
    place = same_page(places, document.language, document.pages[0].id)
    return up(today(documents)[document.language].folder) + place


def _id(release: ArchivedRelease, *names: str) -> str:
    return f"urn:uuid:{stable_id(release, *names)}"


def _time(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    """Return a text as XML: what `html.escape` writes, XML knows too."""
    return escape(_NOT_XML.sub("", text))


def _attribute(text: str) -> str:
    return f'"{_text(text)}"'
