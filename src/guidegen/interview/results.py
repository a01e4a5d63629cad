"""What an interview results in: the answers for `guideline.yml`, and what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby

from guidegen.answers.data import look_up, put_in
from guidegen.interview.facts import fact, facts, short_name
from guidegen.interview.fields import fields_of, part_applies
from guidegen.interview.name_in_sentence import forms_data, typed_forms
from guidegen.interview.state import (
    Field,
    InterviewState,
    begin,
    entry_name,
    first_group,
    keys_by_language,
    own_groups,
)
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question, applies
from guidegen.schema.scalars import Plain, Refused, parse

WORKS_COUNCIL = "company.works_council"
SPEAKER = "company.speaker"
_FLAGS = {"true": True, "false": False}


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
        elif applies(question.when, facts(pack, state)):
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
            # What another question asks for is changed by its own key.
            first = first_group(pack, question)
            if first and _as_list(old)[first:] == _as_list(new)[first:]:
                continue
            suggested = _suggestion(pack, state, question)
            is_answer = old is not None or new not in (None, suggested)
            if is_answer and old != new:
                yield key, new


def _suggestion(
    pack: Pack, state: InterviewState, question: Question
) -> Plain | tuple[str, ...] | None:
    """Return what would be written if somebody accepted the suggestion."""
    default = question.default
    if isinstance(default, str) and default.startswith("="):
        found = fact(pack, state, default[1:])
        if isinstance(found, list):
            return _alone_or_listed(question, found)
        return found
    if isinstance(default, tuple):
        return _alone_or_listed(question, [*default])
    is_choice = question.kind is Kind.CHOICE and isinstance(default, str)
    return _FLAGS.get(str(default), default) if is_choice else default


def _keys(question: Question) -> Iterator[str]:
    if question.kind is Kind.GROUP:
        for part in question.fields:
            yield f"{question.key}.{part.key}"
    else:
        yield question.key


def _value(pack: Pack, question: Question, state: InterviewState) -> Plain | None:
    fields = [
        field
        for field in fields_of(pack, question, state)
        if not field.is_another
        and (field.part is question or part_applies(field, state))
    ]
    match question.kind:
        case Kind.GROUP:
            return _group(fields, state) or None
        case Kind.GROUPS:
            by_index = groupby(fields, lambda field: field.index)
            before = own_groups(pack, question, state.given)
            groups = [
                _group(each, state, before[index] if index < len(before) else None)
                for index, each in by_index
            ]
            return [group for group in groups if group] or None
        case Kind.CHOICES:
            chosen = _read(fields, state)
            entries = _with_changed(chosen, look_up(state.given, question.key))
            return _alone_or_listed(question, entries)
        case Kind.NAME_FORMS:
            return _name_forms(pack, state, fields[0])
    answer = _read(fields, state)
    if question.kind is Kind.LOCAL_TEXT:
        return _with_others(answer, look_up(state.given, question.key), state)
    is_council = question.key == WORKS_COUNCIL
    return _works_council(pack, state, answer) if is_council else answer


def _name_forms(pack: Pack, state: InterviewState, field: Field) -> Plain | None:
    typed, before = state.value(field), look_up(state.given, field.key)
    if not isinstance(typed, str) or not typed.strip():
        return None
    # As typed, not all can be said: forms per language, or not all three.
    if before is not None and typed == typed_forms(before):
        return before
    return forms_data(typed, short_name(pack, state), pack.names)


def _group(
    fields: Iterable[Field],
    state: InterviewState,
    before: Mapping[str, Plain] | None = None,
) -> dict[str, Plain]:
    """Return the answers to the parts of a group.

    Args:
        fields: Its fields.
        state: The answers.
        before: The group as it was given; None for a new one.
    """
    values: dict[str, Plain] = {}
    for key, each in groupby(fields, lambda field: field.part.key):
        group = [*each]
        value, old = _read(group, state), before.get(key) if before else None
        if group[0].part.kind is Kind.LOCAL_TEXT:
            given = look_up(state.given, group[0].key) if before is None else old
            value = _with_others(value, given, state)
        if group[0].part.kind is Kind.CHOICES and value is not None:
            value = _with_changed(value, old)
        # What goes without saying was not said, and need not be said now.
        is_new = before is None or old is not None or value != group[0].part.default
        if value is not None and is_new:
            values[key] = value
    return values


def _works_council(
    pack: Pack, state: InterviewState, answer: Plain | None
) -> Plain | None:
    """Return the kind of works council; a plain yes stays one if it means the same."""
    is_usual = answer == fact(pack, state, "works-council")
    return True if is_usual and look_up(state.given, WORKS_COUNCIL) is True else answer


def _alone_or_listed(question: Question, names: list[Plain] | None) -> Plain | None:
    """Return names as a list, or a single one alone if one is what is usual."""
    if names is not None and len(names) == 1 and question.key == SPEAKER:
        return names[0]
    return names


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
    # Where a no stands among other choices, such as the kinds of works council.
    if part.kind is Kind.CHOICE and value in _FLAGS:
        return _FLAGS[value]
    try:
        return parse(part.kind, value)
    except Refused:  # judged again, with a message, when all answers are checked
        return value


def _with_others(
    value: Plain | None, before: Plain | None, state: InterviewState
) -> Plain | None:
    """Return a text with those that the interview does not ask for.

    Beside the text for Sie, there may be one for Du from before.
    """
    if value is None or not isinstance(before, dict):
        return value
    keys = keys_by_language(state.answers)
    asked = {
        code: next((each for each in known if each in before), code)
        for code, known in keys.items()
    }
    if {*before} <= {*asked.values()} and {*asked} == {*asked.values()}:
        return value
    typed = value if isinstance(value, dict) else dict.fromkeys(keys, value)
    others = {key: text for key, text in before.items() if key not in asked.values()}
    texts = {**others, **{asked[code]: text for code, text in typed.items()}}
    # As they stand in the file.
    order = [key for key in before if key in texts]
    return {key: texts[key] for key in (*order, *texts)}


def _with_changed(chosen: Plain | None, before: Plain | None) -> list[Plain] | None:
    """Return chosen entries of the catalogue as an earlier list has them.

    Its order stays, and so does what the company changed in an entry.
    """
    names = [str(name) for name in _as_list(chosen)]
    entries = before if isinstance(before, list) else [before]
    old = {entry_name(entry): entry for entry in entries if entry is not None}
    kept = [entry for name, entry in old.items() if name is not None and name in names]
    return [*kept, *(name for name in names if name not in old)] or None


def _as_list(value: Plain | None) -> list[Plain]:
    return [*value] if isinstance(value, list) else []
