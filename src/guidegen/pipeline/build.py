"""From answers to site and PDFs, all or nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidegen.errors import FilesError
from guidegen.files import (
    cache_folder,
    explained,
    project_lock,
    replace_folder,
    restore_folder,
    staging_folder,
)
from guidegen.pipeline.stamp import (
    foreign_file,
    input_digest,
    is_current,
    known_sources,
    last_change,
    remember_sources,
    write_stamp,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from guidegen.model.answers import Answers
    from guidegen.model.document import Document
    from guidegen.model.note import Note
    from guidegen.model.pack import Pack
    from guidegen.pipeline.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to build, and how."""

    project: Project
    pack: Path | None = None
    """A pack's folder that wins over the one the answers name."""
    force: bool = False
    """Build even when nothing has changed."""
    progress: Callable[[str], None] = lambda message: None  # noqa: ARG005
    """Told the message id of each step as it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build has made."""

    site: Path
    pages: tuple[Path, ...]
    """The front page of each language."""
    pdfs: tuple[Path, ...]
    notes: tuple[Note, ...] = ()
    unchanged: bool = False


def build_project(job: Job) -> Built:
    """Build the site and the PDFs of a project, unless they are current.

    Raises:
        GuidegenError: Whatever a step finds wrong; the last good site stays.
    """
    project = job.project
    seen = _seen(job)
    with explained(project.site):
        if seen and not job.force and is_current(project.site, seen.inputs):
            return _built(project, unchanged=True)
    with project_lock(project.work):
        restore_folder(project.work, project.site)
        _refuse_foreign(project)
        answers, pack, inputs = _read(job, seen)
        with staging_folder(project.work) as staging:
            site = staging / "site"
            site.mkdir()
            notes = make_outputs(answers, pack, into=site, job=job)
            write_stamp(site, inputs)
            replace_folder(site, project.site)
        remember_sources(project.work, job.pack, _named(answers, pack))
    return _built(project, notes=notes)


def _refuse_foreign(project: Project) -> None:
    with explained(project.site):
        foreign = foreign_file(project.site)
    if foreign:
        raise FilesError(
            "guidegen did not make this, and a build would take it away",
            path=foreign,
            hint="move it elsewhere; guidegen replaces the folder “site” as a whole",
        )


def _named(answers: Answers, pack: Pack) -> tuple[Path, ...]:
    """Return what the answers name beside themselves."""
    logo = answers.brand.logo
    return (*pack.folders, logo) if logo else pack.folders


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the answers last named, and the digest of what a build of them reads."""

    named: tuple[Path, ...]
    inputs: str


def _seen(job: Job) -> _Seen | None:
    named = known_sources(job.project.work, job.pack)
    if named is None:
        return None
    with explained(job.project.folder):
        return _Seen(named=named, inputs=input_digest(job.project, named))


def _read(job: Job, seen: _Seen | None) -> tuple[Answers, Pack, str]:
    """Return answers and pack, and the digest of what a build of them reads.

    What changes while it is read must not count as built. So the digest is one from
    before, or it is left empty: the next build then does not take this one for current.
    """
    from guidegen.answers import read_answers  # noqa: PLC0415  # reads YAML

    project, begin = job.project, time.time_ns()
    answers, pack = read_answers(project.answers, pack=job.pack)
    with explained(project.folder):
        named = tuple(path.resolve() for path in _named(answers, pack))
        if seen and seen.named == named:
            return answers, pack, seen.inputs
        inputs = input_digest(project, named)
        unmoved = last_change(project, named) < begin
    return answers, pack, inputs if unmoved else ""


def _built(
    project: Project, *, notes: tuple[Note, ...] = (), unchanged: bool = False
) -> Built:
    pdfs = tuple(sorted(project.site.glob("guideline-*.pdf")))
    return Built(
        site=project.site,
        pages=(
            project.site / "index.html",
            *sorted(project.site.glob("??/index.html")),
        ),
        pdfs=pdfs,
        notes=notes,
        unchanged=unchanged,
    )


def compose_documents(answers: Answers, pack: Pack) -> list[Document]:
    """Return the documents of all languages as drafts, the front page's first."""
    from guidegen.compose import compose  # noqa: PLC0415  # loaded when a build runs
    from guidegen.render import render  # noqa: PLC0415

    cache = cache_folder("sections")
    return [
        render(compose(answers, pack, language), cache=cache)
        for language in answers.languages
    ]


def make_outputs(
    answers: Answers, pack: Pack, *, into: Path, job: Job
) -> tuple[Note, ...]:
    """Write site and PDFs into an empty folder.

    The PDFs are made beside the site: typesetting does not hold Python's lock.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    from guidegen.compose import unused_sections  # noqa: PLC0415  # as for `compose`

    job.progress("build-pages")
    documents = compose_documents(answers, pack)
    with ThreadPoolExecutor(max_workers=2) as pool:
        pdfs = [pool.submit(_pdf, document, pack, into) for document in documents]
        job.progress("build-outputs")
        notes = [*unused_sections(answers, pack), *_site(documents, pack, into)]
        for pdf in pdfs:
            notes += pdf.result()
    return tuple(notes)


def _site(documents: list[Document], pack: Pack, into: Path) -> tuple[Note, ...]:
    from guidegen.site import build_site  # noqa: PLC0415  # imports MkDocs

    theme = tuple(
        folder / "site" for folder in pack.folders if (folder / "site").is_dir()
    )
    return build_site(documents, theme=theme, into=into, cache=cache_folder("site"))


def _pdf(document: Document, pack: Pack, into: Path) -> tuple[Note, ...]:
    from guidegen.pdf import build_pdf  # noqa: PLC0415  # imports typst

    template = next(
        folder / "pdf" for folder in pack.folders if (folder / "pdf").is_dir()
    )
    return build_pdf(
        document,
        template=template,
        into=into / f"guideline-{document.language}.pdf",
        cache=cache_folder("pdf"),
    )
