"""From the project to its readers, and back."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from guidegen.errors import (
    FilesError,
    GuidegenError,
    Problem,
    ProblemsError,
    PublishError,
)
from guidegen.inside.store import read_items
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
from guidegen.pipeline.named_target import find_target
from guidegen.pipeline.up_to_date import BUILD_RECORD
from guidegen.publish.consent import NOBODY, Consent
from guidegen.publish.last_publications import remember
from guidegen.publish.manifest import make_manifest, next_moment
from guidegen.publish.news import coming_back, news_record
from guidegen.publish.plan import make_plan
from guidegen.publish.precedence import (
    Knowledge,
    Verdict,
    is_before,
    is_taken_back,
    judge,
    origin_of,
    refuse,
    restoring,
    shows_any,
    succeeding,
)
from guidegen.publish.publication_files import Additions, Files, FolderFiles, site_files
from guidegen.publish.publisher import publisher
from guidegen.publish.removal import refuse_claims
from guidegen.publish.target import (
    Earlier,
    Overtaken,
    Target,
    agree_on_target,
    open_target,
)
from guidegen.release.history import read_history
from guidegen.release.verify import examine
from guidegen.value import Value

_TRIES = 5
"""How often a publication is planned before it gives way to others."""

_PAUSE = 0.2


class PublishJob(Value):
    """What to publish, or to take back, and how."""

    project: Project
    now: dt.datetime
    agree: Callable[[Plan], bool]
    """Is shown the plan before anything is done, and decides whether to go on."""
    consent: Consent = NOBODY
    """Whom to ask about a place that nothing was ever sent to."""
    target: str | None = None
    """Its name in `guideline.yml`; None if there is only one."""
    pack: Path | None = None
    """A pack's folder that wins over the one the answers name."""
    adopt: bool = False
    """Whether files at the target that are not guidegen's are to be left alone."""
    draft: bool = False
    """Whether a draft may be published although there are releases."""
    older: bool = False
    """Whether what is newer there, or unknown here, may be replaced."""
    again: bool = False
    """Whether what was rolled back may be shown again."""
    old_pdfs: bool = False
    """Whether readers get the PDFs of old versions, whatever the answers say."""
    trust_scripts: bool = False
    """Whether scripts of a pack may run that is not installed with guidegen."""
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
    """Build anew, and publish the site.

    Raises:
        GuidegenError: Whatever is wrong; what readers see is complete.
        ProblemsError: Something is not what was released; readers must not get it.
    """
    settings = find_target(job.project, job.target)
    # First of all: nobody should wait for a build to be asked.
    agree_on_target(settings, job.consent)
    known = _knowledge(job.project)
    built = build_project(
        Job(
            project=job.project,
            pack=job.pack,
            draft=job.draft,
            old_pdfs=job.old_pdfs,
            trust_scripts=job.trust_scripts,
            # A site that lies there, and its record, may be somebody else's.
            force=True,
            progress=job.progress,
        )
    )
    edition = built.edition
    draft = edition.state is State.DRAFT
    # Before the first release, there is nothing but a draft to show.
    if draft and not job.draft and _has_releases(job.project):
        is_any = read_history(job.project.releases).current is not None
        raise PublishError("error-publish-draft" if is_any else "error-publish-none")

    def wanted(target: Target, seen: TargetContent) -> _Wanted:
        # Anew at each attempt: another publisher may have changed what is live.
        files = Additions(FolderFiles(built.site), target.additions())
        records = {**site_files(built.site, without=BUILD_RECORD), **files.records()}
        # Times give publications their order, even where this computer's clock is slow.
        when = next_moment(job.now, seen.live)
        manifest = make_manifest(
            records,
            when=when,
            version=edition.version,
            state=edition.state,
            origin=origin_of(known, by=publisher(), at=job.now),
        )
        return _Wanted(manifest=manifest, files=files)

    published = _carry_out(job, settings, wanted, known)
    return replace(published, notes=(*built.notes, *published.notes))


def roll_back(job: PublishJob, to: str | None = None) -> Published:
    """Publish again what was published before.

    Args:
        job: Where.
        to: The version to go back to; None for the publication before.

    Raises:
        GuidegenError: There is none; or whatever else is wrong.
    """
    settings = find_target(job.project, job.target)
    withdrawn = frozenset(_history(job.project).withdrawn)
    returning: list[int] = []

    def wanted(target: Target, seen: TargetContent) -> _Wanted:
        earlier = _find_earlier(
            target.earlier(), seen.live, to, target.address, withdrawn
        )
        # A publication like any other: caches and history notice it, and a branch need
        # not be forced (decisions.md, "How is a rollback done?").
        before = earlier.manifest
        returning.append(_returning(before, seen.live))
        manifest = replace(
            make_manifest(
                before.files,
                when=next_moment(job.now, seen.live),
                version=before.version,
                state=before.state,
                origin=restoring(before, seen.live, by=publisher(), at=job.now),
            ),
            # The original, so that the next rollback goes back further instead of
            # returning here.
            restored=before.restored or before.id,
        )
        return _Wanted(manifest=manifest, files=earlier.files)

    published = _carry_out(job, settings, wanted, known=None)
    if not (returning and returning[-1]):
        return published
    note = Note(message="rollback-news", values={"number": returning[-1]})
    return replace(published, notes=(*published.notes, note))


def _returning(earlier: Manifest, live: Manifest | None) -> int:
    """Return how many items readers see again that were hidden, or have gone, since."""
    shown, known = (each.origin if each else None for each in (earlier, live))
    return coming_back(shown.news if shown else None, known.news if known else None)


def _find_earlier(
    publications: tuple[Earlier, ...],
    live: Manifest | None,
    to: str | None,
    address: str,
    withdrawn: frozenset[str],
) -> Earlier:
    """Return the publication to go back to.

    Without a version, each rollback goes one further back: what was rolled back before
    is not shown again, nor what was withdrawn.
    """
    # With the same files as now, readers would see no rollback.
    others = [
        each for each in publications if live and each.manifest.files != live.files
    ]
    if to is None:
        found = [
            each
            for each in others
            if live
            and is_before(each.manifest, live)
            and not shows_any(each.manifest, withdrawn)
            and not is_taken_back(each.manifest, live)
        ]
    else:
        found = [
            each for each in others if to in {each.manifest.version, each.manifest.id}
        ]
        if found and shows_any(found[0].manifest, withdrawn):
            raise PublishError("error-publish-earlier-withdrawn", to=to)
    if found:
        return found[0]
    if live and to in {live.version, live.id}:
        raise PublishError("error-publish-earlier-shown", address=address, to=to)
    # What would be refused is no choice.
    shown = (
        each.manifest for each in others if not shows_any(each.manifest, withdrawn)
    )
    kept = ", ".join(dict.fromkeys(manifest.version for manifest in shown))
    raise PublishError(
        "error-publish-earlier" if to is None else "error-publish-earlier-other",
        hint="error-publish-kept-hint" if kept else None,
        address=address,
        to=to,
        kept=kept,
    )


def _knowledge(project: Project) -> Knowledge:
    """Return what the project knows of its history.

    For drafts, too, it has to be untouched: the site shows every release (decisions.md,
    "What is checked before publishing?").

    Raises:
        ProblemsError: Something is not as it was released.
    """
    found = examine(project.releases)
    if found.history is None or found.problems:
        refused = Problem(message="verify-unpublished", path=project.releases)
        raise ProblemsError((refused, *found.problems))
    return Knowledge.of(found.history, news_record(read_items(project)))


def _history(project: Project) -> Knowledge:
    """Return what can be read of the project's history: a rollback does without."""
    with suppress(GuidegenError):
        return Knowledge.of(read_history(project.releases))
    return Knowledge()


def _carry_out(
    job: PublishJob,
    settings: TargetSettings,
    wanted: Callable[[Target, TargetContent], _Wanted],
    known: Knowledge | None,
) -> Published:
    """Plan, ask and publish; start over if somebody else was quicker.

    Args:
        job: What to publish or take back, and how.
        settings: Where.
        wanted: Returns what is to be published.
        known: The project's history, which decides what goes before what; None if
            something earlier is to be shown on purpose.
    """
    shown: frozenset[str] | None = None
    job.progress("publish-look")
    with open_target(settings, job.consent) as target:
        for attempt in range(_TRIES):
            # Longer each time: two publishers should not keep overtaking each other.
            time.sleep(attempt * _PAUSE)
            seen = target.look()
            want = wanted(target, seen)
            plan, notes = _plan(job, settings, target, seen, want.manifest, known)
            refuse_claims(target, plan)
            # Who has agreed is not asked again because another publisher was quicker,
            # unless more is to be removed than they have seen.
            agreed = (shown is not None and shown >= {*plan.removals}) or job.agree(
                plan
            )
            published = Published(
                settings=settings, plan=plan, done=agreed and plan.needed, notes=notes
            )
            if not agreed:
                return published
            shown = frozenset(plan.removals)
            try:
                if plan.needed:
                    job.progress("publish-write")
                    target.publish(plan, want.files)
            except Overtaken:
                continue
            notes += _remember(job, settings, target, published)
            return replace(published, notes=notes)
    raise PublishError("error-publish-overtaken", target=settings.name)


def _plan(
    job: PublishJob,
    settings: TargetSettings,
    target: Target,
    seen: TargetContent,
    manifest: Manifest,
    known: Knowledge | None,
) -> tuple[Plan, tuple[Note, ...]]:
    """Return what a publication would change, with notes on what it goes before.

    Raises:
        PublishError: It must not be made.
    """
    verdict = judge(seen.live, manifest, known) if known else None
    plan = make_plan(
        _succeeding(manifest, seen.live, verdict),
        seen,
        target=settings.name,
        address=target.address,
        adopt=job.adopt,
    )
    return plan, _precedence(job, plan, verdict)


def _succeeding(
    coming: Manifest, live: Manifest | None, verdict: Verdict | None
) -> Manifest:
    """Return a publication that remembers what is taken back by it."""
    if verdict is None:
        back = live is not None and is_before(coming, live)
    else:
        # What goes on is no step back, nor is what was rolled back and comes again.
        back = verdict.needs_older and verdict is not Verdict.NEWS
    return succeeding(coming, live, takes_back=back)


def _precedence(
    job: PublishJob, plan: Plan, verdict: Verdict | None
) -> tuple[Note, ...]:
    """Stop if the publication is older than what readers see.

    Raises:
        PublishError: It is, and nobody wants that on purpose.
    """
    live = plan.seen.live
    if verdict is None or live is None or not plan.changes:
        return ()
    refuse(
        verdict,
        live,
        plan.manifest,
        address=plan.address,
        older=job.older,
        again=job.again,
    )
    if verdict is Verdict.UNMARKED:
        return (Note(message=verdict.value, values={"version": live.version}),)
    return ()


def _remember(
    job: PublishJob, settings: TargetSettings, target: Target, published: Published
) -> tuple[Note, ...]:
    """Record a publication; return a note if the project takes no record."""
    try:
        remember(job.project, settings, target.address, published.manifest)
    # Readers have it already: an error would say that they do not.
    except FilesError:
        path = job.project.publications
        return (Note(message="publish-not-noted", values={"path": path}),)
    return ()


def _has_releases(project: Project) -> bool:
    # By names alone; `verify` has read the manifests already.
    return any(project.releases.glob("*/release.json"))
