"""Releases of a guideline as the site gets them, without having released anything."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from guidegen.model.document import Document, Edition, State
from guidegen.model.former_contacts import FormerContacts
from guidegen.model.release import (
    PackRecord,
    Release,
    ReleasedDocument,
    ReleasedPage,
    Step,
)
from guidegen.model.text import LocalText
from guidegen.page.tree import PageParser, rewritten_html
from guidegen.release.history import frozen_file
from guidegen.release.validity import validities
from guidegen.site import Archive, NextReview

REDLINE = (
    '<section class="gg-redline"><h3>Tabuthemen</h3>'
    '<p class="gg-same">Bei <strong>Kennzahlen</strong> gilt: '
    '<del><span class="gg-spoken">gestrichen: </span>Frag</del>'
    '<ins><span class="gg-spoken">neu: </span>Frage immer</ins> zuerst.</p>'
    '<p class="gg-left-out">Unverändertes ist ausgelassen.</p>'
    '<ul><li class="gg-insert"><ins><span class="gg-spoken">neu: </span>Windpark: '
    "nur die Pressestelle.</ins></li></ul></section>"
)
NOTES = LocalText.of(
    {
        "de": "Zum Windpark spricht nur noch die Pressestelle.",
        "en": "Only the press office speaks about the wind farm.",
    }
)
FIRST_DAY = dt.date(2026, 12, 1)


def archive_of(  # noqa: PLR0913  # what a test may want otherwise
    folder: Path,
    documents: Sequence[Document],
    versions: Sequence[str],
    *,
    shown: str | None = None,
    redline: str = REDLINE,
    pdf: bytes = b"%PDF-",
    old_pdfs: bool = True,
) -> Archive:
    """Return an archive whose releases all have the pages of the documents.

    Args:
        folder: Where the frozen files are written.
        documents: One per language.
        versions: The versions, oldest first.
        shown: The one at the root.
        redline: What changed in each release but the first.
        pdf: How each PDF begins.
        old_pdfs: Whether readers get the PDFs of old versions.
    """
    # All releases have the same ones.
    files: dict[str, bytes] = {}
    for document in documents:
        files |= _files(document)
    releases = tuple(
        _release(
            folder / version,
            documents,
            files,
            FIRST_DAY + dt.timedelta(days=31 * index),
            pdf + version.encode(),
        )
        for index, version in enumerate(versions)
    )
    return Archive(
        releases=releases,
        shown=shown,
        validities=validities(releases, {}),
        labels={(each.language, each.variant): each.labels for each in documents},
        redlines={
            (release.version, each.language): redline
            for release in releases[1:]
            for each in documents
        },
        former=FormerContacts(),
        old_pdfs=old_pdfs,
        review=NextReview(
            due=dt.date(2027, 12, 1),
            changed=dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC),
            sequence=len(versions) - 1,
        ),
        read=frozen_file,
    )


def draft(document: Document, version: str) -> Document:
    """Return a document as a draft of a version."""
    labels = document.labels
    texts = {
        "version": labels["draft_version"].replace("{version}", version),
        "draft": labels["draft_banner"],
    }
    return replace(
        document,
        edition=Edition(version=version),
        running_texts={**document.running_texts, **texts},
    )


def released(document: Document, version: str, news: str | None = None) -> Document:
    """Return a document as a release."""
    texts = {"version": version, **({"news": news} if news else {})}
    running_texts = {
        key: text for key, text in document.running_texts.items() if key != "draft"
    }
    return replace(
        document,
        edition=Edition(version=version, state=State.RELEASED),
        running_texts={**running_texts, **texts},
    )


def _step(version: str) -> Step:
    _, minor, patch = version.split(".")
    return "patch" if patch != "0" else "minor" if minor != "0" else "major"


def _release(
    folder: Path,
    documents: Sequence[Document],
    files: Mapping[str, bytes],
    day: dt.date,
    pdf: bytes,
) -> Release:
    version = folder.name
    contents = {f"guideline-{each.language}.pdf": pdf for each in documents}
    contents |= files
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Release(
        folder=folder,
        version=version,
        step=_step(version),
        released=dt.datetime.combine(day, dt.time(9, 30), dt.UTC),
        valid_from=FIRST_DAY,
        review_months=12,
        owner="Jana Petersen",
        approved_by=None,
        notes=NOTES,
        documents={each.language: _frozen(each, version) for each in documents},
        answers={},
        changes=(),
        stale={},
        pack=PackRecord(name="dell", version="1", digest="0", folder="packs/dell"),
        guidegen="0.1.0",
        files={
            name: hashlib.sha256(content).hexdigest()
            for name, content in contents.items()
        },
        previous=None,
        digest=hashlib.sha256(version.encode()).hexdigest(),
    )


def _files(document: Document) -> dict[str, bytes]:
    """Return what a release keeps of a language, by name."""
    parser = PageParser(document.markdown_extensions)
    assets = [*document.assets, *([document.logo] if document.logo else [])]
    files = {asset.path: asset.content for asset in assets}
    for page in document.pages:
        html = rewritten_html(
            parser.parse(page).html, lambda to: to.replace(".md", ".html")
        )
        files[f"{page.id}.html"] = html.encode()
    return {f"{document.language}/{name}": content for name, content in files.items()}


def _frozen(document: Document, version: str) -> ReleasedDocument:
    return ReleasedDocument(
        language=document.language,
        variant=document.variant,
        title=document.title,
        company=document.company,
        digest=document.digest,
        pages=tuple(
            ReleasedPage(id=page.id, title=page.title) for page in document.pages
        ),
        running_texts=released(document, version).running_texts,
        logo=document.logo.path if document.logo else None,
    )
