"""The answers that a new pack needs: given with `--set`, asked for, or by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from guidegen.answers import put
from guidegen.answers.write import read_options
from guidegen.cli.collect import missing_problem
from guidegen.cli.interview import changed_answers
from guidegen.errors import ProblemsError
from guidegen.interview import (
    Interview,
    answered_beforehand,
    applying,
    fill_in,
    take_apart,
)

if TYPE_CHECKING:
    from guidegen.answers import Plain
    from guidegen.interview import Prompter, Raw, Setting
    from guidegen.pipeline.upgrade import Upgrade


def new_answers(
    upgrade: Upgrade,
    settings: Sequence[str],
    setting: Setting,
    prompter: Prompter | None,
) -> dict[str, Plain | None]:
    """Return the answers that are to be set, by dotted key.

    Args:
        upgrade: The project and the new pack.
        settings: What was given as `KEY=VALUE`.
        setting: The setting of an interview with the new pack.
        prompter: Who asks the new questions; None if nobody can be asked.

    Raises:
        ProblemsError: Something that was given is wrong, or an answer is missing.
        KeyboardInterrupt: Somebody stopped.
    """
    data = upgrade.read.data
    options = read_options(
        settings, upgrade.pack, present=data, folder=upgrade.project.folder
    )
    given: dict[str, Plain] = data
    for key, value in options.items():
        changed = put(given, key.split("."), value)
        given = changed if isinstance(changed, dict) else {}
    new = {question.id for question in upgrade.questions}
    open_ids = new - answered_beforehand(setting, given)
    state = take_apart(upgrade.pack, given)
    before = applying(upgrade.pack, state, given)
    if prompter is None:
        filled, missing = fill_in(setting, given)
        missing = [step for step in missing if step.top.id in open_ids]
        if missing:
            raise ProblemsError(tuple(map(missing_problem, missing)))
        state = {**filled, **state}
    elif open_ids:
        state = _asked(state, open_ids, setting, prompter)
    pack = replace(upgrade.pack, questions=upgrade.questions)
    after = applying(upgrade.pack, state, given)
    return {**options, **dict(changed_answers(before, after, pack))}


def _asked(
    state: dict[str, Raw], questions: set[str], setting: Setting, prompter: Prompter
) -> dict[str, Raw]:
    held = Interview(
        setting=setting,
        prompter=prompter,
        every=True,
        state=state,
        fixed={
            question.id
            for question in setting.pack.questions
            if question.id not in questions
        },
    )
    held.ask_open_steps()
    return held.state
