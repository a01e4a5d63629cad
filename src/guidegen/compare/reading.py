"""What a sentence asks of its readers, and what it allows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from guidegen.compare import english, german
from guidegen.compare.clause import Clause, Divided, divide
from guidegen.compare.phrases import has
from guidegen.pack.clauses import Clauses
from guidegen.value import Value


class _Grammar(Value):
    """What a language's grammar says of a clause."""

    requests: Callable[[Clause], bool]
    """Whether it is a request."""
    begins: Callable[[Clause], bool]
    """Whether it is a request that begins with its verb."""
    tells: Callable[[Clause], bool]
    """Whether it says what readers do, or what is to be done."""
    leads: Callable[[Clause], bool]
    """Whether it is a condition that is known by its verb."""


_GRAMMARS: Final[Mapping[str, _Grammar]] = {
    "de": _Grammar(
        requests=german.requests,
        begins=german.begins_with_verb,
        tells=german.tells,
        leads=german.leads,
    ),
    "en": _Grammar(
        requests=english.begins_with_verb,
        begins=english.begins_with_verb,
        tells=english.tells,
        leads=lambda _: False,
    ),
}
_RELATIVE: Final = frozenset(
    {"der", "die", "das", "den", "dem", "denen", "deren", "dessen", "which", "who"}
)
_MARKS: Final = frozenset(":;–—")
_WHOEVER: Final = frozenset({"wer", "whoever"})
_SO: Final = frozenset({"so", "therefore", "then", "dann", "also", "bitte", "please"})
_EVERY: Final = frozenset({"all", "the", "alle", "die", "unsere", "our"})
"""What may stand before those whom the rules are for."""


@dataclass(frozen=True, eq=False)
class Language:
    """How a language says that something is asked."""

    code: str
    clauses: Clauses
    duty_words: Sequence[str]
    """The pack's; see `phrases.starts`."""

    @cached_property
    def asking(self) -> Sequence[str]:
        """The words that ask for something wherever they stand.

        Of the duty words, these are all but those that only say "not" or "only":
        whether they forbid anything depends on their clause.
        """
        clauses = self.clauses
        strong = (
            entry
            for entry in self.duty_words
            if " " in entry
            or not all(
                has((form,), (*clauses["not"], *clauses["only"]))
                for form in entry.split("/")
            )
        )
        return (*clauses["must"], *strong)


class Reading(Value):
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
    # "Nur Mut" limits nothing.
    earnest = [
        each for each in divided.clauses if not has(each.words, clauses["cheering"])
    ]
    words = tuple(word for each in earnest for word in each.words)
    limited = has(words, (*clauses["only"], *clauses["unless"]))
    duty = limited or any(
        _is_worded(each, language)
        # What belongs together may stand in two clauses.
        for each in (words, *(each.words for each in earnest))
    )
    duty = duty or any(_asked(each, earnest, language) for each in earnest)
    return Reading(
        divided=divided,
        duty=duty,
        may=not duty and has(words, (*clauses["free"], *clauses["may"])),
        forbids=any(_forbids(each, language) for each in earnest),
    )


def _is_worded(words: Sequence[str], language: Language) -> bool:
    """Return whether words ask for something, and are no word that nobody has to."""
    return not has(words, language.clauses["free"]) and has(words, language.asking)


def _asked(clause: Clause, others: Sequence[Clause], language: Language) -> bool:
    """Return whether a clause asks for something or forbids it."""
    words = clause.words
    if len(others) == 1 and len(words) == 1:
        return clause.has("asking", words[0])  # else a title, such as "Privacy"
    if others[0].words[0] in _WHOEVER and clause in others[1:2]:
        return not any(map(clause.tells, words))
    if _is_subordinate(clause) and not all(map(_is_subordinate, others)):
        return False
    return _is_request(clause, others[0], language) or _binds(clause)


def _is_request(clause: Clause, first: Clause, language: Language) -> bool:
    grammar = _GRAMMARS.get(language.code)
    if grammar is None:
        return False
    return grammar.tells(clause) or (
        _may_request(clause, first, grammar) and grammar.requests(clause)
    )


def _binds(clause: Clause) -> bool:
    """Return whether a clause says what must not be, or what staff do."""
    words, clauses = clause.words, clause.clauses
    if has(words, clauses["free"]):
        return False
    subject = words[1:2] if words[0] in _EVERY else words[:1]
    if subject and clause.has("readers", subject[0]):
        return not any(map(clause.tells, words))
    return has(words, clauses["not"]) and not has(words, clauses["stating"])


def _forbids(clause: Clause, language: Language) -> bool:
    grammar = _GRAMMARS.get(language.code)
    return (
        grammar is not None
        and has(clause.words, language.clauses["not"])
        and grammar.begins(clause)
    )


def _may_request(clause: Clause, first: Clause, grammar: _Grammar) -> bool:
    """Return whether a request may stand here: not within a list of things."""
    if not clause.before or clause.before in _MARKS or clause.words[0] in _SO:
        return True
    # "Wenn …, frag nach", "In doubt, ask", "Bekommst Du etwas, schreib …"
    return (
        grammar.leads(first)
        or _is_subordinate(first)
        or first.has("prepositions", first.words[0])
    )


def _is_subordinate(clause: Clause) -> bool:
    if not clause.words:
        return True
    first = clause.words[0]
    if clause.has("subordinate", first):
        return True
    return bool(clause.before) and first in _RELATIVE
