"""Judges a language's sentences by the section that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from guidegen.arrange.arrangement import Arrangement
from guidegen.compare.kinds import Binding, binding_of
from guidegen.compare.phrases import duties, has
from guidegen.compare.reading import Language, read
from guidegen.compare.sentences import Sentence
from guidegen.compare.weight import Weight, weigh, weigh_right
from guidegen.model.document import Page
from guidegen.pack.clauses import Clauses
from guidegen.value import Value

_ENDS = (".", "!", "?", "…")


class Judge(Value):
    """What decides how far the change of a sentence goes, in one language."""

    language: str
    duty_words: Sequence[str]
    """The pack's: see `phrases.starts`."""
    clauses: Clauses | None = None
    """The words of the language's grammar; None to go by the duty words alone."""
    arrangement: Arrangement | None = None
    """Which section of a page is what; None if all of them only have words of duty."""

    @cached_property
    def _language(self) -> Language | None:
        if self.clauses is None:
            return None
        return Language(self.language, self.clauses, tuple(self.duty_words))

    def bindings(self, sentences: Sequence[Sentence], page: Page) -> Sequence[Binding]:
        """Return how much each section of a page binds, what precedes them first."""
        if self.arrangement is None or self.clauses is None:
            sections = sum(each.opens for each in sentences)
            return (Binding.WORDS,) * (sections + 1)
        given = self.arrangement.page(page.id)
        return binding_of(sentences, given, stamped=page.stamped)

    def within(self, sentence: Sentence, binding: Binding) -> Binding:
        """Return how much a sentence binds: what announces a list decides on it."""
        if self._language is None or not sentence.lead or binding is not Binding.RULE:
            return binding
        lead = read(sentence.lead, self._language)
        if lead.may:
            return Binding.RIGHTS
        return Binding.LISTED if lead.duty else binding

    def asks(self, text: str, binding: Binding) -> bool:
        """Return whether a new sentence asks something of readers."""
        if binding is Binding.LISTED:
            return True
        if self._language and _binds(text, binding):
            return read(text, self._language).duty
        return bool(self._worded(text))

    def allows(self, text: str, binding: Binding) -> bool:
        """Return whether a sentence that is gone has allowed something."""
        if self._language is None:
            return False
        if binding is Binding.RIGHTS:
            return True
        return _binds(text, binding) and read(text, self._language).may

    def weigh(self, old: str, new: str, binding: Binding) -> Weight:
        """Return what it means that a sentence became another."""
        language = self._language
        if language and binding is Binding.RIGHTS:
            return weigh_right(read(old, language), read(new, language), language)
        if language and binding is Binding.LISTED:
            before, after = (
                replace(read(text, language), duty=True, may=False)
                for text in (old, new)
            )
            return weigh(before, after, language)
        if language and _binds(new, binding):
            return weigh(read(old, language), read(new, language), language)
        was, now = self._worded(old), self._worded(new)
        # One duty more is major even if another went: it is better to ask too much of
        # readers than too little (docs/explanation/versions.md).
        if now - was:
            return Weight.DUTY
        return Weight.LOOSER if was - now else Weight.WORDING

    def is_little(self, word: str) -> bool:
        """Return whether a word is an article or pronoun, which its noun decides on."""
        return self.clauses is not None and has(
            (word.casefold(),), self.clauses["little"]
        )

    def _worded(self, text: str) -> frozenset[str]:
        """Return which words of duty a sentence has, and whether it forbids."""
        if self._language is None:
            return duties(text, self.duty_words)
        cheering = self._language.clauses["cheering"]
        parts = read(text, self._language).divided.clauses
        earnest = [part for part in parts if not has(part.words, cheering)]
        if len(earnest) < len(parts):
            # "Don't hesitate to ask" forbids nothing.
            text = " ".join(word for part in earnest for word in part.words)
        found = duties(text, self.duty_words)
        if read(text, self._language).forbids:
            return found | {"forbids"}
        return found


def _binds(text: str, binding: Binding) -> bool:
    """Return whether every request in a sentence is a duty."""
    if binding is Binding.LIGHT:
        return text.endswith(_ENDS)
    return binding is Binding.RULE
