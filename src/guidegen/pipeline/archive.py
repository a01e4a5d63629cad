"""From the project's releases to what the site shows of them."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from guidegen.compare import redline_from_data, redline_html
from guidegen.model.archive import (
    Archive,
    ArchivedDocument,
    ArchivedFile,
    ArchivedPage,
    ArchivedRelease,
    Review,
)
from guidegen.release import frozen_file, next_review
from guidegen.render import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidegen.model.document import Document
    from guidegen.model.pack import Pack
    from guidegen.model.release import History, Release, ReleasedDocument

_REDLINE = "redline.json"
_LEVEL = 3
"""The headings of a redline's pages, below the version's own."""


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
    words = {document.language: document.labels for document in documents}
    releases = history.releases
    return Archive(
        releases=tuple(
            _release(release, after, words, pack)
            for release, after in zip(releases, (*releases[1:], None), strict=True)
        ),
        shown=shown,
        review=_review(history),
    )


def _release(
    release: Release,
    after: Release | None,
    words: Mapping[str, Mapping[str, str]],
    pack: Pack,
) -> ArchivedRelease:
    return ArchivedRelease(
        version=release.version,
        step=release.step,
        digest=release.digest,
        released=release.released,
        in_force=_in_force(release),
        documents={
            language: _document(release, document, after, words, pack)
            for language, document in release.documents.items()
        },
    )


def _document(
    release: Release,
    document: ReleasedDocument,
    after: Release | None,
    words: Mapping[str, Mapping[str, str]],
    pack: Pack,
) -> ArchivedDocument:
    language = document.language
    labels = words.get(language) or _labels(pack, document, next(iter(words.values())))
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
        furniture=document.furniture,
        labels=labels,
        released=long_date(_in_force(release), labels),
        replaced=long_date(_in_force(after), labels) if after else None,
        note=release.notes.find(document.variant) if release.notes else None,
        redline=_redline(release, language, labels) if language in words else "",
    )


def _in_force(release: Release) -> dt.date:
    """Return since when a release is in force: nothing is before it is released."""
    return max(release.valid_from, release.released.date())


def _labels(
    pack: Pack, document: ReleasedDocument, others: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the words of a language that the guideline no longer has."""
    return {
        key: text.find(document.variant) or others.get(key, key)
        for key, text in pack.labels.items()
    }


def _file(release: Release, name: str) -> ArchivedFile:
    return ArchivedFile(path=release.folder / name, digest=release.files.get(name, ""))


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
        if name not in pages and name != _REDLINE
    }


def _redline(release: Release, language: str, labels: Mapping[str, str]) -> str:
    name = f"{language}/{_REDLINE}"
    if name not in release.files:
        return ""
    pages = redline_from_data(json.loads(frozen_file(release, name)))
    return redline_html(pages, labels, level=_LEVEL)


def _review(history: History) -> Review | None:
    due = next_review(history)
    if due is None:
        return None
    moments = [release.released for release in history.releases]
    moments += [
        dt.datetime.combine(review.on, dt.time(), dt.UTC) for review in history.reviews
    ]
    return Review(due=due, changed=max(moments), sequence=len(moments) - 1)
