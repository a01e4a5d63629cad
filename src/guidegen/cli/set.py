"""`guidegen set`."""

from __future__ import annotations

from pathlib import Path

import click

from guidegen.answers import read_pack, read_plain
from guidegen.answers.edit import edit_answers
from guidegen.answers.options import read_options
from guidegen.cli.localize import say
from guidegen.cli.terminal import tell
from guidegen.pipeline import find_project


@click.command("set")
@click.argument("settings", metavar="KEY=VALUE...", nargs=-1, required=True)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder of the guideline (default: here).",
)
def command(*, settings: tuple[str, ...], folder: Path) -> None:
    """Change answers in guideline.yml; comments and layout stay.

    KEY is the way to the value: company.name, contacts.0.phone, taboo_topics. Lists
    are written de,en; taboo_topics+=mergers adds, taboo_topics-=mergers takes away.
    KEY= takes the answer out.
    """
    project = find_project(folder)
    pack = read_pack(project.answers)
    adds = any(setting.partition("=")[0][-1:] in {"+", "-"} for setting in settings)
    present = read_plain(project.answers, partial=True).data if adds else {}
    changes = read_options(settings, pack, present=present, folder=folder)
    if edit_answers(project.answers, changes, pack):
        tell(say("set-changed", keys=", ".join(changes)))
    else:
        tell(say("set-unchanged"))
