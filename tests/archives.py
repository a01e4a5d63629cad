"""Releases of a guideline as the site gets them, without having released anything."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from guidegen.model.archive import (
    Archive,
    ArchivedDocument,
    ArchivedFile,
    ArchivedPage,
    ArchivedRelease,
    Review,
)
from guidegen.model.document import Document, Edition, State
from guidegen.model.release import Step
from guidegen.page.tree import PageParser, rewritten_html
from guidegen.render import long_date

REDLINE = (
    '<section class="gg-redline"><h3>Tabuthemen</h3>'
    '<p class="gg-same">Bei <strong>Kennzahlen</strong> gilt: '
    '<del><span class="gg-spoken">gestrichen: </span>Frag</del>'
    '<ins><span class="gg-spoken">neu: </span>Frage immer</ins> zuerst.</p>'
    '<p class="gg-left-out">Unverändertes ist ausgelassen.</p>'
    '<ul><li class="gg-insert"><ins><span class="gg-spoken">neu: </span>Windpark: '
    "nur die Pressestelle.</ins></li></ul></section>"
)
NOTES = {
    "de": "Zum Windpark spricht nur noch die Pressestelle.",
    "en": "Only the press office speaks about the wind farm.",
}


def archive_of(
    folder: Path,
    documents: Sequence[Document],
    versions: Sequence[str],
    *,
    shown: str | None = None,
    redline: str = REDLINE,
    pdf: bytes = b"%PDF-",
) -> Archive:
    """Return an archive whose releases all have the pages of the documents.

    Args:
        folder: Where the frozen files are written.
        documents: One per language.
        versions: The versions, oldest first.
        shown: The one at the root.
        redline: What changed in each release but the first.
        pdf: How each PDF begins.
    """
    days = [dt.date(2026, 12, 1) + dt.timedelta(days=31 * at) for at in range(1000)]
    return Archive(
        releases=tuple(
            ArchivedRelease(
                version=version,
                step=_step(version),
                digest=hashlib.sha256(version.encode()).hexdigest(),
                released=dt.datetime.combine(days[at], dt.time(9, 30), dt.UTC),
                in_force=days[at],
                documents={
                    document.language: _frozen(
                        folder / version,
                        document,
                        version,
                        days[at : at + (1 if version == versions[-1] else 2)],
                        redline if at else "",
                        pdf + version.encode(),
                    )
                    for document in documents
                },
            )
            for at, version in enumerate(versions)
        ),
        shown=shown,
        review=Review(
            due=dt.date(2027, 12, 1),
            changed=dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC),
            sequence=len(versions) - 1,
        ),
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


def _frozen(
    folder: Path,
    document: Document,
    version: str,
    days: Sequence[dt.date],
    redline: str,
    pdf: bytes,
) -> ArchivedDocument:
    pages = folder / document.language
    parser = PageParser(document.markdown_extensions)
    assets = [*document.assets, *([document.logo] if document.logo else [])]
    articles = {
        page.id: rewritten_html(
            parser.parse(page).html, lambda to: to.replace(".md", ".html")
        )
        for page in document.pages
    }
    return ArchivedDocument(
        language=document.language,
        title=document.title,
        company=document.company,
        pages=tuple(
            ArchivedPage(
                id=page.id,
                title=page.title,
                article=_write(pages / f"{page.id}.html", articles[page.id].encode()),
            )
            for page in document.pages
        ),
        assets={
            asset.path: _write(pages / asset.path, asset.content) for asset in assets
        },
        pdf=_write(folder / f"guideline-{document.language}.pdf", pdf),
        logo=document.logo.path if document.logo else None,
        running_texts=released(document, version).running_texts,
        labels=document.labels,
        released=long_date(days[0], document.labels),
        replaced=long_date(days[1], document.labels) if len(days) > 1 else None,
        note=NOTES.get(document.language),
        redline=redline,
    )


def _write(path: Path, content: bytes) -> ArchivedFile:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return ArchivedFile(
        folder=path.parent, name=path.name, digest=hashlib.sha256(content).hexdigest()
    )
