"""What changed about the people to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from guidegen.compare.judged import Judged, another, judged
from guidegen.compare.naming import local, pair
from guidegen.model.json_records import Data

if TYPE_CHECKING:
    from guidegen.compare.naming import Naming, Words

_WAYS = ("email", "phone", "chat")


def judge_contacts(
    old: Sequence[Data], new: Sequence[Data], naming: Naming
) -> Iterator[Judged]:
    """Yield what changed about the contacts, from one list of them to another."""
    became = _matched(old, new)
    for before, after in became:
        yield from _judge(before, after, naming)
    for contact in new:
        if not any(contact is after for _, after in became):
            yield judged("compare-contact-new", name=_name(contact))
    for contact in old:
        if not any(contact is before for before, _ in became):
            yield judged("compare-contact-gone", name=_name(contact))
    places = [old.index(before) for before, _ in became]
    if places != sorted(places):
        yield judged("compare-contact-order", name=_name(new[0]))


def _matched(old: Sequence[Data], new: Sequence[Data]) -> list[tuple[Data, Data]]:
    """Return contacts that are the same person or have the same part to play.

    By name, then by a way to reach them; then, where as many have come as have gone,
    in their order: the one who takes over.
    """
    left = list(old)
    found: dict[int, Data] = {}
    for alike in (_equal, _same_name, _same_way):
        for place, contact in enumerate(new):
            before = next((each for each in left if alike(each, contact)), None)
            if place not in found and before is not None:
                left = [each for each in left if each is not before]
                found[place] = before
    open_places = [place for place in range(len(new)) if place not in found]
    if len(open_places) == len(left):
        found |= dict(zip(open_places, left, strict=True))
    return [(found[place], new[place]) for place in sorted(found)]


def _equal(old: Data, new: Data) -> bool:
    return old == new


def _same_name(old: Data, new: Data) -> bool:
    return old.get("name") == new.get("name")


def _same_way(old: Data, new: Data) -> bool:
    return any(way in old and old[way] == new.get(way) for way in _WAYS)


def _judge(old: Data, new: Data, naming: Naming) -> Iterator[Judged]:
    if old.get("name") != new.get("name"):
        shape = naming.shape_at("contacts.0.name")
        was, now = pair(old.get("name"), new.get("name"), shape, naming)
        yield judged("compare-contact-other", old=was, new=now)
        if not _same_way(old, new):
            return  # another person: role and ways are another person's too
    for key in dict.fromkeys((*old, *new)):
        if key != "name" and old.get(key) != new.get(key):
            what = naming.what(f"contacts.0.{key}", name=_name(new))
            shape = naming.shape_at(f"contacts.0.{key}")
            answers = (old.get(key), new.get(key))
            yield Judged(another(what, answers, shape, naming))


def _name(contact: Data) -> Words:
    return local(contact.get("name"))
