"""`guidegen interview`: holds the interview again for an existing project."""

from __future__ import annotations

from pathlib import Path

import click

from guidegen.answers.edit import edit_answers
from guidegen.answers.logos import kept_in_project
from guidegen.answers.read import read_pack, read_plain
from guidegen.cli.boundary import INTERRUPTED
from guidegen.cli.dialogs import (
    author_messages,
    hold_until_written,
    interview_context,
    is_terminal,
    make_prompter,
    resumed_state,
    show_how_to_resume,
)
from guidegen.cli.help import option, verb
from guidegen.cli.localize import lang_words, localized
from guidegen.cli.missing_texts import ask_missing
from guidegen.cli.options import (
    every_option,
    open_project,
    plain_option,
    project_option,
)
from guidegen.cli.shell_quoting import guidegen_command
from guidegen.cli.terminal import echo, show_notes
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
from guidegen.model.project import Project
from guidegen.pipeline.addresses import lookalike_notes
from guidegen.pipeline.missing_texts import find_missing
from guidegen.schema.scalars import Plain

_MISSING = "missing"
"""What `--only` is told for the texts that lack a language or form of address."""


@verb("interview")
@project_option
@option("--only", metavar="help-word-key", help="help-interview-only")
@every_option
@plain_option
def command(*, folder: Path | None, only: str | None, every: bool, plain: bool) -> None:
    """Ask again, with the present answers as suggestions."""
    project = open_project(folder)
    if only == _MISSING:
        _fill_gaps(project, plain=plain)
        return
    read = read_plain(project.answers)
    asked = _asked_alone(only, read.pack) if only is not None else None
    _refuse_nobody(project)
    context = interview_context(read.pack, project.folder)
    prompter = make_prompter(context.messages, plain=plain)
    state = begin(read.pack, read.data)
    # A question that is asked alone must not discard a long interview's journal.
    journal = Journal(
        project.question_journal(asked) if asked else project.interview_journal
    )
    try:
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
        changes = hold_until_written(
            interview, lambda state: _write(project, read.pack, state)
        )
    except KeyboardInterrupt:
        words = [*lang_words(), *(["--only", only] if only is not None else [])]
        flags = {"--all": every, "--plain": plain}
        words += [flag for flag, is_set in flags.items() if is_set]
        again = guidegen_command("interview", *words, folder=folder)
        show_how_to_resume(journal, again)
        raise click.exceptions.Exit(INTERRUPTED) from None
    echo(
        localized("set-changed", keys=", ".join(changes))
        if changes
        else localized("set-unchanged")
    )
    show_notes(lookalike_notes(changes))


def _refuse_nobody(project: Project) -> None:
    if not is_terminal():
        nobody = Problem(message="interview-nobody", values={"file": project.answers})
        raise ProblemsError((nobody,))


def _fill_gaps(project: Project, *, plain: bool) -> None:
    """Ask for the company's own texts that lack a language or form of address."""
    if not find_missing(project):
        echo(localized("missing-none"))
        return
    _refuse_nobody(project)
    messages = author_messages(read_pack(project.answers))
    prompter = make_prompter(messages, plain=plain, keys="missing-keys")
    try:
        ask_missing(project, prompter, plain=plain)
    except KeyboardInterrupt:
        raise click.exceptions.Exit(INTERRUPTED) from None


def _write(
    project: Project, pack: Pack, state: InterviewState
) -> dict[str, Plain | None]:
    """Write the answers that are different, and return them by key."""
    # Only what differs is written, so comments and layout around the rest stay.
    changes = dict(changed_answers(pack, state))
    with kept_in_project(changes, project) as kept:
        edit_answers(project.answers, kept, pack)
    return changes


def _asked_alone(only: str, pack: Pack) -> str:
    """Return the id of the first question that somebody means.

    Raises:
        ProblemsError: There is none.
    """
    for question in pack.questions:
        if is_meant(question, only):
            return question.id
    values = {
        "value": only,
        "known": ", ".join(question.id for question in pack.questions),
    }
    raise ProblemsError((Problem(message="interview-unknown-question", values=values),))
