"""From a step to the prompt that is put to somebody: texts, choices, default, check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers import Refused, choice_names, look_up, parse
from guidegen.interview.assemble import assemble
from guidegen.interview.prompter import Option, Prompt
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question, applies

if TYPE_CHECKING:
    from guidegen.interview.prompter import Raw, Words
    from guidegen.interview.steps import Step

_CHOOSES = {Kind.CHOICE, Kind.CHOICES, Kind.CONFIRM}
_LOGO_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What stays the same throughout an interview."""

    pack: Pack
    words: Words
    today: dt.date
    folder: Path


def prompt_for(
    step: Step, state: Mapping[str, Raw], head: str, setting: Setting
) -> Prompt:
    """Return the prompt of a step, given the answers so far."""
    question, words = step.question, setting.words
    kind = Kind.CONFIRM if step.more else question.kind
    known = step.path in state
    default = state[step.path] if known else _suggestion(step, state, setting)
    return Prompt(
        head=head,
        text=_text(step, state, words),
        kind=kind,
        help=_help(step, state, setting),
        example=_example(step, words),
        options=() if step.more else options_for(step, state, setting, default),
        default=default,
        known=known and default not in (None, "", []),
        optional=not _is_required(step, state),
        check=lambda raw: complaint(step, raw, state, setting),
    )


def _text(step: Step, state: Mapping[str, Raw], words: Words) -> str:
    text = words.local(step.question.text) or step.question.id
    present = _present(step, state) if step.more else []
    if present:
        return words.say("interview-keep", names=", ".join(present))
    if step.more and step.place:
        return words.say("interview-another")
    languages = state.get("languages")
    if step.language is not None and isinstance(languages, list) and languages[1:]:
        return f"{text} ({words.say(f'interview-language-{step.language}')})"
    return text


def _present(step: Step, state: Mapping[str, Raw]) -> list[str]:
    """Return the names of the entries that a no would delete: this and all further."""
    name, names = step.top.fields[0].id, []
    place = step.place
    while state.get(f"{step.top.id}.{place}?") is True:
        path = f"{step.top.id}.{place}.{name}"
        found = [raw for key, raw in state.items() if key.partition("@")[0] == path]
        names += [str(raw) for raw in found[:1] if raw]
        place += 1
    return names


def _example(step: Step, words: Words) -> str | None:
    """Return the example, in the language of the answer."""
    if step.more:
        return None
    if step.language is not None and step.question.example is not None:
        return step.question.example.find(step.language)
    return words.local(step.question.example)


def _help(step: Step, state: Mapping[str, Raw], setting: Setting) -> str | None:
    """Return the help, of a group with its first part only."""
    words = setting.words
    if step.more:
        return words.local(step.top.help) if not step.place else None
    if step.top is step.question:
        texts = (words.local(step.question.help), _hint(step.question, state, setting))
        return " ".join(filter(None, texts)) or None
    is_first = step.top.kind is Kind.GROUP and step.question is step.top.fields[0]
    top = (words.local(step.top.text), words.local(step.top.help)) if is_first else ()
    return " ".join(filter(None, (*top, words.local(step.question.help)))) or None


def _hint(question: Question, state: Mapping[str, Raw], setting: Setting) -> str | None:
    """Return what there is to add, as the answers so far are."""
    answers = assemble(setting.pack, state)
    if not applies(question.hint_when, lambda key: look_up(answers, key)):
        return None
    return setting.words.local(question.hint)


def _suggestion(step: Step, state: Mapping[str, Raw], setting: Setting) -> Raw:
    """Return the default; one that starts with `=` is worked out."""
    if step.more:
        return False
    default = step.question.default
    if isinstance(default, str) and default.startswith("="):
        return _worked_out(default[1:], state, setting)
    if isinstance(default, tuple):
        return list(default)
    if isinstance(default, bool) or default is None:
        checked = [
            option.value
            for option in options_for(step, state, setting, None)
            if option.checked
        ]
        return checked if step.question.kind is Kind.CHOICES else default
    return str(default)


def _worked_out(name: str, state: Mapping[str, Raw], setting: Setting) -> Raw:
    if name == "interface-language":
        known = setting.pack.languages
        spoken = setting.words.language
        return [spoken if spoken in known else known[0]]
    if name == "first-of-next-month":
        later = setting.today.replace(day=28) + dt.timedelta(days=4)
        return later.replace(day=1).isoformat()
    found = look_up(assemble(setting.pack, state), name)
    return found if isinstance(found, str) else None


def options_for(
    step: Step, state: Mapping[str, Raw], setting: Setting, default: Raw
) -> tuple[Option, ...]:
    """Return what can be chosen, in the order it is offered."""
    question, words = step.question, setting.words
    if question.kind not in {Kind.CHOICE, Kind.CHOICES}:
        return ()
    chosen = default if isinstance(default, list) else [default]
    if question.choices_from == "topics":
        return _topics(state, setting, default if isinstance(default, list) else None)
    listed = {choice.value: choice for choice in question.choices}
    answers = assemble(setting.pack, state)
    offered = [
        Option(
            value=value,
            label=words.local(label) or value,
            hint=words.local(listed[value].help) if value in listed else None,
            checked=value in chosen
            or (default is None and value in listed and listed[value].preselected),
        )
        for value, label in choice_names(question, setting.pack).items()
        if value not in listed
        or applies(listed[value].when, lambda key: look_up(answers, key))
    ]
    if question.choices_from == "languages":  # the first one chosen is the front page
        offered.sort(key=lambda option: option.value != words.language)
    return tuple(offered)


def _topics(
    state: Mapping[str, Raw], setting: Setting, chosen: list[str] | None
) -> tuple[Option, ...]:
    """Offer the catalogue's topics for everybody, for the sector and those chosen."""
    words = setting.words
    sector = look_up(assemble(setting.pack, state), "company.sector")
    variant = words.language
    return tuple(
        Option(
            value=topic.id,
            label=topic.name.get(variant),
            hint=words.say("interview-topic-example", text=topic.dont.get(variant)),
            checked=topic.id in chosen if chosen is not None else topic.preselected,
        )
        for topic in setting.pack.catalogue.values()
        if ({"all", sector} & set(topic.sectors) and sector not in topic.unsuited)
        or topic.id in (chosen or ())
    )


def complaint(
    step: Step, raw: Raw, state: Mapping[str, Raw], setting: Setting
) -> str | None:
    """Return what is wrong with an answer, in the interview's language."""
    words, question = setting.words, step.question
    if step.more or question.kind is Kind.CONFIRM:
        return None if isinstance(raw, bool) else words.say("interview-yes-or-no")
    if raw is None or raw in ("", []):
        return _empty(step, state, words)
    if question.kind in _CHOOSES:
        return _wrong_choice(step, raw, state, setting)
    try:
        value = parse(question.kind, str(raw))
        _in_range(value, question)
        if question.kind is Kind.FILE:
            _usable_file(str(raw), setting.folder)
    except Refused as refused:
        said = words.say(refused.message, **refused.values)
        return said[:1].upper() + said[1:]
    return None


def _wrong_choice(
    step: Step, raw: Raw, state: Mapping[str, Raw], setting: Setting
) -> str | None:
    words, question = setting.words, step.question
    offered = {option.value for option in options_for(step, state, setting, raw)}
    values = raw if isinstance(raw, list) else [raw]
    fits = isinstance(raw, list) == (question.kind is Kind.CHOICES)
    if not fits or not offered.issuperset(str(value) for value in values):
        return words.say("interview-choose")
    low, high = question.minimum or 0, question.maximum or len(offered)
    if low <= len(values) <= high or question.kind is Kind.CHOICE:
        return None
    return words.say("interview-choose-number", low=low, high=high)


def _empty(step: Step, state: Mapping[str, Raw], words: Words) -> str | None:
    if not _is_required(step, state):
        return None
    if step.question.id in step.top.one_of:
        names = [
            words.local(part.text) or part.id
            for part in step.top.fields
            if part.id in step.top.one_of
        ]
        return words.say("interview-one-of", names=", ".join(names))
    choosing = step.question.kind is Kind.CHOICES
    return words.say("interview-choose-one" if choosing else "interview-needed")


def _is_required(step: Step, state: Mapping[str, Raw]) -> bool:
    """Return whether there must be an answer; the last of `one_of` decides for all."""
    if step.question.required or step.question.minimum or _is_further(step, state):
        return True
    wanted = step.top.one_of
    if not wanted or step.question.id != wanted[-1]:
        return False
    prefix = step.path.rpartition(".")[0]
    return not any(state.get(f"{prefix}.{name}") for name in wanted[:-1])


def _is_further(step: Step, state: Mapping[str, Raw]) -> bool:
    """Return whether the text was given in another language, so is needed in this."""
    languages = state.get("languages")
    if step.language is None or not isinstance(languages, list) or not languages:
        return False
    path = step.path.rpartition("@")[0]
    return step.language != languages[0] and bool(state.get(f"{path}@{languages[0]}"))


def _in_range(value: object, question: Question) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        return
    low, high = question.minimum or 0, question.maximum
    if value < low or (high is not None and value > high):
        raise Refused("value-number-range", value=value, low=low, high=high)


def _usable_file(name: str, folder: Path) -> None:
    path = logo_source(name, folder)
    if not path.is_file():
        raise Refused("interview-file-missing", value=name)
    if path.suffix.lower() not in _LOGO_SUFFIXES:
        raise Refused("value-file-type", value=name, types=", ".join(_LOGO_SUFFIXES))


def logo_source(name: str, folder: Path) -> Path:
    """Return the file that somebody means: beside the answers, or anywhere."""
    beside = folder / name
    return beside if beside.is_file() else type(folder)(name).expanduser()
