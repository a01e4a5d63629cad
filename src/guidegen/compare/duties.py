"""Which duties a sentence holds, by the words that the pack lists for a language.

An entry's words must all be in the sentence, in their order. `a/b` are forms of one
word, `a*` stands for any ending, and `^a` must be the sentence's first word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+(?:['’]\w+)?")


def duties(sentence: str, entries: Sequence[str]) -> frozenset[str]:
    """Return the entries whose words the sentence has."""
    words = [word.casefold() for word in _WORD.findall(sentence)]
    return frozenset(entry for entry in entries if _in(words, _pattern(entry)))


@cache
def _pattern(entry: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.casefold().split("/")) for word in entry.split())


def _in(words: Sequence[str], pattern: tuple[tuple[str, ...], ...]) -> bool:
    place = 0
    for forms in pattern:
        while place < len(words) and not _is(words[place], forms, first=place == 0):
            place += 1
        if place == len(words):
            return False
        place += 1
    return True


def _is(word: str, forms: tuple[str, ...], *, first: bool) -> bool:
    return any(
        word.startswith(stem[:-1]) if stem.endswith("*") else word == stem
        for form in forms
        if first or not form.startswith("^")
        for stem in (form.removeprefix("^"),)
    )
