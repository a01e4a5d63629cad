"""`guidegen announce`: writes what tells everybody of a release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.boundary import INTERRUPTED
from guidegen.cli.dialogs import is_terminal, make_prompter
from guidegen.cli.help import option, verb
from guidegen.cli.localize import interface_language, known_messages, localized
from guidegen.cli.options import (
    json_option,
    open_project,
    project_option,
    quiet_option,
)
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import (
    echo,
    notes_data,
    problem_text,
    show_json,
    show_notes,
    shown_progress,
)
from guidegen.cli.usage import FolderPath
from guidegen.errors import Problem
from guidegen.interview import Messages, Prompt, RawAnswer, insist
from guidegen.model.question import Kind
from guidegen.pipeline.announce import (
    AnnounceJob,
    announce_project,
    released,
    remembered_address,
)
from guidegen.redact import printable
from guidegen.schema.scalars import Refused, parse

if TYPE_CHECKING:
    from guidegen.model.project import Project
    from guidegen.pipeline.announce import Announced


@verb("announce")
@project_option
@option("--url", metavar="help-word-address", help="help-announce-url")
@option(
    "--into", type=FolderPath(), metavar="help-word-folder", help="help-announce-into"
)
@option("--version", metavar="help-word-version", help="help-announce-version")
@option("--language", metavar="de|en|…", help="help-export-language")
@option("--force", is_flag=True, help="help-export-force")
@json_option
@quiet_option
def command(  # noqa: PLR0913  # one for each option
    *,
    folder: Path | None,
    url: str | None,
    into: Path | None,
    version: str | None,
    language: str | None,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write what tells everybody of a release."""
    silent = quiet or as_json
    project = open_project(folder, quiet=silent)
    asked = None
    if url is None and not silent and is_terminal():
        url = asked = _asked_address(project, version)
    with shown_progress(quiet=silent, verbose=False) as progress:
        announced = announce_project(
            AnnounceJob(
                project=project,
                into=into,
                version=version,
                language=language,
                url=url,
                force=force,
                progress=progress,
            )
        )
    if as_json:
        show_json(_as_data(announced))
    elif not quiet:
        _show(announced)
        if asked:
            echo(localized("announce-keep"))


def _asked_address(project: Project, version: str | None) -> str | None:
    """Ask where the guideline is published; None if `publish:` says so."""
    # Whoever has nothing to announce is told so before anything is asked.
    released(project, version)
    if remembered_address(project):
        return None
    messages = Messages(texts=known_messages(), language=interface_language())
    prompt = Prompt(
        head="",
        text=localized("announce-ask"),
        help=localized("announce-ask-help"),
        kind=Kind.URL,
        check=_mistake,
    )
    try:
        prompter = make_prompter(messages, plain=False, keys="announce-keys")
        return str(insist(prompter, prompt)).strip()
    except KeyboardInterrupt:
        click.echo()
        raise click.exceptions.Exit(INTERRUPTED) from None


def _mistake(raw: RawAnswer) -> str | None:
    try:
        parse(Kind.URL, str(raw or ""))
    except Refused as refused:
        problem = Problem(message=refused.message, values=refused.values)
        return problem_text(problem)
    return None


def _show(announced: Announced) -> None:
    show_notes(announced.notes)
    echo(localized("announce-done", version=announced.version))
    for path in announced.paths:
        click.echo(f"  {printable(typed_path(path))}")
    echo(localized("announce-next"))
    for address in announced.addresses.values():
        click.echo(f"  {printable(address)}")


def _as_data(announced: Announced) -> dict[str, object]:
    return {
        "paths": [str(path) for path in announced.paths],
        "version": announced.version,
        "step": announced.step,
        "addresses": dict(announced.addresses),
        "notes": notes_data(announced.notes),
    }
