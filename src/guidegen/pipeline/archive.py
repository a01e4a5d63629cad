"""From the project's releases to what the site shows of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from guidegen import compare
from guidegen.compare.former_contacts import former_contacts, without_former
from guidegen.compare.redline_as_html import LABELS, redline_html
from guidegen.errors import FilesError, ReleaseError
from guidegen.files import cache_folder, write_atomic
from guidegen.model.document import Document
from guidegen.model.former_contacts import FormerContacts
from guidegen.model.json_records import from_json, parsed_json, read_record
from guidegen.model.labels import Labels
from guidegen.model.pack import Pack
from guidegen.model.redline import PageRedline
from guidegen.model.release import (
    REDLINE,
    History,
    Release,
    ReleasedDocument,
    Withdrawal,
)
from guidegen.model.text import LocalText
from guidegen.release.history import frozen_file
from guidegen.release.reviews import next_review
from guidegen.release.validity import history_validities
from guidegen.site import NO_RELEASES, Archive, NextReview

_LEVEL = 3
"""The headings of a redline's pages, below the version's own."""


def make_archive(
    history: History,
    documents: Sequence[Document],
    pack: Pack,
    *,
    shown: str | None,
    old_pdfs: bool = False,
    cached: bool = True,
) -> Archive:
    """Return what the site shows of releases.

    Args:
        history: All releases and reviews.
        documents: What the site shows at its root.
        pack: The pack of those documents, for the words in other languages.
        shown: The version of the documents; None if they are a draft.
        old_pdfs: Whether readers get the PDFs of old versions.
        cached: Whether redlines may be taken from the cache.

    Raises:
        ReleaseError: A redline is not what was released.
    """
    if not history.releases:
        return NO_RELEASES
    cache = cache_folder("redlines") if cached else None
    former = former_contacts(history.releases, documents)
    redlines = {
        (version, document.language): html
        for document in documents
        for version, html in _redlines(
            history.releases, document, former, cache
        ).items()
    }
    return Archive(
        releases=tuple(
            _release(each, former, documents[0]) for each in history.releases
        ),
        shown=shown,
        validities=history_validities(history),
        labels=_labels(history.releases, documents, pack),
        redlines=redlines,
        former=former,
        old_pdfs=old_pdfs,
        review=_next_review(history),
        withdrawals=_withdrawals(history, former, documents[0]),
        read=frozen_file,
    )


def _release(release: Release, former: FormerContacts, document: Document) -> Release:
    if release.notes is None:
        return release
    return replace(release, notes=_hidden(release.notes, former, document))


def _withdrawals(
    history: History, former: FormerContacts, document: Document
) -> dict[str, Withdrawal]:
    """Return what is known of each withdrawn version, by its number."""
    return {
        release.version: replace(
            withdrawal, reason=_hidden(withdrawal.reason, former, document)
        )
        for release in history.releases
        if (withdrawal := history.withdrawal_of(release))
    }


def _hidden(text: LocalText, former: FormerContacts, document: Document) -> LocalText:
    """Return what somebody wrote for readers, without former contacts."""
    word = document.labels.word("contact_left_out")
    return LocalText(
        tuple((variant, former.hidden(each, word)) for variant, each in text.texts)
    )


def _labels(
    releases: Sequence[Release], documents: Sequence[Document], pack: Pack
) -> dict[tuple[str, str], Labels]:
    """Return today's words for each language and variant that was ever released."""
    today = {document.language: document.labels for document in documents}
    return {
        (document.language, document.variant): today.get(document.language)
        or _labels_of_gone(document, pack, documents[0].labels)
        for release in releases
        for document in release.documents.values()
    }


def _labels_of_gone(document: ReleasedDocument, pack: Pack, others: Labels) -> Labels:
    """Return the words of a language that the guideline no longer has."""
    return Labels(
        {
            # The pack may have dropped the language, too; other words beat none.
            key: text.find(document.variant) or others.get(key, key)
            for key, text in pack.labels.items()
        }
    )


def _redlines(
    releases: Sequence[Release],
    document: Document,
    former: FormerContacts,
    cache: Path | None,
) -> dict[str, str]:
    """Return what changed in a language with each release but the first, as HTML.

    It is made once: what has been made is kept, by the digest of what it is made from.
    """
    key = _redlines_key(document, releases[0], former)
    path = cache / f"{key}.json" if cache else None
    kept = _read(path) if path else {}
    all_of_them: dict[str, str] = {}
    by_version = {}
    name = f"{document.language}/{REDLINE}"
    for release in releases:
        digest = release.files.get(name)
        if digest is None:
            continue
        html = kept.get(digest)
        if html is None:
            pages = _frozen_redline(release, name)
            word = document.labels.word("contact_left_out")
            pages = without_former(pages, former, word)
            html = redline_html(pages, document.labels, level=_LEVEL)
        by_version[release.version] = all_of_them[digest] = html
    if path and not all_of_them.keys() <= kept.keys():
        # A cache that cannot be written costs time, and nothing else.
        with suppress(FilesError):  # they are made again then
            # A copy of the project, or another branch, may have other releases.
            content = {**kept, **all_of_them}
            write_atomic(path, json.dumps(content).encode(), lasting=False)
    return by_version


def _frozen_redline(release: Release, name: str) -> tuple[PageRedline, ...]:
    content = frozen_file(release, name)
    try:
        return from_json(tuple[PageRedline, ...], parsed_json(content))
    # Untouched since somebody released it, but not by guidegen.
    except ValueError as error:
        raise ReleaseError(
            "error-releases-file",
            path=release.folder / name,
            hint="error-releases-verify",
        ) from error


def _redlines_key(document: Document, first: Release, former: FormerContacts) -> str:
    """Return a digest of all that the HTML depends on beside the redlines.

    The first release tells projects apart.
    """
    labels = (*LABELS, "contact_left_out")
    words = (document.labels.get(label, "") for label in labels)
    # Who has left, too: what was shown before must not come from the cache again.
    parts = (first.digest, document.language, repr(former), *words)
    digest = hashlib.sha256("\0".join(parts).encode())
    # Any of these modules may change the HTML, between two versions of guidegen, too.
    for path in sorted(Path(compare.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> Mapping[str, str]:
    try:
        content = parsed_json(read_record(path))
        return {str(digest): str(html) for digest, html in content.items()}
    # Whatever is wrong with the cache, the redlines can be made again.
    except (OSError, ValueError, AttributeError):
        return {}


def _next_review(history: History) -> NextReview | None:
    due = next_review(history)
    if due is None:
        return None
    moments = [release.released for release in history.releases]
    days = [review.on for review in history.reviews]
    days += [withdrawal.on for withdrawal in history.withdrawals]
    moments += [dt.datetime.combine(day, dt.time(), dt.UTC) for day in days]
    # A calendar takes a moved date only with a higher SEQUENCE (RFC 5545, 3.8.7.4).
    return NextReview(due=due, changed=max(moments), sequence=len(moments) - 1)
