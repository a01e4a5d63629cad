"""What a release of the working copy would be, and what prevents it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guidegen.errors import GuidegenError, Problem, ProblemsError
from guidegen.files import translate_os_errors
from guidegen.merge.sections import open_conflicts
from guidegen.merge.writes import is_unfinished
from guidegen.model.document import State
from guidegen.model.project import PROPOSAL_SUFFIX, Project
from guidegen.model.release import Change, History, Proposal, Release, Step
from guidegen.pipeline import versioning
from guidegen.pipeline.build import Job
from guidegen.pipeline.own_texts import missing_problems
from guidegen.pipeline.up_to_date import Inputs, input_digest, read_inputs
from guidegen.pipeline.working_copy import WorkingCopy, load_working_copy
from guidegen.release.verify import examine
from guidegen.value import Value


class ReleasePreview(Value):
    """What a release of the working copy would be."""

    working_copy: WorkingCopy
    inputs: Inputs
    """What exactly was looked at."""
    proposal: Proposal
    changes: tuple[Change, ...]
    """What changed in the answers, in sentences."""
    problems: tuple[Problem, ...]
    """What forbids any release now."""

    @property
    def last(self) -> Release | None:
        """The release that it is compared with, if there is one."""
        return self.working_copy.last

    @property
    def version(self) -> str:
        """The version that is proposed."""
        return self.working_copy.next_version

    @property
    def valid_from(self) -> dt.date:
        """From when it is valid."""
        return self.working_copy.answers.version.valid_from

    def version_problem(self, version: str) -> Problem | None:
        """Return why a version cannot be the next one, None if it can."""
        history = self.working_copy.history
        return versioning.version_problem(version, self.version, history)

    @property
    def is_as_withdrawn(self) -> bool:
        """Whether it says what the newest release says, and that is withdrawn."""
        history = self.working_copy.history
        newest = history.last
        if newest is None or history.withdrawal_of(newest) is None:
            return False
        return self.working_copy.says_what(newest)

    def is_jump(self, version: str) -> bool:
        """Return whether a version leaves out numbers, as one that is mistyped does."""
        return versioning.is_jump(version, self.working_copy.history)

    def step_to(self, version: str | None) -> Step:
        """Return how far a release goes, as its number says."""
        history = self.working_copy.history
        return versioning.step_to(version or self.version, history, self.proposal)

    @property
    def is_new(self) -> bool:
        """Whether there is anything to release."""
        return self.working_copy.edition.state is State.DRAFT

    def left_over(self, today: dt.date) -> dt.date | None:
        """Return the day that the last release began, if the next one still names it.

        A new version cannot have begun before it was there.
        """
        is_old = self.last and self.valid_from <= self.last.valid_from < today
        return self.valid_from if is_old else None

    def valid_from_day(self, day: dt.date) -> ReleasePreview:
        """Return what the release would be if it were valid from this day.

        Raises:
            GuidegenError: A section or a record of the releases is wrong.
        """
        # Without a path: no line of the file says this day.
        return _preview(_dated(self.working_copy, day), self.inputs, (), path=None)


def preview_release(job: Job, *, valid_from: dt.date | None = None) -> ReleasePreview:
    """Return what a release of the working copy would be; nothing is written.

    Args:
        job: The project.
        valid_from: From when it is to be valid; None for what the answers say.

    Raises:
        ProblemsError: The records of earlier releases are so broken that nothing can
            be said.
        GuidegenError: The answers, the pack or a section are wrong.
    """
    project, begin = job.project, time.time_ns()
    # Before anything else: no proposal can be relied on that rests on altered records.
    examined = examine(project.releases)
    history, found = examined.history, examined.problems
    problems = (*found, *_unfinished(project))
    # Not refused yet: all that forbids the release is to be said in one go.
    if found:
        refused = Problem(message="verify-refused", path=project.releases)
        problems = (refused, *problems)
    job.progress("build-pages")
    try:
        working_copy, inputs = _read(job, history, since=begin)
        path = project.answers if valid_from is None else None
        return _preview(_dated(working_copy, valid_from), inputs, problems, path=path)
    # Joined with what was found, so that nothing new comes up at the next attempt.
    except GuidegenError as error:
        if not problems:
            raise
        more = error.problems if isinstance(error, ProblemsError) else ()
        raise ProblemsError((*problems, *more)) from error


def _unfinished(project: Project) -> Iterator[Problem]:
    """Return what an upgrade has left for somebody to decide or to finish."""
    for path in open_conflicts(project):
        own = path.name.removesuffix(PROPOSAL_SUFFIX) + ".md"
        yield Problem(message="release-conflict", path=path, values={"own": own})
    if is_unfinished(project):
        yield Problem(message="upgrade-interrupted", path=project.folder)


def _read(
    job: Job, history: History | None, *, since: int
) -> tuple[WorkingCopy, Inputs]:
    """Read answers and pack, and know what exactly was read.

    A file from the future, as another computer's clock may have it, does not tell
    whether it changed meanwhile; then what is there is looked at before it is read.
    """
    project = job.project
    working_copy = load_working_copy(project, job.pack, history=history)
    inputs = read_inputs(project, working_copy.named, since=since, known=None)
    if inputs.digest:
        return working_copy, inputs
    with translate_os_errors(project.folder):
        # From before the second reading, so that an edit during it cannot go unnoticed.
        known = replace(inputs, digest=input_digest(project, inputs.named))
    begin = time.time_ns()
    working_copy = load_working_copy(project, job.pack)
    return working_copy, read_inputs(
        project, working_copy.named, since=begin, known=known
    )


def _dated(working_copy: WorkingCopy, valid_from: dt.date | None) -> WorkingCopy:
    if valid_from is None:
        return working_copy
    version = replace(working_copy.answers.version, valid_from=valid_from)
    return replace(working_copy, answers=replace(working_copy.answers, version=version))


def _preview(
    working_copy: WorkingCopy,
    inputs: Inputs,
    problems: tuple[Problem, ...],
    *,
    path: Path | None,
) -> ReleasePreview:
    """Return what a release would be; `path` is the file that says its day."""
    last, comparison = working_copy.last, working_copy.comparison
    if last and working_copy.edition.state is State.RELEASED:
        problems += (
            Problem(message="release-nothing-new", values={"version": last.version}),
        )
    day = working_copy.answers.version.valid_from
    # Two versions would be in force in the wrong order.
    if last and last is working_copy.history.current and day < last.valid_from:
        values = {"day": day, "last": last.valid_from, "version": last.version}
        problems += (Problem(message="release-earlier", values=values, path=path),)
    answers = Project(working_copy.answers.folder).answers
    problems += missing_problems(working_copy.missing, answers)
    return ReleasePreview(
        working_copy=working_copy,
        inputs=inputs,
        proposal=working_copy.proposal,
        changes=comparison.changes if comparison else (),
        problems=problems,
    )
