"""How far an interview is: the answers so far, and which fields were answered.

The answers are nested as in `guideline.yml`. A text stays as it was typed, so that
somebody who comes back to it finds it again; "" stands for no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from guidegen.answers.data import look_up, put_in
from guidegen.interview.name_in_sentence import typed_forms
from guidegen.interview.prompter import RawAnswer
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question
from guidegen.schema.scalars import Plain
from guidegen.value import Value

_GERMAN, _FORMAL = "de", "de-formal"


class Field(Value):
    """What is asked for in one go: a question, or one part of it in one language."""

    path: str
    """Names the field, also in the journal: `contact.role@de`, `own-topics.0?`."""
    key: str
    """Where its answer stands among the answers: `contacts.0.role`."""
    question: Question
    """The question of the interview."""
    part: Question
    """The part of it that is asked for; the question itself unless it is a group."""
    language: str | None = None
    index: int = 0
    """Which group of a question that asks for any number of them."""
    is_another: bool = False
    """Whether it asks if there is another group."""


class InterviewState(Value):
    """Everything an interview knows; a new answer makes a new state."""

    given: Mapping[str, Plain]
    """The answers that it began with: those of `guideline.yml`, or of options."""
    answers: Mapping[str, Plain]
    answered: frozenset[str] = frozenset()
    """The paths of the fields that were answered in this interview."""
    removed: Mapping[str, list[Plain]] = field(default_factory=dict)
    """The groups that a "no" removed, by its field, in case it is taken back."""

    @property
    def languages(self) -> list[str]:
        """The guideline's languages; empty before they are known."""
        return list(map(str, _as_list(self.answers.get("languages"))))

    def value(self, field: Field) -> RawAnswer:
        """Return the answer to a field; None if there never was one."""
        found = look_up(self.answers, field.key)
        if field.is_another:
            # An empty group exists, too: its fields are asked for next.
            return found is not None
        if field.language is not None:
            found = found.get(field.language) if isinstance(found, dict) else None
        if isinstance(found, list):  # groups under the same key answer another question
            return [entry for entry in found if isinstance(entry, str)]
        return found if isinstance(found, (str, bool)) else None

    def look_up(self, key: str) -> Plain | None:
        """Return what was answered at a dotted key, for a condition."""
        found = look_up(self.answers, key)
        return None if _is_blank(found) else found

    def answer(self, field: Field, raw: RawAnswer) -> InterviewState:
        """Return the state with a field answered."""
        answered = self.answered | {field.path}
        if field.is_another:
            state = self._with_group(field, wanted=raw is True)
            return replace(state, answered=answered)
        value: Plain = [*raw] if isinstance(raw, list) else "" if raw is None else raw
        before = look_up(self.answers, field.key)
        if isinstance(value, list) and isinstance(before, list):
            # Groups in the same list answer another question, and stay.
            value += [entry for entry in before if not isinstance(entry, str)]
        key = field.key if field.language is None else f"{field.key}.{field.language}"
        return replace(
            self, answers=put_in(self.answers, key, value), answered=answered
        )

    def reopen(self, question: str) -> InterviewState:
        """Return the state with a question to be asked again; its answers stay."""
        parts = (f"{question}.", f"{question}@")
        return replace(
            self,
            answered=frozenset(
                path
                for path in self.answered
                if path != question and not path.startswith(parts)
            ),
        )

    def without(self, field: Field) -> InterviewState:
        """Return the state in which a field was never answered."""
        return replace(
            self,
            answers=put_in(self.answers, field.key, None),
            answered=self.answered - {field.path},
        )

    def _with_group(self, field: Field, *, wanted: bool) -> InterviewState:
        """Return the state with the group at a field, or without it and all further."""
        key, _, number = field.key.rpartition(".")
        index, groups = int(number), _as_list(look_up(self.answers, key))
        removed = dict(self.removed)
        if wanted and index >= len(groups):
            # Earlier entries may be unanswered so far, but keep their index.
            groups += [{} for _ in range(index - len(groups))]
            groups += removed.pop(field.path, [{}])
        elif not wanted and index < len(groups):
            groups, removed[field.path] = groups[:index], groups[index:]
        else:
            return self
        answers = put_in(self.answers, key, groups)
        return replace(self, answers=answers, removed=removed)


def begin(pack: Pack, answers: Mapping[str, Plain]) -> InterviewState:
    """Return the state of an interview that starts from existing answers.

    Args:
        pack: Whose questions are asked.
        answers: Nested as in `guideline.yml`; all that is asked for becomes a default.
    """
    codes = keys_by_language(answers)
    known: dict[str, Plain] = {}
    # Groups come last: what another question chose stands before them in the list.
    for question in sorted(pack.questions, key=lambda each: each.kind is Kind.GROUPS):
        found = look_up(answers, question.key)
        if found is None:
            continue
        if question.kind is Kind.GROUPS:
            before = _as_list(look_up(known, question.key))
            groups = own_groups(pack, question, answers)
            value: Plain = [
                *before,
                *(_as_typed(question, group, codes) for group in groups),
            ]
        else:
            value = _as_typed(question, found, codes)
        known = put_in(known, question.key, value)
    return InterviewState(given=answers, answers=known)


def keys_by_language(answers: Mapping[str, Plain]) -> dict[str, tuple[str, ...]]:
    """Return the keys that a text in each language may have, the closest first."""
    formal = answers.get("address") == "sie"
    return {
        code: (_FORMAL, code) if formal and code == _GERMAN else (code,)
        for code in map(str, _as_list(answers.get("languages")))
    }


def first_group(pack: Pack, question: Question) -> int:
    """Return how many groups under a question's key another question asks for."""
    return sum(other.key == f"{question.key}.0" for other in pack.questions)


def own_groups(
    pack: Pack, question: Question, answers: Mapping[str, Plain]
) -> list[dict[str, Plain]]:
    """Return the groups that a question asks for, not those of a catalogue."""
    entries = _as_list(look_up(answers, question.key))[first_group(pack, question) :]
    return [each for each in entries if isinstance(each, dict) and "id" not in each]


def _as_typed(  # noqa: PLR0911  # one for each kind
    question: Question, value: Plain, languages: Mapping[str, tuple[str, ...]]
) -> Plain:
    """Return a value of a file as somebody would have typed it."""
    if question.kind in {Kind.GROUP, Kind.GROUPS}:
        group = value if isinstance(value, dict) else {}
        return {
            part.key: _as_typed(part, group[part.key], languages)
            for part in question.fields
            if part.key in group
        }
    if question.kind is Kind.LOCAL_TEXT:
        # A text for all languages is the answer in each of them.
        texts = {
            code: next((value[key] for key in keys if key in value), None)
            if isinstance(value, dict)
            else value
            for code, keys in languages.items()
        }
        return {code: str(text) for code, text in texts.items() if text is not None}
    if question.kind is Kind.NAME_FORMS:
        return typed_forms(value) or ""
    if question.kind is Kind.CHOICES and not isinstance(value, list):
        value = [value]  # one may be given without brackets
    if isinstance(value, list):
        names = map(entry_name, value)
        return [name for name in names if name is not None]
    if isinstance(value, dict):  # per language, where one text for all is asked for
        return str(next(iter(value.values())))
    if isinstance(value, bool):
        # Where kinds can be chosen, too, a no is one of the choices.
        return str(value).lower() if question.kind is Kind.CHOICE else value
    return str(value)


def entry_name(entry: Plain) -> str | None:
    """Return what an entry of a list is called, None for a group of the company's."""
    if isinstance(entry, dict):
        # A name per language, of somebody who speaks, is known by its first text.
        is_name = bool(entry) and not {*entry} & {"id", "name"}
        name = next(iter(entry.values())) if is_name else entry.get("id")
    else:
        name = entry
    return None if name is None else str(name)


def _as_list(value: Plain | None) -> list[Plain]:
    return [*value] if isinstance(value, list) else []


def _is_blank(value: Plain | None) -> bool:
    if isinstance(value, dict):
        return all(map(_is_blank, value.values()))
    return value is None or value in ("", [])
