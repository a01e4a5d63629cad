"""From answers to site and PDFs, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import FilesError
from guidegen.files import (
    explained,
    project_lock,
    replace_folder,
    restore_folder,
    staging_folder,
)
from guidegen.model.answers import Answers
from guidegen.model.document import Edition
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.pipeline.reading import look, read
from guidegen.pipeline.stamp import (
    built_edition,
    foreign_file,
    is_current,
    remember_sources,
    write_stamp,
)

if TYPE_CHECKING:
    from guidegen.pipeline.edition import Standing


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
    edition: Edition
    """Which version this is, and whether it is released."""
    notes: tuple[Note, ...] = ()
    unchanged: bool = False


def build_project(job: Job) -> Built:
    """Build the site and the PDFs of a project, unless they are current.

    Raises:
        GuidegenError: Whatever a step finds wrong; the last good site stays.
    """
    project = job.project
    seen = look(project, job.pack)
    with explained(project.site):
        if seen and not job.force and is_current(project.site, seen.inputs):
            edition = built_edition(project.site)
            if edition:
                return describe_site(project, edition, unchanged=True)
    with project_lock(project.work):
        begin_site(project)
        reading = read(project, job.pack, seen)
        job.progress("build-pages")
        # Imported only now: a build that has nothing to do needs none of it.
        from guidegen.pipeline.edition import find_standing  # noqa: PLC0415
        from guidegen.pipeline.outputs import make_outputs  # noqa: PLC0415

        standing = find_standing(reading.answers, reading.pack, project.releases)
        with staging_folder(project.work) as staging:
            site = staging / "site"
            site.mkdir()
            made = make_outputs(
                standing, into=site, project=project, progress=job.progress
            )
            write_stamp(site, reading.inputs, standing.edition, made.digests)
            replace_folder(site, project.site)
        remember_sources(project.work, job.pack, reading.named)
    notes = made.notes + _behind(project, reading.answers, standing)
    return describe_site(project, standing.edition, notes=notes)


def _behind(project: Project, answers: Answers, standing: Standing) -> tuple[Note, ...]:
    """Return notes on own texts that a language has fallen behind with."""
    if standing.history.last is None:
        return ()
    from guidegen.merge import stale_notes  # noqa: PLC0415  # not before a release
    from guidegen.pipeline.own import own_files, stale_since  # noqa: PLC0415

    own = own_files(project, answers.brand.logo)
    return stale_notes(stale_since(standing.history.last, answers, own))


def begin_site(project: Project) -> None:
    """Make the site's place ready; call it under the project's lock.

    Raises:
        FilesError: Something lies there that guidegen did not make.
    """
    restore_folder(project.work, project.site)
    with explained(project.site):
        foreign = foreign_file(project.site)
    if foreign:
        raise FilesError("error-foreign", path=foreign)


def describe_site(
    project: Project,
    edition: Edition,
    *,
    notes: tuple[Note, ...] = (),
    unchanged: bool = False,
) -> Built:
    """Return what there is after a build."""
    pdfs = tuple(sorted(project.site.glob("guideline-*.pdf")))
    return Built(
        site=project.site,
        pages=(
            project.site / "index.html",
            *sorted(project.site.glob("??/index.html")),
        ),
        pdfs=pdfs,
        edition=edition,
        notes=notes,
        unchanged=unchanged,
    )
