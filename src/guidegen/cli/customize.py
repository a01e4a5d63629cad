"""`guidegen customize`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.localize import interface_language, say
from guidegen.cli.options import folder_argument
from guidegen.cli.terminal import printable, shown, tell
from guidegen.model.project import Project
from guidegen.pipeline import find_project
from guidegen.pipeline.customize import customize, list_sections

if TYPE_CHECKING:
    from guidegen.pipeline.customize import Section


@click.command("customize")
@click.argument("section", required=False)
@folder_argument
@click.option(
    "--language",
    "languages",
    metavar="LANGUAGE",
    multiple=True,
    help="Only this language's text (default: all that your guideline has).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    *,
    section: str | None,
    folder: Path,
    languages: tuple[str, ...],
    as_json: bool,
) -> None:
    """Take a section's text into sections/, to be reworded.

    SECTION is its id; without one, all sections are listed. FOLDER is that of the
    guideline (default: here). When the template pack changes, `guidegen upgrade` joins
    its changes with yours.
    """
    if section is None or _is_project(section, folder):
        _list(find_project(Path(section) if section else folder), as_json=as_json)
        return
    project = find_project(folder)
    known = list_sections(project, interface_language())
    if section not in {each.id for each in known}:
        tell(say("customize-sections"), err=True)
        click.echo(_table(known), err=True)
    files = customize(project, section, languages)
    if as_json:
        data = {"section": section, "files": [str(path) for path in files]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    tell(say("customize-done"))
    for path in files:
        click.echo(f"  {shown(path)}")
    tell(say("customize-next"))


def _is_project(name: str, folder: Path) -> bool:
    """Return whether somebody named the folder, but no section."""
    return folder == Path() and Project(Path(name)).answers.is_file()


def _list(project: Project, *, as_json: bool) -> None:
    sections = list_sections(project, interface_language())
    if as_json:
        data = [
            {
                "id": section.id,
                "title": section.title,
                "shown": section.shown,
                "own": [str(path) for path in section.own],
            }
            for section in sections
        ]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    tell(say("customize-sections"))
    click.echo(_table(sections))
    tell(say("customize-how"))


def _table(sections: tuple[Section, ...]) -> str:
    width = max(len(section.id) for section in sections)
    return "\n".join(
        printable(f"  {section.id:<{width}}  {section.title}{_remark(section)}")
        for section in sections
    )


def _remark(section: Section) -> str:
    if section.own:
        files = ", ".join(shown(path) for path in section.own)
        return f"  ({say('customize-own', files=files)})"
    return "" if section.shown else f"  ({say('customize-not-shown')})"
