"""Turns a field into a prompt: its text, help, choices, default and check."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from guidegen.answers.contract import LOGO_SUFFIXES, choice_names
from guidegen.answers.data import look_up
from guidegen.interview.dates import DateWords, read_date
from guidegen.interview.prompter import Messages, Option, Prompt, RawAnswer
from guidegen.interview.state import Field, InterviewState
from guidegen.interview.topics import offered_topics
from guidegen.model.labels import Labels, long_date
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question, applies
from guidegen.schema.scalars import Refused, check, parse
from guidegen.value import Value


class InterviewContext(Value):
    """What stays the same throughout an interview."""

    pack: Pack
    messages: Messages
    today: dt.date
    folder: Path
    """Where files that are named are looked for first."""


def prompt_for(
    context: InterviewContext, state: InterviewState, field: Field, *, head: str = ""
) -> Prompt:
    """Return the prompt of a field, given the answers so far."""
    kind = Kind.CONFIRM if field.is_another else field.part.kind
    answer = state.value(field)
    if answer is None:
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
        default=default,
        known=answer is not None and answer not in ("", []),
        optional=not _is_required(state, field),
        check=lambda raw: check_answer(context, state, field, raw),
        complete=lambda typed: complete_answer(context, field, typed),
        show=lambda text: _shown(context, field.part.kind, text),
    )


def complete_answer(context: InterviewContext, field: Field, typed: str) -> str:
    """Return what somebody meant by what they typed.

    Days become year-month-day, `www.` an address on the web, and a bare email address
    one that opens a message.
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
        case Kind.URL | Kind.FORM if text.lower().startswith("www."):
            return f"https://{text}"
        case Kind.URL if check(Kind.EMAIL, text) is None:
            return f"mailto:{text}"
    return typed


def _shown(context: InterviewContext, kind: Kind, text: str) -> str:
    """Return an answer as people read it."""
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
    if question is part and applies(part.hint_when, state.look_up):
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
        return _worked_out(context, state, default[1:])
    if isinstance(default, tuple):
        return list(default)
    if default is None and field.part.kind is Kind.CHOICES:
        options = options_for(context, state, field, None)
        return [option.value for option in options if option.checked]
    return default if default is None or isinstance(default, bool) else str(default)


def _worked_out(
    context: InterviewContext, state: InterviewState, name: str
) -> RawAnswer:
    if name == "interface-language":
        known, language = context.pack.languages, context.messages.language
        # A pack need not write in the language of the interface.
        return [language if language in known else known[0]]
    if name == "first-of-next-month":
        # Every month has a 28th, and four days later it is the next month.
        later = context.today.replace(day=28) + dt.timedelta(days=4)
        return later.replace(day=1).isoformat()
    found = state.look_up(name)
    return " ".join(found.split()) if isinstance(found, str) else None


def options_for(
    context: InterviewContext, state: InterviewState, field: Field, chosen: RawAnswer
) -> tuple[Option, ...]:
    """Return what can be chosen, in the order in which it is offered.

    Args:
        context: The pack and what else stays the same.
        state: The answers so far; what does not fit them is not offered.
        field: The field.
        chosen: What was chosen, and is checked; None for what the pack suggests.
    """
    part, localized = field.part, context.messages.localized
    if field.is_another or part.kind not in {Kind.CHOICE, Kind.CHOICES}:
        return ()
    if part.choices_from == "topics":
        names = chosen if isinstance(chosen, list) else None
        return _topics(context, state, names)
    checked = chosen if isinstance(chosen, list) else [chosen]
    listed = {choice.value: choice for choice in part.choices}
    offered = [
        Option(
            value=value,
            label=localized(label) or value,
            hint=localized(listed[value].help) if value in listed else None,
            checked=value in checked
            or (chosen is None and value in listed and listed[value].preselected),
        )
        for value, label in choice_names(part, context.pack).items()
        if value not in listed or applies(listed[value].when, state.look_up)
        if part.choices_from != "sectors"
        or context.pack.sector(value).offered
        or value in checked
    ]
    if part.choices_from == "languages":  # the first one chosen is the front page
        offered.sort(key=lambda option: option.value != context.messages.language)
    return tuple(offered)


def _topics(
    context: InterviewContext, state: InterviewState, chosen: list[str] | None
) -> tuple[Option, ...]:
    """Offer the catalogue's topics; until there is an answer, some are checked."""
    messages = context.messages
    variant = messages.language
    return tuple(
        Option(
            value=topic.id,
            label=topic.name.get(variant),
            hint=messages.text("interview-topic-example", text=topic.dont.get(variant)),
            checked=topic.preselected if chosen is None else topic.id in chosen,
        )
        for topic in offered_topics(context.pack, state, chosen or [])
    )


def answer_texts(
    context: InterviewContext, state: InterviewState, field: Field
) -> list[str]:
    """Return the parts of an answer as people read them, none where there is none."""
    value = state.value(field)
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
        return _wrong_choice(context, state, field, raw)
    text = complete_answer(context, field, str(raw))
    try:
        value = parse(part.kind, text)
        _check_range(value, part)
        if part.kind is Kind.FILE:
            _check_file(text, context.folder)
    except Refused as refused:
        text = messages.text(refused.message, **refused.values)
        # Elsewhere these messages follow the name of a key; here they stand alone.
        return text[:1].upper() + text[1:]
    return None


def _wrong_choice(
    context: InterviewContext, state: InterviewState, field: Field, raw: RawAnswer
) -> str | None:
    messages, part = context.messages, field.part
    offered = {option.value for option in options_for(context, state, field, raw)}
    values = raw if isinstance(raw, list) else [raw]
    fits = isinstance(raw, list) == (part.kind is Kind.CHOICES)
    # A journal can be edited, so that even the form of an answer may be wrong.
    if not fits or not offered.issuperset(map(str, values)):
        return messages.text("interview-choose")
    low, high = part.minimum or 0, part.maximum or len(offered)
    if low <= len(values) <= high or part.kind is Kind.CHOICE:
        return None
    return messages.text("interview-choose-number", low=low, high=high)


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


def _check_file(name: str, folder: Path) -> None:
    path = logo_source(name, folder)
    if not path.is_file():
        raise Refused("interview-file-missing", value=name)
    if path.suffix.lower() not in LOGO_SUFFIXES:
        raise Refused("value-file-type", value=name, types=", ".join(LOGO_SUFFIXES))


def logo_source(name: str, folder: Path) -> Path:
    """Return the file that somebody means: beside the answers, or anywhere."""
    beside = folder / name
    return beside if beside.is_file() else Path(name).expanduser()
