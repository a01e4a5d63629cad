"""Freezes the working copy as a release, and builds its site."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers.edit import edit_answers, edited_file
from guidegen.errors import ReleaseError
from guidegen.files import (
    leave_to_next_run,
    project_lock,
    replace_folder,
    staging_folder,
    translate_os_errors,
)
from guidegen.model.document import Document, Edition, State, pdf_name
from guidegen.model.project import Project
from guidegen.model.redline import PageRedline
from guidegen.model.release import History, Release
from guidegen.model.text import LocalText
from guidegen.pack.pin import keep_pack, pin_pack
from guidegen.pipeline.build import Built, Job, begin_site, describe_site
from guidegen.pipeline.outputs import (
    copy_pdfs,
    make_site,
    typesetting,
    unused,
)
from guidegen.pipeline.release_preview import ReleasePreview
from guidegen.pipeline.up_to_date import (
    Inputs,
    input_digest,
    read_inputs,
    remember_sources,
    write_build_record,
)
from guidegen.pipeline.versioning import still_confirmed
from guidegen.pipeline.working_copy import WorkingCopy, load_working_copy
from guidegen.release.freeze import (
    begin_release,
    complete_release,
    flush_release,
    freeze,
)
from guidegen.release.head import write_head
from guidegen.release.reviews import next_review
from guidegen.schema.scalars import Plain
from guidegen.value import Value

if TYPE_CHECKING:  # the site's step is imported while Typst is at work
    from guidegen.site import BuiltSite


class ReleaseRequest(Value):
    """What somebody says about the release that they want."""

    now: dt.datetime
    version: str | None = None
    """Another version than the proposed one."""
    notes: LocalText | None = None
    approved_by: str | None = None
    valid_from: dt.date | None = None
    """From when it is valid, to be written into the answers."""
    texts_agree: bool = False
    """Whether own texts that seem to be behind in a language are right as they are."""

    @property
    def answers(self) -> dict[str, Plain | None]:
        """What it changes in the answers."""
        return {"version.valid_from": self.valid_from} if self.valid_from else {}


class Released(Value):
    """What a release has made."""

    release: Release
    built: Built
    history: History
    """All that is recorded, this release last."""


def make_release(
    job: Job, preview: ReleasePreview, request: ReleaseRequest
) -> Released:
    """Freeze the working copy as a release and build the site.

    Until the release is in `releases/`, nothing has happened; if the run is killed
    after that, the next build makes the site.

    Args:
        job: The project.
        preview: What `preview_release` has returned, without problems.
        request: The rest, without problems.

    Raises:
        ReleaseError: Something has changed since the preview.
        GuidegenError: Whatever a step finds wrong; then nothing is released.
    """
    project = job.project
    with project_lock(project.work):
        # First: a site that may not be replaced would stop the run after the release.
        begin_site(project)
        _refuse_changed(project, preview.inputs)
        if request.valid_from and request.valid_from != preview.valid_from:
            preview = preview.valid_from_day(request.valid_from)
        working_copy = preview.working_copy
        with staging_folder(project.work) as staging:
            site = staging / "site"
            site.mkdir()
            job.progress("build-outputs")
            documents = _documents(preview, request)
            history, made = _write(preview, request, documents, project, staging)
            release = history.releases[-1]
            copy_pdfs(release, site)
            # Again: somebody may have edited a file while the PDFs were typeset.
            _refuse_changed(project, preview.inputs)
            _write_answers(project, request, working_copy)
            # Pinned first: if the run ends here, the texts are the same all the same.
            is_pinned = pin_pack(project, working_copy.pack, release.pack)
            release = freeze(release, project.releases)
            # After what it names: see `write_head`.
            write_head(project.releases, history)
            inputs = _inputs_now(job, working_copy, history if is_pinned else None)
            edition = documents[0].edition
            write_build_record(site, inputs.digest, edition, made.digests)
            replace_folder(site, project.site)
            leave_to_next_run(site, project.work)
        remember_sources(project, job.pack, inputs.named)
    built = describe_site(project, edition, notes=made.notes)
    return Released(release=release, built=built, history=history)


def _write_answers(
    project: Project, request: ReleaseRequest, working_copy: WorkingCopy
) -> None:
    """Write what was answered for this release, if anything was.

    Else the next build would be a draft: its answers would differ (decisions.md, "From
    when is a later release valid?").
    """
    if request.answers:
        edit_answers(project.answers, request.answers, working_copy.pack)


def _inputs_now(job: Job, working_copy: WorkingCopy, pinned: History | None) -> Inputs:
    """Return what the next build will read; `pinned`: the releases of a new pin.

    The release's manifest is itself an input: only once it is in its place is the
    digest the one that the next build will find.
    """
    begin = time.time_ns()
    if pinned is not None:
        # Now that it is pinned, the pack's texts are read from other folders.
        working_copy = load_working_copy(job.project, job.pack, history=pinned)
    return read_inputs(job.project, working_copy.named, since=begin, known=None)


def _refuse_changed(project: Project, inputs: Inputs) -> None:
    """Refuse to release what is not what was looked at."""
    with translate_os_errors(project.folder):
        if input_digest(project, inputs.named) != inputs.digest:
            raise ReleaseError("error-release-moved", path=project.folder)


def _documents(
    preview: ReleasePreview, request: ReleaseRequest
) -> tuple[Document, ...]:
    """Return the documents of all languages as the release that they become."""
    working_copy = preview.working_copy
    version, today = working_copy.answers.version, request.now.date()
    # Only a major release asks people to read again; the first is news to nobody.
    step = preview.step_to(request.version)
    is_news = preview.last and step == "major"
    number = request.version or preview.version
    edition = Edition(
        version=number,
        state=State.RELEASED,
        news=request.notes if is_news else None,
        next_review=next_review(
            working_copy.history, coming=(today, version.review_months)
        ),
        approved_by=request.approved_by,
        confirmed_from=still_confirmed(number, step, working_copy.history),
        # As `Release.in_force` says it of the release that this becomes.
        valid_from=max(version.valid_from, today),
    )
    return working_copy.as_edition(edition)


def _write(
    preview: ReleasePreview,
    request: ReleaseRequest,
    documents: tuple[Document, ...],
    project: Project,
    staging: Path,
) -> tuple[History, BuiltSite]:
    """Write the complete release and its site, without PDFs, into the staging folder.

    Returns:
        The releases, the new one last, and what has been built.
    """
    working_copy, pack = preview.working_copy, preview.working_copy.pack
    with (
        ThreadPoolExecutor(max_workers=1) as disk,
        typesetting(documents, pack, staging, working_copy.parser) as finish,
    ):
        # What needs Python is done while the PDFs are typeset.
        release = _begin(preview, request, documents, project, staging)
        # The disk takes its time for each file.
        flushed = disk.submit(flush_release, release)
        history = working_copy.history
        # The site shows the new release, too, although it is still being staged.
        history = replace(history, releases=(*history.releases, release))
        complete_site = make_site(
            working_copy, documents, history, project, staging / "site"
        )
        notes = (*unused(working_copy), *finish())
        flushed.result()
    names = [pdf_name(document.language) for document in documents]
    release = complete_release(
        release, {name: (staging / name).read_bytes() for name in names}
    )
    history = replace(history, releases=(*working_copy.history.releases, release))
    made = complete_site(release)
    return history, replace(made, notes=(*notes, *made.notes))


def _begin(
    preview: ReleasePreview,
    request: ReleaseRequest,
    documents: tuple[Document, ...],
    project: Project,
    staging: Path,
) -> Release:
    """Write all of the release but its PDFs."""
    working_copy, answers = preview.working_copy, preview.working_copy.answers
    newest = working_copy.history.last
    files = dict(working_copy.own_files)
    if request.answers:
        # As it will be: the project's own file is not edited before the release.
        files[project.answers.name] = edited_file(
            project.answers, request.answers, working_copy.pack
        )
    release = Release(
        folder=staging / "release",
        version=documents[0].edition.version,
        step=preview.step_to(request.version),
        released=request.now,
        valid_from=answers.version.valid_from,
        review_months=answers.version.review_months,
        owner=answers.version.owner.some(answers.variant(answers.languages[0])),
        approved_by=request.approved_by,
        notes=request.notes,
        answers=working_copy.answers_data,
        changes=preview.changes,
        # What the author calls right as it is must not be named again.
        stale={} if request.texts_agree else working_copy.stale,
        pack=keep_pack(working_copy.pack, project),
        # The chain, which no withdrawal cuts.
        previous=newest.id if newest else None,
        compared_with=preview.last.version
        if preview.last and preview.last is not newest
        else None,
    )
    redlines = _redlines(working_copy, documents[0].edition.version)
    return begin_release(release, documents, files, redlines, working_copy.parser)


def _redlines(
    working_copy: WorkingCopy, version: str
) -> dict[str, tuple[PageRedline, ...]]:
    """Return what changed in each language that both have; it may be nothing."""
    last, comparison = working_copy.last, working_copy.comparison
    if last is None or comparison is None:
        return {}
    changed = working_copy.redlines(comparison, version)
    return {
        language: changed.get(language, ())
        for language in working_copy.answers.languages
        if language in last.documents
    }
