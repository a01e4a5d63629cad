"""From the project to its readers, and back."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import Problem, ProblemsError, PublishError
from guidegen.model.document import State
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.targets import find_target
from guidegen.pipeline.up_to_date import BUILD_RECORD
from guidegen.publish import (
    Additions,
    Overtaken,
    SiteFiles,
    make_manifest,
    make_plan,
    next_moment,
    open_target,
    remember,
    site_files,
)
from guidegen.release import verify

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest, Plan, Seen, TargetSettings
    from guidegen.publish import Files, Target

_TRIES = 5
"""How often a publication is planned anew because somebody else was quicker."""

_PAUSE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishJob:
    """What to publish, or to take back, and how."""

    project: Project
    now: dt.datetime
    agree: Callable[[Plan], bool]
    """Told the plan before anything is done; nothing is done unless it says so."""
    target: str | None = None
    """Its name in `guideline.yml`; None if there is only one."""
    pack: Path | None = None
    """A pack's folder that wins over the one the answers name."""
    adopt: bool = False
    """Whether files at the target that are not guidegen's are to be left alone."""
    draft: bool = False
    """Whether a draft may be published although there are releases."""
    progress: Callable[[str], None] = lambda message: None  # noqa: ARG005
    """Told the message id of each step as it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was done."""

    settings: TargetSettings
    plan: Plan
    done: bool
    """Whether it was agreed to, and there was something to do."""
    notes: tuple[Note, ...] = ()

    @property
    def manifest(self) -> Manifest:
        """What readers see now."""
        live = self.plan.seen.live
        return self.plan.manifest if self.plan.changes or not live else live


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is to be at the target, as far as it does not follow from what is there."""

    manifest: Manifest
    files: Files


def publish_project(job: PublishJob) -> Published:
    """Build if needed, and publish the site.

    Raises:
        GuidegenError: Whatever is wrong; what readers see is complete.
        ProblemsError: Something is not what was released; readers must not get it.
    """
    settings = find_target(job.project, job.target)
    _refuse_tampered(job.project)
    built = build_project(
        Job(project=job.project, pack=job.pack, progress=job.progress)
    )
    edition = built.edition
    draft = edition.state is State.DRAFT
    if draft and not job.draft and _has_releases(job.project):
        raise PublishError("error-publish-draft")

    def wanted(target: Target, seen: Seen) -> _Wanted:
        files = Additions(SiteFiles(built.site), target.additions())
        records = {**site_files(built.site, without=BUILD_RECORD), **files.records()}
        when = next_moment(job.now, seen.live)
        manifest = make_manifest(
            records, when=when, version=edition.version, state=edition.state
        )
        return _Wanted(manifest=manifest, files=files)

    return replace(_carry_out(job, settings, wanted), notes=built.notes)


def roll_back(job: PublishJob, to: str | None = None) -> Published:
    """Publish again what was published before.

    Args:
        job: Where.
        to: The version to go back to; None for the publication before.

    Raises:
        GuidegenError: There is none; or whatever else is wrong.
    """
    settings = find_target(job.project, job.target)

    def wanted(target: Target, seen: Seen) -> _Wanted:
        earlier = _find_earlier(target.earlier(), seen.live, to, target.place)
        manifest = replace(
            make_manifest(
                earlier.files,
                when=next_moment(job.now, seen.live),
                version=earlier.version,
                state=earlier.state,
            ),
            restored=earlier.restored or earlier.id,
        )
        return _Wanted(manifest=manifest, files=target.kept(earlier))

    return _carry_out(job, settings, wanted)


def _find_earlier(
    publications: tuple[Manifest, ...],
    live: Manifest | None,
    to: str | None,
    place: str,
) -> Manifest:
    """Return the publication to go back to.

    Without a version, each rollback goes one further back: what was rolled back before
    is not shown again.
    """
    shown = (live.restored or live.id) if live else ""
    others = [each for each in publications if live and each.files != live.files]
    if to is None:
        found = [each for each in others if each.id < shown and not each.restored]
    else:
        found = [each for each in others if to in {each.version, each.id}]
    if found:
        return found[0]
    if live and to in {live.version, live.id}:
        raise PublishError("error-publish-earlier-shown", place=place, to=to)
    kept = ", ".join(dict.fromkeys(each.version for each in others))
    raise PublishError(
        "error-publish-earlier" if to is None else "error-publish-earlier-other",
        hint="error-publish-earlier-hint" if kept else None,
        place=place,
        to=to,
        kept=kept,
    )


def _carry_out(
    job: PublishJob,
    settings: TargetSettings,
    wanted: Callable[[Target, Seen], _Wanted],
) -> Published:
    """Plan, ask, publish; plan anew when somebody else was quicker."""
    agreed = False
    job.progress("publish-look")
    with open_target(settings) as target:
        for attempt in range(_TRIES):
            time.sleep(attempt * _PAUSE)
            seen = target.look()
            want = wanted(target, seen)
            plan = make_plan(
                want.manifest,
                seen,
                target=settings.name,
                place=target.place,
                adopt=job.adopt,
            )
            agreed = agreed or job.agree(plan)
            published = Published(
                settings=settings, plan=plan, done=agreed and plan.needed
            )
            if not agreed:
                return published
            try:
                if plan.needed:
                    job.progress("publish-write")
                    target.publish(plan, want.files)
            except Overtaken:
                continue
            remember(settings, target.place, published.manifest)
            return published
    raise PublishError("error-publish-overtaken", target=settings.name)


def _refuse_tampered(project: Project) -> None:
    """Stop unless all that was released is as it was: the site shows it to readers."""
    if problems := verify(project.releases):
        refused = Problem(message="verify-unpublished", path=project.releases)
        raise ProblemsError((refused, *problems))


def _has_releases(project: Project) -> bool:
    return any(project.releases.glob("*/release.json"))
