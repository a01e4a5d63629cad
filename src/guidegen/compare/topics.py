"""What changed in the taboo topics, in sentences, and how far each change goes."""

from __future__ import annotations

from collections.abc import Iterator

from guidegen.compare.answer_names import (
    AnswerNames,
    Finding,
    answer_at,
    changed_answer,
    finding,
    is_same_text,
)
from guidegen.compare.entries import (
    each_of,
    is_reordered,
    pairs_of,
    records,
    same_name,
)
from guidegen.compare.speakers import SpeakerChange
from guidegen.model.adaptation import LISTED
from guidegen.model.json_records import Data, Json
from guidegen.model.pack import LEVELS, CatalogueTopic, Pack, TopicOverride
from guidegen.model.release import Step
from guidegen.model.text import LocalText
from guidegen.value import Value

_NEVER, _ONLY, _ASK = LEVELS
_WORDING = ("why", "dont", "do")
"""What is written about a taboo topic."""
_FIELDS = ("name", *_WORDING, "not_covered")
_FIRST = "taboo_topics.0"
"""All entries of a list share one shape and one name, those of the first."""


class TopicState(Value):
    """The taboo topics at one time, and what they are taken from."""

    answers: Data
    pack: Pack

    @property
    def topics(self) -> tuple[Data, ...]:
        """The topics as the answers name them."""
        return records(self.answers, "taboo_topics")

    def level(self, topic: Data) -> str:
        """Return a topic's level: as answered, else as the catalogue has it."""
        entry = self._entry(topic)
        # A topic of the company's own is for named speakers unless it says otherwise.
        return str(topic.get("level") or (entry.level if entry else _ONLY))

    def speakers(self, topic: Data) -> tuple[Json, ...]:
        """Return who may speak, or is asked: as answered, else the catalogue's."""
        level = self.level(topic)
        if level == _NEVER:
            return ()
        entry = self._entry(topic)
        if answered := each_of(topic.get("speakers")):
            return answered
        if entry is None:
            return ()
        if level == _ASK and entry.ask:  # whoever has no role, such as those pictured
            return (dict(entry.ask.texts),)
        others = (each.speakers for each in self._overrides(entry))
        return next((roles for roles in others if roles), entry.speakers)

    def catalogue_texts(self, topic: Data) -> Iterator[tuple[str, LocalText]]:
        """Yield what the catalogue writes about a topic, by the name of its field."""
        entry = self._entry(topic)
        for each in (entry, *self._overrides(entry)) if entry else ():
            for name in (*_FIELDS, "ask"):
                text = getattr(each, name, None)
                if text is not None:
                    yield name, text

    def _overrides(self, entry: CatalogueTopic) -> tuple[TopicOverride, ...]:
        """Return what a topic says in the company's sector, the most specific first."""
        return tuple(
            entry.overrides[key] for key in self._sectors if key in entry.overrides
        )

    def _entry(self, topic: Data) -> CatalogueTopic | None:
        return self.pack.catalogue.get(str(topic.get("id")))

    @property
    def _sectors(self) -> tuple[str, ...]:
        """What the company is, the most specific first (`compose.topics`)."""
        sector = str(answer_at(self.answers, "company.sector"))
        spec = self.pack.sector(sector)
        listed = spec.listed or answer_at(self.answers, "company.listed") is True
        return ((LISTED,) if listed else ()) + (spec.means or sector,)


def compare_topics(
    old: TopicState, new: TopicState, names: AnswerNames
) -> Iterator[Finding]:
    """Yield what changed in the taboo topics.

    Args:
        old: The topics as they were.
        new: The topics as they are.
        names: What answers are called.
    """
    # Topics from the catalogue keep their id when they are renamed; a company's own
    # topics have nothing but their words to be recognised by.
    pairs = pairs_of(old.topics, new.topics, (_same_id, _same_own_name, _renamed))
    for topic in new.topics:
        if not any(topic is after for _, after in pairs):
            # One thing more is forbidden: a duty (docs/explanation/versions.md).
            yield finding("compare-topic-new", "major", topic=names.topic(topic))
    for topic in old.topics:
        if not any(topic is before for before, _ in pairs):
            # Minor: readers should know of it, but nothing more is asked of them.
            yield finding("compare-topic-gone", topic=names.topic(topic))
    for before, after in pairs:
        yield from _topic(_Change(old, new, before, after, names))
    if is_reordered(old.topics, pairs):
        yield finding("compare-topic-order", "patch")


def _same_id(old: Data, new: Data) -> bool:
    return "id" in old and old["id"] == new.get("id")


def _same_own_name(old: Data, new: Data) -> bool:
    return _both_own(old, new) and same_name(old, new)


def _renamed(old: Data, new: Data) -> bool:
    """Return whether anything that was written for one topic alone is the other's."""
    return _both_own(old, new) and any(old.get(key) == new.get(key) for key in _WORDING)


def _both_own(old: Data, new: Data) -> bool:
    return "id" not in old and "id" not in new


class _Change:
    """One topic, before and after."""

    def __init__(  # two states, the topic in each, and the names
        self,
        old: TopicState,
        new: TopicState,
        before: Data,
        after: Data,
        names: AnswerNames,
    ) -> None:
        self.before, self.after, self.names = before, after, names
        self.name = names.topic(after)
        self.levels = old.level(before), new.level(after)
        self.speakers = SpeakerChange(
            (old.answers, old.speakers(before)), (new.answers, new.speakers(after))
        )


def _topic(change: _Change) -> Iterator[Finding]:
    old, new, names = change.before, change.after, change.names
    if names.topic(old) != change.name:
        yield finding("compare-topic-renamed", old=names.topic(old), new=change.name)
    yield from _level(change)
    yield from _speakers(change)
    for key in _WORDING:
        if not is_same_text(old.get(key), new.get(key)):
            yield changed_answer(
                f"{_FIRST}.{key}",
                old.get(key),
                new.get(key),
                names,
                values={"topic": change.name},
            )


def _level(change: _Change) -> Iterator[Finding]:
    before, after = change.levels
    if before == after:
        return
    # In the order of the levels, the strictest comes first.
    is_stricter = [*LEVELS].index(after) < [*LEVELS].index(before)
    step: Step = "major" if is_stricter else "minor"
    how = "stricter" if is_stricter else "looser"
    if not change.names.new.levels:  # texts from before have lights
        yield finding(f"compare-topic-{how}", step, topic=change.name)
        return
    yield finding(
        f"compare-topic-level-{how}",
        step,
        topic=change.name,
        old=change.names.level(before),
        new=change.names.level(after),
    )


def _speakers(change: _Change) -> Iterator[Finding]:
    names, topic, (_, after) = change.names, change.name, change.levels
    asks = after == _ASK and bool(names.new.levels)
    # That nobody speaks any more is what the level says.
    if change.speakers.gone and after != _NEVER:
        roles = names.speakers(change.speakers.gone)
        message = "compare-topic-ask-fewer" if asks else "compare-topic-fewer"
        yield finding(message, "major", topic=topic, roles=roles)
    if change.speakers.added:
        roles = names.speakers(change.speakers.added)
        message = "compare-topic-ask-more" if asks else "compare-topic-more"
        yield finding(message, topic=topic, roles=roles)
    if change.speakers.reordered and after != _NEVER:
        yield finding("compare-topic-speakers-order", "patch", topic=topic)
