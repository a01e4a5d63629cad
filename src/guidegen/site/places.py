"""Where a language's pages are: today's at the root, older ones under `versions/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guidegen.model.archive import Archive, ArchivedRelease
from guidegen.model.document import Document

VERSIONS = "versions"
"""The folder of the releases that are not at the root."""

CHANGES = "changes"
"""The id of the page that says what changed, and the name of its feed."""

REVIEW = "review.ics"
"""The next review as a calendar's event, in the root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder as seen from the site's root (empty, or ending in `/`) and its pages."""

    folder: str
    pages: tuple[str, ...]

    def address(self, page: str) -> str:
        """Return where a page is, or the front page if there is no such page."""
        return f"{self.folder}{page if page in self.pages else self.pages[0]}.html"


def up(folder: str) -> str:
    """Return the way from a folder to the site's root."""
    return "../" * folder.count("/")


def today(documents: Sequence[Document]) -> dict[str, Place]:
    """Return where the pages at the root are, by language."""
    return _by_language(
        "", {doc.language: [page.id for page in doc.pages] for doc in documents}
    )


def kept(release: ArchivedRelease) -> dict[str, Place]:
    """Return where the pages of a release under `versions/` are, by language."""
    return _by_language(
        f"{VERSIONS}/{release.version}/",
        {
            language: [page.id for page in document.pages]
            for language, document in release.documents.items()
        },
    )


def place_of(
    release: ArchivedRelease, archive: Archive, documents: Sequence[Document]
) -> dict[str, Place]:
    """Return where a release's pages are, by language."""
    return today(documents) if release.version == archive.shown else kept(release)


def pdf_of(release: ArchivedRelease, archive: Archive, language: str) -> str:
    """Return where a release's PDF is, as seen from the site's root."""
    if release.version == archive.shown:
        return f"guideline-{language}.pdf"
    return f"{VERSIONS}/{release.version}/guideline-{language}-{release.version}.pdf"


def same_page(places: Mapping[str, Place], language: str, page: str) -> str:
    """Return where the same page is, else the front page of that or any language."""
    place = places.get(language) or next(iter(places.values()))
    return place.address(page)


def told(archive: Archive | None, language: str) -> tuple[ArchivedRelease, ...]:
    """Return the releases that a language's readers know, newest first."""
    if archive is None:
        return ()
    return tuple(
        release
        for release in reversed(archive.releases)
        if language in release.documents
    )


def has_changes(archive: Archive | None, language: str) -> bool:
    """Return whether there is a page of changes: from the second release on."""
    return len(told(archive, language)) > 1


def anchor(version: str) -> str:
    """Return a version's anchor on the page of changes."""
    return f"v-{version.replace('.', '-')}"


def _by_language(folder: str, pages: Mapping[str, Sequence[str]]) -> dict[str, Place]:
    first = next(iter(pages))
    return {
        language: Place(
            folder=folder if language == first else f"{folder}{language}/",
            pages=tuple(ids),
        )
        for language, ids in pages.items()
    }
