"""What is asked, in order: questions taken apart into single answers.

The state of an interview is a map from a step's path to the answer given. Which steps
there are depends on it: conditions, languages, "another one?".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidegen.answers import look_up
from guidegen.interview.assemble import assemble
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question, applies

if TYPE_CHECKING:
    from guidegen.interview.prompter import Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One single answer.

    `top` is the question of the interview, `question` the part of it that is asked (the
    same unless it is a group). `more` asks whether there is another group.
    """

    path: str
    top: Question
    question: Question
    language: str | None = None
    more: bool = False
    place: int = 0


def steps(
    pack: Pack, state: Mapping[str, Raw], *, every: bool, only: str | None = None
) -> list[Step]:
    """Return the steps of the interview as the answers so far make them.

    Args:
        pack: Whose questions are asked.
        state: The answers so far.
        every: Whether the questions that are not asked by default are, too.
        only: The key or id of the only question to ask.
    """
    answers = assemble(pack, state)
    languages = answers.get("languages")
    codes = [str(code) for code in languages] if isinstance(languages, list) else []
    return [
        step
        for question in pack.questions
        if _is_asked(question, every=every, only=only)
        and (
            only is not None
            or applies(question.when, lambda key: look_up(answers, key))
        )
        for step in _steps(question, codes or [pack.languages[0]], state)
    ]


def is_meant(question: Question, name: str) -> bool:
    """Return whether somebody means this question by a key or an id."""
    keys = {question.id, question.key, question.key.removesuffix(".0")}
    return name in keys or question.key.startswith(f"{name}.")


def _is_asked(question: Question, *, every: bool, only: str | None) -> bool:
    if only is not None:
        return is_meant(question, only)
    return every or question.by_default


def _steps(
    question: Question, languages: list[str], state: Mapping[str, Raw]
) -> Iterator[Step]:
    if question.kind is Kind.GROUP:
        for part in question.fields:
            yield from _leaves(
                question, part, f"{question.id}.{part.id}", languages, state
            )
    elif question.kind is Kind.GROUPS:
        place = 0
        while True:
            prefix = f"{question.id}.{place}"
            path = f"{prefix}?"
            yield Step(
                path=path, top=question, question=question, more=True, place=place
            )
            if state.get(path) is not True:
                return
            for part in question.fields:
                path = f"{prefix}.{part.id}"
                yield from _leaves(question, part, path, languages, state, place)
            place += 1
    else:
        yield from _leaves(question, question, question.id, languages, state)


def _leaves(
    top: Question,
    question: Question,
    path: str,
    languages: list[str],
    state: Mapping[str, Raw],
    place: int = 0,
) -> Iterator[Step]:
    """Yield the steps of a question; a text in each language unless it is left out."""
    if question.kind is not Kind.LOCAL_TEXT:
        yield Step(path=path, top=top, question=question, place=place)
        return
    for language in languages:
        step = f"{path}@{language}"
        yield Step(
            path=step, top=top, question=question, language=language, place=place
        )
        if not question.required and step in state and not state[step]:
            return
