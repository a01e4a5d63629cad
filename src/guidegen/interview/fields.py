"""The fields of an interview, as its answers so far determine them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guidegen.answers.data import look_up
from guidegen.interview.facts import facts
from guidegen.interview.state import Field, InterviewState, first_group
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question, applies


def fields(
    pack: Pack, state: InterviewState, *, every: bool, only: str | None = None
) -> list[Field]:
    """Return the fields that apply now, in the order in which they are asked.

    Args:
        pack: Whose questions are asked.
        state: The answers so far.
        every: Whether the questions that are not asked by default are, too.
        only: The key or id of the only question to ask, whether or not it applies.
    """
    look_up = facts(pack, state)
    return [
        field
        for question in pack.questions
        if _is_asked(question, every=every, only=only)
        and (only is not None or applies(question.when, look_up))
        for field in fields_of(pack, question, state)
        if _is_part_asked(field, state, every=every or only is not None)
    ]


def _is_part_asked(field: Field, state: InterviewState, *, every: bool) -> bool:
    """Return whether the part of a group that a field asks for is asked for now."""
    if field.part is field.question or field.is_another:
        return True
    # What was answered before stays in sight.
    is_wanted = every or field.part.by_default or state.value(field) is not None
    return is_wanted and part_applies(field, state)


def part_applies(field: Field, state: InterviewState) -> bool:
    """Return whether the part of a group fits what the same group says otherwise.

    A part without an answer says what is suggested for it: an older file has topics
    without a level, for which somebody speaks all the same.
    """
    group = field.key.rpartition(".")[0]
    suggested = {part.key: part.default for part in field.question.fields}

    def look_up(key: str) -> object:
        found = state.look_up(f"{group}.{key}")
        return suggested.get(key) if found is None else found

    return applies(field.part.when, look_up)


def progress(asked: Sequence[Field], field: Field) -> tuple[int, int]:
    """Return which of how many questions a field belongs to, counted from 1."""
    questions = list(dict.fromkeys(each.question.id for each in asked))
    return questions.index(field.question.id) + 1, len(questions)


def is_meant(question: Question, name: str) -> bool:
    """Return whether somebody means this question by a key or an id."""
    keys = {question.id, question.key, question.key.removesuffix(".0")}
    return name in keys or question.key.startswith(f"{name}.")


def _is_asked(question: Question, *, every: bool, only: str | None) -> bool:
    if only is not None:
        return is_meant(question, only)
    return every or question.by_default


def fields_of(pack: Pack, question: Question, state: InterviewState) -> Iterator[Field]:
    """Yield the fields of a question, whether or not it applies."""
    field = Field(path=question.id, key=question.key, question=question, part=question)
    match question.kind:
        case Kind.GROUP:
            yield from _of_group(pack, field, state)
        case Kind.GROUPS:
            yield from _of_groups(pack, field, state)
        case _:
            yield from _in_languages(pack, field, state)


def _of_group(pack: Pack, group: Field, state: InterviewState) -> Iterator[Field]:
    for part in group.question.fields:
        path, key = f"{group.path}.{part.id}", f"{group.key}.{part.key}"
        field = replace(group, path=path, key=key, part=part)
        yield from _in_languages(pack, field, state)


def _of_groups(pack: Pack, whole: Field, state: InterviewState) -> Iterator[Field]:
    """Yield whether there is another group, and if there is, its fields."""
    found = look_up(state.answers, whole.key)
    entries = found if isinstance(found, list) else []
    # Entries that another question chose (topics of the catalogue) come first.
    chosen = sum(isinstance(entry, str) for entry in entries)
    first = max(chosen, first_group(pack, whole.question))
    # One more than there are: after the last group comes the question for another.
    for index in range(max(0, len(entries) - first) + 1):
        path, key = f"{whole.path}.{index}", f"{whole.key}.{first + index}"
        group = replace(whole, path=path, key=key, index=index)
        yield replace(group, path=f"{path}?", is_another=True)
        if first + index < len(entries):
            yield from _of_group(pack, group, state)


def _in_languages(pack: Pack, field: Field, state: InterviewState) -> Iterator[Field]:
    """Yield a text in each language, unless the first one was left out."""
    if field.part.kind is not Kind.LOCAL_TEXT:
        yield field
        return
    for language in state.languages or [pack.languages[0]]:
        each = replace(field, path=f"{field.path}@{language}", language=language)
        yield each
        if not field.part.required and state.value(each) == "":
            return
