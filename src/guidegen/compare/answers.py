"""What changed in the answers, in sentences, and how far each change goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guidegen.compare.answer_names import (
    AnswerNames,
    Finding,
    answer_at,
    changed_answer,
    finding,
    is_same_text,
    seat_of,
)
from guidegen.compare.contacts import compare_contacts
from guidegen.compare.entries import records
from guidegen.compare.shared_languages import in_shared_languages
from guidegen.compare.speakers import compare_roles, compare_speakers
from guidegen.compare.topics import TopicState, compare_topics
from guidegen.model.json_records import Data, Json
from guidegen.model.pack import Pack
from guidegen.model.release import Step
from guidegen.schema.shapes import Localized, Record

_PATCH = frozenset(
    {
        *("version.valid_from", "version.review_months"),
        *("brand.color", "brand.logo", "brand.logo_dark"),
        *("document.number", "document.approved_by"),
    }
)
"""Dates, looks and what a register says: readers need not be told."""
_FORMS = ("company.forms.", "same_text.")
"""How the name stands in a sentence, and which texts are right as they are: wording."""
_SPEAKER, _SEAT = "company.speaker", "company.seat"
_OWN_WORDS = frozenset(
    {
        *("address", "contacts", "languages", "roles", "sections", "taboo_topics"),
        *(_SPEAKER, _SEAT),
    }
)
"""Answers whose changes have sentences of their own."""
_ABSENT = {"company.listed": "compare-no"}
"""What holds where an answer is not given, by its key."""


def compare_answers(
    old: Data, new: Data, *, old_pack: Pack, new_pack: Pack
) -> tuple[Finding, ...]:
    """Return each thing that changed in the answers.

    Args:
        old: The answers as they were (`answers.answers_data`).
        new: The answers as they are.
        old_pack: The pack that the old answers are for.
        new_pack: The pack that the new ones are for; it names what the answers choose.
    """
    # Equal answers are not enough: a new pack may turn a topic red or let fewer speak.
    if old == new and old_pack == new_pack:
        return ()
    variants = {*old_pack.variants, *new_pack.variants}
    old, new = in_shared_languages(old, new, variants)
    names = AnswerNames.of((old_pack, new_pack), (old, new))
    before, after = _read_today(old, new_pack), _read_today(new, new_pack)
    return (
        *compare_topics(
            TopicState(answers=old, pack=old_pack),
            TopicState(answers=new, pack=new_pack),
            names,
        ),
        *compare_contacts(records(old, "contacts"), records(new, "contacts"), names),
        *_languages(_texts(old, "languages"), _texts(new, "languages"), names),
        *_address(old, new),
        *compare_speakers(old, new, names),
        *compare_roles(old, new),
        *_sections(records(old, "sections"), records(new, "sections"), names),
        *_others(before, after, names),
        *_seat(old, new, names),
    )


def _read_today(answers: Data, pack: Pack) -> Data:
    """Return answers with the sector that a sector of old files stands for."""
    company = answers.get("company")
    spec = pack.sector(str(answer_at(answers, "company.sector")))
    if not isinstance(company, dict) or spec.means is None:
        return answers
    now: dict[str, Json] = {**company, "sector": spec.means}
    return {**answers, "company": now | ({"listed": True} if spec.listed else {})}


def _languages(
    old: tuple[str, ...], new: tuple[str, ...], names: AnswerNames
) -> Iterator[Finding]:
    for language in new:
        if language not in old:
            yield finding("compare-language-new", language=names.language(language))
    for language in old:
        if language not in new:
            yield finding("compare-language-gone", language=names.language(language))
    stayed = [language for language in old if language in new]
    if stayed != [language for language in new if language in old]:
        # The first language is that of the site's front page.
        yield finding("compare-language-first", language=names.language(new[0]))


def _address(old: Data, new: Data) -> Iterator[Finding]:
    address = new.get("address")
    if old.get("address") != address:
        yield finding(f"compare-address-{'sie' if address == 'sie' else 'du'}")


def _countries(
    old: tuple[str, ...], new: tuple[str, ...], names: AnswerNames
) -> Iterator[Finding]:
    for country in new:
        if country not in old:
            yield finding("compare-country-new", country=names.country(country))
    for country in old:
        if country not in new:
            yield finding("compare-country-gone", country=names.country(country))
    if old != new and set(old) == set(new):
        yield finding("compare-country-order", "patch")


def _seat(old: Data, new: Data, names: AnswerNames) -> Iterator[Finding]:
    """Yield that the seat has moved, if either answers say where it is."""
    stated = any(answer_at(data, _SEAT) is not None for data in (old, new))
    was, now = seat_of(old), seat_of(new)
    if stated and was != now and now is not None:
        yield changed_answer(_SEAT, was, now, names)


def _sections(
    old: Sequence[Data], new: Sequence[Data], names: AnswerNames
) -> Iterator[Finding]:
    """Yield which sections were added or taken out; their texts say what they ask."""
    was, now = ({str(each.get("id")): each for each in part} for part in (old, new))
    for section in now:
        if section not in was:
            yield finding("compare-section-new", section=names.section(section))
    for section in was:
        if section not in now:
            yield finding("compare-section-gone", section=names.section(section))
    stayed = [section for section in was if section in now]
    for section in stayed:
        if was[section] != now[section]:
            yield finding(
                "compare-section-moved", "patch", section=names.section(section)
            )
    if stayed != [section for section in now if section in was]:
        yield finding("compare-section-order", "patch")


def _others(old: Data, new: Data, names: AnswerNames) -> Iterator[Finding]:
    was, now = _leaves(old, names), _leaves(new, names)
    # A dict, not a set: the sentences keep the order of the answers in every run.
    for key in dict.fromkeys((*was, *now)):
        before, after = was.get(key), now.get(key)
        if before == after or (
            isinstance(names.shape_at(key), Localized) and is_same_text(before, after)
        ):
            continue
        if key == "company.countries":
            yield from _countries(_texts(was, key), _texts(now, key), names)
        else:
            yield changed_answer(
                key, before, after, names, step=_step(key), absent=_ABSENT.get(key)
            )


def _step(key: str) -> Step:
    return "patch" if key in _PATCH or key.startswith(_FORMS) else "minor"


def _leaves(answers: Data, names: AnswerNames) -> dict[str, Json]:
    """Return the answers that have no words of their own, by dotted key."""
    leaves: dict[str, Json] = {}

    def visit(data: Mapping[str, Json], before: str) -> None:
        for name, value in data.items():
            key = before + name
            # A mapping that is no record is a text by language, and stays whole; at the
            # top, one that only an older contract knew may be a record.
            shape = names.shape_at(key)
            grouped = isinstance(shape, Record) or not (before or shape)
            if isinstance(value, dict) and grouped:
                visit(value, f"{key}.")
            elif key not in _OWN_WORDS:
                leaves[key] = value

    visit(answers, "")
    return leaves


def _texts(answers: Data, key: str) -> tuple[str, ...]:
    """Return the entries of a list of words."""
    entries = answers.get(key)
    return tuple(map(str, entries)) if isinstance(entries, list) else ()
