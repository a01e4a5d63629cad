"""From the project to its readers, and back."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from guidegen.answers.read import read_targets
from guidegen.errors import Problem, ProblemsError, PublishError
from guidegen.model.document import State
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.model.publication import (
    Manifest,
    Plan,
    TargetContent,
    TargetSettings,
)
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.up_to_date import BUILD_RECORD
from guidegen.publish.content import Additions, Files, FolderFiles, site_files
from guidegen.publish.last_publications import remember
from guidegen.publish.manifest import make_manifest, next_moment
from guidegen.publish.plan import make_plan
from guidegen.publish.target import Earlier, Overtaken, Target, open_target
from guidegen.release.verify import verify
from guidegen.value import Value

_TRIES = 5
"""How often a publication is planned before it gives way to others."""

_PAUSE = 0.2

_ON_WINDOWS: Final = os.name == "nt"
_WINDOWS_PATH: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\")


class PublishJob(Value):
    """What to publish, or to take back, and how."""

    project: Project
    now: dt.datetime
    agree: Callable[[Plan], bool]
    """Is shown the plan before anything is done, and decides whether to go on."""
    target: str | None = None
    """Its name in `guideline.yml`; None if there is only one."""
    pack: Path | None = None
    """A pack's folder that wins over the one the answers name."""
    adopt: bool = False
    """Whether files at the target that are not guidegen's are to be left alone."""
    draft: bool = False
    """Whether a draft may be published although there are releases."""
    progress: Callable[[str], None] = lambda message: None  # noqa: ARG005
    """Called with the message id of each step as it begins."""


class Published(Value):
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


class _Wanted(Value):
    """What is to be published: its manifest, and where the content comes from."""

    manifest: Manifest
    files: Files


def publish_project(job: PublishJob) -> Published:
    """Build if needed, and publish the site.

    Raises:
        GuidegenError: Whatever is wrong; what readers see is complete.
        ProblemsError: Something is not what was released; readers must not get it.
    """
    settings = _find_target(job.project, job.target)
    # For drafts too, since the site shows every release (decisions.md, "What is checked
    # before publishing?").
    _refuse_tampered(job.project)
    built = build_project(
        Job(
            project=job.project,
            pack=job.pack,
            draft=job.draft,
            progress=job.progress,
        )
    )
    edition = built.edition
    draft = edition.state is State.DRAFT
    # Before the first release, there is nothing but a draft to show.
    if draft and not job.draft and _has_releases(job.project):
        raise PublishError("error-publish-draft")

    def wanted(target: Target, seen: TargetContent) -> _Wanted:
        # Anew at each attempt: another publisher may have changed what is live.
        files = Additions(FolderFiles(built.site), target.additions())
        records = {**site_files(built.site, without=BUILD_RECORD), **files.records()}
        # Times give publications their order, even where this computer's clock is slow.
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
    settings = _find_target(job.project, job.target)

    def wanted(target: Target, seen: TargetContent) -> _Wanted:
        earlier = _find_earlier(target.earlier(), seen.live, to, target.address)
        # A publication like any other: caches and history notice it, and a branch need
        # not be forced (decisions.md, "How is a rollback done?").
        before = earlier.manifest
        manifest = replace(
            make_manifest(
                before.files,
                when=next_moment(job.now, seen.live),
                version=before.version,
                state=before.state,
            ),
            # The original, so that the next rollback goes back further instead of
            # returning here.
            restored=before.restored or before.id,
        )
        return _Wanted(manifest=manifest, files=earlier.files)

    return _carry_out(job, settings, wanted)


def _find_earlier(
    publications: tuple[Earlier, ...],
    live: Manifest | None,
    to: str | None,
    address: str,
) -> Earlier:
    """Return the publication to go back to.

    Without a version, each rollback goes one further back: what was rolled back before
    is not shown again.
    """
    shown = (live.restored or live.id) if live else ""
    # With the same files as now, readers would see no rollback.
    others = [
        each for each in publications if live and each.manifest.files != live.files
    ]
    if to is None:
        found = [
            each
            for each in others
            if each.manifest.id < shown and not each.manifest.restored
        ]
    else:
        found = [
            each for each in others if to in {each.manifest.version, each.manifest.id}
        ]
    if found:
        return found[0]
    if live and to in {live.version, live.id}:
        raise PublishError("error-publish-earlier-shown", address=address, to=to)
    kept = ", ".join(dict.fromkeys(each.manifest.version for each in others))
    raise PublishError(
        "error-publish-earlier" if to is None else "error-publish-earlier-other",
        hint="error-publish-kept-hint" if kept else None,
        address=address,
        to=to,
        kept=kept,
    )


def _carry_out(
    job: PublishJob,
    settings: TargetSettings,
    wanted: Callable[[Target, TargetContent], _Wanted],
) -> Published:
    """Plan, ask and publish; start over if somebody else was quicker."""
    agreed = False
    job.progress("publish-look")
    with open_target(settings) as target:
        for attempt in range(_TRIES):
            # Longer each time: two publishers should not keep overtaking each other.
            time.sleep(attempt * _PAUSE)
            seen = target.look()
            want = wanted(target, seen)
            plan = make_plan(
                want.manifest,
                seen,
                target=settings.name,
                address=target.address,
                adopt=job.adopt,
            )
            # Who has agreed is not asked again because another publisher was quicker.
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
            remember(job.project, settings, target.address, published.manifest)
            return published
    raise PublishError("error-publish-overtaken", target=settings.name)


def _refuse_tampered(project: Project) -> None:
    """Stop unless every release is as it was: the site shows them to readers."""
    if problems := verify(project.releases):
        refused = Problem(message="verify-unpublished", path=project.releases)
        raise ProblemsError((refused, *problems))


def _has_releases(project: Project) -> bool:
    # By names alone; `verify` has read the manifests already.
    return any(project.releases.glob("*/release.json"))


def _find_target(project: Project, name: str | None) -> TargetSettings:
    """Return the target of that name, or the only one.

    Raises:
        PublishError: There is none, or more than one.
        ProblemsError: There are mistakes in `publish:`.
    """
    targets = read_targets(project.answers)
    names = ", ".join(targets)
    if not targets:
        raise PublishError("error-publish-targets", path=project.answers)
    if name is None and len(targets) > 1:
        raise PublishError("error-publish-several", path=project.answers, names=names)
    found = targets.get(name) if name else next(iter(targets.values()))
    if found is None:
        raise PublishError(
            "error-publish-target",
            path=project.answers,
            hint="error-publish-several-hint",
            name=name,
            names=names,
        )
    _refuse_own(project, found)
    _refuse_shared(project, found, targets)
    return found


def _refuse_own(project: Project, settings: TargetSettings) -> None:
    """Refuse a folder that guidegen keeps other things in."""
    if settings.kind != "folder":
        return
    path = settings.text("path")
    # Elsewhere, `C:\Web` would become a folder of that name within the project.
    if not _ON_WINDOWS and _WINDOWS_PATH.match(path):
        raise PublishError(
            "error-publish-windows",
            path=project.answers,
            line=settings.line,
            given=path,
        )
    # A target's folder is cleaned up, which must never meet the company's own files.
    folder = _folder(settings)
    if folder == project.folder.resolve() or project.keeps(folder):
        raise PublishError(
            "error-publish-own", path=project.answers, line=settings.line, folder=folder
        )


def _refuse_shared(
    project: Project, settings: TargetSettings, targets: Mapping[str, TargetSettings]
) -> None:
    """Refuse a folder that is two targets': a draft would replace what is released."""
    for other in targets.values():
        if (
            other.name != settings.name
            and other.kind == settings.kind == "folder"
            and _folder(other) == _folder(settings)
        ):
            raise PublishError(
                "error-publish-shared",
                path=project.answers,
                line=settings.line,
                target=settings.name,
                other=other.name,
            )


def _folder(settings: TargetSettings) -> Path:
    # Resolved, since a link or `..` may lead to the same folder under another name.
    return (settings.folder / Path(settings.text("path")).expanduser()).resolve()
