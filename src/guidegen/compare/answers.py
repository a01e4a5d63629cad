"""What changed in the answers, in sentences, and how far each change goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guidegen.compare.contacts import judge_contacts
from guidegen.compare.judged import Judged, another, judged, maps, texts
from guidegen.compare.naming import Naming
from guidegen.compare.topics import judge_topics
from guidegen.model.json_records import Data, Json
from guidegen.model.pack import Pack
from guidegen.model.release import Change, Step
from guidegen.schema.shapes import Record

_PATCH = frozenset(
    {"version.valid_from", "version.review_months", "brand.color", "brand.logo"}
)
"""Dates and looks: readers need not be told."""
_MAJOR = frozenset({"company.speaker"})
"""Who alone may speak for the company: somebody who could no longer may."""
_OWN_WORDS = frozenset({"address", "contacts", "languages", "taboo_topics"})
"""Answers whose changes have sentences of their own."""


def compare_answers(
    old: Data, new: Data, *, old_pack: Pack, new_pack: Pack
) -> tuple[Change, ...]:
    """Return a sentence for each thing that changed in the answers.

    Args:
        old: The answers as they were (`answers.answers_data`).
        new: The answers as they are.
        old_pack: The pack that the old answers are for.
        new_pack: The pack that the new ones are for; it names what the answers choose.
    """
    found = judge_answers(old, new, old_pack=old_pack, new_pack=new_pack)
    return tuple(each.change for each in found)


def judge_answers(
    old: Data, new: Data, *, old_pack: Pack, new_pack: Pack
) -> tuple[Judged, ...]:
    """Return each change of the answers with how far it goes."""
    if old == new and old_pack == new_pack:
        return ()
    naming = Naming.of(old_pack, new_pack)
    return (
        *judge_topics(maps(old, "taboo_topics"), maps(new, "taboo_topics"), naming),
        *judge_contacts(maps(old, "contacts"), maps(new, "contacts"), naming),
        *_languages(texts(old, "languages"), texts(new, "languages"), naming),
        *_address(old, new),
        *_others(old, new, naming),
    )


def _languages(
    old: tuple[str, ...], new: tuple[str, ...], naming: Naming
) -> Iterator[Judged]:
    for language in new:
        if language not in old:
            yield judged("compare-language-new", language=naming.language(language))
    for language in old:
        if language not in new:
            yield judged("compare-language-gone", language=naming.language(language))
    stayed = [language for language in old if language in new]
    if stayed != [language for language in new if language in old]:
        yield judged("compare-language-first", language=naming.language(new[0]))


def _address(old: Data, new: Data) -> Iterator[Judged]:
    address = new.get("address")
    if old.get("address") != address:
        yield judged(f"compare-address-{'sie' if address == 'sie' else 'du'}")


def _countries(
    old: tuple[str, ...], new: tuple[str, ...], naming: Naming
) -> Iterator[Judged]:
    for country in new:
        if country not in old:
            yield judged("compare-country-new", country=naming.country(country))
    for country in old:
        if country not in new:
            yield judged("compare-country-gone", country=naming.country(country))
    if old != new and set(old) == set(new):
        yield judged("compare-country-order", "patch")


def _others(old: Data, new: Data, naming: Naming) -> Iterator[Judged]:
    was, now = _leaves(old, naming), _leaves(new, naming)
    for key in dict.fromkeys((*was, *now)):
        before, after = was.get(key), now.get(key)
        if before == after:
            continue
        if key == "company.countries":
            countries = texts(was, key), texts(now, key)
            yield from _countries(*countries, naming)
        else:
            change = another(
                naming.what(key), (before, after), naming.shape_at(key), naming
            )
            yield Judged(change, _step(key))


def _step(key: str) -> Step:
    if key in _MAJOR:
        return "major"
    return "patch" if key in _PATCH else "minor"


def _leaves(answers: Data, naming: Naming) -> dict[str, Json]:
    """Return the answers that have no words of their own, by dotted key."""
    leaves: dict[str, Json] = {}

    def visit(data: Mapping[str, Json], before: str) -> None:
        for name, value in data.items():
            key = before + name
            grouped = not before or isinstance(naming.shape_at(key), Record)
            if isinstance(value, dict) and grouped:
                visit(value, f"{key}.")
            elif key not in _OWN_WORDS:
                leaves[key] = value

    visit(answers, "")
    return leaves
