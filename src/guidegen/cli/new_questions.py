"""Asks the questions that a newer pack has and the project's own has not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from guidegen.answers.assignments import read_options
from guidegen.answers.data import look_up, put_in
from guidegen.cli.dialogs import interview_context
from guidegen.cli.new_project import missing_problems
from guidegen.errors import ProblemsError
from guidegen.interview import (
    Field,
    Interview,
    InterviewContext,
    InterviewState,
    Prompter,
    answered_beforehand,
    begin,
    changed_answers,
    check_answer,
    fields,
    fill_in,
    stand_in,
)
from guidegen.model.question import Question
from guidegen.schema.scalars import Plain
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.pipeline.upgrade import Upgrade


_SECTOR, _LISTED = "company.sector", "company.listed"


class NewAnswers(Value):
    """What is answered of the new questions, and which of them are not."""

    changes: dict[str, Plain | None]
    """The answers to set, by dotted key."""
    open: tuple[Question, ...]
    """Questions that are still to be answered; the guideline can do without."""
    assumed: tuple[str, ...] = ()
    """The keys of those that it cannot do without: `changes` has a stand-in for each,
    so that it can be shown all the same."""


def new_answers(
    upgrade: Upgrade,
    settings: Sequence[str],
    prompter: Prompter | None,
    *,
    pretend: bool = False,
) -> NewAnswers:
    """Return the answers to set, by dotted key.

    Args:
        upgrade: The project and the new pack.
        settings: Each as `KEY=VALUE`.
        prompter: Asks the new questions; None if there is nobody to ask.
        pretend: Whether nothing will be written, so that a stand-in does for an answer
            that is missing.

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
    questions = _open_questions(upgrade, context, given)
    ids = {question.id for question in questions}
    assumed: list[Field] = []
    if prompter is None:
        state, assumed = _filled_in(context, given, ids, pretend=pretend)
    else:
        state = _asked(begin(upgrade.pack, given), ids, context, prompter)
    changes = dict(changed_answers(upgrade.pack, state, questions))
    if _SECTOR in changes and _says_listed(upgrade, given):
        # The old answer said this, too; the new one says only what the company does.
        changes.setdefault(_LISTED, True)
    asked = {field.question.id for field in fields(upgrade.pack, state, every=False)}
    return NewAnswers(
        changes={**options, **changes},
        open=tuple(
            question
            for question in questions
            # Those that are not asked by default wait for whoever looks for them.
            if prompter is None and question.id in asked
        ),
        assumed=tuple(dict.fromkeys(each.question.key for each in assumed)),
    )


def _filled_in(
    context: InterviewContext,
    given: Mapping[str, Plain],
    questions: Collection[str],
    *,
    pretend: bool,
) -> tuple[InterviewState, list[Field]]:
    """Return the answers without asking anybody, and what has only a stand-in.

    Raises:
        ProblemsError: An answer is missing.
    """
    state, missing = fill_in(context, given)
    # What was missing before the upgrade is not its business.
    missing = [each for each in missing if each.question.id in questions]
    assumed = missing if pretend else []
    for field in assumed:
        state = state.answer(field, stand_in(context, state, field))
    lacking = [each for each in missing if _is_open(context, state, each)]
    if lacking:
        raise ProblemsError(missing_problems(given, lacking))
    return state, assumed


def _is_open(context: InterviewContext, state: InterviewState, field: Field) -> bool:
    return check_answer(context, state, field, state.value(field)) is not None


def _open_questions(
    upgrade: Upgrade, context: InterviewContext, given: Mapping[str, Plain]
) -> tuple[Question, ...]:
    """Return the new questions without an answer, and those with more to choose now."""
    answered = answered_beforehand(context, given)
    new = {each.id for each in upgrade.questions if each.id not in answered}
    listed = _says_listed(upgrade, given)
    return tuple(
        question
        for question in upgrade.pack.questions
        if (question.id in new and not (listed and question.key == _LISTED))
        or (question.key == _SECTOR and _has_new_sectors(upgrade))
    )


def _has_new_sectors(upgrade: Upgrade) -> bool:
    """Return whether the new pack offers sectors that nobody could choose before."""
    offered = (
        each for each in upgrade.pack.sectors if upgrade.pack.sector(each).offered
    )
    return not {*offered} <= {*upgrade.old.sectors}


def _says_listed(upgrade: Upgrade, given: Mapping[str, Plain]) -> bool:
    """Return whether the sector of an old file says that shares are traded."""
    before = look_up(given, _SECTOR)
    return upgrade.pack.sector(str(before)).listed


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
