"""`guidegen review`: records that somebody has reviewed the guideline."""

from __future__ import annotations

from pathlib import Path

from guidegen.cli.chain import chain_data, show_chain
from guidegen.cli.clock import today
from guidegen.cli.dialogs import read_line
from guidegen.cli.help import option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import json_option, open_project, project_option
from guidegen.cli.terminal import echo, show_json
from guidegen.errors import Problem, ProblemsError
from guidegen.pipeline.status import find_status, review_project
from guidegen.redact import printable


@verb("review")
@project_option
@option("--by", metavar="help-word-name", help="help-review-by")
@option("--note", metavar="help-word-text", help="help-review-note")
@json_option
def command(
    *, folder: Path | None, by: str | None, note: str | None, as_json: bool
) -> None:
    """Record that the released guideline was reviewed."""
    day, project = today(), open_project(folder)
    problems: list[Problem] = []
    # Not a required option: click would report it alone, before the others are checked.
    if by is None:
        problems.append(Problem(message="review-by-missing"))
    who = None if by is None else read_line(by, "--by", problems)
    what = None if note is None else read_line(note, "--note", problems)
    if problems or who is None:
        raise ProblemsError(tuple(problems))
    review = review_project(project, by=who, on=day, note=what)
    # Afterwards, since the review has moved the date of the next one.
    status = find_status(project, on=day)
    if as_json:
        data = {
            "by": review.by,
            "on": review.on.isoformat(),
            "note": review.note,
            "version": review.version,
            "digest": review.digest,
            "next_review": status.due.isoformat() if status.due else None,
            "chain": chain_data(status.history),
        }
        show_json(data)
        return
    by = printable(review.by)
    echo(localized("review-done", version=review.version, by=by, due=status.due))
    show_chain(status.history)
    if status.is_changed:
        echo(localized("review-draft", version=review.version))
