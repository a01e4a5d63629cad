"""`guidegen interview`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

import click

from guidegen.answers import read_plain
from guidegen.answers.edit import edit_answers
from guidegen.cli.boundary import INTERRUPTED
from guidegen.cli.dialogs import (
    hold_until_written,
    interview_context,
    is_terminal,
    make_prompter,
    resumed_state,
    show_how_to_resume,
)
from guidegen.cli.localize import say
from guidegen.cli.options import (
    every_option,
    folder_argument,
    lang_option,
    plain_option,
)
from guidegen.cli.terminal import tell
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import (
    Interview,
    InterviewState,
    Journal,
    begin,
    changed_answers,
    is_meant,
)
from guidegen.model.pack import Pack
from guidegen.pipeline import Project, find_project


@click.command("interview")
@folder_argument
@click.option("--only", metavar="KEY", help="Ask this question only.")
@every_option
@lang_option
@plain_option
def command(
    *, folder: Path, only: str | None, every: bool, lang: str | None, plain: bool
) -> None:
    """Ask again about the guideline in FOLDER (default: here).

    Your present answers are the suggestions; what you change is changed in
    guideline.yml, where comments and layout stay.
    """
    del lang  # known since the command line was read
    project = find_project(folder)
    read = read_plain(project.answers)
    _check_only(only, read.pack)
    if not is_terminal():
        nobody = Problem(message="interview-nobody", values={"file": project.answers})
        raise ProblemsError((nobody,))
    context = interview_context(read.pack, folder)
    prompter = make_prompter(context.messages, plain=plain)
    state = begin(read.pack, read.data)
    journal = Journal(project.interview_journal) if only is None else None
    try:
        if journal is not None:
            state = resumed_state(prompter, context, state, journal)
        interview = Interview(
            context=context,
            prompter=prompter,
            state=state,
            journal=journal,
            every=every,
            only=only,
            done="interview-save",
        )
        keys = hold_until_written(
            interview, lambda state: _write(project, read.pack, state)
        )
    except KeyboardInterrupt:
        flags = {"--all": every, "--plain": plain}
        show_how_to_resume(journal, _resume_command(folder, flags))
        raise click.exceptions.Exit(INTERRUPTED) from None
    tell(say("set-changed", keys=", ".join(keys)) if keys else say("set-unchanged"))


def _write(project: Project, pack: Pack, state: InterviewState) -> list[str]:
    """Write the answers that are different; return their keys."""
    changes = dict(changed_answers(pack, state))
    edit_answers(project.answers, changes, pack)
    return list(changes)


def _resume_command(folder: Path, flags: Mapping[str, bool]) -> str:
    place = [str(folder)] if folder != Path() else []
    given = [flag for flag, is_set in flags.items() if is_set]
    return shlex.join(["guidegen", "interview", *place, *given])


def _check_only(only: str | None, pack: Pack) -> None:
    if only is None or any(is_meant(question, only) for question in pack.questions):
        return
    values = {
        "value": only,
        "known": ", ".join(question.id for question in pack.questions),
    }
    raise ProblemsError((Problem(message="interview-unknown-question", values=values),))
