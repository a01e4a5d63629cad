"""Which sentences differ only because an answer does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidegen.compare.judged import maps
from guidegen.model.json_records import Data, Json
from guidegen.model.pack import CatalogueTopic, Pack
from guidegen.model.text import LocalText

if TYPE_CHECKING:
    from guidegen.compare.sentences import Sentence

_BETWEEN = re.compile(r"[\W_]+")
_SHORTEST = 4
"""How many letters an answer needs to be recognised in a sentence."""
_PART = 12
"""How many letters a sentence needs to be recognised in an example."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What answers say, as letters and digits only: that is how a page has them too."""

    changed: frozenset[str]
    """What is said by the old or the new answers, not by both."""
    topics: frozenset[str]
    """The names of all taboo topics."""
    examples: frozenset[str]
    """What is written about them, which is no duty whatever its words."""

    @classmethod
    def by(cls, answers: tuple[Data, Data], packs: tuple[Pack, Pack]) -> Explained:
        """Return what the old and the new answers say."""
        old, new = (_said(*each) for each in zip(answers, packs, strict=True))
        entries = [
            topic
            for data, pack in zip(answers, packs, strict=True)
            for topic in _topics(data, pack)
        ]
        names = {name for topic in entries for name in _texts(topic.get("name"))}
        examples = {
            text
            for topic in entries
            for key, value in topic.items()
            if key != "name"
            for text in _texts(value)
        }
        return cls(
            changed=_letters(old ^ new, _SHORTEST),
            topics=_letters(names, 1),
            examples=_letters(examples, 1),
        )

    def is_topic(self, sentence: Sentence) -> bool:
        """Return whether it is about a taboo topic: the answers' sentences say that."""
        text = letters(sentence.text)
        if sentence.row:
            return any(name in text for name in self.topics)
        if text in self.examples:
            return True
        return len(text) >= _PART and any(text in each for each in self.examples)

    def explains(self, sentence: Sentence) -> bool:
        """Return whether the sentence has in it what only one of the answers says."""
        text = letters(sentence.text)
        return any(said in text for said in self.changed)


def letters(text: str) -> str:
    """Return a text's letters and digits, case aside."""
    return _BETWEEN.sub("", text.casefold())


def _letters(texts: Iterable[str], shortest: int) -> frozenset[str]:
    found = (letters(text) for text in texts)
    return frozenset(text for text in found if len(text) >= shortest)


def _said(answers: Data, pack: Pack) -> frozenset[str]:
    """Return all texts in the answers, and those that the catalogue adds to them."""
    added = (text for topic in _topics(answers, pack) for text in _topic_texts(topic))
    return frozenset((*_leaves(dict(answers)), *added))


def _leaves(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)


def _topics(
    answers: Data, pack: Pack
) -> Iterator[Mapping[str, Json | LocalText | None]]:
    for topic in maps(answers, "taboo_topics"):
        yield topic
        entry = pack.catalogue.get(str(topic.get("id")))
        if entry:
            yield _of_catalogue(entry)


def _of_catalogue(entry: CatalogueTopic) -> dict[str, Json | LocalText | None]:
    return {
        "name": entry.name,
        "why": entry.why,
        "dont": entry.dont,
        "do": entry.do,
        "not_covered": entry.not_covered,
    }


def _topic_texts(topic: Mapping[str, Json | LocalText | None]) -> Iterator[str]:
    for value in topic.values():
        yield from _texts(value)


def _texts(value: Json | LocalText | None) -> Iterator[str]:
    if isinstance(value, LocalText):
        yield from (text for _, text in value.texts)
    elif not isinstance(value, list):
        yield from _leaves(value)
