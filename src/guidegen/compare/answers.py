"""What changed in the answers, in sentences, and how far each change goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from guidegen.compare.wording import (
    AnswerNames,
    Finding,
    Words,
    before_and_after,
    comma_list,
    company_text,
    finding,
)
from guidegen.model.json_records import Data, Json
from guidegen.model.pack import Pack
from guidegen.model.release import Step
from guidegen.schema.shapes import Record

_PATCH = frozenset(
    {"version.valid_from", "version.review_months", "brand.color", "brand.logo"}
)
"""Dates and looks: readers need not be told."""
_MAJOR = frozenset({"company.speaker"})
"""Who alone may speak for the company: somebody who could no longer may."""
_OWN_WORDS = frozenset({"address", "contacts", "languages", "taboo_topics"})
"""Answers whose changes have sentences of their own."""

_RED = "red"
_WORDING = ("why", "dont", "do")
"""What is written about a taboo topic."""
_WAYS = ("email", "phone", "chat")
"""How a contact can be reached."""

_Alike: TypeAlias = Callable[[Data, Data], bool]


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
    names = AnswerNames.of(old_pack, new_pack)
    return (
        *_topics(_records(old, "taboo_topics"), _records(new, "taboo_topics"), names),
        *_contacts(_records(old, "contacts"), _records(new, "contacts"), names),
        *_languages(_texts(old, "languages"), _texts(new, "languages"), names),
        *_address(old, new),
        *_others(old, new, names),
    )


# --- taboo topics


def _topics(
    old: Sequence[Data], new: Sequence[Data], names: AnswerNames
) -> Iterator[Finding]:
    # Topics from the catalogue keep their id when they are renamed; a company's own
    # topics have nothing but their words to be recognised by.
    pairs = _same(old, new, (_same_id, _same_own_name, _renamed))
    for topic in new:
        if not any(topic is after for _, after in pairs):
            # One thing more is forbidden: a duty (docs/explanation/versions.md).
            yield finding("compare-topic-new", "major", topic=names.topic(topic))
    for topic in old:
        if not any(topic is before for before, _ in pairs):
            # Minor: readers should know of it, but nothing more is asked of them.
            yield finding("compare-topic-gone", topic=names.topic(topic))
    for before, after in pairs:
        yield from _topic(before, after, names)
    if _is_reordered(old, pairs):
        yield finding("compare-topic-order", "patch")


def _same_id(old: Data, new: Data) -> bool:
    return "id" in old and old["id"] == new.get("id")


def _same_own_name(old: Data, new: Data) -> bool:
    return _both_own(old, new) and _same_name(old, new)


def _renamed(old: Data, new: Data) -> bool:
    """Return whether anything that was written for one topic alone is the other's."""
    return _both_own(old, new) and any(old.get(key) == new.get(key) for key in _WORDING)


def _both_own(old: Data, new: Data) -> bool:
    return "id" not in old and "id" not in new


def _topic(old: Data, new: Data, names: AnswerNames) -> Iterator[Finding]:
    topic = names.topic(new)
    if names.topic(old) != topic:
        yield finding("compare-topic-renamed", old=names.topic(old), new=topic)
    yield from _light(old, new, names, topic)
    yield from _speakers(old, new, names, topic)
    for key in _WORDING:
        if old.get(key) != new.get(key):
            # All entries of a list share one shape and one name, those of the first.
            yield _changed_answer(
                f"taboo_topics.0.{key}", old.get(key), new.get(key), names, topic=topic
            )


def _light(old: Data, new: Data, names: AnswerNames, topic: Words) -> Iterator[Finding]:
    before, after = _light_of(old, names.old), _light_of(new, names.new)
    if before != after and after == _RED:
        yield finding("compare-topic-stricter", "major", topic=topic)
    elif before != after:
        yield finding("compare-topic-looser", topic=topic)


def _light_of(topic: Data, pack: Pack) -> str:
    entry = pack.catalogue.get(str(topic.get("id")))
    return entry.light if entry else _RED


def _speakers(
    old: Data, new: Data, names: AnswerNames, topic: Words
) -> Iterator[Finding]:
    before, after = _speakers_of(old, names.old), _speakers_of(new, names.new)
    gone = [names.role(role) for role in before if role not in after]
    added = [names.role(role) for role in after if role not in before]
    if gone:
        roles = comma_list(gone)
        yield finding("compare-topic-fewer", "major", topic=topic, roles=roles)
    if added:
        yield finding("compare-topic-more", topic=topic, roles=comma_list(added))
    if before != after and not gone and not added:
        yield finding("compare-topic-speakers-order", "patch", topic=topic)


def _speakers_of(topic: Data, pack: Pack) -> tuple[str, ...]:
    """Return who may speak: as answered, else as the catalogue has it."""
    entry = pack.catalogue.get(str(topic.get("id")))
    return _texts(topic, "speakers") or (entry.speakers if entry else ())


# --- contacts


def _contacts(
    old: Sequence[Data], new: Sequence[Data], names: AnswerNames
) -> Iterator[Finding]:
    # A successor shares neither name nor address with the predecessor, and is still one
    # change to readers, not two.
    pairs = _same(old, new, (_equal, _same_name, _same_way), one_for_one=True)
    for before, after in pairs:
        yield from _contact(before, after, names)
    for contact in new:
        if not any(contact is after for _, after in pairs):
            yield finding("compare-contact-new", name=_name(contact))
    for contact in old:
        if not any(contact is before for before, _ in pairs):
            yield finding("compare-contact-gone", name=_name(contact))
    if _is_reordered(old, pairs):
        # The first contact stands on every page, so that name is what readers notice.
        yield finding("compare-contact-order", name=_name(new[0]))


def _equal(old: Data, new: Data) -> bool:
    return old == new


def _same_name(old: Data, new: Data) -> bool:
    return old.get("name") == new.get("name")


def _same_way(old: Data, new: Data) -> bool:
    return any(way in old and old[way] == new.get(way) for way in _WAYS)


def _contact(old: Data, new: Data, names: AnswerNames) -> Iterator[Finding]:
    if not _same_name(old, new):
        shape = names.shape_at("contacts.0.name")
        was, now = before_and_after(old.get("name"), new.get("name"), shape, names)
        yield finding("compare-contact-other", old=was, new=now)
        if not _same_way(old, new):
            return  # another person: role and ways are another person's too
    for key in dict.fromkeys((*old, *new)):
        if key != "name" and old.get(key) != new.get(key):
            yield _changed_answer(
                f"contacts.0.{key}", old.get(key), new.get(key), names, name=_name(new)
            )


def _name(contact: Data) -> Words:
    return company_text(contact.get("name"))


# --- entries of a list


def _same(
    old: Sequence[Data],
    new: Sequence[Data],
    tests: Sequence[_Alike],
    *,
    one_for_one: bool = False,
) -> list[tuple[Data, Data]]:
    """Return each old entry with what it has become, in the new order.

    Args:
        old: The entries as they were.
        new: The entries as they are.
        tests: What makes two the same, the surest sign first.
        one_for_one: Whether, where as many have come as have gone, each has taken over
            from another, in their order.
    """
    left = list(old)
    found: dict[int, Data] = {}
    # Each sign is looked for in all entries before a weaker one: else a weak match
    # could take an entry away from a sure one.
    for is_alike in tests:
        for index, entry in enumerate(new):
            before = next((each for each in left if is_alike(each, entry)), None)
            if index not in found and before is not None:
                # By identity: two entries that are equal are still two.
                left = [each for each in left if each is not before]
                found[index] = before
    come = [index for index in range(len(new)) if index not in found]
    if one_for_one and len(come) == len(left):
        found |= dict(zip(come, left, strict=True))
    return [(found[index], new[index]) for index in sorted(found)]


def _is_reordered(old: Sequence[Data], pairs: Sequence[tuple[Data, Data]]) -> bool:
    indexes = [old.index(before) for before, _ in pairs]
    return indexes != sorted(indexes)


# --- all other answers


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


def _others(old: Data, new: Data, names: AnswerNames) -> Iterator[Finding]:
    was, now = _leaves(old, names), _leaves(new, names)
    # A dict, not a set: the sentences keep the order of the answers in every run.
    for key in dict.fromkeys((*was, *now)):
        before, after = was.get(key), now.get(key)
        if before == after:
            continue
        if key == "company.countries":
            yield from _countries(_texts(was, key), _texts(now, key), names)
        else:
            yield _changed_answer(key, before, after, names, step=_step(key))


def _step(key: str) -> Step:
    if key in _MAJOR:
        return "major"
    return "patch" if key in _PATCH else "minor"


def _leaves(answers: Data, names: AnswerNames) -> dict[str, Json]:
    """Return the answers that have no words of their own, by dotted key."""
    leaves: dict[str, Json] = {}

    def visit(data: Mapping[str, Json], before: str) -> None:
        for name, value in data.items():
            key = before + name
            # Below the top level, a mapping that is no record is a text by language,
            # and stays whole.
            grouped = not before or isinstance(names.shape_at(key), Record)
            if isinstance(value, dict) and grouped:
                visit(value, f"{key}.")
            elif key not in _OWN_WORDS:
                leaves[key] = value

    visit(answers, "")
    return leaves


def _changed_answer(
    key: str,
    old: Json,
    new: Json,
    names: AnswerNames,
    *,
    step: Step = "minor",
    **values: Words,
) -> Finding:
    """Return the finding that an answer differs, or is given in one state only.

    Args:
        key: Its dotted key.
        old: What it was; None if it was not given.
        new: What it is.
        names: What answers are called.
        step: How far the change goes.
        values: What fills the words for the answer.
    """
    what = names.label(key, **values)
    was, now = before_and_after(old, new, names.shape_at(key), names)
    if old is None:
        return finding("compare-given", step, what=what, new=now)
    if new is None:
        return finding("compare-withdrawn", step, what=what, old=was)
    return finding("compare-other", step, what=what, old=was, new=now)


def _records(answers: Data, key: str) -> tuple[Data, ...]:
    """Return the entries of a list of records."""
    entries = answers.get(key)
    if not isinstance(entries, list):
        return ()
    return tuple(entry for entry in entries if isinstance(entry, dict))


def _texts(answers: Data, key: str) -> tuple[str, ...]:
    """Return the entries of a list of words."""
    entries = answers.get(key)
    return tuple(map(str, entries)) if isinstance(entries, list) else ()
