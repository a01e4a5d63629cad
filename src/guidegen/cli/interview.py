"""`guidegen interview`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.answers import PlainAnswers, look_up, read_plain
from guidegen.answers.edit import edit_answers
from guidegen.cli.boundary import INTERRUPTED
from guidegen.cli.dialogs import (
    is_terminal,
    make_prompter,
    make_setting,
    wants_to_resume,
)
from guidegen.cli.localize import say
from guidegen.cli.options import (
    every_option,
    folder_argument,
    lang_option,
    plain_option,
)
from guidegen.cli.terminal import problem_text, tell
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import (
    Interview,
    Journal,
    applying,
    is_meant,
    take_apart,
)
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question
from guidegen.pipeline import find_project

if TYPE_CHECKING:
    from guidegen.answers import Plain
    from guidegen.interview import Prompter
    from guidegen.pipeline import Project


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
    setting = make_setting(read.pack, folder)
    prompter = make_prompter(setting.words, plain=plain)
    journal = Journal(project.interview_journal)
    held = Interview(
        setting=setting,
        prompter=prompter,
        journal=journal if only is None else None,
        every=every,
        only=only,
        done="interview-save",
        state=take_apart(read.pack, read.data),
    )
    try:
        _take_up(held, journal)
        keys = _hold(held, read, project, prompter)
    except KeyboardInterrupt:
        click.echo()
        if only is None and journal.path.is_file():
            flags = {"--all": every, "--plain": plain}
            tell(say("interview-resume-command"))
            click.echo(f"  {_resume_command(folder, flags)}")
        raise click.exceptions.Exit(INTERRUPTED) from None
    if only is None:
        journal.remove()
    tell(say("set-changed", keys=", ".join(keys)) if keys else say("set-unchanged"))


def _take_up(held: Interview, journal: Journal) -> None:
    """Go on with an interview that was stopped, if the user wants that."""
    if held.only is not None:
        return
    kept = journal.read()
    if kept and wants_to_resume(held.prompter, held.setting.words, len(kept)):
        held.state |= kept
        held.answered = set(kept)
    else:
        journal.remove()


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


def _hold(
    held: Interview, read: PlainAnswers, project: Project, prompter: Prompter
) -> list[str]:
    """Ask until the answers fit together and are written; return the keys changed."""
    before = applying(read.pack, take_apart(read.pack, read.data), read.data)
    while True:
        held.hold()
        changes = dict(changed_answers(before, held.answers(read.data), read.pack))
        try:
            edit_answers(project.answers, changes, read.pack)
        except ProblemsError as error:
            for problem in error.problems:
                prompter.say(
                    problem_text(
                        Problem(message=problem.message, values=problem.values)
                    )
                )
        else:
            return list(changes)


def changed_answers(
    before: Mapping[str, Plain], after: Mapping[str, Plain], pack: Pack
) -> Iterator[tuple[str, Plain | None]]:
    """Return the values that are different, by the most precise key.

    What was not said before and is only the suggestion is not a change.
    """
    for question in pack.questions:
        for key in _keys(question):
            old, new = look_up(before, key), look_up(after, key)
            said = old is not None or new not in _suggestions(question, after)
            if said and old != new:
                yield key, new


def _suggestions(question: Question, after: Mapping[str, Plain]) -> list[object]:
    default = question.default
    if isinstance(default, str) and default.startswith("="):
        return [look_up(after, default[1:])]
    return [default]


def _keys(question: Question) -> Iterator[str]:
    if question.kind is Kind.GROUP:
        for part in question.fields:
            yield f"{question.key}.{part.key}"
    else:
        yield question.key
