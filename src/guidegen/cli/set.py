"""`guidegen set`: changes answers."""

from __future__ import annotations

from pathlib import Path

from guidegen.answers.assignments import needs_present, read_options
from guidegen.answers.edit import edit_answers
from guidegen.answers.logos import kept_in_project
from guidegen.answers.read import read_pack, read_plain
from guidegen.cli.help import argument, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import open_project, project_option_alone
from guidegen.cli.terminal import echo, show_notes
from guidegen.pipeline.addresses import lookalike_notes


@verb("set")
@argument("settings", metavar="help-word-setting", nargs=-1, required=True)
@project_option_alone
def command(*, settings: tuple[str, ...], folder: Path | None) -> None:
    """Change answers in guideline.yml; comments and layout stay."""
    project = open_project(folder)
    pack = read_pack(project.answers)
    # Few settings need what is there: a wrong value in the file must not keep `set`
    # from correcting it.
    needed = needs_present(settings)
    present = read_plain(project.answers, partial=True).data if needed else {}
    changes = read_options(settings, pack, present=present, folder=project.folder)
    with kept_in_project(changes, project) as kept:
        is_changed = edit_answers(project.answers, kept, pack)
    if is_changed:
        echo(localized("set-changed", keys=", ".join(changes)))
        show_notes(lookalike_notes(changes))
    else:
        echo(localized("set-unchanged"))
