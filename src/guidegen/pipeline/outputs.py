"""From documents to site and PDFs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from functools import lru_cache
from os import getpid
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from guidegen.arrange import Arrangement, read_arrangement
from guidegen.compose.unused import unused_answers, unused_sections
from guidegen.files import cache_folder
from guidegen.files.folder import LEFT
from guidegen.model.answers import Brand
from guidegen.model.document import Document, State, pdf_name
from guidegen.model.note import Note
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.release import History, Release
from guidegen.pack.find import is_installed
from guidegen.page.normalise import NormalPage, normalise
from guidegen.page.tree import PageParser
from guidegen.release.history import frozen_file
from guidegen.schema.picture_files import picture_notes
from guidegen.value import Value

if TYPE_CHECKING:  # the site's step is imported while Typst is at work
    from guidegen.pdf.build import Typeset
    from guidegen.pipeline.working_copy import WorkingCopy
    from guidegen.site import Alive, Archive, BuiltSite, LastBuild, Look


class Asked(Value):
    """What was asked of a build beside the project's files."""

    old_pdfs: bool
    """Whether readers get the PDFs of old versions."""
    trust_scripts: bool = False
    """Whether scripts of a pack may run that is not installed with guidegen."""
    carry_over: bool = True
    """Whether the record of the last build is believed, and old versions taken from
    there."""


def make_outputs(  # noqa: PLR0913  # all that a build is about
    working_copy: WorkingCopy,
    frozen: Sequence[Document] | None = None,
    *,
    into: Path,
    project: Project,
    progress: Callable[[str], None],
    asked: Asked,
    meanwhile: Callable[[], object],
) -> BuiltSite:
    """Write site and PDFs into an empty folder.

    The PDFs of a draft are made beside the site; those of a release are the released
    files themselves.

    Args:
        working_copy: The project.
        frozen: The documents of the release that is at the root in place of the
            working files; they are not even composed then.
        into: The empty folder.
        project: The project.
        progress: Told what is being done.
        asked: What was asked for.
        meanwhile: What else is to be done while Typst is at work.
    """
    pack = working_copy.pack
    current = working_copy.history.current
    documents = frozen or working_copy.documents
    drafts = documents
    if current and documents[0].edition.state is State.RELEASED:
        copy_pdfs(current, into)
        # What was released is never typeset again (docs/explanation/versions.md). Its
        # links and pictures are checked as a draft's: the record may be a stranger's.
        drafts = ()
        for each in documents:
            normalise(each, working_copy.parser)
    with typesetting(drafts, pack, into, working_copy.parser) as finish:
        progress("build-outputs")
        meanwhile()
        archive = _archive(documents, pack, working_copy.history, asked)
        notes: tuple[Note, ...] = ()
        if not frozen:
            brand = working_copy.answers.brand
            notes = (*unused(working_copy), *_logo_notes(documents, brand))
        settings = _site_settings(
            working_copy, project, into, asked, is_frozen=bool(frozen)
        )
        built = _write_site(documents, archive, settings)
        # `finish` comes last: the site is written while Typst is at work.
        return replace(built, notes=(*notes, *built.notes, *finish()))


def unused(working_copy: WorkingCopy) -> tuple[Note, ...]:
    """Return a note for each slip on a page, and all that no page takes."""
    answers, pack = working_copy.answers, working_copy.pack
    return (
        *working_copy.slips,
        *unused_sections(answers, pack),
        *unused_answers(answers, pack),
    )


def _logo_notes(documents: Sequence[Document], brand: Brand) -> tuple[Note, ...]:
    """Return a note for what somebody may miss in a logo, or not see of it."""
    # All languages have the same ones.
    if not documents[0].logos:
        return ()
    from guidegen.pdf.logo import logo_notes  # noqa: PLC0415  # imports Typst

    keys = {"brand.logo": brand.logo, "brand.logo_dark": brand.logo_dark}
    notes = (
        Note(message=message, values={"key": key, **values})
        for key, path in keys.items()
        if path
        for message, values in picture_notes(path)
    )
    return (*notes, *logo_notes(documents[0]))


def copy_pdfs(release: Release, into: Path) -> None:
    """Write the PDFs of a release, byte for byte as they were released.

    Raises:
        ReleaseError: One of them is not what was released.
    """
    for language in release.documents:
        name = pdf_name(language)
        (into / name).write_bytes(frozen_file(release, name))


def make_pdf(document: Document, pack: Pack, into: Path) -> tuple[Note, ...]:
    """Typeset a document's PDF into a folder."""
    from guidegen.pdf.build import build_pdf  # noqa: PLC0415  # imports typst

    path = into / pdf_name(document.language)
    return build_pdf(
        document,
        template=_pdf_template(pack),
        into=path,
        arrangement=_arrangement(pack),
    )


def prepare_pdf(
    document: Document, pack: Pack, pages: Sequence[NormalPage]
) -> AbstractContextManager[Callable[[], Typeset]]:
    """Prepare a document's PDF; give what typesets it, in any thread."""
    from guidegen.pdf import build  # noqa: PLC0415  # imports typst

    return build.prepare_pdf(
        document,
        template=_pdf_template(pack),
        pages=pages,
        arrangement=_arrangement(pack),
    )


def _pdf_template(pack: Pack) -> Path:
    # The folders come in order, the company's own pack before the one that it extends.
    return next(folder / "pdf" for folder in pack.folders if (folder / "pdf").is_dir())


def _arrangement(pack: Pack) -> Arrangement:
    return read_arrangement([folder / "site" for folder in pack.folders])


@contextmanager
def typesetting(
    documents: Sequence[Document], pack: Pack, into: Path, parser: PageParser
) -> Iterator[Callable[[], tuple[Note, ...]]]:
    """Typeset all PDFs into a folder; give a function that waits for them.

    Typst does not hold Python's lock. What is wrong with a page is found before it
    begins, and before MkDocs would speak of it in English.
    """
    from guidegen.pdf.build import write_pdf  # noqa: PLC0415  # imports typst

    running: dict[Path, Future[Typeset]] = {}

    def finish() -> tuple[Note, ...]:
        notes: tuple[Note, ...] = ()
        for path, pdf in running.items():
            content, more = pdf.result()
            write_pdf(content, path)
            notes += more
        return notes

    with ExitStack() as prepared:
        threads = prepared.enter_context(typesetters())
        try:
            for each in documents:
                pages = normalise(each, parser)
                typeset = prepared.enter_context(prepare_pdf(each, pack, pages))
                path = into / pdf_name(each.language)
                running[path] = threads[len(running) % len(threads)].submit(typeset)
            yield finish
        finally:
            # Before what they read is removed.
            wait(running.values())


@contextmanager
def typesetters() -> Iterator[Sequence[Executor]]:
    """Give the threads that typeset: two in a process's first run, then always one.

    With two at once, a command for two languages is done sooner. In a process that
    builds again and again, each pair would leave memory that never comes back.
    """
    is_first = _typesetter.cache_info().currsize == 0
    stays = _typesetter(getpid())
    if is_first:
        with ThreadPoolExecutor(max_workers=1) as another:
            yield (stays, another)
        return
    yield (stays,)
    from guidegen.pdf.compile import forget_old  # noqa: PLC0415  # imports typst

    # Nobody waits for it: this run has its PDFs, the next one reads its answers first.
    stays.submit(forget_old)


@lru_cache(maxsize=1)
def _typesetter(process: int) -> ThreadPoolExecutor:
    """Return the thread that stays: each new one would keep memory of its own."""
    del process  # one that was forked has no thread yet
    return ThreadPoolExecutor(max_workers=1)


def make_site(
    working_copy: WorkingCopy,
    documents: Sequence[Document],
    history: History,
    project: Project,
    into: Path,
) -> Callable[[Release], BuiltSite]:
    """Build the site's pages of a release that is not complete yet, nor are its PDFs.

    Old versions are carried over from the project's present site where they can be.

    Args:
        working_copy: What is released.
        documents: Its documents, as that release.
        history: All releases, that one last.
        project: The project.
        into: The folder of the site.

    Returns:
        What completes the site with the complete release.
    """
    from guidegen.site import build_pages  # noqa: PLC0415  # as above

    asked = Asked(old_pdfs=working_copy.answers.old_pdfs)
    archive = _archive(documents, working_copy.pack, history, asked)
    settings = _site_settings(working_copy, project, into, asked)
    pages = build_pages(documents, archive=archive, **settings)
    return lambda release: pages(archive.ending_with(release))


def _archive(
    documents: Sequence[Document], pack: Pack, history: History, asked: Asked
) -> Archive:
    if not history.releases:
        from guidegen.site import NO_RELEASES  # noqa: PLC0415  # as above

        return NO_RELEASES
    # Brings in `compare`, which a build before the first release does not need.
    from guidegen.pipeline.archive import make_archive  # noqa: PLC0415

    # All languages are released together, in one edition.
    edition = documents[0].edition
    shown = edition.version if edition.state is State.RELEASED else None
    return make_archive(
        history,
        documents,
        pack,
        shown=shown,
        old_pdfs=asked.old_pdfs,
        cached=asked.carry_over,
    )


def _write_site(
    documents: Sequence[Document], archive: Archive, settings: _SiteSettings
) -> BuiltSite:
    from guidegen.site import build_site  # noqa: PLC0415  # as above

    return build_site(documents, archive=archive, **settings)


class _SiteSettings(TypedDict):
    """What a project's site is built with beside its documents and releases."""

    look: Look
    into: Path
    alive: Alive
    last: LastBuild
    parser: PageParser


def _site_settings(
    working_copy: WorkingCopy,
    project: Project,
    into: Path,
    asked: Asked,
    *,
    is_frozen: bool = False,
) -> _SiteSettings:
    from guidegen.site import Alive, LastBuild, Look  # noqa: PLC0415  # as above

    named = (folder / "site" for folder in working_copy.pack.folders)
    folders = tuple(folder for folder in named if folder.is_dir())
    return _SiteSettings(
        look=Look(
            folders=folders,
            cache=cache_folder("site"),
            foreign=tuple(each for each in folders if not is_installed(each)),
            trust_scripts=asked.trust_scripts,
        ),
        into=into,
        # The cards follow from the working files: they may say what led to the
        # withdrawal of a version.
        alive=Alive(
            decks={} if is_frozen else working_copy.decks,
            inside=working_copy.shown_items,
        ),
        last=LastBuild(
            site=project.site,
            record=project.versions_record,
            # Both lie in the staging folder.
            left=into.parent / LEFT,
            trusted=asked.carry_over,
        ),
        parser=working_copy.parser,
    )
