"""From answers to site and PDFs, all or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from guidegen.errors import FilesError
from guidegen.files import (
    leave_to_next_run,
    project_lock,
    replace_folder,
    restore_folder,
    staging_folder,
    translate_os_errors,
)
from guidegen.model.document import Edition
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.pipeline.up_to_date import (
    known_inputs,
    read_build_record,
    read_inputs,
    remember_sources,
    unmanaged_file,
    write_build_record,
)
from guidegen.value import Value


class Job(Value):
    """What to build, and how."""

    project: Project
    pack: Path | None = None
    """A pack's folder that wins over the one the answers name."""
    force: bool = False
    """Build even when nothing has changed."""
    progress: Callable[[str], None] = lambda message: None  # noqa: ARG005
    """Told the message id of each step as it begins."""


class Built(Value):
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
    # Without the lock: a build that finds everything current writes nothing.
    known = known_inputs(project, job.pack)
    record = read_build_record(project.site)
    with translate_os_errors(project.site):
        if (
            known
            and record.edition
            and not job.force
            and record.is_current(project.site, known.digest)
        ):
            return describe_site(project, record.edition, unchanged=True)
    # Imported only now: a build that has nothing to do needs none of it.
    from guidegen.merge.stale import stale_notes  # noqa: PLC0415
    from guidegen.pipeline.outputs import make_outputs  # noqa: PLC0415
    from guidegen.pipeline.working_copy import load_working_copy  # noqa: PLC0415

    with project_lock(project.work):
        begin_site(project)
        # Before anything is read: `read_inputs` asks what has changed since.
        begin = time.time_ns()
        working_copy = load_working_copy(project, job.pack)
        inputs = read_inputs(project, working_copy.named, since=begin, known=known)
        job.progress("build-pages")
        edition = working_copy.edition  # it has to be composed to be known
        with staging_folder(project.work) as staging:
            site = staging / "site"
            site.mkdir()
            made = make_outputs(
                working_copy, into=site, project=project, progress=job.progress
            )
            write_build_record(site, inputs.digest, edition, made.digests)
            # The record lies in the site, so that the two are exchanged as one.
            replace_folder(site, project.site)
            leave_to_next_run(site, project.work)
        # After the site: a build that fails must not change what the next one looks at.
        remember_sources(project, job.pack, inputs.named)
    notes = made.notes + stale_notes(working_copy.stale)
    return describe_site(project, edition, notes=notes)


def begin_site(project: Project) -> None:
    """Prepare the site's path for a new site; call it under the project's lock.

    Raises:
        FilesError: Something lies there that guidegen did not make.
    """
    # A run that was killed while it exchanged the folders may have left none there.
    restore_folder(project.work, project.site)
    with translate_os_errors(project.site):
        unmanaged = unmanaged_file(project.site)
    if unmanaged:
        raise FilesError("error-foreign", path=unmanaged)


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
