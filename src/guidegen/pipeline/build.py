"""From answers to site and PDFs, all or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import FilesError
from guidegen.files import (
    leave_to_next_run,
    project_lock,
    replace_folder,
    restore_folder,
    staging_folder,
    translate_os_errors,
)
from guidegen.files.digest import sha256
from guidegen.model.document import Document, Edition
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.model.release import History
from guidegen.pipeline.undecided import undecided_notes
from guidegen.pipeline.up_to_date import (
    Inputs,
    have_answers_changed,
    known_inputs,
    read_build_record,
    read_inputs,
    remember_sources,
    unmanaged_file,
    was_open,
    write_build_record,
)
from guidegen.release.history import read_history
from guidegen.release.withdrawals import has_withdrawals
from guidegen.value import Value

if TYPE_CHECKING:  # a build that has nothing to do needs none of it
    from guidegen.pipeline.working_copy import WorkingCopy


class Job(Value):
    """What to build, and how."""

    project: Project
    pack: Path | None = None
    """A pack's folder that wins over the one the answers name."""
    force: bool = False
    """Build even when nothing has changed, and trust nothing of the last build."""
    draft: bool = False
    """Build the working files, also while the newest release is withdrawn."""
    old_pdfs: bool = False
    """Give readers the PDFs of old versions, whatever the answers say."""
    trust_scripts: bool = False
    """Let scripts of a pack run that is not installed with guidegen."""
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
    is_open: bool = False
    """Whether anything about the company's texts keeps it from being released."""


def build_project(job: Job) -> Built:
    """Build the site and the PDFs of a project, unless they are current.

    Raises:
        GuidegenError: Whatever a step finds wrong; the last good site stays.
    """
    # Without the lock: a build that finds everything current writes nothing.
    changed = have_answers_changed(job.project)
    known = None if changed else known_inputs(job.project, job.pack)
    return _find_current(job, known) or _build_anew(job, known)


def _find_current(job: Job, known: Inputs | None) -> Built | None:
    """Return what the last build has made, if it is what this one would make."""
    project = job.project
    record = read_build_record(project.site)
    with translate_os_errors(project.site):
        if (
            known
            and record.edition
            and not job.force
            and record.is_current(project.site, _as_asked(job, known.digest))
        ):
            noted, slips = _noted_before(job)
            notes = (*_withdrawn_notes(job), *slips, *noted)
            return describe_site(
                project,
                record.edition,
                notes=notes,
                unchanged=True,
                is_open=bool(noted),
            )
    return None


def _build_anew(job: Job, known: Inputs | None) -> Built:
    """Build, and exchange the last site for the new one."""
    # Imported only now: a build that has nothing to do needs none of it.
    from guidegen.pipeline.outputs import Asked, make_outputs  # noqa: PLC0415
    from guidegen.pipeline.working_copy import load_working_copy  # noqa: PLC0415

    project = job.project
    with project_lock(project.work):
        begin_site(project)
        # Before anything is read: `read_inputs` asks what has changed since.
        begin = time.time_ns()
        working_copy = load_working_copy(project, job.pack)
        named = working_copy.named
        inputs = cache(partial(read_inputs, project, named, since=begin, known=known))
        job.progress("build-pages")
        frozen = None if job.draft else _frozen_root(working_copy)
        # It has to be composed to be known.
        edition = frozen[0].edition if frozen else working_copy.edition
        with staging_folder(project.work) as staging:
            site = staging / "site"
            site.mkdir()
            made = make_outputs(
                working_copy,
                frozen,
                into=site,
                project=project,
                progress=job.progress,
                asked=Asked(
                    old_pdfs=job.old_pdfs or working_copy.answers.old_pdfs,
                    trust_scripts=job.trust_scripts,
                    carry_over=not job.force,
                ),
                meanwhile=inputs,  # kept by then
            )
            digest = _as_asked(job, inputs().digest)
            write_build_record(site, digest, edition, made.digests)
            # The record lies in the site, so that the two are exchanged as one.
            replace_folder(site, project.site)
            leave_to_next_run(site, project.work)
        # After the site: a build that fails must not change what the next one looks at.
        is_open = _remember(job, working_copy, inputs(), is_frozen=bool(frozen))
    notes = (*made.notes, *_withdrawn_notes(job, working_copy.history), *is_open)
    return describe_site(project, edition, notes=notes, is_open=bool(is_open))


def _remember(
    job: Job, working_copy: WorkingCopy, inputs: Inputs, *, is_frozen: bool
) -> tuple[Note, ...]:
    """Note what the next run asks of this one; return what is open about the texts."""
    # Imported only here, so that Typst need not wait for them.
    from guidegen.pipeline.kept_draft import keep_draft  # noqa: PLC0415
    from guidegen.release.verify_records import mend_head  # noqa: PLC0415

    project = job.project
    is_open = () if is_frozen else _still_open(project, working_copy)
    told = bool(is_open or (not is_frozen and working_copy.slips))
    remember_sources(project, job.pack, inputs.named, is_open=told)
    if not is_frozen:
        keep_draft(project, job.pack, working_copy, inputs)
    # A run that was killed may have left a release that it does not name.
    mend_head(project.releases, working_copy.history)
    return is_open


def _still_open(project: Project, working_copy: WorkingCopy) -> tuple[Note, ...]:
    """Return what is open about the company's texts; remember what they rest on."""
    from guidegen.pipeline.basis import remember_basis  # noqa: PLC0415  # as above
    from guidegen.pipeline.own_texts import open_notes  # noqa: PLC0415  # as above

    if not (working_copy.missing or working_copy.stale):
        remember_basis(project, working_copy.basis)
    return open_notes(project, working_copy.missing, working_copy.stale)


def _noted_before(job: Job) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """Return what is still open about the company's texts, and about slips.

    The former keeps them from being released, so it is said at each build.
    """
    project = job.project
    # A proposal is none of what a build reads: it may have come or gone since.
    if not was_open(project):
        return undecided_notes(project), ()
    from guidegen.pipeline.own_texts import open_notes  # noqa: PLC0415  # rarely any
    from guidegen.pipeline.working_copy import load_working_copy  # noqa: PLC0415

    working_copy = load_working_copy(project, job.pack)
    noted = open_notes(project, working_copy.missing, working_copy.stale)
    return noted, working_copy.slips


def _as_asked(job: Job, inputs: str) -> str:
    """Return the digest of what a site is made from, with what was asked for it.

    Only while a release is withdrawn can either of two be at its root.
    """
    asked = []
    if job.draft and has_withdrawals(job.project.releases):
        asked.append("draft")
    if job.old_pdfs:
        asked.append("old PDFs")
    if job.trust_scripts:
        asked.append("scripts")
    if not (inputs and asked):
        return inputs
    return sha256(" ".join((*asked, inputs)).encode())


def _frozen_root(working_copy: WorkingCopy) -> tuple[Document, ...] | None:
    """Return the release that is at the root in place of a withdrawn one, if one is.

    What is at the root is then never composed anew: nobody has decided yet what the
    working files, which led to the withdrawn version, are to become.
    """
    history = working_copy.history
    current = history.current
    if current is None or current is history.last:
        return None
    from guidegen.pipeline.frozen_documents import frozen_documents  # noqa: PLC0415

    return frozen_documents(current, working_copy)


def _withdrawn_notes(job: Job, history: History | None = None) -> tuple[Note, ...]:
    """Return a note if what is at the root is not what the author may expect."""
    releases = job.project.releases
    if not has_withdrawals(releases):
        return ()
    history = history or read_history(releases)
    last, current = history.last, history.current
    if last is None or current is last:
        return ()
    if current is None:
        return (Note(message="build-withdrawn-all"),)
    values = {"version": last.version, "current": current.version}
    message = "build-withdrawn-draft" if job.draft else "build-withdrawn"
    return (Note(message=message, values=values),)


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
    is_open: bool = False,
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
        is_open=is_open,
    )
