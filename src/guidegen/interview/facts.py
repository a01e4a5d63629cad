"""Facts that follow from the answers so far, for conditions and suggestions.

A pack names them with a `=` before them, in place of a key of `guideline.yml`.
"""

from __future__ import annotations

from collections.abc import Callable

from guidegen.answers.data import look_up
from guidegen.declension import forms_of, needs_article, without_legal_form
from guidegen.interview.state import Field, InterviewState
from guidegen.model.adaptation import DEFAULT_COUNCIL
from guidegen.model.answers import PRESS
from guidegen.model.pack import Pack
from guidegen.model.question import Kind
from guidegen.schema.scalars import Plain


def facts(pack: Pack, state: InterviewState) -> Callable[[str], Plain | None]:
    """Return what looks up an answer by its dotted key, or a fact by its name."""

    def find(key: str) -> Plain | None:
        if not key.startswith("="):
            return state.look_up(key)
        return fact(pack, state, key.removeprefix("="))

    return find


def fact(  # noqa: PLR0911  # one for each fact
    pack: Pack, state: InterviewState, name: str
) -> Plain | None:
    """Return a fact, or the answer of that key; None where it is not known.

    - `short-name`: the company's name without its legal form
    - `legal-form`: what the name ends in after its short form ("AG")
    - `name-has-article`: whether the short name needs an article in German sentences
    - `name-in-sentence`: the short name with its German article
    - `first-country`, `several-countries`: of those that the company works in
    - `usual-speaker`: who speaks officially for companies of the sector
    - `speakers`: who speaks officially for the company
    - `works-council`: which kind of works council is usual there
    """
    match name:
        case "short-name":
            return _without_legal_form(pack, state)
        case "legal-form":
            return _legal_form(pack, state)
        case "name-has-article":
            called = short_name(pack, state)
            return bool(pack.names and called and needs_article(called, pack.names))
        case "name-in-sentence":
            called = short_name(pack, state)
            return forms_of(called, "de", pack.names).nominative if called else None
        case "first-country":
            return next(iter(_countries(state)), None)
        case "several-countries":
            return len(_countries(state)) > 1
        case "works-council":
            return _works_council(pack, state)
        case "speakers":
            found = state.look_up("company.speaker") or _usual_speaker(pack, state)
            return [*found] if isinstance(found, list) else [found]
        case "usual-speaker":
            return [_usual_speaker(pack, state)]
    return state.look_up(name)


def is_outdated(
    pack: Pack, field: Field, before: InterviewState, after: InterviewState
) -> bool:
    """Return whether an answer no longer fits, because what it came from is another.

    That is an accepted suggestion, such as the name without its legal form, and how a
    name stands in a sentence that is not the company's any more.
    """
    default, value = field.part.default, after.value(field)
    if not isinstance(default, str) or not default.startswith("=") or not value:
        return False
    name = default.removeprefix("=")
    old, new = fact(pack, before, name), fact(pack, after, name)
    return old != new and (value == old or field.part.kind is Kind.NAME_FORMS)


def short_name(pack: Pack, state: InterviewState) -> str | None:
    """Return what the company is called for short, as far as that is known."""
    return _text(state, "company.short_name") or _without_legal_form(pack, state)


def _without_legal_form(pack: Pack, state: InterviewState) -> str | None:
    name = _text(state, "company.name")
    # A name per language has a short one per language, which nobody need say.
    if isinstance(look_up(state.given, "company.name"), dict):
        return None
    if name is None or pack.names is None:
        return name
    return without_legal_form(name, pack.names)


def _legal_form(pack: Pack, state: InterviewState) -> str | None:
    name, short = _text(state, "company.name"), _without_legal_form(pack, state)
    if name is None or short is None or not name.startswith(short):
        return None
    # „GmbH & Co. KGaA“: the last form decides.
    words = name.removeprefix(short).replace(",", " ").split()
    return words[-1] if words else None


def _usual_speaker(pack: Pack, state: InterviewState) -> str:
    sector = _text(state, "company.sector") or ""
    role = pack.sector(sector).speaker
    # In a file, no answer means the press office, whatever the sector.
    is_new = look_up(state.given, "format") is None
    return role if is_new and role in pack.roles_for(sector, None) else PRESS


def _works_council(pack: Pack, state: InterviewState) -> str | None:
    seat = _text(state, "company.seat") or next(iter(_countries(state)), None)
    kinds = pack.country(seat).works_council
    sector = _text(state, "company.sector")
    sector = (sector and pack.sector(sector).means) or sector
    return kinds.get(sector or DEFAULT_COUNCIL) or kinds.get(DEFAULT_COUNCIL)


def _text(state: InterviewState, key: str) -> str | None:
    found = state.look_up(key)
    return " ".join(found.split()) or None if isinstance(found, str) else None


def _countries(state: InterviewState) -> list[str]:
    found = state.look_up("company.countries")
    return [str(each) for each in found] if isinstance(found, list) else []
