"""`guidegen customize`: copies the text of a section into the project."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.help import argument, option, verb
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.missing_texts import show_beside
from guidegen.cli.options import json_option, open_project, project_option
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import echo, show_json
from guidegen.errors import GuidegenError
from guidegen.model.project import Project
from guidegen.pipeline.customize import customize, list_sections
from guidegen.pipeline.customize_cards import CARDS, customize_cards, list_cards
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.pipeline.customize import Section


@verb("customize")
@argument("section", metavar="help-word-section", required=False)
@project_option
@option(
    "--language",
    "languages",
    metavar="help-word-language",
    multiple=True,
    help="help-customize-language",
)
@json_option
def command(
    *,
    section: str | None,
    folder: Path | None,
    languages: tuple[str, ...],
    as_json: bool,
) -> None:
    """Copy a section's text into sections/ for rewording; or list all sections.

    `cards` lists the cards to practise with instead, `cards/NAME` copies some.
    """
    # The older form `guidegen customize FOLDER` still works.
    if section is None or _is_project(section, folder):
        _list(open_project(Path(section) if section else folder), as_json=as_json)
        return
    project = open_project(folder)
    if section.partition("/")[0] == CARDS:
        _cards(project, section.partition("/")[2], languages, as_json=as_json)
        return
    known = list_sections(project, interface_language())
    try:
        done = customize(project, section, languages)
    except GuidegenError:
        if section not in {each.id for each in known}:
            echo(localized("customize-sections"), err=True)
            # Before the error, so that it stands at the end, next to the prompt.
            click.echo(_table(known), err=True)
        raise
    if as_json:
        data = {
            "section": section,
            "files": [str(path) for path in done.files],
            "beside": [str(each.other_path) for each in done.beside],
        }
        show_json(data)
        return
    echo(localized("customize-done"))
    for path in done.files:
        click.echo(f"  {typed_path(path)}")
    for each in done.beside:
        show_beside(each)
    if section not in {each.id for each in known}:
        echo(localized("customize-not-there", section=section))
        return
    echo(localized("customize-next"))


def _cards(
    project: Project, name: str, languages: tuple[str, ...], *, as_json: bool
) -> None:
    """List the pack's cards, or copy those of a name."""
    if not name:
        cards = list_cards(project, interface_language())
        if as_json:
            show_json(
                [
                    {
                        "id": card.id,
                        "rule": card.rule,
                        "question": card.question,
                        "own": str(card.own) if card.own else None,
                    }
                    for card in cards
                ]
            )
            return
        echo(localized("customize-cards-list"))
        for rule, listed in groupby(cards, key=lambda card: card.rule):
            click.echo(printable(f"  {rule}"))
            for card in listed:
                own = typed_path(card.own) if card.own else ""
                remark = f"  ({localized('customize-own', files=own)})" if own else ""
                click.echo(printable(f"    {card.id}{remark}"))
        echo(localized("customize-cards-how"))
        return
    path = customize_cards(project, name, languages)
    if as_json:
        show_json({"cards": name, "files": [str(path)]})
        return
    echo(localized("customize-cards-done"))
    click.echo(f"  {typed_path(path)}")
    echo(localized("customize-cards-next"))


def _is_project(name: str, folder: Path | None) -> bool:
    """Return whether the argument is a project's folder rather than a section."""
    return folder is None and Project(Path(name)).answers.is_file()


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
        show_json(data)
        return
    echo(localized("customize-sections"))
    click.echo(_table(sections))
    echo(localized("customize-how"))


def _table(sections: tuple[Section, ...]) -> str:
    width = max(len(section.id) for section in sections)
    return "\n".join(
        printable(f"  {section.id:<{width}}  {section.title}{_remark(section)}")
        for section in sections
    )


def _remark(section: Section) -> str:
    if section.own:
        files = ", ".join(typed_path(path) for path in section.own)
        return f"  ({localized('customize-own', files=files)})"
    return "" if section.shown else f"  ({localized('customize-not-shown')})"
