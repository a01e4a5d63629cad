"""What a sentence asks of its readers, and what it allows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from guidegen.compare import english, german
from guidegen.compare.clause import Clause, Divided, divide
from guidegen.compare.phrases import find, has
from guidegen.pack.clauses import Clauses

_ASKS: Final[Mapping[str, Callable[[Clause], bool]]] = {
    "de": german.asks,
    "en": english.asks,
}
_BEGINS: Final[Mapping[str, Callable[[Clause], bool]]] = {
    "de": german.begins_with_verb,
    "en": english.begins_with_verb,
}
_RELATIVE: Final = frozenset(
    {"der", "die", "das", "den", "dem", "denen", "deren", "dessen", "which", "who"}
)


@dataclass(frozen=True, eq=False)
class Language:
    """How a language says that something is asked."""

    code: str
    clauses: Clauses
    duty_words: Sequence[str]
    """The pack's; see `phrases.find`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence asks of its readers, and what it allows them."""

    divided: Divided
    duty: bool
    """Whether it asks, forbids, or says under which condition something is allowed."""
    may: bool
    """Whether it allows something, or says that nobody has to do it."""
    forbids: bool
    """Whether it asks readers not to do something."""


@lru_cache(maxsize=512)
def read(text: str, language: Language) -> Reading:
    """Return what a sentence asks of its readers."""
    clauses = language.clauses
    divided = divide(text, clauses)
    core = divided.core
    free = has(core, clauses["free"])
    limited = has(core, (*clauses["only"], *clauses["unless"], *clauses["must"]))
    worded = not free and any(
        find(core, entry) is not None for entry in _strong(language)
    )
    asked = [_asked(each, divided.clauses, language) for each in divided.clauses]
    duty = limited or worded or any(asked)
    return Reading(
        divided=divided,
        duty=duty,
        may=not duty and (free or has(core, clauses["may"])),
        forbids=any(_forbids(each, language) for each in divided.clauses),
    )


def _strong(language: Language) -> list[str]:
    """Return the duty words but for those that only say "not" or "only"."""
    # Whether these forbid anything depends on their clause.
    clauses = language.clauses
    return [
        entry
        for entry in language.duty_words
        if " " in entry
        or not all(
            has((form,), (*clauses["not"], *clauses["only"]))
            for form in entry.split("/")
        )
    ]


def _asked(clause: Clause, others: Sequence[Clause], language: Language) -> bool:
    """Return whether a clause asks for something or forbids it."""
    words, clauses = clause.words, language.clauses
    if has(words, clauses["cheering"]):
        return False
    if _is_subordinate(clause) and not all(map(_is_subordinate, others)):
        return False
    may_begin = not clause.before or clause.before in ":–—" or _leads(others[0])
    asks = _ASKS.get(language.code)
    if asks and may_begin and asks(clause):
        return True
    if has(words, clauses["free"]):
        return False
    if any(clause.has("readers", word) for word in words[:2]):
        return not any(map(clause.tells, words))
    negated = has(words, clauses["not"])
    return negated and not any(map(clause.tells, words))


def _forbids(clause: Clause, language: Language) -> bool:
    begins = _BEGINS.get(language.code)
    if begins is None or has(clause.words, language.clauses["cheering"]):
        return False
    return begins(clause) and has(clause.words, language.clauses["not"])


def _is_subordinate(clause: Clause) -> bool:
    if not clause.words:
        return True
    first = clause.words[0]
    if clause.has("subordinate", first):
        return True
    return bool(clause.before) and first in _RELATIVE


def _leads(first: Clause) -> bool:
    """Return whether a request may follow: "Wenn …, frag nach", "In doubt, ask"."""
    words = first.words
    if not words:
        return True
    # "Bekommst Du etwas, schreib …" begins with its verb, too.
    conditional = len(words) > 1 and words[1] in {"du", "sie"}
    return (
        conditional
        or first.has("subordinate", words[0])
        or first.has("prepositions", words[0])
    )
