"""What an interview results in: the answers for `guideline.yml`, and what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby

from guidegen.answers.data import look_up, put_in
from guidegen.interview.fields import fields_of
from guidegen.interview.state import Field, InterviewState, begin, entry_name
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question, applies
from guidegen.schema.scalars import Plain, Refused, parse


def finished(
    pack: Pack, state: InterviewState, *, verbatim: Collection[str] = ()
) -> dict[str, Plain]:
    """Return the answers to the questions that apply, nested as in `guideline.yml`.

    Somebody may have gone back and changed what a later question depended on.

    Args:
        pack: Whose questions were asked.
        state: How the interview ended.
        verbatim: The ids of questions whose answers stay exactly as they were given.
    """
    answers: dict[str, Plain] = {}
    for question in pack.questions:
        original = look_up(state.given, question.key)
        if question.id in verbatim and original is not None:
            answers = put_in(answers, question.key, original)
        elif applies(question.when, state.look_up):
            value = _value(pack, question, state)
            # They share their key with what another question chose: own topics come
            # after those of the catalogue.
            if question.kind is Kind.GROUPS and value is not None:
                before = look_up(answers, question.key)
                value = [*_as_list(before), *_as_list(value)]
            if value is not None:
                answers = put_in(answers, question.key, value)
    return answers


def changed_answers(
    pack: Pack, state: InterviewState, questions: Iterable[Question] | None = None
) -> Iterator[tuple[str, Plain | None]]:
    """Yield the answers that the interview changed, by the most precise key.

    A suggestion that was merely accepted, where there was no answer, is not a change.

    Args:
        pack: Whose questions were asked.
        state: How the interview ended.
        questions: Whose answers are compared; None for all.
    """
    # Both sides take the same way, so that another spelling alone is not a change.
    before = finished(pack, begin(pack, state.given))
    after = finished(pack, state)
    for question in pack.questions if questions is None else questions:
        for key in _keys(question):
            old, new = look_up(before, key), look_up(after, key)
            is_answer = old is not None or new != _suggestion(question, after)
            if is_answer and old != new:
                yield key, new


def _suggestion(question: Question, after: Mapping[str, Plain]) -> object:
    default = question.default
    if isinstance(default, str) and default.startswith("="):
        return look_up(after, default[1:])
    return default


def _keys(question: Question) -> Iterator[str]:
    if question.kind is Kind.GROUP:
        for part in question.fields:
            yield f"{question.key}.{part.key}"
    else:
        yield question.key


def _value(pack: Pack, question: Question, state: InterviewState) -> Plain | None:
    fields = [
        field for field in fields_of(pack, question, state) if not field.is_another
    ]
    match question.kind:
        case Kind.GROUP:
            return _group(fields, state) or None
        case Kind.GROUPS:
            by_index = groupby(fields, lambda field: field.index)
            groups = [_group(each, state) for _, each in by_index]
            return [group for group in groups if group] or None
        case Kind.CHOICES:
            chosen = _read(fields, state)
            return _with_changed(chosen, look_up(state.given, question.key))
    return _read(fields, state)


def _group(fields: Iterable[Field], state: InterviewState) -> dict[str, Plain]:
    by_part = groupby(fields, lambda field: field.part.key)
    values = {key: _read([*each], state) for key, each in by_part}
    return {key: value for key, value in values.items() if value is not None}


def _read(fields: list[Field], state: InterviewState) -> Plain | None:
    """Return what was typed into a field as a value; a text per language as a map."""
    part = fields[0].part
    if part.kind is Kind.LOCAL_TEXT:
        typed = {str(field.language): state.value(field) for field in fields}
        texts: dict[str, Plain] = {
            code: text for code, text in typed.items() if isinstance(text, str) and text
        }
        # One text that serves all languages is written without a map.
        same = len(set(map(str, texts.values()))) == 1
        return next(iter(texts.values())) if same else texts or None
    value = state.value(fields[0])
    if value is None or value in ("", []):
        return None
    if not isinstance(value, str):
        return value if isinstance(value, bool) else [*value]
    try:
        return parse(part.kind, value)
    except Refused:  # judged again, with a message, when all answers are checked
        return value


def _with_changed(chosen: Plain | None, before: Plain | None) -> Plain | None:
    """Return chosen entries of the catalogue as an earlier list has them.

    Its order stays, and so does what the company changed in an entry.
    """
    names = [str(name) for name in _as_list(chosen)]
    old = {entry_name(entry): entry for entry in _as_list(before)}
    kept = [entry for name, entry in old.items() if name is not None and name in names]
    return [*kept, *(name for name in names if name not in old)] or None


def _as_list(value: Plain | None) -> list[Plain]:
    return [*value] if isinstance(value, list) else []
