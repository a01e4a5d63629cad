"""Freezes the working guideline as a release, and builds its site."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers import answers_data
from guidegen.compare import redline_data
from guidegen.errors import ReleaseError
from guidegen.files import (
    explained,
    project_lock,
    replace_folder,
    staging_folder,
)
from guidegen.model.document import Document, Edition, State
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.model.release import Json, Release
from guidegen.model.text import LocalText
from guidegen.pack import keep_pack, pin_pack
from guidegen.pipeline.build import begin_site, describe_site
from guidegen.pipeline.diff import redlines
from guidegen.pipeline.outlook import step_of, valid_from_day
from guidegen.pipeline.outputs import (
    copy_pdfs,
    make_site,
    pdf_name,
    pdfs_underway,
    unused,
)
from guidegen.pipeline.own import own_files, stale_since
from guidegen.pipeline.reading import read
from guidegen.pipeline.stamp import input_digest, remember_sources, write_stamp
from guidegen.release import (
    Plan,
    freeze,
    next_review,
    write_release,
)
from guidegen.site import get_ready

if TYPE_CHECKING:
    from guidegen.answers import Plain
    from guidegen.pipeline.build import Built, Job
    from guidegen.pipeline.edition import Standing
    from guidegen.pipeline.outlook import Outlook
    from guidegen.pipeline.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What a release has made."""

    release: Release
    built: Built


def make_release(job: Job, outlook: Outlook, wish: Wish) -> Released:
    """Freeze the working guideline as a release and build the site.

    Until the release is in its place, nothing has happened; if the run is killed after
    that, the next build makes the site.

    Args:
        job: The project.
        outlook: What `look_ahead` has returned, without problems.
        wish: The rest, without problems.

    Raises:
        ReleaseError: Something has changed since the outlook.
        GuidegenError: Whatever a step finds wrong; then nothing is released.
    """
    project = job.project
    with project_lock(project.work):
        begin_site(project)
        _refuse_moved(project, outlook.reading)
        if wish.valid_from and wish.valid_from != outlook.valid_from:
            outlook = valid_from_day(outlook, project, wish.valid_from)
        with staging_folder(project.work) as staging:
            site = staging / "site"
            site.mkdir()
            job.progress("build-outputs")
            release, documents, notes = _prepare(outlook, wish, project, staging)
            old = outlook.standing.history
            history = replace(old, releases=(*old.releases, release))
            pack = outlook.reading.pack
            copy_pdfs(release, site)
            made = make_site(documents, pack, history, project, site)
            notes += made.notes
            _refuse_moved(project, outlook.reading)
            if wish.answers:
                from guidegen.answers.edit import edit_answers  # noqa: PLC0415  # rare

                edit_answers(project.answers, wish.answers, pack)
            # Pinned first: if the run ends here, the texts are the same all the same.
            pin_pack(project, pack, release.pack)
            release = freeze(release, project.releases)
            now = read(project, job.pack, None)
            edition = documents[0].edition
            write_stamp(site, now.inputs, edition, made.digests)
            replace_folder(site, project.site)
        remember_sources(project.work, job.pack, now.named)
    return Released(release=release, built=describe_site(project, edition, notes=notes))


def _refuse_moved(project: Project, reading: Reading) -> None:
    """Refuse to release what is not what was looked at."""
    with explained(project.folder):
        if input_digest(project, reading.named) != reading.inputs:
            raise ReleaseError("error-release-moved", path=project.folder)


def _prepare(
    outlook: Outlook, wish: Wish, project: Project, staging: Path
) -> tuple[Release, tuple[Document, ...], tuple[Note, ...]]:
    """Write the complete release beside its place."""
    standing, answers = outlook.standing, outlook.reading.answers
    version = wish.version or outlook.version
    step, months = step_of(outlook, wish.version), answers.version.review_months
    due = next_review(standing.history, coming=(wish.now.date(), months))
    news = wish.notes if step == "major" and outlook.last else None
    documents = standing.composition.as_edition(
        Edition(version=version, state=State.RELEASED, news=news, next_review=due)
    )
    parser = standing.composition.parser
    with pdfs_underway(documents, outlook.reading.pack, staging, parser) as finished:
        # What needs Python is done while the PDFs are typeset.
        get_ready()
        own = own_files(project, answers.brand.logo)
        if wish.answers:
            from guidegen.answers.edit import edited_file  # noqa: PLC0415  # rare

            own[project.answers.name] = edited_file(
                project.answers, wish.answers, outlook.reading.pack
            )
        changed = _redlines(standing, outlook.last, version)
        pack = keep_pack(outlook.reading.pack, project)
        notes = (*unused(standing.composition), *finished())
    names = [pdf_name(document.language) for document in documents]
    pdfs = {name: (staging / name).read_bytes() for name in names}
    plan = Plan(
        version=version,
        step=step,
        released=wish.now,
        valid_from=answers.version.valid_from,
        review_months=months,
        owner=answers.version.owner,
        approved_by=wish.approved_by,
        notes=wish.notes,
        answers=answers_data(answers),
        documents=documents,
        changes=outlook.changes,
        stale={} if wish.texts_agree else stale_since(outlook.last, answers, own),
        pack=pack,
        previous=outlook.last,
        files={**own, **pdfs},
        redlines=changed,
        parser=parser,
    )
    return write_release(plan, staging / "release"), documents, notes


def _redlines(
    standing: Standing, last: Release | None, version: str
) -> dict[str, list[Json]]:
    """Return what changed in each language that both have; it may be nothing."""
    if last is None:
        return {}
    changed = redlines(standing.composition, last, version)
    return {
        each.language: redline_data(changed.get(each.language, ()))
        for each in standing.composition.documents
        if each.language in last.documents
    }
