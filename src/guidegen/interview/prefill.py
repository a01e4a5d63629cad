"""Answers that need not be asked for: given beforehand, journalled, or defaults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guidegen.answers.data import look_up
from guidegen.interview.choices import InterviewContext
from guidegen.interview.fields import fields, fields_of
from guidegen.interview.prompter import RawAnswer
from guidegen.interview.prompts import check_answer, prompt_for
from guidegen.interview.state import Field, InterviewState, begin
from guidegen.model.pack import Pack
from guidegen.model.question import Kind
from guidegen.schema.scalars import Plain

_STAND_INS: tuple[RawAnswer, ...] = (
    *("…", "https://guideline.example", "name@guideline.example"),
    *("+49 30 1234567", "1", "12", "#336699", False),
)


def fill_in(
    context: InterviewContext, given: Mapping[str, Plain]
) -> tuple[InterviewState, list[Field]]:
    """Return the state in which every default was taken, and the fields that need more.

    Args:
        context: The pack and what else stays the same in an interview.
        given: Answers that were given beforehand, nested as in `guideline.yml`.
    """
    state = begin(context.pack, given)
    settled = answered_beforehand(context, given)
    missing: list[Field] = []
    # A default that does not fit would otherwise be filled in for ever.
    seen: set[str] = set()
    while True:
        # A default may decide which questions come next.
        field = next(
            (
                field
                for field in fields(context.pack, state, every=True)
                if field.path not in seen and field.question.id not in settled
            ),
            None,
        )
        if field is None:
            return state, missing
        seen.add(field.path)
        if state.value(field) is None:
            state = state.answer(field, prompt_for(context, state, field).default)
        if check_answer(context, state, field, state.value(field)) is not None:
            missing.append(field)


def stand_in(
    context: InterviewContext, state: InterviewState, field: Field
) -> RawAnswer:
    """Return an answer that fits a field where nobody has given one: for a preview.

    Returns:
        Its first choice or its example, else something of its kind; None if nothing
        fits.
    """
    prompt = prompt_for(context, state, field)
    offered = [each.value for each in prompt.options[:1]]
    first = (offered,) if prompt.kind is Kind.CHOICES else offered
    tried = (*first, prompt.example, *_STAND_INS, context.today.isoformat())
    return next(
        (
            each
            for each in tried
            if each is not None and check_answer(context, state, field, each) is None
        ),
        None,
    )


def answered_beforehand(
    context: InterviewContext, given: Mapping[str, Plain]
) -> set[str]:
    """Return the ids of the questions that need not be asked any more.

    A contact of which only a part was given is still asked for.
    """
    pack, state = context.pack, begin(context.pack, given)
    open_keys: set[str] = set()
    settled: set[str] = set()
    for question in pack.questions:
        if look_up(given, question.key) is None:
            continue
        is_open = question.kind is Kind.GROUP and any(
            check_answer(context, state, field, state.value(field))
            for field in fields_of(pack, question, state)
        )
        if is_open:
            open_keys.add(question.key.removesuffix(".0"))
        elif question.key not in open_keys:
            # Not if the first entry of the same list is incomplete.
            settled.add(question.id)
    return settled


def replay(
    pack: Pack,
    state: InterviewState,
    kept: Mapping[str, RawAnswer],
    *,
    folder: Path | None = None,
) -> InterviewState:
    """Return the state with the answers of an interrupted interview.

    One that no question asks for any more is left out, and so is a file that lies
    elsewhere: it is copied into the project, and the answers may have come with that.

    Args:
        pack: Whose questions are asked.
        state: How the interview began.
        kept: The answers by the path of their field.
        folder: The folder that files have to lie in; anywhere if None.
    """
    waiting = dict(kept)
    while True:
        # Worked out anew each time, because an answer can bring the fields of later
        # ones.
        known = {
            field.path: field
            for question in pack.questions
            for field in fields_of(pack, question, state)
        }
        path = next((path for path in waiting if path in known), None)
        if path is None:
            return state
        field, raw = known[path], waiting.pop(path)
        if not (folder and field.part.kind is Kind.FILE and _leads_out(raw, folder)):
            state = state.answer(field, raw)


def _leads_out(raw: RawAnswer, folder: Path) -> bool:
    try:
        return not (folder / str(raw)).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return True
