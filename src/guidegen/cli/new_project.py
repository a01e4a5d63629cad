"""Collects the answers of a new project: given, asked for, or defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from guidegen.answers.data import look_up, put_in
from guidegen.answers.logos import LOGOS, logo_file, name_in_project
from guidegen.answers.new import create_answers
from guidegen.cli.dialogs import hold_until_written, resumed_state, without_line
from guidegen.cli.localize import interface_language
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import (
    Field,
    Interview,
    InterviewContext,
    InterviewState,
    Journal,
    Prompter,
    answered_beforehand,
    begin,
    fill_in,
    finished,
)
from guidegen.model.project import Project
from guidegen.schema.scalars import Plain, Refused
from guidegen.value import Value


class NewProject(Value):
    """A project before it is written.

    `pack` is written into the answers; `given` are answers that need not be asked for.
    """

    project: Project
    context: InterviewContext
    pack: str
    given: Mapping[str, Plain] = field(default_factory=dict)
    every: bool = False

    def write(self, state: InterviewState) -> None:
        """Write the project.

        Raises:
            ProblemsError: The answers do not fit together; nothing is written.
            FilesError: Something cannot be written.
        """
        settled = answered_beforehand(self.context, self.given)
        # What was given is written as it was given, not in the interview's form.
        answers = finished(self.context.pack, state, verbatim=settled)
        answers = put_in(answers, "pack", self.pack)
        files: dict[str, Path] = {}
        # Logos are copied beside the answers, so that the project is complete by
        # itself.
        for key in LOGOS:
            if logo := look_up(answers, key):
                try:
                    source = logo_file(str(logo), self.context.folder)
                except Refused as refused:
                    values = {"key": key, **refused.values}
                    problem = Problem(message=refused.message, values=values)
                    raise ProblemsError((problem,)) from refused
                name = name_in_project(key, source, self.project, files)
                files[name] = source
                answers = put_in(answers, key, name)
        create_answers(
            self.project.answers,
            answers,
            self.context.pack,
            language=interface_language(),
            files=files,
        )


def take_given(new: NewProject) -> None:
    """Write the project from what is given and the defaults; ask nobody.

    Raises:
        ProblemsError: One list of all that is missing or wrong; nothing is written.
        FilesError: Something cannot be written.
    """
    state, missing = fill_in(new.context, new.given)
    if missing:
        raise ProblemsError(missing_problems(new.given, missing))
    try:
        new.write(state)
    except ProblemsError as error:
        # A line would lead into a file that is not there.
        raise ProblemsError(tuple(map(without_line, error.problems))) from error


def is_complete(new: NewProject) -> bool:
    """Return whether every required answer was given."""
    return not fill_in(new.context, new.given)[1]


def ask_and_write(new: NewProject, prompter: Prompter, journal: Journal) -> None:
    """Ask, and write the project once the answers fit together.

    Raises:
        KeyboardInterrupt: Somebody stopped; the journal has the answers.
        FilesError: Something cannot be written.
    """
    context = new.context
    state = resumed_state(prompter, context, begin(context.pack, new.given), journal)
    interview = Interview(
        context=context,
        prompter=prompter,
        state=state,
        journal=journal,
        every=new.every,
        settled=answered_beforehand(context, new.given),
    )
    hold_until_written(interview, new.write)


def missing_problems(
    given: Mapping[str, Plain], fields: Iterable[Field]
) -> tuple[Problem, ...]:
    """Return which answers are missing, by the keys that --set takes.

    Args:
        given: The answers that were given.
        fields: What is missing; a text, once for each language.
    """
    problems: list[Problem] = []
    for each in fields:
        problem = _missing(given, each)
        if problem not in problems:
            problems.append(problem)
    return tuple(problems)


def _missing(given: Mapping[str, Plain], field: Field) -> Problem:
    question, part = field.question, field.part
    # Any of these would do, so naming a single one would mislead.
    if part.id in question.one_of:
        names = ", ".join(f"{question.key}.{name}" for name in question.one_of)
        values = {"key": question.key, "names": names}
        return Problem(message="entry-one-of", values=values)
    key = question.key if part is question else f"{question.key}.{part.key}"
    # One text may serve all languages, unless there is one for another language.
    if field.language is not None and isinstance(look_up(given, key), dict):
        key = f"{key}.{field.language}"
    return Problem(message="interview-missing", values={"key": key})
