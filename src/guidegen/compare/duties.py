"""Which duties a sentence holds, by the words that the pack lists for a language.

An entry's words must all be in the sentence, in their order. `a/b` are forms of one
word, `a*` stands for any ending, and `^a` must be the sentence's first word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

_WORD = re.compile(r"\w+(?:['’]\w+)?")


def duties(sentence: str, entries: Sequence[str]) -> frozenset[str]:
    """Return the entries whose words the sentence has."""
    words = [word.casefold() for word in _WORD.findall(sentence)]
    return frozenset(entry for entry in entries if _in(words, _pattern(entry)))


@dataclass(frozen=True, slots=True)
class _Forms:
    """What one word of an entry may be."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    first: bool

    def find(self, words: Sequence[str], start: int) -> int | None:
        """Return the first place from `start` on that has it."""
        stop = min(len(words), 1) if self.first else len(words)
        for place in range(start, stop):
            word = words[place]
            if word in self.whole or word.startswith(self.beginnings):
                return place
        return None


@cache
def _pattern(entry: str) -> tuple[_Forms, ...]:
    return tuple(map(_forms, entry.casefold().split()))


def _forms(word: str) -> _Forms:
    forms = word.removeprefix("^").split("/")
    return _Forms(
        whole=frozenset(form for form in forms if not form.endswith("*")),
        beginnings=tuple(form[:-1] for form in forms if form.endswith("*")),
        first=word.startswith("^"),
    )


def _in(words: Sequence[str], pattern: Sequence[_Forms]) -> bool:
    start = 0
    for forms in pattern:
        place = forms.find(words, start)
        if place is None:
            return False
        start = place + 1
    return True
