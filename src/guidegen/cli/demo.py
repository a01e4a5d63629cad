"""`guidegen demo`: makes the project of a sample company."""

from __future__ import annotations

from pathlib import Path

from guidegen.cli.build import run_build
from guidegen.cli.help import verb
from guidegen.cli.localize import localized
from guidegen.cli.options import new_folder_argument, quiet_option
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import echo
from guidegen.model.project import Project
from guidegen.pipeline.build import Job
from guidegen.pipeline.demo import make_demo

_DEFAULT = Path("guidegen-demo")


@verb("demo")
@new_folder_argument
@quiet_option
def command(*, folder: Path | None, quiet: bool) -> None:
    """Build a sample company's guideline, with whatever was changed in it."""
    folder = folder or _DEFAULT
    # Asked before `make_demo`, after which there always are answers.
    is_new = not Project(folder).answers.is_file()
    Project(folder).refuse_links()
    project = make_demo(folder)
    run_build(Job(project=project), quiet=quiet)
    if is_new and not quiet:
        echo(localized("demo-done", folder=typed_path(folder)))
