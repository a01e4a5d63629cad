"""A sentence divided into clauses, reasons and examples set apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from guidegen.compare.phrases import has, starts
from guidegen.pack.clauses import Clauses
from guidegen.value import Value

_TOKEN: Final = re.compile(r"\w+(?:[-.'@/:]\w+)*'?|[,;:!?()…–—]")
_QUOTED: Final = re.compile(r"„[^“”]*[“”]|“[^”]*”|«[^»]*»|»[^«]*«|\"[^\"]*\"")
_ABBREVIATION: Final = re.compile(r"\b(\w)\.\s?(?=\w\.)")
_BEHIND_A_MARK: Final = frozenset({"denn", "since"})
"""Words that begin a reason only behind a comma."""
_LACKING: Final = frozenset({"ohne", "without"})
"""Words that forbid nothing in an example."""
_APART: Final = frozenset({"aber", "sondern", "but", "however", "jedoch"})
"""Words that begin a clause of its own."""
_CONTRACTIONS: Final = (
    (re.compile(r"\bcan't\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bcannot\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"\bshan't\b", re.IGNORECASE), "shall not"),
    (re.compile(r"(\w)n't\b", re.IGNORECASE), r"\1 not"),
    (re.compile(r"(\w)'re\b", re.IGNORECASE), r"\1 are"),
    (re.compile(r"(\w)'ve\b", re.IGNORECASE), r"\1 have"),
    (re.compile(r"(\w)'ll\b", re.IGNORECASE), r"\1 will"),
    (re.compile(r"\b(it|that|there|what|who|he|she)'s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\blet's\b", re.IGNORECASE), "let us"),
)


class Clause(Value):
    """A clause without its marks; `shown` are its words as they are written."""

    words: tuple[str, ...]
    shown: tuple[str, ...]
    clauses: Clauses
    question: bool = False
    before: str = ""
    """The mark that it follows: "" at the beginning of the sentence."""

    def has(self, role: str, word: str) -> bool:
        """Return whether a word is known for something."""
        return has((word,), self.clauses[role])

    def tells(self, word: str) -> bool:
        """Return whether a verb only says what is."""
        return self.has("telling", word)

    def is_little(self, word: str) -> bool:
        """Return whether a word is known to be no verb."""
        return any(self.has(role, word) for role in _LITTLE)


_LITTLE: Final = (
    *("little", "prepositions", "adverbs", "subordinate", "not", "numbers"),
)


class Divided(Value):
    """A sentence's words, and its clauses but for reasons and examples."""

    core: tuple[str, ...]
    tail: tuple[str, ...]
    """The words of reasons and examples."""
    clauses: tuple[Clause, ...]


def divide(text: str, clauses: Clauses) -> Divided:
    """Return a sentence divided into its clauses."""
    shown = _tokens(text)
    marks = [token.casefold() for token in shown]
    aside = _aside(marks, clauses)
    core, tail = list[str](), list[str]()
    for index, mark in enumerate(marks):
        if mark[0].isalnum():
            (tail if index in aside else core).append(mark)
    # What is quoted is no sentence of the guideline's, but a change of it counts.
    spoken = _tokens(_QUOTED.sub(" ", text))
    return Divided(
        core=tuple(core), tail=tuple(tail), clauses=tuple(_clauses(spoken, clauses))
    )


def _tokens(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    text = _ABBREVIATION.sub(r"\1.", text)
    for pattern, whole in _CONTRACTIONS:
        text = pattern.sub(whole, text)
    return _TOKEN.findall(text)


def _clauses(shown: list[str], clauses: Clauses) -> Iterator[Clause]:
    marks = [token.casefold() for token in shown]
    aside = _aside(marks, clauses)
    part: list[int] = []
    before = ""

    def clause(mark: str = "") -> Clause:
        return Clause(
            words=tuple(marks[each] for each in part),
            shown=tuple(shown[each] for each in part),
            clauses=clauses,
            question=mark == "?",
            before=before,
        )

    for index, mark in enumerate(marks):
        is_word = mark[0].isalnum()
        # English has no comma before "if".
        begins = is_word and part and has((mark,), clauses["begins"])
        if (not is_word or begins or mark in _APART) and part:
            yield clause(mark)
            part, before = [], mark if not is_word else ","
        if is_word and index not in aside:
            part.append(index)
    if part:
        yield clause()


def _aside(marks: Sequence[str], clauses: Clauses) -> frozenset[int]:
    """Return the indexes of the words of reasons and examples."""
    found: set[int] = set()
    for role in ("because", "such"):
        for start in starts(marks, clauses[role]):
            # "es sei denn" is no reason.
            joined = start > 0 and marks[start - 1][0].isalnum()
            if joined and marks[start] in _BEHIND_A_MARK:
                continue
            words = _stretch(marks, start)
            if words and not _asks_more(marks, words, role, clauses):
                found.update(words)
    return frozenset(found)


def _stretch(marks: Sequence[str], start: int) -> range:
    """Return what belongs to a reason or an example that begins here."""
    # One that comes first ends with the comma behind it.
    ends = {",", ";", ")"} if not start else {";", ")"}
    stop = next(
        (index for index in range(start, len(marks)) if marks[index] in ends),
        len(marks),
    )
    return range(start, stop)


def _asks_more(marks: Sequence[str], words: range, role: str, clauses: Clauses) -> bool:
    """Return whether a reason or an example limits or forbids something itself."""
    said = [marks[index] for index in words if marks[index] not in _LACKING]
    roles = ("only", "unless", "must", *(("not",) if role == "such" else ()))
    return any(has(said, clauses[each]) for each in roles)
