"""Finds the words of a pack's lists in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from guidegen.value import Value

_WORDS = re.compile(r"\w+(?:['’]\w+)?")


def duties(sentence: str, entries: Sequence[str]) -> frozenset[str]:
    """Return the entries whose words the sentence has.

    Args:
        sentence: The sentence.
        entries: The words that make a duty, as the pack lists them for a language; see
            `find` for how they are written.
    """
    words = [word.casefold() for word in _WORDS.findall(sentence)]
    return frozenset(entry for entry in entries if find(words, entry) is not None)


def has(words: Sequence[str], entries: Iterable[str]) -> bool:
    """Return whether words, case-folded, have those of one of the entries."""
    return any(find(words, entry) is not None for entry in entries)


def count(words: Sequence[str], entries: Iterable[str]) -> int:
    """Return how often words, case-folded, begin one of the entries."""
    found = {start for entry in entries for start in starts(words, entry)}
    return len(found)


def find(words: Sequence[str], entry: str) -> int | None:
    """Return the index at which an entry's words begin, None if they are not there.

    An entry's words must all be there, in their order. `a/b` are forms of one word,
    `a_b` one right after the other, `a*` stands for any ending, `*a` for any beginning,
    and `^a` must be the first word.
    """
    return next(starts(words, entry), None)


def starts(words: Sequence[str], entry: str) -> Iterator[int]:
    """Yield the indexes at which an entry's words begin, with the others after them."""
    first, *others = _pattern(entry)
    for index in range(len(words)):
        if first.fit(words, index) and _follow(words, index + 1, others):
            yield index


def _follow(words: Sequence[str], start: int, others: Sequence[_Forms]) -> bool:
    if not others:
        return True
    first, *rest = others
    stop = min(start + 1, len(words)) if first.next else len(words)
    return any(
        first.fit(words, index) and _follow(words, index + 1, rest)
        for index in range(start, stop)
    )


class _Forms(Value):
    """What one word of an entry may be."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    first: bool
    next: bool
    """Whether it must come right after the one before it."""

    def fit(self, words: Sequence[str], index: int) -> bool:
        """Return whether the word at an index is one of them."""
        if self.first and index:
            return False
        word = words[index]
        return (
            word in self.whole
            or word.startswith(self.beginnings)
            or (word.endswith(self.endings) and word not in self.endings)
        )


@cache
def _pattern(entry: str) -> tuple[_Forms, ...]:
    return tuple(
        _forms(word, joined=index > 0)
        for part in entry.casefold().split()
        for index, word in enumerate(part.split("_"))
    )


def _forms(word: str, *, joined: bool) -> _Forms:
    forms = word.removeprefix("^").split("/")
    return _Forms(
        whole=frozenset(form for form in forms if "*" not in form),
        beginnings=tuple(form[:-1] for form in forms if form.endswith("*")),
        endings=tuple(form[1:] for form in forms if form.startswith("*")),
        first=word.startswith("^"),
        next=joined,
    )
