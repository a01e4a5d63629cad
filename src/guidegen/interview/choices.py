"""What can be chosen as an answer, and whether a choice fits."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from guidegen.answers.contract import NAME, choice_names, role_names
from guidegen.declension import bare
from guidegen.interview.facts import fact, facts
from guidegen.interview.prompter import Messages, Option, RawAnswer
from guidegen.interview.state import Field, InterviewState
from guidegen.interview.topics import offered_topics
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, applies
from guidegen.model.text import LocalText
from guidegen.schema.scalars import check
from guidegen.value import Value

_YES, _NO = "true", "false"


class InterviewContext(Value):
    """What stays the same throughout an interview."""

    pack: Pack
    messages: Messages
    today: dt.date
    folder: Path
    """Where files that are named are looked for first."""


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
        return _topics(context, state, chosen if isinstance(chosen, list) else None)
    checked = chosen if isinstance(chosen, list) else [chosen]
    names = _names(context, state, field)
    # Sections of the company's own are in its folder, not in the pack.
    if part.other is not None or part.choices_from == "parts":
        typed = (str(name) for name in checked if name not in (None, *names))
        names |= {name: LocalText.of(name) for name in typed}
    listed = {choice.value: choice for choice in part.choices}
    look_up = facts(context.pack, state)
    offered = [
        Option(
            value=value,
            label=localized(label) or value,
            hint=localized(_hint(context.pack, field, value)),
            checked=value in checked
            or (chosen is None and value in listed and listed[value].preselected),
        )
        for value, label in names.items()
        if value not in listed or applies(listed[value].when, look_up)
        if not part.among or value in {*part.among, *map(str, checked)}
        if part.choices_from != "sectors"
        or context.pack.sector(value).offered
        or value in checked
    ]
    if part.choices_from == "languages":  # the first one chosen is the front page
        offered.sort(key=lambda option: option.value != context.messages.language)
    return tuple(offered)


def answer_of(
    context: InterviewContext, state: InterviewState, field: Field
) -> RawAnswer:
    """Return the answer to a field as it can be chosen; None if there never was one.

    A file may say yes where kinds are offered: that is the kind that is usual there.
    """
    answer = state.value(field)
    if answer != _YES or field.part.kind is not Kind.CHOICE:
        return answer
    offered = [option.value for option in options_for(context, state, field, None)]
    usual = fact(context.pack, state, "works-council")
    kinds = [value for value in offered if value not in {_YES, _NO}]
    return next((kind for kind in kinds if kind == usual), next(iter(kinds), answer))


def _names(
    context: InterviewContext, state: InterviewState, field: Field
) -> dict[str, LocalText]:
    """Return what a question offers, with the names that this company's sector has."""
    pack, names = context.pack, choice_names(field.part, context.pack)
    match field.part.choices_from:
        case "countries" if field.key == "company.seat":
            chosen = state.look_up("company.countries")
            codes = chosen if isinstance(chosen, list) else [*names]
            return {code: names[code] for code in names if code in codes}
        case "countries" if field.part is not field.question:
            # Of a contact: those that the company works in, and its seat.
            chosen = state.look_up("company.countries")
            codes = chosen if isinstance(chosen, list) else [*names]
            there = [*codes, state.look_up("company.seat")]
            return {code: names[code] for code in names if code in there}
        case "languages" if field.part is not field.question:
            # Of a contact: only those that the guideline has.
            return {code: names[code] for code in state.languages if code in names}
        case "roles":
            sector = str(state.look_up("company.sector") or "")
            found = state.look_up("company.seat")
            seat = found or fact(pack, state, "first-country")
            roles = pack.roles_for(sector, seat if isinstance(seat, str) else None)
            roles |= _own_roles(state)
            return {role: _as_label(bare(name)) for role, name in roles.items()}
    return names


def _own_roles(state: InterviewState) -> dict[str, LocalText]:
    """Return the roles of the company's own, as `guideline.yml` names them."""
    own = state.given.get("roles")
    return {
        role: LocalText.of(
            {key: str(text) for key, text in name.items()}
            if isinstance(name, dict)
            else str(name)
        )
        for role, name in (own.items() if isinstance(own, dict) else ())
    }


def _as_label(text: LocalText) -> LocalText:
    """Return a text as an entry of a list, where each begins with a capital."""
    return LocalText(
        tuple((key, each[:1].upper() + each[1:]) for key, each in text.texts)
    )


def role_named(context: InterviewContext, typed: str) -> str | None:
    """Return the role that somebody calls by its name, with its article or without."""
    for role, names in role_names(context.pack).items():
        called = [text for each in (names, bare(names)) for _, text in each.texts]
        if typed.casefold() in map(str.casefold, called):
            return role
    return None


def _hint(pack: Pack, field: Field, value: str) -> LocalText | None:
    """Return what explains a choice."""
    match field.part.choices_from:
        case "levels" if value in pack.levels:
            return pack.levels[value].meaning
        case "parts" if value in pack.parts:
            return pack.parts[value].help
    return next(
        (choice.help for choice in field.part.choices if choice.value == value), None
    )


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


def wrong_choice(
    context: InterviewContext, state: InterviewState, field: Field, raw: RawAnswer
) -> str | None:
    """Return what is wrong with a choice, in the interview's language."""
    messages, part = context.messages, field.part
    offered = {option.value for option in options_for(context, state, field, raw)}
    values = raw if isinstance(raw, list) else [raw]
    if part.other is not None and isinstance(raw, list):
        known = _names(context, state, field)
        typed = [name for name in raw if name not in known]
        if (problem := _wrong_name(messages, typed)) is not None:
            return problem
    fits = isinstance(raw, list) == (part.kind is Kind.CHOICES)
    # A journal can be edited, so that even the form of an answer may be wrong.
    if not fits or not offered.issuperset(map(str, values)):
        return messages.text("interview-choose")
    low, high = part.minimum or 0, part.maximum or len(offered)
    if low <= len(values) <= high or part.kind is Kind.CHOICE:
        return None
    return messages.text("interview-choose-number", low=low, high=high)


def _wrong_name(messages: Messages, names: list[str]) -> str | None:
    """Return what is wrong with names that were typed instead of chosen."""
    for name in names:
        if (problem := check(Kind.TEXT, name)) is not None:
            text = messages.text(problem.message, **problem.values)
            return text[:1].upper() + text[1:]
        # In the file, such a word would be the id of a role.
        if NAME.fullmatch(name):
            return messages.text("interview-name-id")
    return None
