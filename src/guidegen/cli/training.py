"""`guidegen training`: plans when people are asked to practise again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.clock import today
from guidegen.cli.help import argument, option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import (
    json_option,
    open_project,
    project_option_alone,
    quiet_option,
)
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import (
    echo,
    notes_data,
    show_json,
    show_notes,
    shown_progress,
)
from guidegen.cli.usage import Choice, Day, FolderPath
from guidegen.pipeline.training_plan import PlanJob, plan_training
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.pipeline.training_plan import Planned


@verb("training")
@argument("what", metavar="help-word-plan", type=Choice(["plan"]))
@project_option_alone
@option(
    "--start",
    type=Day(),
    metavar="help-word-date",
    required=True,
    help="help-training-start",
)
@option("--url", metavar="help-word-address", help="help-announce-url")
@option(
    "--into", type=FolderPath(), metavar="help-word-folder", help="help-training-into"
)
@option("--language", metavar="de|en|…", help="help-export-language")
@option("--force", is_flag=True, help="help-export-force")
@json_option
@quiet_option
def command(  # noqa: PLR0913  # one for each option
    *,
    what: str,  # noqa: ARG001  # there is only one as yet
    folder: Path | None,
    start: dt.date,
    url: str | None,
    into: Path | None,
    language: str | None,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Plan when people are asked to practise again."""
    silent = quiet or as_json
    with shown_progress(quiet=silent, verbose=False) as progress:
        planned = plan_training(
            PlanJob(
                project=open_project(folder, quiet=silent),
                start=start,
                on=today(),
                into=into,
                language=language,
                url=url,
                force=force,
                progress=progress,
            )
        )
    if as_json:
        show_json(
            {
                "paths": [str(path) for path in planned.paths],
                "days": [day.isoformat() for day in planned.days],
                "notes": notes_data(planned.notes),
            }
        )
    elif not quiet:
        _show(planned)


def _show(planned: Planned) -> None:
    show_notes(planned.notes)
    echo(localized("training-done"))
    for path in planned.paths:
        click.echo(f"  {printable(typed_path(path))}")
    for number, day in enumerate(planned.days, 1):
        echo(localized("training-wave", number=number, day=day))
    echo(localized("training-next"))
