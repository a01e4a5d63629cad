"""Whether a clause in German asks something of its readers, by its grammar.

A request begins with its verb ("Frag …", "Fragen Sie …"), is an infinitive alone
("Werbung kennzeichnen"), or says what readers do ("Das behältst Du für Dich").
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from guidegen.compare.clause import Clause

_SHORTEST: Final = 3
_ENDS_OF_PLURALS: Final = ("en", "ern", "eln")
"""How verbs end whose subject is "Sie", and infinitives."""
_IMPERATIVE: Final = re.compile(
    r".+(?:e|[bdfghkpvxzß]|ss|[lr]|nn|mm|tz|sch|schn|ffn|gn|chn)\Z"
)
"""How a verb may end that begins a request to Du, as far as its form tells."""
# "Bilder", "Lösung": what ends like this and stands first is a noun.
_R_OF_VERBS: Final = re.compile(r".+(?:[äöüae]hr|[äöü]r|ier|ahr|parr?|hör|rr)\Z")
_PARTICIPLE: Final = re.compile(r"(?:ge|\w{1,4}ge)\w{2,}t\Z")
_SECOND_PERSON: Final = re.compile(r"\w{2,}st\Z")
_FINITE: Final = re.compile(r"\w{2,}(?:t|en)\Z|ist\Z|sind\Z")
_CONDITIONAL: Final = frozenset(
    {"haben", "brauchen", "können", "wollen", "möchten", "mögen", "wissen", "kennen"}
    | {"dürfen", "müssen", "sollen", "bekommen", "erhalten", "werden"}
)
"""Verbs that begin a condition and no request: "Haben Sie Fragen, …"."""
_SUBJECTS: Final = frozenset({"du", "ich", "wir", "er", "es", "man", "ihr"})
_NO_SUBJECT: Final = _SUBJECTS | {"sie", "wer", "niemand", "jeder", "alle", "viele"}
_ALONE: Final = frozenset({"bitte", "immer", "nie", "niemals", "stets", "nur", "nicht"})
"""What stands before an infinitive that is a request."""
_MUST_BE: Final = frozenset({"ist", "sind", "hat", "haben", "hast"})
_BECOME: Final = frozenset({"wird", "werden"})
_TO: Final = re.compile(r"\w+zu\w{2,}en\Z")
"""An infinitive with its "zu" inside: "weiterzugeben"."""
_DONE: Final = re.compile(r"(?:\w{2,}t|\w*ge\w{2,}en|(?:ver|be|er|ent|zer)\w{2,}en)\Z")


def requests(clause: Clause) -> bool:
    """Return whether a clause is a request."""
    return begins_with_verb(clause) or _is_infinitive(clause)


def tells(clause: Clause) -> bool:
    """Return whether a clause says what readers do, or what is to be done."""
    return _tells_what_readers_do(clause) or _says_what_is_to_be_done(clause)


def leads(clause: Clause) -> bool:
    """Return whether a clause is a condition that begins with its verb."""
    words = clause.words
    return (
        len(words) > 1
        and _FINITE.match(words[0]) is not None
        and not clause.is_little(words[0])
        and clause.has("little", words[1])
    )


def begins_with_verb(clause: Clause) -> bool:
    """Return whether a clause begins with a verb that asks."""
    clause = _without_leading(clause)
    words = clause.words
    if not words or clause.question:
        return False
    first = words[0]
    if len(words) > 1 and words[1] == "sie":
        # "Haben Sie Fragen, …" is a condition.
        return first.endswith(_ENDS_OF_PLURALS) and first not in _CONDITIONAL
    if len(words) > 1 and words[1] in _SUBJECTS:
        return False
    if clause.has("asking", first):
        return True
    if (
        len(first) < _SHORTEST
        or clause.is_little(first)
        or clause.has("finite", first)
        or clause.has("nouns", first)
        or not _looks_imperative(first)
    ):
        return False
    return not any(
        _is_finite(clause, index) for index in range(1, min(len(words), _NEAR))
    )


def _without_leading(clause: Clause) -> Clause:
    """Return a clause without what may stand before the verb of a request."""
    start = 0
    while start < len(clause.words) - 1 and clause.words[start] in _LEADING:
        start += 1
    return replace(clause, words=clause.words[start:], shown=clause.shown[start:])


_LEADING: Final = frozenset({"bitte", "dann", "also", "und", "oder"})
_NEAR: Final = 5
"""So many words of a clause are looked at for the verb that makes it a statement."""


def _looks_imperative(word: str) -> bool:
    if word.endswith(("er", "el", "en", "or")) and not _R_OF_VERBS.match(word):
        return False
    if word.endswith("r"):
        return _R_OF_VERBS.match(word) is not None
    return _IMPERATIVE.match(word) is not None


def _is_finite(clause: Clause, index: int) -> bool:
    """Return whether a word looks like the verb of a statement."""
    word = clause.words[index]
    if clause.has("finite", word):
        return True
    if clause.is_little(word) or clause.shown[index][:1].isupper():
        return False
    following = clause.shown[index + 1 : index + 2]
    if word.endswith("en"):
        # "neuen Standort" is none, nor is the infinitive that ends a request.
        if not following or following[0][:1].isupper():
            return False
        # "Gute Beiträge erzählen …" has an adjective before its subject.
        led = clause.words[0].endswith("e") and clause.shown[1][:1].isupper()
        return index == 1 or (index == 2 and led)  # noqa: PLR2004
    ends = word.endswith("t") and len(word) > _SHORTEST and not word.endswith("icht")
    # "Bilder gezielt": far from the subject, it is a participle.
    return ends and (index == 1 or not _PARTICIPLE.match(word))


def _is_infinitive(clause: Clause) -> bool:
    """Return whether a clause is an infinitive alone: "Werbung kennzeichnen"."""
    words = clause.words
    if len(words) < 2 or clause.question:  # noqa: PLR2004  # it and what it is about
        return False
    last = words[-1]
    if not last.endswith(_ENDS_OF_PLURALS) or clause.shown[-1][:1].isupper():
        return False
    others = range(len(words) - 1)
    if clause.is_little(last) or any(_is_finite(clause, each) for each in others):
        return False
    if _NO_SUBJECT & {*words[:-1]}:
        return False
    # "Fehler machen" may be a subject and its verb.
    if clause.has("finite", last) and len(words) < _SHORTEST:
        return False
    first = words[0]
    return (
        clause.has("prepositions", first)
        or first in _ALONE
        or clause.has("not", first)
        # A singular subject has no verb that ends like this.
        or clause.has("nouns", first)
        or len(words) > _SHORTEST - 1
    )


def _tells_what_readers_do(clause: Clause) -> bool:
    """Return whether a clause says of "Du" or "Sie" what they do, as if it were so."""
    words, shown = clause.words, clause.shown
    if clause.question:
        return False
    for index in range(len(words) - 1):
        verb, subject = index, index + 1
        if not index and words[0] in {"du", "sie"}:
            verb, subject = subject, verb
        if words[subject] not in {"du", "sie"}:
            continue
        if not verb and not clause.before:
            continue  # a verb before all else asks, or begins a condition
        word = words[verb]
        if clause.is_little(word) or clause.tells(word) or clause.has("may", word):
            continue
        if shown[verb][:1].isupper():
            continue
        fits = (
            _SECOND_PERSON.match(word) is not None
            if words[subject] == "du"
            else word.endswith(_ENDS_OF_PLURALS) and shown[subject] == "Sie"
        )
        if fits:
            return True
    return False


def _says_what_is_to_be_done(clause: Clause) -> bool:
    """Return whether it is to be done, or is being done: "… ist zu kennzeichnen"."""
    words = clause.words
    if len(words) < 3:  # noqa: PLR2004  # a subject and two verbs
        return False
    last = words[-1]
    to = words[-2] == "zu" and last.endswith("n")
    if _MUST_BE & {*words[:-1]} and (to or _TO.match(last)):
        return True
    is_done = _BECOME & {*words[:-1]} and _DONE.match(last)
    return bool(is_done) and not clause.tells(last)
