"""Turns a field into a prompt: its text, help, choices, default and check."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from guidegen.answers.data import look_up
from guidegen.answers.logos import logo_file
from guidegen.declension import contracted
from guidegen.interview.choices import (
    InterviewContext,
    answer_of,
    options_for,
    role_named,
    wrong_choice,
)
from guidegen.interview.dates import DateWords, read_date
from guidegen.interview.facts import fact, facts
from guidegen.interview.name_in_sentence import read_forms
from guidegen.interview.prompter import Prompt, RawAnswer
from guidegen.interview.state import Field, InterviewState
from guidegen.model.labels import Labels, long_date
from guidegen.model.question import Kind, Question, applies
from guidegen.schema.scalars import Refused, check, parse
from guidegen.schema.typed_paths import find_file

_BEGINS_WITH_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d]{2,}(?::\d+)?(?:[/?#]|$)")
"""An address without its scheme: at least two names with a dot between them."""


def prompt_for(
    context: InterviewContext, state: InterviewState, field: Field, *, head: str = ""
) -> Prompt:
    """Return the prompt of a field, given the answers so far."""
    kind = Kind.CONFIRM if field.is_another else field.part.kind
    # For whoever asks it is a text like any other; its forms are shown (see `_shown`).
    kind = Kind.TEXT if kind is Kind.NAME_FORMS else kind
    answer = answer_of(context, state, field)
    if answer is None or (answer == [] and _is_required(state, field)):
        default = _suggestion(context, state, field)
    else:
        # "" was an answer, namely none, and nothing is suggested a second time.
        default = None if answer == "" else answer
    return Prompt(
        head=head,
        text=_text(context, state, field),
        kind=kind,
        help=_help(context, state, field),
        example=_example(context, field),
        options=options_for(context, state, field, default),
        other=context.messages.localized(field.part.other),
        default=default,
        known=answer is not None and answer not in ("", []),
        optional=not _is_required(state, field),
        check=lambda raw: check_answer(context, state, field, raw),
        complete=lambda typed: complete_answer(context, field, typed),
        show=lambda text: _shown(context, field.part.kind, text),
    )


def complete_answer(context: InterviewContext, field: Field, typed: str) -> str:
    """Return what somebody meant by what they typed.

    Days become year-month-day, `company.example/code` an address on the web, a bare
    email address one that opens a message, the name of a role its id, and a file as
    file managers write it its path.
    """
    text = typed.strip()
    match field.part.kind:
        case Kind.DATE:
            messages = context.messages
            words = DateWords.read(
                messages.in_all_languages("interview-months"),
                messages.in_all_languages("interview-days"),
            )
            return read_date(text, words, context.today)
        case Kind.FILE:
            return _full_path(text, context.folder)
        case Kind.URL | Kind.FORM if _BEGINS_WITH_HOST.match(text):
            return f"https://{text}"
        case Kind.CHOICES if field.part.choices_from == "roles":
            return role_named(context, text) or typed
        # An address on the web that opens a message is one already.
        case Kind.URL if ":" not in text and check(Kind.EMAIL, text) is None:
            return f"mailto:{text}"
    return typed


def _full_path(typed: str, folder: Path) -> str:
    """Return the path of a file, so that it is found from any folder later on."""
    try:
        found = find_file(typed, folder)
    except Refused:
        return typed
    # What lies beside the answers keeps its short name.
    return typed if found == folder / typed else str(found.absolute())


def _shown(context: InterviewContext, kind: Kind, text: str) -> str:
    """Return an answer as people read it."""
    if kind is Kind.NAME_FORMS:
        forms = read_forms(text, context.pack.names)
        shown = context.messages.text(
            "interview-name-forms",
            nominative=forms.nominative,
            accusative=forms.accusative,
            dative=forms.dative,
        )
        return contracted(shown, forms.dative)
    if kind is not Kind.DATE:
        return text
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return text
    labels, language = context.pack.labels, context.messages.language
    # A pack need not write in the language of the interview.
    words = {key: label.find(language) for key, label in labels.items()}
    if words.get("long_date") is None:
        return text
    return long_date(day, Labels({key: word for key, word in words.items() if word}))


def _text(context: InterviewContext, state: InterviewState, field: Field) -> str:
    messages = context.messages
    text = messages.localized(field.part.text) or field.part.id
    if field.is_another:
        if names := _names_from(state, field):
            return messages.text("interview-keep", names=", ".join(names))
        return messages.text("interview-another") if field.index else text
    if field.language is not None and len(state.languages) > 1:
        language = messages.text(f"interview-language-{field.language}")
        return f"{text} ({language})"
    return text


def _names_from(state: InterviewState, field: Field) -> list[str]:
    """Return the names of the groups that a no would delete: this and all further."""
    key, _, index = field.key.rpartition(".")
    groups = look_up(state.answers, key)
    if not isinstance(groups, list):
        return []
    # A group is known by its first field, such as the name of a topic.
    name = field.question.fields[0].key
    names = [each.get(name) for each in groups[int(index) :] if isinstance(each, dict)]
    texts = [[*each.values()] if isinstance(each, dict) else [each] for each in names]
    return [str(text[0]) for text in texts if text and text[0]]


def _example(context: InterviewContext, field: Field) -> str | None:
    """Return the example, in the language of the answer."""
    if field.is_another:
        return None
    # An English text needs an English example, even in a German interview.
    if field.language is not None and field.part.example is not None:
        return field.part.example.find(field.language)
    example = context.messages.localized(field.part.example)
    return example and _shown(context, field.part.kind, example)


def _help(context: InterviewContext, state: InterviewState, field: Field) -> str | None:
    """Return the help, of a group with its first part only."""
    localized = context.messages.localized
    question, part = field.question, field.part
    if field.is_another:
        return None if field.index else localized(question.help)
    texts = [localized(part.help)]
    if question is part and applies(part.hint_when, facts(context.pack, state)):
        texts.append(localized(part.hint))
    # A group is not asked for as such, so its first part introduces it.
    if question.kind is Kind.GROUP and part is question.fields[0]:
        texts = [localized(question.text), localized(question.help), *texts]
    return " ".join(filter(None, texts)) or None


def _suggestion(
    context: InterviewContext, state: InterviewState, field: Field
) -> RawAnswer:
    """Return the default; one that starts with `=` is worked out."""
    default = field.part.default
    if isinstance(default, str) and default.startswith("="):
        return _worked_out(context, state, field, default[1:])
    if isinstance(default, tuple):
        return list(default)
    if default is None and field.part.kind is Kind.CHOICES:
        options = options_for(context, state, field, None)
        return [option.value for option in options if option.checked]
    return default if default is None or isinstance(default, bool) else str(default)


def _worked_out(
    context: InterviewContext, state: InterviewState, field: Field, name: str
) -> RawAnswer:
    if name == "first-language":
        texts = look_up(state.answers, field.key)
        first = texts.get(state.languages[0]) if isinstance(texts, dict) else None
        return first if isinstance(first, str) else None
    if name == "interface-language":
        known, language = context.pack.languages, context.messages.language
        # A pack need not write in the language of the interface.
        return [language if language in known else known[0]]
    if name == "first-of-next-month":
        # Every month has a 28th, and four days later it is the next month.
        later = context.today.replace(day=28) + dt.timedelta(days=4)
        return later.replace(day=1).isoformat()
    found = fact(context.pack, state, name)
    if isinstance(found, list):
        return list(map(str, found))
    return " ".join(found.split()) if isinstance(found, str) else None


def answer_texts(
    context: InterviewContext, state: InterviewState, field: Field
) -> list[str]:
    """Return the parts of an answer as people read them, none where there is none."""
    value = answer_of(context, state, field)
    if field.is_another:
        return []
    if isinstance(value, bool):
        return [context.messages.yes_or_no(answer=value)]
    options = options_for(context, state, field, value)
    labels = {option.value: option.label for option in options}
    values = value if isinstance(value, list) else [value]
    kind = field.part.kind
    return [
        labels.get(str(each), _shown(context, kind, str(each)))
        for each in values
        if each
    ]


def check_answer(
    context: InterviewContext, state: InterviewState, field: Field, raw: RawAnswer
) -> str | None:
    """Return what is wrong with an answer, in the interview's language."""
    messages, part = context.messages, field.part
    if field.is_another or part.kind is Kind.CONFIRM:
        fits = isinstance(raw, bool)
        return None if fits else messages.text("interview-yes-or-no")
    if raw is None or raw in ("", []):
        return _empty(context, state, field)
    if part.kind in {Kind.CHOICE, Kind.CHOICES}:
        return wrong_choice(context, state, field, raw)
    text = complete_answer(context, field, str(raw))
    try:
        value = parse(part.kind, text)
        _check_range(value, part)
        if part.kind is Kind.FILE:
            logo_file(text, context.folder)
    except Refused as refused:
        if refused.message in {"value-date", "value-date-day"}:
            # Whoever edits a file has to write year-month-day; here, all forms do.
            day = _shown(context, Kind.DATE, context.today.isoformat())
            return messages.text("interview-date", value=text, example=day)
        text = messages.text(refused.message, **refused.values)
        # Elsewhere these messages follow the name of a key; here they stand alone.
        return text[:1].upper() + text[1:]
    return None


def _empty(
    context: InterviewContext, state: InterviewState, field: Field
) -> str | None:
    messages, question = context.messages, field.question
    if not _is_required(state, field):
        return None
    if field.part.id in question.one_of:
        names = [
            messages.localized(part.text) or part.id
            for part in question.fields
            if part.id in question.one_of
        ]
        return messages.text("interview-one-of", names=", ".join(names))
    choosing = field.part.kind is Kind.CHOICES
    return messages.text("interview-choose-one" if choosing else "interview-needed")


def _is_required(state: InterviewState, field: Field) -> bool:
    """Return whether there must be an answer; the last of `one_of` decides for all."""
    part, one_of = field.part, field.question.one_of
    if part.required or part.minimum or _is_translation(state, field):
        return True
    if not one_of or part.id != one_of[-1]:
        return False
    group = look_up(state.answers, field.key.rpartition(".")[0])
    others = [each.key for each in field.question.fields if each.id in one_of[:-1]]
    return not (isinstance(group, dict) and any(map(group.get, others)))


def _is_translation(state: InterviewState, field: Field) -> bool:
    """Return whether this translates a text that exists in the first language."""
    if field.language is None or field.language in state.languages[:1]:
        return False
    texts = look_up(state.answers, field.key)
    return isinstance(texts, dict) and any(map(texts.get, state.languages[:1]))


def _check_range(value: object, part: Question) -> None:
    # True is an int, too.
    if isinstance(value, bool) or not isinstance(value, int):
        return
    low, high = part.minimum or 0, part.maximum
    if value < low or (high is not None and value > high):
        raise Refused("value-number-range", value=value, low=low, high=high)
