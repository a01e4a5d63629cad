"""`guidegen rollback`."""

from __future__ import annotations

from pathlib import Path

import click

from guidegen.cli.clock import now
from guidegen.cli.localize import say
from guidegen.cli.options import (
    name_argument,
    project_option,
    quiet_option,
)
from guidegen.cli.publish_output import as_data, asking, version_text
from guidegen.cli.terminal import printable
from guidegen.pipeline import find_project
from guidegen.pipeline.publish import PublishJob, roll_back


@click.command("rollback")
@name_argument
@project_option
@click.option(
    "--to", metavar="VERSION", help="The version (default: the publication before)."
)
@click.option("--dry-run", is_flag=True, help="Show the plan and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@quiet_option
def command(
    *,
    name: str | None,
    folder: Path,
    to: str | None,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Let readers of NAME see what was published before.

    Nothing in the project changes; the next publish brings its state back.
    """
    published = roll_back(
        PublishJob(
            project=find_project(folder),
            now=now(),
            agree=asking(yes=True, dry_run=dry_run, quiet=quiet or as_json),
            target=name,
        ),
        to,
    )
    if as_json:
        click.echo(as_data(published))
    elif not quiet:
        manifest = published.manifest
        version = version_text(manifest.version, manifest.state)
        address = printable(published.plan.address)
        done = say("rollback-done", address=address, version=version)
        undone = "publish-dry-run" if dry_run else "publish-not-agreed"
        click.echo(done if published.done else say(undone))
