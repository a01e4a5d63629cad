"""Where things are in the site: today's pages at its root, older ones below it.

Everything is relative, so that the site can be put anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guidegen.model.document import Document, pdf_name
from guidegen.model.release import Release
from guidegen.site.archive import Archive
from guidegen.value import Value

VERSIONS = "versions"
"""The folder of the releases that are not at the root."""

CHANGES = "changes"
"""The id of the page that says what changed, and the name of its feed."""

PRACTICE = "practice"
"""The id of the page to practise on."""

INSIDE = "inside"
"""The id of the page of what is said about the company."""

REVIEW = "review.ics"
"""The next review as a calendar's event, in the root."""


class PagesFolder(Value):
    """A folder as seen from the site's root (empty, or ending in `/`) and its pages."""

    folder: str
    pages: tuple[str, ...]

    def url(self, page: str) -> str:
        """Return where a page is, or the front page if there is no such page."""
        return f"{self.folder}{page if page in self.pages else self.pages[0]}.html"


def to_root(folder: str) -> str:
    """Return the relative path from a folder to the site's root."""
    return "../" * folder.count("/")


def current_folders(documents: Sequence[Document]) -> dict[str, PagesFolder]:
    """Return where the pages at the root are, by language."""
    return _by_language(
        "", {doc.language: [page.id for page in doc.pages] for doc in documents}
    )


def version_folders(release: Release) -> dict[str, PagesFolder]:
    """Return where the pages of a release under `versions/` are, by language."""
    return _by_language(
        f"{VERSIONS}/{release.version}/",
        {
            language: [page.id for page in document.pages]
            for language, document in release.documents.items()
        },
    )


def release_folders(
    release: Release, archive: Archive, documents: Sequence[Document]
) -> dict[str, PagesFolder]:
    """Return where a release's pages are, wherever that is, by language."""
    if release.version == archive.shown:
        return current_folders(documents)
    return version_folders(release)


def release_pdf(release: Release, archive: Archive, language: str) -> str | None:
    """Return where a release's PDF is, seen from the site's root; None if nowhere."""
    if not archive.has_pdf(release):
        return None
    if release.version == archive.shown:
        return pdf_name(language)
    name = pdf_name(f"{language}-{release.version}")
    return f"{VERSIONS}/{release.version}/{name}"


def page_url(folders: Mapping[str, PagesFolder], language: str, page: str) -> str:
    """Return where a page is, else the front page of that or any language."""
    # An old version may lack the language; its first one is better than a dead link.
    folder = folders.get(language) or next(iter(folders.values()))
    return folder.url(page)


def anchor(version: str) -> str:
    """Return a version's anchor on the page of changes."""
    return f"v-{version.replace('.', '-')}"


def _by_language(
    folder: str, pages: Mapping[str, Sequence[str]]
) -> dict[str, PagesFolder]:
    first = next(iter(pages))
    return {
        language: PagesFolder(
            folder=folder if language == first else f"{folder}{language}/",
            pages=tuple(ids),
        )
        for language, ids in pages.items()
    }
