"""Answers given beforehand, with the defaults of the rest: nobody is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from guidegen.answers import look_up, put
from guidegen.interview.ask import applying
from guidegen.interview.assemble import take_apart
from guidegen.interview.prompts import complaint, prompt_for
from guidegen.interview.steps import steps
from guidegen.model.question import Kind

if TYPE_CHECKING:
    from guidegen.answers import Plain
    from guidegen.interview.prompter import Raw
    from guidegen.interview.prompts import Setting
    from guidegen.interview.steps import Step


def fill_in(
    setting: Setting, given: Mapping[str, Plain]
) -> tuple[dict[str, Raw], list[Step]]:
    """Return single answers, given or by default, and the steps that have none.

    Args:
        setting: The pack and what else stays the same in an interview.
        given: Answers that were given beforehand, nested as in `guideline.yml`.
    """
    state = take_apart(setting.pack, given)
    fixed = answered_beforehand(setting, given)
    missing: dict[str, Step] = {}
    seen: set[str] = set()
    while True:
        step = next(
            (
                step
                for step in steps(setting.pack, state, every=True)
                if step.path not in seen and step.top.id not in fixed
            ),
            None,
        )
        if step is None:
            return state, list(missing.values())
        seen.add(step.path)
        if step.path not in state:
            state[step.path] = prompt_for(step, state, "", setting).default
        if complaint(step, state[step.path], state, setting) is not None:
            missing[step.path] = step


def answered_beforehand(setting: Setting, given: Mapping[str, Plain]) -> set[str]:
    """Return the ids of the questions that need not be asked any more.

    A contact of which only a part was given is still asked for.
    """
    state = take_apart(setting.pack, given)
    open_keys: set[str] = set()
    fixed: set[str] = set()
    for question in setting.pack.questions:
        if look_up(given, question.key) is None:
            continue
        parts = steps(setting.pack, state, every=True, only=question.id)
        is_open = question.kind is Kind.GROUP and any(
            complaint(step, state.get(step.path), state, setting) for step in parts
        )
        if is_open:
            open_keys.add(question.key.removesuffix(".0"))
        elif question.key not in open_keys:
            fixed.add(question.id)
    return fixed


def together(
    setting: Setting,
    state: Mapping[str, Raw],
    given: Mapping[str, Plain],
    fixed: Collection[str],
) -> dict[str, Plain]:
    """Return all answers, those given beforehand exactly as they were given."""
    data: Plain | None = applying(setting.pack, state, given)
    for question in setting.pack.questions:
        value = look_up(given, question.key)
        if question.id in fixed and value is not None:
            data = put(data, question.key.split("."), value)
    return data if isinstance(data, dict) else {}
