"""What changed about the taboo topics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from guidegen.compare.judged import Judged, another, judged, texts
from guidegen.compare.naming import joined
from guidegen.model.json_records import Data
from guidegen.model.pack import Pack

if TYPE_CHECKING:
    from guidegen.compare.naming import Naming, Words

_RED = "red"
_WORDING = ("why", "dont", "do")


def judge_topics(
    old: Sequence[Data], new: Sequence[Data], naming: Naming
) -> Iterator[Judged]:
    """Yield what changed about the taboo topics, from one list of them to another."""
    became = _matched(old, new)
    for topic in new:
        if not any(topic is after for _, after in became):
            yield judged("compare-topic-new", "major", topic=naming.topic(topic))
    for topic in old:
        if not any(topic is before for before, _ in became):
            yield judged("compare-topic-gone", topic=naming.topic(topic))
    for before, after in became:
        yield from _judge(before, after, naming)
    places = [old.index(before) for before, _ in became]
    if places != sorted(places):
        yield judged("compare-topic-order", "patch")


def _matched(old: Sequence[Data], new: Sequence[Data]) -> list[tuple[Data, Data]]:
    """Return topics that are the same one, though perhaps changed, in the new order.

    A topic of the catalogue is known by its id; one of the company's own by its name,
    or, if it has been renamed, by anything else that was written for it alone.
    """
    left = list(old)
    found: dict[int, Data] = {}
    for alike in (_same_id, _same_name, _renamed):
        for place, topic in enumerate(new):
            before = next((each for each in left if alike(each, topic)), None)
            if place not in found and before is not None:
                left = [each for each in left if each is not before]
                found[place] = before
    return [(found[place], new[place]) for place in sorted(found)]


def _same_id(old: Data, new: Data) -> bool:
    return "id" in old and old["id"] == new.get("id")


def _same_name(old: Data, new: Data) -> bool:
    return _own(old, new) and old.get("name") == new.get("name")


def _renamed(old: Data, new: Data) -> bool:
    return _own(old, new) and any(old.get(key) == new.get(key) for key in _WORDING)


def _own(old: Data, new: Data) -> bool:
    return "id" not in old and "id" not in new


def _judge(old: Data, new: Data, naming: Naming) -> Iterator[Judged]:
    topic = naming.topic(new)
    if naming.topic(old) != topic:
        yield judged("compare-topic-renamed", old=naming.topic(old), new=topic)
    yield from _light(old, new, naming, topic)
    yield from _speakers(old, new, naming, topic)
    for key in _WORDING:
        if old.get(key) != new.get(key):
            shape = naming.shape_at(f"taboo_topics.0.{key}")
            what = naming.what(f"taboo_topics.0.{key}", topic=topic)
            answers = (old.get(key), new.get(key))
            yield Judged(another(what, answers, shape, naming))


def _light(old: Data, new: Data, naming: Naming, topic: Words) -> Iterator[Judged]:
    before, after = _light_of(old, naming.old), _light_of(new, naming.new)
    if before != after and after == _RED:
        yield judged("compare-topic-stricter", "major", topic=topic)
    elif before != after:
        yield judged("compare-topic-looser", topic=topic)


def _light_of(topic: Data, pack: Pack) -> str:
    entry = pack.catalogue.get(str(topic.get("id")))
    return entry.light if entry else _RED


def _speakers(old: Data, new: Data, naming: Naming, topic: Words) -> Iterator[Judged]:
    before, after = _speakers_of(old, naming.old), _speakers_of(new, naming.new)
    gone = [naming.role(role) for role in before if role not in after]
    added = [naming.role(role) for role in after if role not in before]
    if gone:
        yield judged("compare-topic-fewer", "major", topic=topic, roles=joined(gone))
    if added:
        yield judged("compare-topic-more", topic=topic, roles=joined(added))
    if before != after and not gone and not added:
        yield judged("compare-topic-speakers-order", "patch", topic=topic)


def _speakers_of(topic: Data, pack: Pack) -> tuple[str, ...]:
    """Return who may speak: as answered, else as the catalogue has it."""
    entry = pack.catalogue.get(str(topic.get("id")))
    return texts(topic, "speakers") or (entry.speakers if entry else ())
