"""Whether a clause in English asks something of its readers, by its grammar.

A request begins with its verb ("Ask …"), or says what readers do ("You return …").
"""

from __future__ import annotations

import re
from typing import Final

from guidegen.compare.clause import Clause

_PRONOUNS: Final = frozenset({"it", "you", "we", "they", "he", "she", "this", "that"})
_PLURAL: Final = re.compile(r"\w{2,}[^su]s\Z")
_NO_VERBS: Final = ("a", "i", "u")
"""Letters that end names, and no verbs."""
_HELPING: Final = frozenset(
    {"is", "are", "was", "were", "am", "has", "had", "can", "could", "may", "might"}
    | {"must", "shall", "should", "will", "would", "does", "did"}
)
"""Verbs that show that what stands before them is their subject."""
_LEADING: Final = frozenset(
    {"please", "always", "never", "also", "then", "so", "only", "instead", "first"}
)
"""What may stand before the verb of a request."""


def tells(clause: Clause) -> bool:
    """Return whether a clause says what readers do, or what is to be done."""
    return _tells_what_readers_do(clause) or _says_what_is_to_be_done(clause)


def begins_with_verb(clause: Clause) -> bool:
    """Return whether a clause begins with a verb that asks."""
    if clause.question:
        return False
    words = clause.words
    start = 0
    while start < len(words) and (
        words[start] in _LEADING or clause.has("please", words[start])
    ):
        start += 1
    rest = words[start:]
    if rest[:2] == ("do", "not"):
        return True
    if not rest or (len(rest) > 1 and rest[1] in {"you", "we", "they", "i"}):
        return False
    first = rest[0]
    if not clause.has("asking", first) and (
        clause.is_little(first)
        or clause.has("finite", first)
        or clause.has("not", first)
        or clause.has("nouns", first)
        or _PLURAL.match(first)
        or first.endswith(_NO_VERBS)
        or clause.shown[start].endswith(("’s", "'s", "’", "'"))
    ):
        return False
    return not _has_subject_first(clause, rest)


def _has_subject_first(clause: Clause, words: tuple[str, ...]) -> bool:
    """Return whether a verb comes later that has the first word as its subject."""
    for index, word in enumerate(words[1:], start=1):
        if word in _HELPING or (index == 1 and clause.has("finite", word)):
            # "Remember it is public": the verb is that of what is to be remembered.
            return words[index - 1] not in _PRONOUNS
    return False


def _tells_what_readers_do(clause: Clause) -> bool:
    """Return whether a clause says of "you" what they do, as if it were so."""
    words = clause.words
    if clause.question or not words or words[0] != "you":
        return False
    rest = [word for word in words[1:] if not clause.has("adverbs", word)]
    return bool(rest) and rest[0] != "do" and not clause.tells(rest[0])


def _says_what_is_to_be_done(clause: Clause) -> bool:
    """Return whether somebody is to do it, or has to: "Posts are to be labelled"."""
    # Not "is to" alone: "the best way is to talk" asks for nothing.
    text = f" {' '.join(clause.words)} "
    return " are to " in text or " is to be " in text
