"""`guidegen export`: writes the guideline in other forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.clock import today
from guidegen.cli.help import argument, option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import (
    json_option,
    open_project,
    pack_option,
    project_option,
    quiet_option,
)
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import notes_data, show_json, show_notes, shown_progress
from guidegen.cli.usage import Choice, FolderPath, Percent, WrongUsage
from guidegen.errors import Problem
from guidegen.model.document import State
from guidegen.pipeline.export import CARD_FORMS, ExportJob, Form, export_project
from guidegen.redact import printable
from guidegen.wrap import wrapped

if TYPE_CHECKING:
    from guidegen.pipeline.export import Exported


@verb("export")
@argument("form", metavar="help-word-form", type=Choice([form.value for form in Form]))
@project_option
@option(
    "--into", type=FolderPath(), metavar="help-word-folder", help="help-export-into"
)
@option("--version", metavar="help-word-version", help="help-export-version")
@option("--language", metavar="de|en|…", help="help-export-language")
@option("--mark", type=Percent(), metavar="help-word-percent", help="help-export-mark")
@pack_option
@option("--force", is_flag=True, help="help-export-force")
@json_option
@quiet_option
def command(  # noqa: PLR0913  # one for each option
    *,
    form: str,
    folder: Path | None,
    into: Path | None,
    version: str | None,
    language: str | None,
    mark: int | None,
    pack: Path | None,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the guideline in another form."""
    if mark is not None and Form(form) is not Form.SCORM:
        raise WrongUsage(Problem(message="export-mark", values={"key": "--mark"}))
    with shown_progress(quiet=quiet or as_json, verbose=False) as progress:
        exported = export_project(
            ExportJob(
                project=open_project(folder, quiet=quiet),
                form=Form(form),
                into=into,
                version=version,
                today=today(),
                language=language,
                mark=mark,
                pack=pack,
                force=force,
                progress=progress,
            )
        )
    # Notes are part of the data, so nothing else needs to be printed.
    if as_json:
        show_json(_as_data(exported))
    elif not quiet:
        _show(exported, Form(form))


def _show(exported: Exported, form: Form) -> None:
    show_notes(exported.notes)
    click.echo(localized("export-done"))
    for path in exported.paths:
        click.echo(f"  {typed_path(path)}")
    if exported.edition.state is State.DRAFT and form in CARD_FORMS:
        click.echo(localized("export-draft-cards", version=exported.edition.version))
    elif exported.edition.state is State.DRAFT:
        click.echo(localized("export-draft", version=exported.edition.version))
    elif exported.edition.state is State.OUTDATED:
        version = exported.edition.version
        told = localized("export-outdated", version=version, notice=exported.notice)
        click.echo(wrapped(printable(told)))
    if form is Form.MKDOCS:
        click.echo(localized("export-mkdocs"))


def _as_data(exported: Exported) -> dict[str, object]:
    return {
        "paths": [str(path) for path in exported.paths],
        "version": exported.edition.version,
        "state": exported.edition.state.value,
        "notes": notes_data(exported.notes),
    }
