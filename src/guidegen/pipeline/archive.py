"""From the project's releases to what the site shows of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guidegen.files import cache_folder
from guidegen.model.archive import (
    Archive,
    ArchivedDocument,
    ArchivedFile,
    ArchivedPage,
    ArchivedRelease,
    Review,
)
from guidegen.model.document import Document
from guidegen.model.labels import Labels
from guidegen.model.pack import Pack
from guidegen.model.release import History, Release, ReleasedDocument
from guidegen.pipeline.redlines import Redlines
from guidegen.release import next_review
from guidegen.render import long_date

_RECORD = "redline.json"
"""In each language's folder: what changed, for the page of changes."""


def archive(
    history: History, documents: Sequence[Document], pack: Pack, *, shown: str | None
) -> Archive | None:
    """Return what the site shows of releases; None before the first.

    Args:
        history: All releases and reviews.
        documents: What the site shows at its root.
        pack: The pack of those documents, for the words in other languages.
        shown: The version of the documents; None if they are a draft.

    Raises:
        ReleaseError: A redline is not what was released.
    """
    if not history.releases:
        return None
    releases, cache = history.releases, cache_folder("redlines")
    redlines = {
        each.language: Redlines(each.language, each.labels, releases[0], cache)
        for each in documents
    }
    today = _Today(
        labels={each.language: each.labels for each in documents},
        redlines=redlines,
        pack=pack,
    )
    archived = tuple(
        _release(release, after, today)
        for release, after in zip(releases, (*releases[1:], None), strict=True)
    )
    for each in redlines.values():
        each.keep()
    return Archive(releases=archived, shown=shown, review=_review(history))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Today:
    """What of today surrounds the releases, by language."""

    labels: Mapping[str, Labels]
    redlines: Mapping[str, Redlines]
    pack: Pack


def _release(release: Release, after: Release | None, today: _Today) -> ArchivedRelease:
    return ArchivedRelease(
        version=release.version,
        step=release.step,
        digest=release.digest,
        released=release.released,
        in_force=_in_force(release),
        documents={
            language: _document(release, document, after, today)
            for language, document in release.documents.items()
        },
    )


def _document(
    release: Release,
    document: ReleasedDocument,
    after: Release | None,
    today: _Today,
) -> ArchivedDocument:
    language = document.language
    labels = today.labels.get(language) or _labels(document, today)
    redlines = today.redlines.get(language)
    return ArchivedDocument(
        language=language,
        title=document.title,
        company=document.company,
        pages=tuple(
            ArchivedPage(
                id=page.id,
                title=page.title,
                article=_file(release, f"{language}/{page.id}.html"),
            )
            for page in document.pages
        ),
        assets=_assets(release, document),
        pdf=_file(release, f"guideline-{language}.pdf"),
        logo=document.logo,
        running_texts=document.running_texts,
        labels=labels,
        released=long_date(_in_force(release), labels),
        replaced=long_date(_in_force(after), labels) if after else None,
        note=release.notes.find(document.variant) if release.notes else None,
        redline=redlines.html(release) if redlines else "",
    )


def _in_force(release: Release) -> dt.date:
    """Return since when a release is in force: nothing is before it is released."""
    return max(release.valid_from, release.released.date())


def _labels(document: ReleasedDocument, today: _Today) -> Labels:
    """Return the words of a language that the guideline no longer has."""
    others = next(iter(today.labels.values()))
    return Labels(
        {
            key: text.find(document.variant) or others.get(key, key)
            for key, text in today.pack.labels.items()
        }
    )


def _file(release: Release, name: str) -> ArchivedFile:
    return ArchivedFile(
        folder=release.folder, name=name, digest=release.files.get(name, "")
    )


def _assets(release: Release, document: ReleasedDocument) -> dict[str, ArchivedFile]:
    """Return what a language's pages refer to: all that is neither page nor record."""
    start = f"{document.language}/"
    pages = {f"{page.id}{end}" for page in document.pages for end in (".md", ".html")}
    names = (
        name.removeprefix(start) for name in release.files if name.startswith(start)
    )
    return {
        name: _file(release, start + name)
        for name in names
        if name not in pages and name != _RECORD
    }


def _review(history: History) -> Review | None:
    due = next_review(history)
    if due is None:
        return None
    moments = [release.released for release in history.releases]
    moments += [
        dt.datetime.combine(review.on, dt.time(), dt.UTC) for review in history.reviews
    ]
    return Review(due=due, changed=max(moments), sequence=len(moments) - 1)
