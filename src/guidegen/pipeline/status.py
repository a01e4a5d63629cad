"""Where a guideline stands: released, changed since, reviewed, due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field, replace
from typing import TYPE_CHECKING

from guidegen.errors import GuidegenError, Problem, ProblemsError
from guidegen.files import project_lock
from guidegen.model.document import Edition, State
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.model.release import History, Release, Review, Withdrawal
from guidegen.pack.update import update_available
from guidegen.pipeline.addresses import lookalike_notes
from guidegen.pipeline.built_here import is_built_here
from guidegen.pipeline.undecided import undecided_notes
from guidegen.pipeline.up_to_date import known_inputs, read_build_record, was_open
from guidegen.publish.last_publications import last_publications
from guidegen.release.head import write_head
from guidegen.release.reviews import next_review, record_review
from guidegen.release.verify import examine
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.model.note import Note
    from guidegen.model.own_text import Missing
    from guidegen.model.publication import Publication
    from guidegen.pack.update import Update
    from guidegen.pipeline.working_copy import WorkingCopy


class Status(Value):
    """What the person in charge should know."""

    history: History
    edition: Edition | None
    """What the working guideline is; None if it cannot be built."""
    due: dt.date | None
    """When the next review is due; None before the first release."""
    overdue: bool
    problems: tuple[Problem, ...] = ()
    """What is not as it was released."""
    notes: tuple[Note, ...] = ()
    """What is worth knowing of the records."""
    update: Update | None = None
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    """The company's own texts that lack a language or form of address."""
    undecided: tuple[Note, ...] = ()
    """Proposals of an upgrade that nobody has decided on."""
    feeds: tuple[Note, ...] = ()
    """Feeds of what is said about the company that could not be read for a week."""
    publications: tuple[Publication, ...] = ()
    """The last one to each target, as far as this project knows."""

    @property
    def current(self) -> Release | None:
        """The release that readers follow, if there is one."""
        return self.history.current

    @property
    def withdrawn(self) -> Withdrawal | None:
        """Of the newest release, if that is withdrawn."""
        last = self.history.last
        return self.history.withdrawal_of(last) if last else None

    @property
    def last_review(self) -> Review | None:
        """The newest review, if there is one."""
        return self.history.reviews[-1] if self.history.reviews else None

    @property
    def is_changed(self) -> bool:
        """Whether the working guideline differs from the last release."""
        return self.edition is not None and self.edition.state is State.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether anything keeps the draft's texts from being released."""
        return bool(self.stale or self.missing or self.undecided)

    @property
    def is_good(self) -> bool:
        """Whether nothing is overdue or tampered with."""
        return not self.overdue and not self.problems


def find_status(project: Project, *, on: dt.date) -> Status:
    """Return where a guideline stands on a day; nothing is written.

    Raises:
        ProblemsError: The records of the releases cannot be read.
    """
    # Verified each time: the monthly run is to notice an edit in `releases/`.
    examined = examine(project.releases)
    history = examined.history
    if history is None:
        raise ProblemsError(examined.problems)
    due = next_review(history)
    edition, stale, missing, slips = _working(project, history)
    return Status(
        history=history,
        edition=edition,
        due=due,
        overdue=due is not None and on > due,
        problems=examined.problems,
        notes=(*slips, *examined.notes),
        update=update_available(project),
        stale=stale,
        missing=missing,
        undecided=undecided_notes(project),
        feeds=_feeds(project, on),
        publications=last_publications(project),
    )


def _feeds(project: Project, on: dt.date) -> tuple[Note, ...]:
    if not project.inside_feeds.is_file():
        return ()
    from guidegen.pipeline.inside import dead_feeds  # noqa: PLC0415  # seldom needed

    return dead_feeds(project, on)


def _working(
    project: Project, history: History
) -> tuple[
    Edition | None, Mapping[str, tuple[str, ...]], tuple[Missing, ...], tuple[Note, ...]
]:
    """Return which edition the working guideline is, and what is open about its texts.

    That is which are behind, which lack a language or form of address, and notes on
    addresses in them.

    The last build knows the edition, if nothing has changed since.
    """
    current = history.current
    known, record = known_inputs(project, None), read_build_record(project.site)
    edition = record.edition if known and known.digest == record.inputs else None
    # While the newest release is withdrawn, the site shows another one than the working
    # guideline, and says nothing about that.
    if current is not history.last:
        edition = None
    # Nothing has changed, so what was behind at the release still is.
    if current and edition and edition.state is State.RELEASED:
        slips = lookalike_notes(current.answers)
        if was_open(project):
            slips += _of_own_cards(project, history)
        return edition, current.stale, (), slips
    # As a build that has nothing to do: the last one found nothing open, nor a slip.
    if edition and is_built_here(record.digest) and not was_open(project):
        return edition, {}, (), ()
    # Imported only now: reading answers takes a while.
    from guidegen.pipeline.working_copy import load_working_copy  # noqa: PLC0415

    try:
        working_copy = load_working_copy(project, history=history)
        missing = working_copy.missing
        slips = lookalike_notes(working_copy.answers_data)
        slips += _of_own_cards(project, history, working_copy)
        found = edition or working_copy.edition, working_copy.stale, missing, slips
    except GuidegenError:  # `build` says what is wrong
        return None, {}, (), ()
    return found


def _of_own_cards(
    project: Project, history: History, working_copy: WorkingCopy | None = None
) -> tuple[Note, ...]:
    """Return what the company's own cards lack."""
    if not project.training.is_dir():
        return ()
    from guidegen.pipeline.working_copy import load_working_copy  # noqa: PLC0415

    with suppress(GuidegenError):  # `build` says what is wrong
        copy = working_copy or load_working_copy(project, history=history)
        return copy.practice.notes
    return ()


def review_project(
    project: Project, *, by: str, on: dt.date, note: str | None
) -> Review:
    """Record a review of the last release.

    Raises:
        ProblemsError: Something is not what was released: there is nothing to rely on.
        ReleaseError: Nothing has been released yet.
    """
    # The lock, so that no release comes between the check and the review of it.
    with project_lock(project.work):
        history = sound_history(project)
        review = record_review(project.releases, history, by=by, on=on, note=note)
        reviewed = replace(history, reviews=(*history.reviews, review))
        write_head(project.releases, reviewed)
        return review


def sound_history(project: Project) -> History:
    """Return what was released if all of it is as it was; call it under the lock.

    Raises:
        ProblemsError: Something is not what was released: there is nothing to rely on.
    """
    examined = examine(project.releases)
    if examined.history is None or examined.problems:
        refused = Problem(message="verify-refused", path=project.releases)
        raise ProblemsError((refused, *examined.problems))
    return examined.history
