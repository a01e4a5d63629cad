"""`guidegen rollback`: publishes an earlier publication again."""

from __future__ import annotations

from pathlib import Path

import click

from guidegen.cli.clock import now
from guidegen.cli.help import option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import (
    dry_run_option,
    json_option,
    open_project,
    project_option_alone,
    quiet_option,
    target_argument,
)
from guidegen.cli.place_dialog import AskInTerminal
from guidegen.cli.publish_output import as_data, asking, version_text
from guidegen.cli.terminal import show_json, show_notes
from guidegen.pipeline.publish import PublishJob, roll_back
from guidegen.redact import printable


@verb("rollback")
@target_argument
@project_option_alone
@option("--to", metavar="help-word-version", help="help-rollback-to")
@dry_run_option
@json_option
@quiet_option
def command(
    *,
    name: str | None,
    folder: Path | None,
    to: str | None,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Show a target's readers what was published before."""
    published = roll_back(
        PublishJob(
            project=open_project(folder, quiet=quiet),
            now=now(),
            # No question: readers should see the earlier guideline within seconds, and
            # the next publication brings the present one back.
            agree=asking(yes=True, dry_run=dry_run, quiet=quiet or as_json),
            consent=AskInTerminal(),
            target=name,
        ),
        to,
    )
    if as_json:
        show_json(as_data(published))
        return
    show_notes(published.notes)
    if not quiet:
        manifest = published.manifest
        version = version_text(manifest.version, manifest.state)
        address = printable(published.plan.address)
        done = localized("rollback-done", address=address, version=version)
        undone = "publish-dry-run" if dry_run else "publish-not-agreed"
        click.echo(done if published.done else localized(undone))
