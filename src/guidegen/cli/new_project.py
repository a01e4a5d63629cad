"""Collects the answers of a new project: given beforehand, asked for, or by default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidegen.answers import look_up, put
from guidegen.answers.new import create_answers
from guidegen.cli.localize import interface_language
from guidegen.cli.terminal import problem_text
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import (
    Interview,
    answered_beforehand,
    fill_in,
    logo_source,
    take_apart,
    together,
)

if TYPE_CHECKING:
    from guidegen.answers import Plain
    from guidegen.interview import Journal, Prompter, Raw, Setting, Step
    from guidegen.pipeline import Project


@dataclass(frozen=True, kw_only=True)
class Collection:
    """What there is before anybody is asked.

    `pack` is written into the answers; `given` are answers that need not be asked for.
    """

    project: Project
    setting: Setting
    pack: str
    given: Mapping[str, Plain] = field(default_factory=dict)
    every: bool = False

    def write(self, state: Mapping[str, Raw]) -> None:
        """Write the project.

        Raises:
            ProblemsError: The answers do not fit together; nothing is written.
            FilesError: Something cannot be written.
        """
        fixed = answered_beforehand(self.setting, self.given)
        values = together(self.setting, state, self.given, fixed)
        values = {"pack": self.pack, **{k: v for k, v in values.items() if k != "pack"}}
        logo = look_up(values, "brand.logo")
        source = logo_source(str(logo), self.setting.folder) if logo else None
        if source is not None:
            named = put(values, ["brand", "logo"], source.name)
            values = named if isinstance(named, dict) else values
        create_answers(
            self.project.answers,
            values,
            self.setting.pack,
            language=interface_language(),
            logo=source,
        )


def take_given(collection: Collection) -> None:
    """Write the project from what is given and the defaults; ask nobody.

    Raises:
        ProblemsError: One list of all that is missing or wrong; nothing is written.
        FilesError: Something cannot be written.
    """
    state, missing = fill_in(collection.setting, collection.given)
    if missing:
        raise ProblemsError(tuple(missing_problem(step) for step in missing))
    try:
        collection.write(state)
    except ProblemsError as error:
        raise ProblemsError(tuple(map(_without_place, error.problems))) from error


def is_complete(collection: Collection) -> bool:
    """Return whether nothing is missing that needs an answer."""
    return not fill_in(collection.setting, collection.given)[1]


def interview(
    collection: Collection, prompter: Prompter, journal: Journal, *, resume: bool
) -> None:
    """Ask, and write the project when all is right.

    Raises:
        KeyboardInterrupt: Somebody stopped; the journal has the answers.
        FilesError: Something cannot be written.
    """
    setting = collection.setting
    kept = journal.read() if resume else {}
    if not resume:
        journal.remove()
    held = Interview(
        setting=setting,
        prompter=prompter,
        journal=journal,
        every=collection.every,
        state={**take_apart(setting.pack, collection.given), **kept},
        answered=set(kept),
        fixed=answered_beforehand(setting, collection.given),
    )
    while True:
        held.hold()
        try:
            collection.write(held.state)
        except ProblemsError as error:
            for problem in error.problems:
                prompter.say(problem_text(_without_place(problem)))
        else:
            journal.remove()
            return


def missing_problem(step: Step) -> Problem:
    """Say which answer is missing, by the key that --set takes."""
    top, part = step.top, step.question
    if part.id in top.one_of:
        names = ", ".join(f"{top.key}.{name}" for name in top.one_of)
        return Problem(message="entry-one-of", values={"key": top.key, "names": names})
    key = part.key if top is part else f"{top.key}.{part.key}"
    if step.language is not None:
        key = f"{key}.{step.language}"
    return Problem(message="interview-missing", values={"key": key})


def _without_place(problem: Problem) -> Problem:
    """The file is not written yet, so its lines would only confuse."""
    return Problem(message=problem.message, values=problem.values)
