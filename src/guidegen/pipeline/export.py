"""Writes the guideline in another form, all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from guidegen.arrange import read_arrangement
from guidegen.errors import ExportError, Problem, ProblemsError
from guidegen.export.destinations import Destinations
from guidegen.export.markdown import markdown_files
from guidegen.files import project_lock
from guidegen.model.document import Document, Edition, pdf_name
from guidegen.model.note import Note
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.pack.find import COMPLETING, builtin_packs
from guidegen.pack.style import page_style
from guidegen.pipeline.export_source import Source, source_of
from guidegen.pipeline.outputs import make_pdf
from guidegen.pipeline.working_copy import WorkingCopy, load_working_copy
from guidegen.release.history import frozen_file
from guidegen.value import Value

_LARGE = 300_000
"""Bytes of a web page that mail programs and portals still take without grumbling."""

_BUILDERS = ("mkdocs", "mkdocs-material")


class Form(StrEnum):
    """What the guideline can be exported to."""

    HTML = "html"
    """One web page in one file."""
    DOCX = "docx"
    """A Word file."""
    MD = "md"
    """The pages as plain CommonMark."""
    PDF = "pdf"
    """The PDF; that of a release is the one that was released."""
    MKDOCS = "mkdocs"
    """A project that MkDocs builds without guidegen."""
    SCORM = "scorm"
    """The practice cards and the guideline, as a package for learning platforms."""
    GIFT = "gift"
    """The practice cards, as a question bank for learning platforms."""


CARD_FORMS = frozenset({Form.SCORM, Form.GIFT})
"""The forms that practice cards are written in."""


class ExportJob(Value):
    """What to export, and where to."""

    project: Project
    form: Form
    into: Path | None = None
    """The folder to write to; the project's `export` if None."""
    version: str | None = None
    """The released version wanted; None for the working files."""
    today: dt.date | None = None
    """Today's date: a draft names no day that has passed."""
    language: str | None = None
    """The only language wanted; None for all."""
    mark: int | None = None
    """How many per cent pass on a learning platform; None if practising is enough."""
    pack: Path | None = None
    """A pack's folder that wins over the one the answers name."""
    force: bool = False
    """Replace what guidegen did not write, or what was changed since."""
    progress: Callable[[str], None] = lambda message: None  # noqa: ARG005
    """Told the message id of each step as it begins."""


class Exported(Value):
    """What was written: a file or a folder for each language."""

    paths: tuple[Path, ...]
    edition: Edition
    notice: str = ""
    """When the version applies, if it is not the current one."""
    notes: tuple[Note, ...] = ()


def export_project(job: ExportJob) -> Exported:
    """Write the guideline in another form.

    Raises:
        GuidegenError: Whatever a step finds wrong; nothing was written then.
    """
    project = job.project
    into = job.into or project.folder / "export"
    # What an export replaces must never be what a release or a build relies on.
    if project.keeps(into):
        raise ExportError("error-export-own", path=into)
    project.refuse_links_to(into)
    with project_lock(project.work):
        working_copy = load_working_copy(project, job.pack)
        if job.form in CARD_FORMS:
            _refuse_without_cards(job, working_copy)
        source = source_of(working_copy, project, version=job.version, today=job.today)
        if job.form in {Form.MKDOCS, *CARD_FORMS} and source.asked is None:
            source = replace(
                source, decks=working_copy.decks, inside=working_copy.shown_items
            )
        languages = _languages(job, source)
        destinations = Destinations(project.exports_record)
        wanted = [into / _name(job.form, each, source) for each in languages]
        if not job.force:
            # Before the pages are made: a refusal need not wait for them.
            destinations.refuse_foreign(wanted)
        job.progress("build-pages")
        documents = source.documents
        job.progress("export-write")
        # On the destination's file system, where files can be moved in one step.
        with destinations.staging(into) as staging:
            for document in documents:
                if document.language in languages:
                    _write(document, source, working_copy.pack, job, staging)
            notes = tuple(_large(staging))
            paths = destinations.move_in(staging, into)
    return Exported(
        paths=paths, edition=source.edition, notice=source.notice, notes=notes
    )


def _refuse_without_cards(job: ExportJob, working_copy: WorkingCopy) -> None:
    """Refuse to export cards that are not there.

    Raises:
        ExportError: The company wants none, its texts have none, or an old version is
            asked for: cards stand beside releases, and no version keeps any.
    """
    if job.version is not None:
        raise ExportError("error-export-cards-version", version=job.version)
    if not working_copy.decks:
        raise ExportError("error-export-cards", path=job.project.answers)


def _languages(job: ExportJob, source: Source) -> tuple[str, ...]:
    known = tuple(each.language for each in source.documents)
    if job.language is None:
        return known
    if job.language not in known:
        problem = Problem(
            message="export-language",
            values={"value": job.language, "known": ", ".join(known)},
            path=job.project.answers,
        )
        raise ProblemsError((problem,))
    return (job.language,)


def _name(form: Form, language: str, source: Source) -> str:
    """Return what an export is called in its folder."""
    # Beside the current one, an old version says which it is.
    name = f"guideline-{source.asked}" if source.asked else "guideline"
    if form in {Form.HTML, Form.DOCX, Form.PDF}:
        return f"{name}-{language}.{form}"
    if form is Form.SCORM:
        return f"{name}-{language}-scorm12.zip"
    if form is Form.GIFT:
        # Moodle takes no other ending.
        return f"{name}-{language}-gift.txt"
    return f"{name}-{language}-{form}"


def _write(
    document: Document, source: Source, pack: Pack, job: ExportJob, into: Path
) -> None:
    form, mark = job.form, job.mark
    path = into / _name(form, document.language, source)
    look = [folder / "export" for folder in pack.folders]
    if form is Form.HTML:
        from guidegen.export.html import html_file  # noqa: PLC0415  # imports Jinja

        style = page_style(pack.folders, document.brand_color)
        arrangement = read_arrangement(_theme(pack))
        path.write_bytes(
            html_file(document, look=look, style=style, arrangement=arrangement)
        )
    elif form is Form.DOCX:
        from guidegen.export.word.document import docx_file  # noqa: PLC0415  # slow
        from guidegen.pdf.compile import picture_png  # noqa: PLC0415  # imports Typst

        # A pack need not have a look for Word: the built-in one stands in then.
        look.append(builtin_packs() / COMPLETING / "export")
        content = docx_file(
            document,
            look=look,
            draw=picture_png,
            look_of=read_arrangement(_theme(pack)).look,
            names=pack.names,
        )
        path.write_bytes(content)
    elif form is Form.MD:
        _write_files(markdown_files(document), path)
    elif form is Form.PDF:
        _write_pdf(document, source, pack, path)
    elif form is Form.SCORM:
        from guidegen.pipeline.scorm import scorm_package  # noqa: PLC0415  # as HTML

        path.write_bytes(scorm_package(document, source, pack, mark))
    elif form is Form.GIFT:
        from guidegen.export.gift import gift_file  # noqa: PLC0415  # seldom wanted

        deck = source.decks[document.language]
        path.write_bytes(gift_file(deck, document.title))
    else:
        _write_project(document, source, pack, path)


def _theme(pack: Pack) -> list[Path]:
    """Return the folders that say how the site looks, the most specific first."""
    return [folder / "site" for folder in pack.folders if (folder / "site").is_dir()]


def _write_files(files: Mapping[str, bytes], into: Path) -> None:
    for name, content in files.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _write_pdf(document: Document, source: Source, pack: Pack, path: Path) -> None:
    """Write a language's PDF; under a released number, the one that was released."""
    name = pdf_name(document.language)
    if source.release:
        path.write_bytes(frozen_file(source.release, name))
        return
    with TemporaryDirectory(dir=path.parent) as folder:
        make_pdf(document, pack, Path(folder))
        (Path(folder) / name).replace(path)


def _write_project(document: Document, source: Source, pack: Pack, into: Path) -> None:
    """Write a MkDocs project of one language, with its PDF and requirements."""
    from guidegen.site import Alive, write_mkdocs_project  # noqa: PLC0415  # slow

    write_mkdocs_project(
        document,
        [document],
        theme=_theme(pack),
        alive=Alive(decks=source.decks, inside=source.inside),
        into=into,
    )
    (into / "requirements.txt").write_text(_requirements(), encoding="utf-8")
    pdf = into / "docs" / pdf_name(document.language)
    _write_pdf(document, source, pack, pdf)


def _requirements() -> str:
    """Return the packages that build the project as they do here."""
    from importlib.metadata import version  # noqa: PLC0415  # only for this form

    # Another version of the theme may look different or no longer fit its overrides.
    return "".join(f"{name}=={version(name)}\n" for name in _BUILDERS)


def _large(staging: Path) -> list[Note]:
    """Return a note for each web page that is too large for an email."""
    return [
        Note(
            message="export-large",
            values={"file": path.name, "size": path.stat().st_size // 1000},
        )
        for path in sorted(staging.glob("*.html"))
        if path.stat().st_size > _LARGE
    ]
