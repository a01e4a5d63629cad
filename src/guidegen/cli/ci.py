"""`guidegen ci`: writes the workflow file of a code platform, and its lock file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

import click

from guidegen.answers.read import read_plain, read_targets
from guidegen.cli.help import argument, option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import open_project, project_option
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import echo
from guidegen.cli.usage import Choice
from guidegen.errors import GuidegenError
from guidegen.model.project import Project
from guidegen.model.publication import TargetSettings
from guidegen.model.target_kinds import TARGET_KINDS
from guidegen.publish.confirmed import KNOWN_HOSTS_VARIABLE
from guidegen.publish.confirmed import VARIABLE as PLACES
from guidegen.publish.credentials import variable
from guidegen.publish.target_place import place_of
from guidegen.value import Value
from guidegen.workflow import (
    FileState,
    Platform,
    Publishing,
    Secret,
    Source,
    Workflow,
    compare_with_disk,
    installed_source,
    lock_path,
    lock_state,
    locked_source,
    make_lock,
    make_workflow,
    read_source,
    refuse_somebodys,
    repository_top,
    write_file,
)


@verb("ci")
@argument(
    "platform",
    metavar="help-word-platform",
    type=Choice([each.value for each in Platform]),
)
@project_option
@option("--install", metavar="help-word-source", help="help-ci-install")
@option("--check", is_flag=True, help="help-ci-check")
@option("--force", is_flag=True, help="help-ci-force")
@option("--stdout", is_flag=True, help="help-ci-stdout")
def command(
    *,
    platform: str,
    folder: Path | None,
    install: str | None,
    check: bool,
    force: bool,
    stdout: bool,
) -> None:
    """Write the files that let a platform build, publish and watch the guideline."""
    project = open_project(folder)
    top = repository_top(project.folder)
    source = _source(install, project, top)
    publishing = publishing_of(project)
    workflow = make_workflow(
        Platform(platform),
        project.folder,
        language=_language(project),
        source=source,
        publishing=publishing,
    )
    lock = _Lock(
        folder=project.folder,
        top=top,
        source=source,
        extras=publishing.extras if publishing else (),
    )
    if check:
        _check(workflow, lock)
        return
    if not stdout and not force:
        # Before pip is asked, which takes a minute.
        refuse_somebodys(workflow)
    # Who names a source again wants the versions of today.
    lock_written = (install is not None or not stdout) and lock.write(
        anew=install is not None, force=force
    )
    if stdout:
        # The text ends with a line break; another one would make `> file` look edited.
        click.echo(workflow.text, nl=False)
        return
    is_current = write_file(workflow, force=force) is FileState.CURRENT
    written = "ci-current" if is_current else "ci-written"
    echo(localized(written, file=typed_path(workflow.path)))
    if lock_written:
        echo(localized("ci-written", file=typed_path(lock_path(project.folder))))
    if lock_written or not is_current:
        echo(localized(f"ci-next-{platform}"))


def _source(install: str | None, project: Project, top: Path) -> Source:
    """Return where the platform gets guidegen from: as asked, as before, or as here."""
    if install:
        return read_source(install, top)
    return locked_source(project.folder, top) or installed_source(top)


class _Lock(Value):
    """The lock file that the workflow file needs."""

    folder: Path
    top: Path
    source: Source
    extras: tuple[str, ...]

    def state(self) -> FileState:
        """Return how the file on the disk stands to this one."""
        return lock_state(self.folder, self.source, self.extras)

    def write(self, *, anew: bool, force: bool) -> bool:
        """Write it if need be; return whether it was."""
        if self.state().is_up_to_date and not anew and not force:
            return False
        click.echo(localized("ci-choosing"), err=True)
        file = make_lock(self.folder, self.source, self.extras, self.top)
        return write_file(file, force=force) is not FileState.CURRENT


def _language(project: Project) -> str:
    # Partial: only the languages are needed, and incomplete answers may have them.
    languages = read_plain(project.answers, partial=True).data.get("languages")
    # A runner's locale says nothing about the author; the guideline's language does.
    first = languages[:1] if isinstance(languages, list) else []
    return "de" if "de" in first else "en"


def _check(workflow: Workflow, lock: _Lock) -> None:
    states = {
        workflow.path: compare_with_disk(workflow),
        lock_path(lock.folder): lock.state(),
    }
    for path, state in states.items():
        text = localized(
            f"ci-{state.value}", file=typed_path(path), name=workflow.platform
        )
        click.echo(text, err=not state.is_up_to_date)
    if not all(state.is_up_to_date for state in states.values()):
        # A run on the platform turns red only by an exit code.
        raise click.exceptions.Exit(1)


def publishing_of(project: Project) -> Publishing | None:
    """Return what publishing needs, None if the answers name no target."""
    targets = read_targets(project.answers).values()
    if not targets:
        return None
    kinds = {target.kind: TARGET_KINDS[target.kind] for target in targets}
    return Publishing(
        targets=tuple(target.name for target in targets),
        # Sorted, so the order of targets in the answers does not change the file.
        extras=tuple(sorted({kind.extra for kind in kinds.values() if kind.extra})),
        host_keys=any(kind.proves_by_key for kind in kinds.values()),
        secrets=(
            *_places(targets),
            *(
                Secret(name=variable(t.name, secret), kind=secret, target=t.name)
                for t in targets
                for secret in kinds[t.kind].secrets
            ),
        ),
    )


def _places(targets: Collection[TargetSettings]) -> Iterator[Secret]:
    """Yield what says which servers may be sent something."""
    # They are set beside the secrets, not in the repository: whoever changes
    # `guideline.yml` must not be able to agree to another one.
    found = dict.fromkeys(_example(t) for t in targets if t.kind != "folder")
    if found:
        yield Secret(name=PLACES, kind="place", example=" ".join(found))
    if any(TARGET_KINDS[target.kind].proves_by_key for target in targets):
        yield Secret(name=KNOWN_HOSTS_VARIABLE, kind="known_hosts")


def _example(target: TargetSettings) -> str:
    # A repository's name may be one that only this computer's git knows.
    if target.kind != "git":
        with suppress(GuidegenError):
            place = place_of(target)
            if place is not None and _PLAIN.fullmatch(place.text):
                return place.text
    return "https://guideline@web.example.com"


_PLAIN = re.compile(r"[A-Za-z0-9@:/._%-]+")
"""A comment's line takes nothing that could end it."""
