"""Marks a released version as withdrawn; nothing of it is deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from guidegen.errors import Problem, ProblemsError
from guidegen.files import project_lock
from guidegen.model.project import Project
from guidegen.model.release import History, Release, Withdrawal
from guidegen.model.text import LocalText
from guidegen.pipeline.status import sound_history
from guidegen.release.head import write_head
from guidegen.release.withdrawals import record_withdrawal
from guidegen.value import Value


class Withdrawable(Value):
    """A release that can be withdrawn, and what would then be in force."""

    release: Release
    before: Release | None
    """What readers follow now."""
    after: Release | None
    """What they would follow then; None if all were withdrawn."""


class Withdrawn(Value):
    """What has been withdrawn."""

    withdrawal: Withdrawal
    history: History
    """All that is recorded, with this withdrawal."""


def find_withdrawable(project: Project, version: str) -> Withdrawable:
    """Return the release of a version and what its withdrawal would lead to.

    Raises:
        ProblemsError: There is no such release, it is withdrawn already, or something
            is not what was released.
    """
    return _find(sound_history(project), version)


def withdraw_release(
    project: Project, version: str, *, by: str, on: dt.date, reason: LocalText
) -> Withdrawn:
    """Record that a released version is withdrawn.

    Args:
        project: The project.
        version: The version.
        by: Who withdraws it.
        on: The day.
        reason: Why, for readers, in each language of the release.

    Raises:
        ProblemsError: What `find_withdrawable` raises.
        FilesError: The system refuses; then nothing is withdrawn.
    """
    # The lock, so that no release comes between the check and the record.
    with project_lock(project.work):
        history = sound_history(project)
        release = _find(history, version).release
        withdrawal = record_withdrawal(
            project.releases, history, release, by=by, on=on, reason=reason
        )
        history = _with(history, withdrawal)
        write_head(project.releases, history)
    return Withdrawn(withdrawal=withdrawal, history=history)


def _find(history: History, version: str) -> Withdrawable:
    release = next((each for each in history.releases if each.version == version), None)
    if release is None:
        known = ", ".join(each.version for each in history.releases)
        message = "withdraw-unknown" if known else "withdraw-none"
        values = {"version": version, "known": known}
        raise ProblemsError((Problem(message=message, values=values),))
    earlier = history.withdrawal_of(release)
    if earlier:
        who: dict[str, object] = {"day": earlier.on, "by": earlier.by}
        raise ProblemsError(
            (Problem(message="withdraw-already", values={"version": version, **who}),)
        )
    would = Withdrawal(
        version=release.version,
        digest=release.digest,
        by="",
        on=release.valid_from,
        reason=LocalText.of(""),
    )
    return Withdrawable(
        release=release,
        before=history.current,
        after=_with(history, would).current,
    )


def _with(history: History, withdrawal: Withdrawal) -> History:
    return replace(history, withdrawals=(*history.withdrawals, withdrawal))
