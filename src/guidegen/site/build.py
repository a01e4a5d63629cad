"""The step: every language's site, then the old versions, feeds and the next review."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from guidegen.arrange import read_arrangement
from guidegen.colour import colours
from guidegen.errors import SiteError
from guidegen.model.document import Document
from guidegen.model.note import Note
from guidegen.page.tree import PageParser
from guidegen.site.alive import NOTHING_ALIVE, Alive
from guidegen.site.archive import NO_RELEASES, Archive
from guidegen.site.articles import Article, FrozenArticles, articles
from guidegen.site.carried_over import LastBuild
from guidegen.site.configuration import configuration
from guidegen.site.foreign import Foreign
from guidegen.site.inside import inside_feed
from guidegen.site.look import Look
from guidegen.site.mkdocs_project import docs_files
from guidegen.site.todays_contacts import TodaysContacts
from guidegen.site.urls import (
    CHANGES,
    INSIDE,
    PRACTICE,
    REVIEW,
    VERSIONS,
    current_folders,
)
from guidegen.site.versions import write_versions
from guidegen.value import Value


class BuiltSite(Value):
    """What has been built."""

    notes: tuple[Note, ...]
    """Notes for the author, such as a corrected colour."""
    digests: Mapping[str, str]
    """SHA-256 of files whose content is known already, by their names in the site."""


def build_site(  # noqa: PLR0913  # all that a site shows
    documents: Sequence[Document],
    *,
    look: Look,
    into: Path,
    archive: Archive = NO_RELEASES,
    alive: Alive = NOTHING_ALIVE,
    last: LastBuild | None = None,
    parser: PageParser | None = None,
) -> BuiltSite:
    """Build every language's site: the first at the root, each other in its folder.

    Args:
        documents: One document per language.
        look: What the pages look like.
        into: The folder to build into; empty but for PDFs, or not there yet.
        archive: The releases.
        alive: What readers find beside the guideline's own pages.
        last: The build before, if old versions can be carried over from it.
        parser: This run's parser, which may know the pages already.

    Raises:
        PackError: The pack's arrangement of pages is wrong.
        SiteError: The pack lacks something, or MkDocs found something wrong.
        ReleaseError: A file of a release is not what was released.
    """
    pages = build_pages(
        documents,
        look=look,
        into=into,
        archive=archive,
        alive=alive,
        last=last,
        parser=parser,
    )
    return pages(archive)


def build_pages(  # noqa: PLR0913  # as `build_site`
    documents: Sequence[Document],
    *,
    look: Look,
    into: Path,
    archive: Archive = NO_RELEASES,
    alive: Alive = NOTHING_ALIVE,
    last: LastBuild | None = None,
    parser: PageParser | None = None,
) -> Callable[[Archive], BuiltSite]:
    """Build what shows no digest of the newest release: every language's pages.

    Nor do old versions, while that release is at the root. The arguments and what is
    raised are those of `build_site`.

    Returns:
        What completes the site, given the archive with all digests.
    """
    # MkDocs takes a fifth of a second to import; exports need none of it.
    from guidegen.site import engine  # noqa: PLC0415

    _refuse_names(documents)
    folders = current_folders(documents)
    parser = parser or PageParser(documents[0].markdown_extensions)
    arrangement = read_arrangement(look.folders)
    foreign = Foreign(look)
    for document in documents:
        _build_language(
            document,
            docs_files(document, archive, alive),
            configuration(document, documents, archive, alive),
            foreign,
            written=partial(articles, document, arrangement, parser),
            into=into / folders[document.language].folder,
        )
    contacts = TodaysContacts(documents, arrangement, parser, archive.former)
    frozen = FrozenArticles(arrangement, contacts)
    # After the pages: the frames of old versions use the styles at the root.
    with engine.translate_template_errors(look.folders):
        digests = write_versions(
            archive, documents, foreign, frozen, into=into, last=last
        )

    def complete(archive: Archive) -> BuiltSite:
        # The ids of what readers subscribe to come from the releases' digests.
        _write_subscriptions(documents, archive, alive, into)
        notes = (*foreign.notes(), *_notes(documents[0].brand_color))
        return BuiltSite(notes=notes, digests=digests)

    return complete


def _build_language(
    document: Document,
    files: Mapping[str, bytes],
    settings: Mapping[str, Any],
    foreign: Foreign,
    *,
    written: Callable[[], Mapping[str, Article]],
    into: Path,
) -> None:
    """Build one language's pages into its folder of the site."""
    from guidegen.site import engine  # noqa: PLC0415  # as above

    with _workspace(into) as within:
        site = engine.run_mkdocs(
            document,
            settings,
            files,
            foreign,
            articles=written,
            within=within,
        )
        for path in site.iterdir():
            path.rename(into / path.name)


@contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    """Yield a folder to build in, from which what is built only needs to be moved.

    It lies in the same file system. MkDocs itself would empty the folder of the site,
    in which PDFs may already be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".guidegen-", dir=folder) as within:
        yield Path(within)


def _write_subscriptions(
    documents: Sequence[Document], archive: Archive, alive: Alive, into: Path
) -> None:
    """Write each language's feeds, and the next review for calendars."""
    folders = current_folders(documents)
    for document in documents:
        if feed := inside_feed(document, documents, alive):
            path = into / folders[document.language].folder / f"{INSIDE}.xml"
            path.write_bytes(feed.encode())
    if not (archive.releases or archive.review):
        return
    # A millisecond, which no build before the first release need wait for.
    from guidegen.site.feed_and_calendar import (  # noqa: PLC0415
        atom_feed,
        review_calendar,
    )

    for document in documents:
        # One release earlier than the page of changes, so that readers can subscribe to
        # it.
        if archive.releases_for(document.language):
            path = into / folders[document.language].folder / f"{CHANGES}.xml"
            path.write_bytes(atom_feed(document, documents, archive).encode())
    if archive.review:
        calendar = review_calendar(archive, archive.review, documents[0])
        (into / REVIEW).write_bytes(calendar.encode())


def _refuse_names(documents: Sequence[Document]) -> None:
    """Refuse pages that take a name which the site's own pages have, or may have."""
    for page in documents[0].pages:
        if page.id in {CHANGES, INSIDE, PRACTICE, VERSIONS}:
            raise SiteError("error-page-name", name=page.id)


def _notes(brand: str | None) -> tuple[Note, ...]:
    """Return notes on a brand colour that had to be changed to be readable."""
    colour = colours(brand)
    if brand is None:
        return ()
    notes = []
    if colour.link_light != colour.brand:
        values = {"old": colour.brand, "new": colour.link_light}
        notes.append(Note(message="site-color-corrected", values=values))
    if colour.link_dark != colour.brand:
        values = {"old": colour.brand, "new": colour.link_dark}
        notes.append(Note(message="site-color-dark", values=values, minor=True))
    return tuple(notes)
