"""`guidegen demo`."""

from __future__ import annotations

from pathlib import Path

import click

from guidegen.cli.build import run_build
from guidegen.cli.localize import say
from guidegen.cli.options import quiet_option
from guidegen.cli.terminal import shown, tell
from guidegen.pipeline import Project, make_demo


@click.command("demo")
@click.argument(
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("guidegen-demo"),
)
@quiet_option
def command(*, folder: Path, quiet: bool) -> None:
    """Build a sample company's guideline in FOLDER (default: guidegen-demo).

    A demo that is already there is built again with what you changed in it.
    """
    is_new = not Project(folder).answers.is_file()
    project = make_demo(folder)
    run_build(project, quiet=quiet)
    if is_new and not quiet:
        tell(say("demo-done", folder=shown(folder)))
