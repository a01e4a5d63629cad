"""`guidegen ci`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.answers import read_plain, read_targets
from guidegen.cli.localize import say
from guidegen.cli.options import folder_argument
from guidegen.cli.terminal import shown, tell
from guidegen.model.target_kinds import TARGET_KINDS
from guidegen.pipeline import find_project
from guidegen.publish.credentials import variable
from guidegen.workflow import Platform, Publishing, State, make_workflow, write_workflow
from guidegen.workflow import state_of as state_of_file

if TYPE_CHECKING:
    from guidegen.pipeline import Project
    from guidegen.workflow import Workflow


@click.command("ci")
@click.argument("platform", type=click.Choice([each.value for each in Platform]))
@folder_argument
@click.option("--check", is_flag=True, help="Only say whether the file is up to date.")
@click.option("--force", is_flag=True, help="Replace a file that somebody changed.")
@click.option("--stdout", is_flag=True, help="Print the file, write nothing.")
def command(
    *, platform: str, folder: Path, check: bool, force: bool, stdout: bool
) -> None:
    """Write the workflow file that lets PLATFORM build and watch the guideline.

    FOLDER (default: here) lies in your repository. Each change request then shows what
    readers will see change; once a month the workflow looks whether a review is due.
    It publishes as soon as guideline.yml says where.
    """
    project = find_project(folder)
    languages = read_plain(project.answers, partial=True).data.get("languages")
    workflow = make_workflow(
        Platform(platform),
        project.folder,
        language="de"
        if isinstance(languages, list) and "de" in languages[:1]
        else "en",
        publishing=_publishing(project),
    )
    if stdout:
        click.echo(workflow.text, nl=False)
    elif check:
        _check(workflow)
    else:
        before = write_workflow(workflow, force=force)
        written = "ci-current" if before is State.CURRENT else "ci-written"
        tell(say(written, file=shown(workflow.path)))
        if before is not State.CURRENT:
            tell(say(f"ci-next-{platform}"))


def _check(workflow: Workflow) -> None:
    state = state_of_file(workflow)
    text = say(f"ci-{state.value}", file=shown(workflow.path), name=workflow.platform)
    click.echo(text, err=not state.is_up_to_date)
    if not state.is_up_to_date:
        raise click.exceptions.Exit(1)


def _publishing(project: Project) -> Publishing | None:
    """Return what publishing needs, None if the answers name no target."""
    targets = read_targets(project.answers).values()
    if not targets:
        return None
    kinds = {target.name: TARGET_KINDS[target.kind] for target in targets}
    return Publishing(
        targets=tuple(kinds),
        extras=tuple(sorted({kind.extra for kind in kinds.values() if kind.extra})),
        secrets=tuple(
            variable(name, secret)
            for name, kind in kinds.items()
            for secret in kind.secrets
        ),
    )
