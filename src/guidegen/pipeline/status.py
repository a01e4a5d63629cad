"""Where a guideline stands: released, changed since, reviewed, due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from guidegen.errors import GuidegenError, Problem, ProblemsError
from guidegen.files import project_lock
from guidegen.model.document import Edition, State
from guidegen.model.project import Project
from guidegen.model.release import History, Release, Review
from guidegen.pack.load import update_available
from guidegen.pipeline.up_to_date import known_inputs, read_build_record
from guidegen.publish.last_publications import last_publications
from guidegen.release.reviews import next_review, record_review
from guidegen.release.verify import examine
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.model.publication import Publication
    from guidegen.pack.load import Update


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
    update: Update | None = None
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    publications: tuple[Publication, ...] = ()
    """The last one to each target, as far as this project knows."""

    @property
    def last(self) -> Release | None:
        """The newest release, if there is one."""
        return self.history.last

    @property
    def last_review(self) -> Review | None:
        """The newest review, if there is one."""
        return self.history.reviews[-1] if self.history.reviews else None

    @property
    def is_changed(self) -> bool:
        """Whether the working guideline differs from the last release."""
        return self.edition is not None and self.edition.state is State.DRAFT

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
    history, problems = examine(project.releases)
    if history is None:
        raise ProblemsError(problems)
    due = next_review(history)
    edition, stale = _working(project, history)
    return Status(
        history=history,
        edition=edition,
        due=due,
        overdue=due is not None and on > due,
        problems=problems,
        update=update_available(project),
        stale=stale,
        publications=last_publications(project),
    )


def _working(
    project: Project, history: History
) -> tuple[Edition | None, Mapping[str, tuple[str, ...]]]:
    """Return which edition the working guideline is, and which of its texts are behind.

    The last build knows the edition, if nothing has changed since.
    """
    last = history.last
    known, record = known_inputs(project, None), read_build_record(project.site)
    edition = record.edition if known and known.digest == record.inputs else None
    # Nothing has changed, so what was behind at the release still is.
    if last and edition and edition.state is State.RELEASED:
        return edition, last.stale
    # Imported only now: reading answers takes a while.
    from guidegen.pipeline.working_copy import load_working_copy  # noqa: PLC0415

    try:
        working_copy = load_working_copy(project, history=history)
        found = edition or working_copy.edition, working_copy.stale
    except GuidegenError:  # `build` says what is wrong
        return None, {}
    return found


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
        history, problems = examine(project.releases)
        if history is None or problems:
            refused = Problem(message="verify-refused", path=project.releases)
            raise ProblemsError((refused, *problems))
        return record_review(project.releases, history, by=by, on=on, note=note)
