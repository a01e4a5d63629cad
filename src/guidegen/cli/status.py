"""`guidegen status`: what is released, changed and due."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.chain import chain_data, said_in, show_chain
from guidegen.cli.clock import today
from guidegen.cli.help import option, verb
from guidegen.cli.localize import localized
from guidegen.cli.open_texts import open_texts_data
from guidegen.cli.options import json_option, open_project, project_option
from guidegen.cli.terminal import (
    echo,
    note_text,
    problem_text,
    show_json,
    show_notes,
    styled,
)
from guidegen.cli.usage import Day
from guidegen.model.document import State
from guidegen.model.release import FIRST_VERSION, Release
from guidegen.pipeline.status import find_status
from guidegen.pipeline.validity import applying_on
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.model.project import Project
    from guidegen.model.publication import Publication
    from guidegen.model.release import Review
    from guidegen.pipeline.remote_status import Shown
    from guidegen.pipeline.status import Status

_TO_DO = 1
"""The exit code if a review is overdue or a file differs from its release."""


@verb("status")
@project_option
@option("--on", "day", type=Day(), metavar="help-word-date", help="help-status-on")
@option("--remote", is_flag=True, help="help-status-remote")
@json_option
def command(
    *, folder: Path | None, day: dt.date | None, remote: bool, as_json: bool
) -> int:
    """Show what is released, what has changed since, and when a review is due."""
    on = day or today()
    project = open_project(folder)
    status = find_status(project, on=on)
    # Only if it is wanted: nothing else here needs a network or a secret.
    targets = _asked(project, status) if remote else None
    if as_json:
        data = _as_data(status)
        show_json(data if targets is None else data | {"targets": _data_of(targets)})
    else:
        _show(status, project, on, targets)
    # A monthly run turns red by this (docs/explanation/versions.md).
    is_good = status.is_good and all(each.is_good for each in targets or ())
    return 0 if is_good else _TO_DO


def _asked(project: Project, status: Status) -> tuple[Shown, ...]:
    from guidegen.cli.place_dialog import (  # noqa: PLC0415  # seldom needed
        AskInTerminal,
    )
    from guidegen.pipeline.remote_status import (  # noqa: PLC0415  # seldom needed
        ask_targets,
    )

    return ask_targets(project, status.history, AskInTerminal())


def _data_of(targets: tuple[Shown, ...]) -> list[dict[str, object]]:
    from guidegen.cli.remote_status_output import (  # noqa: PLC0415  # seldom needed
        targets_data,
    )

    return targets_data(targets)


def _show_targets(targets: tuple[Shown, ...], current: Release | None) -> None:
    from guidegen.cli.remote_status_output import (  # noqa: PLC0415  # seldom needed
        show_targets,
    )

    show_targets(targets, current=current.version if current else "")


def _show(
    status: Status,
    project: Project,
    on: dt.date,
    targets: tuple[Shown, ...] | None = None,
) -> None:
    current = status.current
    _show_withdrawn(status)
    if current:
        _show_release(status, current, on)
    elif not status.history.releases:
        version = status.edition.version if status.edition else FIRST_VERSION
        message = "status-none-open" if status.is_open else "status-none"
        echo(localized(message, version=version))
    # A guideline that cannot be composed now is no reason to hide what is released.
    if status.edition is None:
        echo(localized("status-unclear"))
    if targets is not None:
        _show_targets(targets, current)
    # The targets know better than what this project remembers of them.
    for publication in status.publications if targets is None else ():
        click.echo(printable(_published(publication)))
        if _is_withdrawn(publication, status):
            values = {"target": publication.target, "version": publication.version}
            text = printable(localized("status-publish-withdrawn", **values))
            echo(styled(text, fg="red", bold=True))
    update = status.update
    if update:
        values = {"name": update.name, "old": update.old, "new": update.new}
        echo(printable(localized("status-update", **values)))
    show_notes(status.undecided)
    show_notes(status.feeds)
    if status.missing or status.stale:
        from guidegen.merge.stale import stale_notes  # noqa: PLC0415  # seldom needed
        from guidegen.pipeline.own_texts import missing_notes  # noqa: PLC0415

        show_notes(missing_notes(status.missing, project.answers))
        show_notes(stale_notes(status.stale))
    _show_records(status)


def _show_records(status: Status) -> None:
    """Print what is not as it was released, or the digest to write down."""
    show_notes(status.notes)
    for problem in status.problems:
        echo(f"{styled('✗', fg='red', bold=True)} {problem_text(problem)}")
    if status.problems:
        echo(localized("verify-bad", number=len(status.problems)))
    else:
        show_chain(status.history, texts=True)


def _is_withdrawn(publication: Publication, status: Status) -> bool:
    """Return whether readers still see a version that has been withdrawn since."""
    return publication.state is not State.DRAFT and any(
        each.version == publication.version for each in status.history.withdrawals
    )


def _show_withdrawn(status: Status) -> None:
    """Print that the newest release is withdrawn, and what that leaves."""
    withdrawal, current = status.withdrawn, status.current
    if withdrawal is None:
        return
    values = {
        "version": withdrawal.version,
        "day": withdrawal.on,
        "by": withdrawal.by,
        "reason": said_in(withdrawal.reason),
    }
    echo(printable(localized("status-withdrawn", **values)))
    if current is None:
        next_one = status.edition.version if status.edition else "…"
        echo(localized("status-withdrawn-all", version=next_one))


def _published(publication: Publication) -> str:
    """Return what readers of a target see, and since when."""
    draft = publication.state is State.DRAFT
    return localized(
        "publish-status-draft" if draft else "publish-status",
        target=publication.target,
        address=publication.address,
        version=publication.version,
        # Recorded in UTC; the author reads it in their own time zone.
        day=publication.when.astimezone().date(),
    )


def _show_release(status: Status, last: Release, on: dt.date) -> None:
    # A release may be made before it comes into force.
    message = "status-later" if last.in_force > on else "status-released"
    echo(localized(message, version=last.version, day=last.in_force))
    now = applying_on(status.history, on)
    if now and now != last.version:
        echo(localized("status-today", version=now))
    if status.is_changed and status.edition:
        message = "status-changes-open" if status.is_open else "status-changes"
        echo(localized(message, version=status.edition.version))
    elif status.edition:
        echo(localized("status-changes-none"))
    review = status.last_review
    if review:
        values = {"by": review.by, "version": review.version}
        text = localized("status-review", day=review.on, **values)
        echo(printable(text))
    else:
        echo(localized("status-review-none"))
    if status.overdue:
        text = localized("status-overdue", day=status.due)
        echo(styled(text, fg="red", bold=True))
    else:
        echo(localized("status-due", day=status.due))


def _as_data(status: Status) -> dict[str, object]:
    last, review, update = status.current, status.last_review, status.update
    return {
        "released": _release_data(last) if last else None,
        "withdrawn": [
            {
                "version": each.version,
                "by": each.by,
                "on": each.on.isoformat(),
                "reason": dict(each.reason.texts),
            }
            for each in status.history.withdrawals
        ],
        "chain": chain_data(status.history),
        "draft": {"version": status.edition.version}
        if status.is_changed and status.edition
        else None,
        "buildable": status.edition is not None,
        "last_review": _review_data(review) if review else None,
        "next_review": status.due.isoformat() if status.due else None,
        "overdue": status.overdue,
        "differences": [
            {"id": each.message, "path": str(each.path), "text": problem_text(each)}
            for each in status.problems
        ],
        "update": {"name": update.name, "old": update.old, "new": update.new}
        if update
        else None,
        "publications": [_publication_data(each) for each in status.publications],
        **open_texts_data(status.stale, status.missing),
        "dead_feeds": [
            {"url": each.values["url"], "line": each.line, "text": note_text(each)}
            for each in status.feeds
        ],
        "undecided": [str(each.path) for each in status.undecided],
        "good": status.is_good,
    }


def _release_data(release: Release) -> dict[str, object]:
    return {
        "version": release.version,
        "step": release.step,
        "released": release.released.isoformat(),
        "valid_from": release.in_force.isoformat(),
        "digest": release.digest,
    }


def _review_data(review: Review) -> dict[str, object]:
    return {
        "by": review.by,
        "on": review.on.isoformat(),
        "note": review.note,
        "version": review.version,
    }


def _publication_data(publication: Publication) -> dict[str, object]:
    return {
        "target": publication.target,
        "kind": publication.kind,
        # JSON keys stay as they are, since scripts read them.
        "place": publication.address,
        "version": publication.version,
        "state": publication.state.value,
        "when": publication.when.isoformat(),
    }
