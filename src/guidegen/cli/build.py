"""`guidegen build`."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.localize import say
from guidegen.cli.options import folder_argument, pack_option, quiet_option
from guidegen.cli.terminal import notes_data, show_notes, shown, shown_progress, tell
from guidegen.model.document import State
from guidegen.pipeline import Job, build_project, find_project

if TYPE_CHECKING:
    from guidegen.pipeline import Built, Project


@click.command("build")
@folder_argument
@pack_option
@click.option("--force", is_flag=True, help="Build even if nothing has changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@quiet_option
@click.option("-v", "--verbose", is_flag=True, help="Print each step.")
def command(
    *,
    folder: Path,
    pack: Path | None,
    force: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the site and the PDFs of the guideline in FOLDER (default: here).

    Does nothing if nothing has changed.
    """
    run_build(
        find_project(folder),
        pack=pack,
        force=force,
        as_json=as_json,
        quiet=quiet,
        verbose=verbose,
    )


def run_build(
    project: Project,
    *,
    pack: Path | None = None,
    force: bool = False,
    as_json: bool = False,
    quiet: bool = False,
    verbose: bool = False,
) -> None:
    """Build a project and print the result; `init` and `demo` end with it too."""
    with shown_progress(quiet=quiet or as_json, verbose=verbose) as progress:
        built = build_project(
            Job(project=project, pack=pack, force=force, progress=progress)
        )
    if as_json:
        click.echo(json.dumps(_as_data(built), ensure_ascii=False, indent=2))
        return
    if quiet:
        return
    show_notes(built.notes, minor=verbose)
    tell(say("build-unchanged" if built.unchanged else "build-done"))
    for page in built.pages:
        click.echo(f"  {shown(page)}")
    for pdf in built.pdfs:
        click.echo(f"  {shown(pdf)}")
    if built.edition.state is State.DRAFT:
        tell(_how_to_release(built.edition.version, project.folder))


def _how_to_release(version: str, folder: Path) -> str:
    place = [] if folder == Path() else [shown(folder)]
    command = shlex.join(["guidegen", "release", *place])
    return say("build-draft", version=version, command=command)


def _as_data(built: Built) -> dict[str, object]:
    return {
        "site": str(built.site),
        "pages": [str(page) for page in built.pages],
        "pdfs": [str(pdf) for pdf in built.pdfs],
        "edition": {
            "version": built.edition.version,
            "state": built.edition.state.value,
        },
        "unchanged": built.unchanged,
        "notes": notes_data(built.notes),
    }
