"""What a release of the working guideline would be, and what stands against it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import GuidegenError, Problem, ProblemsError
from guidegen.files import explained
from guidegen.merge import is_unfinished, open_conflicts
from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.model.release import Change, Proposal, Release, Step, version_key
from guidegen.pipeline.edition import (
    answers_changes,
    find_standing,
    propose,
    version_of,
)
from guidegen.pipeline.reading import Seen, read
from guidegen.pipeline.stamp import input_digest
from guidegen.release import is_version, verify

if TYPE_CHECKING:
    from guidegen.pipeline.build import Job
    from guidegen.pipeline.edition import Standing
    from guidegen.pipeline.reading import Reading

_PROPOSAL = ".proposal.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a release of the working guideline would be."""

    reading: Reading
    standing: Standing
    proposal: Proposal
    changes: tuple[Change, ...]
    """What changed in the answers, in sentences."""
    problems: tuple[Problem, ...]
    """What forbids any release now."""

    @property
    def last(self) -> Release | None:
        """The newest release, if there is one."""
        return self.standing.history.last

    @property
    def version(self) -> str:
        """The version that is proposed."""
        return version_of(self.proposal, self.last)

    @property
    def valid_from(self) -> dt.date:
        """From when it is valid."""
        return self.reading.answers.version.valid_from

    def left_over(self, today: dt.date) -> dt.date | None:
        """Return the day that the last release began, if the next one still names it.

        A new version cannot have begun before it was there.
        """
        is_old = self.last and self.valid_from <= self.last.valid_from < today
        return self.valid_from if is_old else None


def look_ahead(job: Job, *, valid_from: dt.date | None = None) -> Outlook:
    """Return what a release of the working guideline would be; nothing is written.

    Args:
        job: The project.
        valid_from: From when it is to be valid; None for what the answers say.

    Raises:
        ProblemsError: The records of earlier releases are so broken that nothing can
            be said.
        GuidegenError: The answers, the pack or a section are wrong.
    """
    project = job.project
    problems = tampered(project)
    problems += tuple(
        Problem(message="release-conflict", path=path, values={"own": _own_name(path)})
        for path in open_conflicts(project)
    )
    if is_unfinished(project):
        problems += (Problem(message="upgrade-interrupted", path=project.folder),)
    job.progress("build-pages")
    try:
        reading = _dated(_read(job), valid_from)
        return _outlook(project, reading, problems, written=valid_from is None)
    except GuidegenError as error:
        if not problems:
            raise
        more = error.problems if isinstance(error, ProblemsError) else ()
        raise ProblemsError((*problems, *more)) from error


def valid_from_day(outlook: Outlook, project: Project, day: dt.date) -> Outlook:
    """Return what the release would be if it were valid from this day.

    Raises:
        GuidegenError: A section or a record of the releases is wrong.
    """
    return _outlook(project, _dated(outlook.reading, day))


def _dated(reading: Reading, valid_from: dt.date | None) -> Reading:
    if valid_from is None:
        return reading
    version = replace(reading.answers.version, valid_from=valid_from)
    return replace(reading, answers=replace(reading.answers, version=version))


def _outlook(
    project: Project,
    reading: Reading,
    problems: tuple[Problem, ...] = (),
    *,
    written: bool = False,
) -> Outlook:
    """Return what a release would be; `written` says that its day is in the file."""
    standing = find_standing(reading.answers, reading.pack, project.releases)
    last = standing.history.last
    changes = answers_changes(standing.composition, last) if last else ()
    proposal = propose(standing.composition, last)
    if last and standing.edition.state is State.RELEASED:
        problems += (
            Problem(message="release-nothing-new", values={"version": last.version}),
        )
    day = reading.answers.version.valid_from
    if last and day < last.valid_from:
        values = {"day": day, "last": last.valid_from, "version": last.version}
        path = project.answers if written else None
        problems += (Problem(message="release-earlier", values=values, path=path),)
    return Outlook(
        reading=reading,
        standing=standing,
        proposal=proposal,
        changes=changes,
        problems=problems,
    )


def _read(job: Job) -> Reading:
    """Read answers and pack, and know what exactly was read.

    A file from the future, as another computer's clock may have it, does not tell
    whether it changed meanwhile; then what is there is looked at before it is read.
    """
    project = job.project
    reading = read(project, job.pack, None)
    if reading.inputs:
        return reading
    with explained(project.folder):
        inputs = input_digest(project, reading.named)
    return read(project, job.pack, Seen(named=reading.named, inputs=inputs))


def tampered(project: Project) -> tuple[Problem, ...]:
    """Return what is not as it was released, after a word on what that forbids."""
    problems = verify(project.releases)
    if not problems:
        return ()
    return (Problem(message="verify-refused", path=project.releases), *problems)


def _own_name(proposal: Path) -> str:
    return proposal.name.removesuffix(_PROPOSAL) + ".md"


def version_problem(outlook: Outlook, version: str) -> Problem | None:
    """Return why a version cannot be the next one, None if it can."""
    values = {"value": version, "proposed": outlook.version}
    if not is_version(version):
        return Problem(message="release-version-form", values=values)
    last = outlook.last
    if last is None:
        return None
    if any(version == each.version for each in outlook.standing.history.releases):
        return Problem(message="release-version-exists", values=values)
    if version_key(version) <= version_key(last.version):
        values |= {"last": last.version}
        return Problem(message="release-version-lower", values=values)
    return None


def step_of(outlook: Outlook, version: str | None) -> Step:
    """Return how far a release of a version goes: as proposed, or as its number says.

    The number is one that can be the next.
    """
    last = outlook.last
    if last is None:
        return "major"
    if version is None:
        return outlook.proposal.step
    new, old = version_key(version), version_key(last.version)
    if new[0] != old[0]:
        return "major"
    return "minor" if new[1] != old[1] else "patch"
