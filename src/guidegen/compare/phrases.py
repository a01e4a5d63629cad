"""Finds the words of a pack's lists in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TypeAlias

from guidegen.value import Value

_WORDS = re.compile(r"\w+(?:['’]\w+)?")


def duties(sentence: str, entries: Sequence[str]) -> frozenset[str]:
    """Return the entries whose words the sentence has.

    Args:
        sentence: The sentence.
        entries: The words that make a duty, as the pack lists them for a language; see
            `starts` for how they are written.
    """
    words = [word.casefold() for word in _WORDS.findall(sentence)]
    return frozenset(
        entry
        for entry in entries
        if any(_begins(words, index, _pattern(entry)) for index in range(len(words)))
    )


def has(words: Sequence[str], entries: Iterable[str]) -> bool:
    """Return whether words, case-folded, have those of one of the entries."""
    return next(starts(words, entries), None) is not None


def count(words: Sequence[str], entries: Iterable[str]) -> int:
    """Return how often words, case-folded, begin one of the entries."""
    return sum(1 for _ in starts(words, entries))


def starts(words: Sequence[str], entries: Iterable[str]) -> Iterator[int]:
    """Yield the indexes at which one of the entries begins, its other words after it.

    An entry's words must all be there, in their order. `a/b` are forms of one word,
    `a_b` one right after the other, `a*` stands for any ending, `*a` for any beginning,
    and `^a` must be the first word.
    """
    found = _entries(tuple(entries))
    for index, word in enumerate(words):
        if any(
            _begins(words, index, pattern) for pattern in found.beginning_with(word)
        ):
            yield index


def _begins(words: Sequence[str], index: int, pattern: _Pattern) -> bool:
    first, *others = pattern
    return first.fit(words, index) and _follow(words, index + 1, others)


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


_Pattern: TypeAlias = tuple[_Forms, ...]


class _Entries(Value):
    """Entries by what they begin with: few of them can begin with a word."""

    whole: Mapping[str, Sequence[_Pattern]]
    """Those that begin with a word as it is."""
    parts: Sequence[_Pattern]
    """Those that begin with a word that begins or ends in some way."""
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]

    def beginning_with(self, word: str) -> Iterator[_Pattern]:
        """Yield all that may begin with a word."""
        yield from self.whole.get(word, ())
        if word.startswith(self.beginnings) or word.endswith(self.endings):
            yield from self.parts


@lru_cache(maxsize=256)
def _entries(entries: tuple[str, ...]) -> _Entries:
    patterns = tuple(map(_pattern, entries))
    whole: dict[str, list[_Pattern]] = {}
    for pattern in patterns:
        for word in pattern[0].whole:
            whole.setdefault(word, []).append(pattern)
    first = [pattern[0] for pattern in patterns]
    return _Entries(
        whole=whole,
        parts=tuple(each for each in patterns if each[0].beginnings or each[0].endings),
        beginnings=tuple(part for each in first for part in each.beginnings),
        endings=tuple(part for each in first for part in each.endings),
    )


@cache
def _pattern(entry: str) -> _Pattern:
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
