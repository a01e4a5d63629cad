"""The step: every language's site, then the old versions, feeds and the next review."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.colour import DEFAULT, colours
from guidegen.errors import SiteError
from guidegen.model.document import Document
from guidegen.model.note import Note
from guidegen.site.archive import NO_RELEASES, Archive
from guidegen.site.configuration import configuration
from guidegen.site.feed_and_calendar import atom_feed, review_calendar
from guidegen.site.mkdocs_project import docs_files
from guidegen.site.urls import CHANGES, REVIEW, VERSIONS, current_folders
from guidegen.site.versions import LastBuild, write_versions

if TYPE_CHECKING:  # MkDocs is slow to import
    from guidegen.site.engine import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """What has been built."""

    notes: tuple[Note, ...]
    """What the author should know."""
    digests: Mapping[str, str]
    """SHA-256 of files whose content is known already, by their names in the site."""


def build_site(
    documents: Sequence[Document],
    *,
    theme: Sequence[Path],
    into: Path,
    cache: Path | None,
    archive: Archive = NO_RELEASES,
    last: LastBuild | None = None,
) -> BuiltSite:
    """Build every language's site: the first at the root, each other in its folder.

    With releases, what changed and the older versions are part of it.

    Args:
        documents: One document per language.
        theme: The packs' `site/` folders, the most specific first.
        into: The folder to build into, empty but for PDFs, or not there yet.
        cache: Where compiled templates are kept between builds. Python runs what lies
            there, so it has to be a folder of the user's own; None keeps nothing.
        archive: The releases.
        last: The build before, if old versions can be carried over from it.

    Raises:
        SiteError: The pack lacks something, or MkDocs found something wrong.
        ReleaseError: A file of a release is not what was released.
    """
    # MkDocs takes a fifth of a second to import; exports need none of it.
    from guidegen.site.engine import Look, translate_template_errors  # noqa: PLC0415

    into.mkdir(parents=True, exist_ok=True)
    _refuse_names(documents)
    look = Look(folders=theme, cache=cache)
    folders = current_folders(documents)
    for document in documents:
        folder = into / folders[document.language].folder
        _build_language(document, documents, look, folder, archive)
    with translate_template_errors(theme):
        digests = write_versions(archive, documents, look, into=into, last=last)
    for document in documents:
        if archive.releases_for(document.language):
            path = into / folders[document.language].folder / f"{CHANGES}.xml"
            path.write_bytes(atom_feed(document, documents, archive).encode())
    if archive.review:
        calendar = review_calendar(archive, archive.review, documents[0])
        (into / REVIEW).write_bytes(calendar.encode())
    return BuiltSite(notes=_notes(documents[0].brand_color), digests=digests)


def get_ready() -> None:
    """Import what building a site needs.

    For a caller that waits for something that needs no Python, such as typesetting.
    """
    import guidegen.site.engine  # noqa: F401, PLC0415  # this is what it is for


def _refuse_names(documents: Sequence[Document]) -> None:
    """Refuse pages in whose place the page of changes or old versions will stand."""
    for page in documents[0].pages:
        if page.id in {CHANGES, VERSIONS}:
            raise SiteError("error-page-name", name=page.id)


def _build_language(
    document: Document,
    documents: Sequence[Document],
    look: Look,
    folder: Path,
    archive: Archive,
) -> None:
    """Build a language's site into a folder that may hold PDFs already."""
    from guidegen.site.engine import run_mkdocs  # noqa: PLC0415  # see `build_site`

    folder.mkdir(exist_ok=True)
    # In the same file system, so that what is built only needs to be moved; MkDocs
    # itself would empty the folder.
    with tempfile.TemporaryDirectory(prefix=".guidegen-", dir=folder) as name:
        site = run_mkdocs(
            document,
            configuration(document, documents, archive),
            docs_files(document, archive),
            look,
            within=Path(name),
        )
        for path in site.iterdir():
            path.rename(folder / path.name)


def _notes(brand: str | None) -> tuple[Note, ...]:
    """Return notes on a brand colour that had to be changed to be readable."""
    colour = colours(brand)
    if brand is None or colour.brand == DEFAULT:
        return ()
    notes = []
    if colour.light != colour.brand:
        values = {"old": colour.brand, "new": colour.light}
        notes.append(Note(message="site-color-corrected", values=values))
    if colour.dark != colour.brand:
        values = {"old": colour.brand, "new": colour.dark}
        notes.append(Note(message="site-color-dark", values=values, minor=True))
    return tuple(notes)
