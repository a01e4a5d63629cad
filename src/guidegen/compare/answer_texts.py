"""The texts of answers, by which a page's sentence is known to be theirs.

A sentence that differs only because an answer does is no change of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from typing import TypeAlias

from guidegen.compare.sentences import Sentence, split_sentences
from guidegen.compare.topics import TopicState
from guidegen.model.json_records import Data, Json
from guidegen.model.labels import PLACEHOLDER
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.value import Value

_Form: TypeAlias = "re.Pattern[str]"
"""The letters of a sentence with names, or words, in the place of placeholders."""

_BETWEEN = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\s]+")
_SHORTEST = 4
"""How many letters an answer needs to be recognised in a sentence."""
_PART = 12
"""How many letters a sentence needs to be recognised in an example."""
_FILLED = ".{1,400}?"
"""What may stand for a placeholder: roles are listed, so that it can be long."""


class AnswerTexts(Value):
    """The texts of answers, letters and digits only: marks and spaces differ in pages.

    Texts of the catalogue have placeholders that pages fill in; those are forms.
    """

    changed: frozenset[str]
    """Texts of the old or the new answers, not of both."""
    changed_forms: tuple[_Form, ...]
    topics: frozenset[str]
    """The names of all taboo topics."""
    examples: frozenset[str]
    """What is written about them, which is no duty whatever its words."""
    example_forms: tuple[_Form, ...]
    levels: frozenset[str]
    """What pages say of levels that only the old or the new topics have."""

    @classmethod
    def of(cls, answers: tuple[Data, Data], packs: tuple[Pack, Pack]) -> AnswerTexts:
        """Return the texts of the old and the new answers."""
        old, new = (
            TopicState(answers=data, pack=pack)
            for data, pack in zip(answers, packs, strict=True)
        )
        entries = [entry for state in (old, new) for entry in _entries(state)]
        names = {text for name, text in entries if name == "name"}
        examples = {text for name, text in entries if name != "name"}
        changed = _all_texts(old) ^ _all_texts(new)
        return cls(
            # Short answers are in many sentences by chance, an empty name is in all.
            changed=_long_enough(changed, _SHORTEST),
            changed_forms=tuple(_forms(changed)),
            topics=_long_enough(names, 1),
            examples=_long_enough(examples, 1),
            example_forms=tuple(_forms(examples)),
            levels=_long_enough(_levels(old) ^ _levels(new), 1),
        )

    def have_as_topic(self, sentence: Sentence) -> bool:
        """Return whether a sentence is about a taboo topic, which answers describe."""
        text = letters(sentence.text)
        # All cells of a row in a table of topics are about the topic that it names.
        if sentence.row:
            return any(name in text for name in self.topics)
        if text in self.examples or text in self.levels:
            return True
        # Pages may quote an example sentence by sentence.
        return len(text) >= _PART and (
            any(text in each for each in self.examples)
            or any(form.fullmatch(text) for form in self.example_forms)
        )

    def explain(self, sentence: Sentence) -> bool:
        """Return whether the sentence has in it what only one of the answers says."""
        text = letters(sentence.text)
        return (
            text in self.levels
            or any(answer in text for answer in self.changed)
            or any(form.fullmatch(text) for form in self.changed_forms)
        )

    def explain_change(
        self, old: Sentence, new: Sentence, little: Callable[[str], bool]
    ) -> bool:
        """Return whether sentences differ only in what changed answers say.

        Args:
            old: The sentence as it was.
            new: The sentence as it is.
            little: Whether a word may differ, as an article does with its noun.
        """
        before, after = _WORD.findall(old.text), _WORD.findall(new.text)
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        parts = [
            letters("".join(word for word in part if not little(word)))
            for tag, start, end, begin, stop in matcher.get_opcodes()
            if tag != "equal"
            for part in (before[start:end], after[begin:stop])
        ]
        return any(parts) and all(
            any(part in answer for answer in self.changed) for part in parts if part
        )


def letters(text: str) -> str:
    """Return a text's letters and digits, case aside."""
    return _BETWEEN.sub("", text.casefold())


def _long_enough(texts: Iterable[str], shortest: int) -> frozenset[str]:
    found = (letters(text) for text in texts)
    return frozenset(text for text in found if len(text) >= shortest)


def _forms(texts: Iterable[str]) -> Iterator[_Form]:
    """Yield a form for each sentence that has a placeholder, and enough besides."""
    for text in texts:
        for sentence in split_sentences(text):
            # The pattern's own group, the placeholder's name, is every second part.
            parts = [letters(part) for part in PLACEHOLDER.split(sentence)[::2]]
            if len(parts) > 1 and sum(map(len, parts)) >= _PART:
                yield re.compile(_FILLED.join(map(re.escape, parts)))


def _all_texts(state: TopicState) -> frozenset[str]:
    """Return all texts in the answers, and those that the catalogue adds to them."""
    added = (text for _, text in _entries(state))
    return frozenset((*_leaves(dict(state.answers)), *added))


def _leaves(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)


def _entries(state: TopicState) -> Iterator[tuple[str, str]]:
    """Yield what is written about topics: in answers and, beside it, the catalogue.

    Pages print the catalogue's words beside answers: both explain changes.
    """
    for topic in state.topics:
        for name, value in topic.items():
            if not isinstance(value, list):
                yield from ((name, text) for text in _leaves(value))
        for name, written in state.catalogue_texts(topic):
            yield from ((name, text) for _, text in written.texts)


def _levels(state: TopicState) -> frozenset[str]:
    """Return what pages say of the levels that the topics have."""
    used = {state.level(topic) for topic in state.topics}
    specs = (state.pack.levels.get(level) for level in used)
    texts: Iterator[LocalText] = (
        text for spec in specs if spec for text in (spec.title, spec.meaning)
    )
    return frozenset(each for text in texts for _, each in text.texts)
