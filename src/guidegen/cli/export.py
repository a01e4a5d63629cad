"""`guidegen export`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.localize import say
from guidegen.cli.options import folder_argument, pack_option, quiet_option
from guidegen.cli.terminal import notes_data, show_notes, shown, shown_progress
from guidegen.model.document import State
from guidegen.pipeline import find_project
from guidegen.pipeline.export import ExportJob, Form, export_project

if TYPE_CHECKING:
    from guidegen.pipeline.export import Exported


@click.command("export")
@click.argument(
    "form", metavar="FORM", type=click.Choice([form.value for form in Form])
)
@folder_argument
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to (default: “export” in the guideline's folder).",
)
@click.option("--language", metavar="de|en|…", help="Only this language.")
@pack_option
@click.option(
    "--force", is_flag=True, help="Replace what somebody else changed or wrote."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@quiet_option
def command(  # noqa: PLR0913  # one for each option
    *,
    form: str,
    folder: Path,
    into: Path | None,
    language: str | None,
    pack: Path | None,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the guideline in FOLDER (default: here) in another FORM.

    \b
    html    one web page in one file, for a portal, mail or a handbook
    docx    a Word file, for those who comment on it
    md      plain Markdown (CommonMark), for a wiki or another tool
    mkdocs  a project that MkDocs builds without guidegen

    Each language is a file or folder of its own. What somebody has changed since, such
    as a Word file with comments, is not replaced unless you say --force.
    """  # noqa: D301  # click wants the character itself
    with shown_progress(quiet=quiet or as_json, verbose=False) as progress:
        exported = export_project(
            ExportJob(
                project=find_project(folder),
                form=Form(form),
                into=into,
                language=language,
                pack=pack,
                force=force,
                progress=progress,
            )
        )
    if as_json:
        click.echo(json.dumps(_as_data(exported), ensure_ascii=False, indent=2))
    elif not quiet:
        _show(exported, Form(form))


def _show(exported: Exported, form: Form) -> None:
    show_notes(exported.notes)
    click.echo(say("export-done"))
    for path in exported.paths:
        click.echo(f"  {shown(path)}")
    if exported.edition.state is State.DRAFT:
        click.echo(say("export-draft", version=exported.edition.version))
    if form is Form.MKDOCS:
        click.echo(say("export-mkdocs"))


def _as_data(exported: Exported) -> dict[str, object]:
    return {
        "paths": [str(path) for path in exported.paths],
        "version": exported.edition.version,
        "state": exported.edition.state.value,
        "notes": notes_data(exported.notes),
    }
