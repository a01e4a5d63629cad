"""From single answers to the nested answers of `guideline.yml`, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from guidegen.answers import Refused, look_up, parse
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question

if TYPE_CHECKING:
    from guidegen.answers import Plain
    from guidegen.interview.prompter import Raw


def assemble(
    pack: Pack,
    state: Mapping[str, Raw],
    present: Mapping[str, Plain] | None = None,
) -> dict[str, Plain]:
    """Return the answers that single answers make.

    Args:
        pack: Whose questions were asked.
        state: The single answers by path.
        present: Earlier answers: what they say beyond the questions about an entry of
            the catalogue is kept while the entry is chosen.
    """
    data: dict[str, Plain] = {}
    for question in pack.questions:
        value = _value(question, state)
        if value is None:
            continue
        if question.kind is Kind.CHOICES and present is not None:
            value = _keep_changed(value, look_up(present, question.key))
        if question.kind is Kind.GROUPS:
            before = look_up(data, question.key)
            value = [*(before if isinstance(before, list) else []), *_as_list(value)]
        _put(data, question.key.split("."), value)
    return data


def take_apart(pack: Pack, data: Mapping[str, Plain]) -> dict[str, Raw]:
    """Return the single answers that the answers of a file are made of."""
    languages = [str(code) for code in _as_list(data.get("languages"))]
    state: dict[str, Raw] = {}
    for question in pack.questions:
        found = look_up(data, question.key)
        if question.kind is Kind.GROUPS:
            first = sum(other.key == f"{question.key}.0" for other in pack.questions)
            groups = [
                entry
                for entry in _as_list(found)[first:]
                if isinstance(entry, dict) and "id" not in entry
            ]
            for place, group in enumerate(groups):
                prefix = f"{question.id}.{place}"
                state[f"{prefix}?"] = True
                _take_group(question, group, prefix, languages, state)
            state[f"{question.id}.{len(groups)}?"] = False
        elif question.kind is Kind.GROUP:
            group = found if isinstance(found, dict) else {}
            _take_group(question, group, question.id, languages, state)
        else:
            _take(question, found, question.id, languages, state)
    return state


def _value(question: Question, state: Mapping[str, Raw]) -> Plain | None:
    if question.kind is Kind.GROUP:
        return _group(question, question.id, state)
    if question.kind is Kind.GROUPS:
        groups: list[Plain] = []
        while state.get(f"{question.id}.{len(groups)}?") is True:
            prefix = f"{question.id}.{len(groups)}"
            groups.append(_group(question, prefix, state) or {})
        return [group for group in groups if group] or None
    return _single(question, question.id, state)


def _group(
    question: Question, prefix: str, state: Mapping[str, Raw]
) -> dict[str, Plain] | None:
    values = {
        part.key: _single(part, f"{prefix}.{part.id}", state)
        for part in question.fields
    }
    given = {key: value for key, value in values.items() if value is not None}
    return given or None


def _single(question: Question, path: str, state: Mapping[str, Raw]) -> Plain | None:
    if question.kind is Kind.LOCAL_TEXT:
        texts = _local_texts(path, state)
        if len(set(texts.values())) == 1:
            return next(iter(texts.values()))
        return dict(texts) or None
    value = state.get(path)
    if value is None or value in ("", []):
        return None
    if not isinstance(value, str):
        return [*value] if isinstance(value, list) else value
    try:
        return parse(question.kind, value)
    except Refused:  # judged again, with a message, when all answers are checked
        return value


def _local_texts(path: str, state: Mapping[str, Raw]) -> dict[str, str]:
    languages = state.get("languages")
    codes = languages if isinstance(languages, list) else []
    return {
        code: value
        for code in codes
        if isinstance(value := state.get(f"{path}@{code}"), str) and value
    }


def _put(data: dict[str, Plain], parts: list[str], value: Plain) -> None:
    head, *rest = parts
    if not rest:
        data[head] = value
    elif rest[0].isdigit():  # the first entry of a list
        entries = _as_list(data.get(head))
        data[head] = [value, *entries[1:]]
    else:
        child = data.get(head)
        inner = child if isinstance(child, dict) else {}
        data[head] = inner
        _put(inner, rest, value)


def _keep_changed(value: Plain, before: Plain | None) -> Plain:
    """Keep the order and the changed entries of an earlier list."""
    chosen = [str(entry) for entry in _as_list(value)]
    old = {
        _name(entry): entry for entry in _as_list(before) if _name(entry) is not None
    }
    kept = [entry for name, entry in old.items() if name in chosen]
    return [*kept, *(name for name in chosen if name not in old)]


def _name(entry: Plain) -> str | None:
    named = entry.get("id") if isinstance(entry, dict) else entry
    return None if named is None else str(named)


def _as_list(value: Plain | None) -> list[Plain]:
    return [*value] if isinstance(value, list) else []


def _take_group(
    question: Question,
    group: Mapping[str, Plain],
    prefix: str,
    languages: list[str],
    state: dict[str, Raw],
) -> None:
    for part in question.fields:
        _take(part, group.get(part.key), f"{prefix}.{part.id}", languages, state)


def _take(
    question: Question,
    value: Plain | None,
    path: str,
    languages: list[str],
    state: dict[str, Raw],
) -> None:
    if value is None:
        return
    if question.kind is Kind.LOCAL_TEXT:
        for language in languages:
            text = value.get(language) if isinstance(value, dict) else value
            if text is not None:
                state[f"{path}@{language}"] = str(text)
    elif isinstance(value, list):
        names = map(_name, value)
        state[path] = [name for name in names if name is not None]
    elif isinstance(value, bool):
        state[path] = value
    elif isinstance(value, dict):  # per language, where one text for all is asked
        state[path] = str(next(iter(value.values())))
    else:
        state[path] = str(value)
