"""Asks the questions that a newer pack has and the project's own has not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from guidegen.answers.data import put_in
from guidegen.answers.options import read_options
from guidegen.cli.dialogs import interview_context
from guidegen.cli.new_project import missing_problems
from guidegen.errors import ProblemsError
from guidegen.interview import (
    Interview,
    InterviewContext,
    InterviewState,
    Prompter,
    answered_beforehand,
    begin,
    changed_answers,
    fields,
    fill_in,
)
from guidegen.model.question import Question
from guidegen.schema.scalars import Plain
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.pipeline.upgrade import Upgrade


class NewAnswers(Value):
    """What is answered of the new questions, and which of them are not."""

    changes: dict[str, Plain | None]
    """The answers to set, by dotted key."""
    open: tuple[Question, ...]
    """Questions that nobody has answered; the guideline can do without."""


def new_answers(
    upgrade: Upgrade,
    settings: Sequence[str],
    prompter: Prompter | None,
) -> NewAnswers:
    """Return the answers to set, by dotted key.

    Args:
        upgrade: The project and the new pack.
        settings: Each as `KEY=VALUE`.
        prompter: Asks the new questions; None if there is nobody to ask.

    Raises:
        ProblemsError: A setting is wrong, or an answer is missing.
        KeyboardInterrupt: Somebody stopped.
    """
    data = upgrade.read.data
    options = read_options(
        settings, upgrade.pack, present=data, folder=upgrade.project.folder
    )
    given: dict[str, Plain] = data
    for key, value in options.items():
        given = put_in(given, key, value)
    context = interview_context(upgrade.pack, upgrade.project.folder)
    new = {question.id for question in upgrade.questions}
    open_questions = new - answered_beforehand(context, given)
    if prompter is None:
        state, missing = fill_in(context, given)
        # What was missing before the upgrade is not its business.
        missing = [each for each in missing if each.question.id in open_questions]
        if missing:
            raise ProblemsError(missing_problems(given, missing))
    else:
        state = _asked(begin(upgrade.pack, given), open_questions, context, prompter)
    changes = dict(changed_answers(upgrade.pack, state, upgrade.questions))
    asked = {field.question.id for field in fields(upgrade.pack, state, every=False)}
    return NewAnswers(
        changes={**options, **changes},
        open=tuple(
            question
            for question in upgrade.questions
            # Those that are not asked by default wait for whoever looks for them.
            if prompter is None and question.id in open_questions & asked
        ),
    )


def _asked(
    state: InterviewState,
    questions: Collection[str],
    context: InterviewContext,
    prompter: Prompter,
) -> InterviewState:
    # All other questions count as answered, so that only new ones are asked.
    others = {each.id for each in context.pack.questions} - set(questions)
    interview = Interview(
        context=context, prompter=prompter, state=state, settled=others
    )
    interview.ask_open_fields()
    return interview.state
