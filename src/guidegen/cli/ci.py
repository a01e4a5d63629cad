"""`guidegen ci`: writes the workflow file of a code platform."""

from __future__ import annotations

from pathlib import Path

import click

from guidegen.answers.read import read_plain, read_targets
from guidegen.cli.help import argument, option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import open_project, project_option
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import echo
from guidegen.cli.usage import Choice
from guidegen.model.project import Project
from guidegen.model.target_kinds import TARGET_KINDS
from guidegen.publish.confirmed import VARIABLE as PLACES
from guidegen.publish.credentials import variable
from guidegen.workflow import (
    FileState,
    Platform,
    Publishing,
    Workflow,
    compare_with_disk,
    make_workflow,
    write_workflow,
)


@verb("ci")
@argument(
    "platform",
    metavar="help-word-platform",
    type=Choice([each.value for each in Platform]),
)
@project_option
@option("--check", is_flag=True, help="help-ci-check")
@option("--force", is_flag=True, help="help-ci-force")
@option("--stdout", is_flag=True, help="help-ci-stdout")
def command(
    *, platform: str, folder: Path | None, check: bool, force: bool, stdout: bool
) -> None:
    """Write the workflow file that lets a platform build and watch the guideline."""
    project = open_project(folder)
    # Partial: only the languages are needed, and incomplete answers may have them.
    languages = read_plain(project.answers, partial=True).data.get("languages")
    workflow = make_workflow(
        Platform(platform),
        project.folder,
        # A runner's locale says nothing about the author; the guideline's language
        # does.
        language="de"
        if isinstance(languages, list) and "de" in languages[:1]
        else "en",
        publishing=_publishing(project),
    )
    if stdout:
        # The text ends with a line break; another one would make `> file` look edited.
        click.echo(workflow.text, nl=False)
    elif check:
        _check(workflow)
    else:
        before = write_workflow(workflow, force=force)
        written = "ci-current" if before is FileState.CURRENT else "ci-written"
        echo(localized(written, file=typed_path(workflow.path)))
        if before is not FileState.CURRENT:
            echo(localized(f"ci-next-{platform}"))


def _check(workflow: Workflow) -> None:
    state = compare_with_disk(workflow)
    text = localized(
        f"ci-{state.value}", file=typed_path(workflow.path), name=workflow.platform
    )
    click.echo(text, err=not state.is_up_to_date)
    if not state.is_up_to_date:
        # A run on the platform turns red only by an exit code.
        raise click.exceptions.Exit(1)


def _publishing(project: Project) -> Publishing | None:
    """Return what publishing needs, None if the answers name no target."""
    targets = read_targets(project.answers).values()
    if not targets:
        return None
    kinds = {target.name: TARGET_KINDS[target.kind] for target in targets}
    # The places that may be sent to are set beside the secrets, not in the repository:
    # whoever changes `guideline.yml` must not be able to agree to another one.
    places = (PLACES,) if any(t.kind != "folder" for t in targets) else ()
    return Publishing(
        targets=tuple(kinds),
        # Sorted, so the order of targets in the answers does not change the file.
        extras=tuple(sorted({kind.extra for kind in kinds.values() if kind.extra})),
        secrets=(
            *places,
            *(
                variable(name, secret)
                for name, kind in kinds.items()
                for secret in kind.secrets
            ),
        ),
    )
