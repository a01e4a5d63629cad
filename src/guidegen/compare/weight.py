"""How far the change of a sentence in a rule goes.

It errs towards asking readers: whatever a rule asks, forbids or allows has not changed
only if it says the same in other order, with other marks, or with a mistake mended.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from guidegen.compare.phrases import count, has
from guidegen.compare.reading import Language, Reading
from guidegen.pack.clauses import Clauses

_SHORTEST: Final = 5
"""Letters of a word of which one may be a typing mistake."""
_LONG: Final = 9
"""Letters of a word of which two may be one."""
_MORE: Final = 3
"""Words by which a sentence grows, so that it says more and not only otherwise."""
_KNOWN: Final = (
    *("not", "only", "unless", "if", "must", "may", "free", "subordinate"),
    *("prepositions", "numbers", "when", "little"),
)
"""What words are known for that are never mistyped into one another."""
_PLACED: Final = ("not", "only", "unless", "if", "prepositions")
"""Words that say something of the word behind them."""
_DIGIT: Final = re.compile(r"\d")


class Weight(StrEnum):
    """What it means that a sentence became another."""

    DUTY = "duty"
    """Something is asked that was not."""
    CHANGED = "changed"
    """What is asked is something else."""
    CONDITION = "condition"
    """Something holds only under a condition, or within another span of time."""
    PERMISSION = "permission"
    """What is allowed is less, or something else."""
    LOOSER = "looser"
    """Less is asked."""
    MORE = "more"
    """It explains more."""
    WORDING = "wording"
    """It says the same."""


def weigh(old: Reading, new: Reading, language: Language) -> Weight:
    """Return what it means that a sentence of a rule became another."""
    before, after = old.divided, new.divided
    clauses = language.clauses
    was, now = _meant(before.core, clauses), _meant(after.core, clauses)
    if was == now or _is_mended(was, now, clauses) or _is_moved(was, now, clauses):
        grown = len(after.tail) - len(before.tail)
        return Weight.MORE if grown >= _MORE else Weight.WORDING
    if new.duty:
        return _asked(old, was, now, clauses)
    if old.may and not _is_widened(was, now, clauses):
        return Weight.PERMISSION
    if old.duty:
        return Weight.LOOSER
    if _is_limited(was, now, clauses):
        return Weight.CONDITION
    before_all, after_all = Counter(_all(old)), Counter(_all(new))
    gained, lost = after_all - before_all, before_all - after_all
    more = sum(gained.values()) - sum(lost.values())
    return Weight.MORE if more >= _MORE else Weight.WORDING


def _asked(
    old: Reading, was: Sequence[str], now: Sequence[str], clauses: Clauses
) -> Weight:
    """Return what it means that a sentence asks for something now."""
    if old.duty:
        return Weight.LOOSER if _is_eased(was, now, clauses) else Weight.CHANGED
    # "You may share it" became "you may share it after approval".
    return Weight.PERMISSION if old.may else Weight.DUTY


def weigh_right(old: Reading, new: Reading, language: Language) -> Weight:
    """Return what it means that a sentence about readers' rights became another."""
    clauses = language.clauses
    was, now = _meant(old.divided.core, clauses), _meant(new.divided.core, clauses)
    if was == now or _is_mended(was, now, clauses) or _is_moved(was, now, clauses):
        return Weight.WORDING
    return Weight.MORE if _is_widened(was, now, clauses) else Weight.PERMISSION


def _all(reading: Reading) -> tuple[str, ...]:
    return (*reading.divided.core, *reading.divided.tail)


def _meant(words: Sequence[str], clauses: Clauses) -> tuple[str, ...]:
    """Return words without those that may come or go, spelt alike."""
    return tuple(_plain(word) for word in words if not has((word,), clauses["please"]))


def _plain(word: str) -> str:
    """Return a word without hyphens, which come and go; "das" may be "dass"."""
    plain = unicodedata.normalize("NFC", word).replace("-", "")
    return "das" if plain == "dass" else plain


# --- the same, but for a mistake or the order


def _is_mended(old: Sequence[str], new: Sequence[str], clauses: Clauses) -> bool:
    """Return whether only typing mistakes were mended."""
    if len(old) != len(new):
        # "Presse Stelle" was one word.
        return "".join(old) == "".join(new)
    return all(
        was == now or _is_typo(was, now, clauses)
        for was, now in zip(old, new, strict=True)
    )


def _is_typo(old: str, new: str, clauses: Clauses) -> bool:
    shorter = min(len(old), len(new))
    if shorter == _SHORTEST - 1 and sorted(old) == sorted(new):
        shorter = _SHORTEST  # two letters that changed places
    # "keine" and "eine", "unlawful" and "lawful", "3" and "30" are no mistakes.
    if (
        shorter < _SHORTEST
        or old[0] != new[0]
        or not (old + new).replace("'", "").isalpha()
        or any(has((old,), clauses[role]) for role in _KNOWN)
        or any(has((new,), clauses[role]) for role in _KNOWN)
    ):
        return False
    return _distance(old, new) <= (2 if shorter >= _LONG else 1)


def _distance(old: str, new: str) -> int:
    """Return how many letters differ, two that changed places counting once.

    The optimal string alignment distance (Damerau, CACM 7(3), 1964).
    """
    rows = [list(range(len(new) + 1))]
    for row, was in enumerate(old, start=1):
        line = [row]
        for column, now in enumerate(new, start=1):
            best = min(
                rows[-1][column] + 1,
                line[-1] + 1,
                rows[-1][column - 1] + (was != now),
            )
            swapped = row > 1 and column > 1
            if swapped and was == new[column - 2] and old[row - 2] == now:
                best = min(best, rows[-2][column - 2] + 1)
            line.append(best)
        rows.append(line)
    return rows[-1][-1]


def _is_moved(old: Sequence[str], new: Sequence[str], clauses: Clauses) -> bool:
    """Return whether only the order differs, and nothing is limited otherwise."""
    return Counter(old) == Counter(new) and _places(old, clauses) == _places(
        new, clauses
    )


def _places(words: Sequence[str], clauses: Clauses) -> Counter[tuple[str, str]]:
    """Return the words that say something of others, each with the next that it may."""
    known = [entry for role in _PLACED for entry in clauses[role] if " " not in entry]
    passed = (*known, *clauses["little"])
    found: Counter[tuple[str, str]] = Counter()
    for index, word in enumerate(words):
        if has((word,), known):
            behind = words[index + 1 :]
            said = next((each for each in behind if not has((each,), passed)), "")
            found[word, said] += 1
    return found


# --- less, more, under a condition


def _changes(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words that are gone, and those that are new."""
    gone, added = list[str](), list[str]()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag != "equal":
            gone += old[start:end]
            added += new[begin:stop]
    return gone, added


def _is_eased(old: Sequence[str], new: Sequence[str], clauses: Clauses) -> bool:
    """Return whether nothing but a word that limits is gone: "only if" became "if"."""
    gone, added = _changes(old, new)
    return not added and all(has((word,), clauses["only"]) for word in gone)


def _is_widened(old: Sequence[str], new: Sequence[str], clauses: Clauses) -> bool:
    """Return whether what was allowed still is, and more besides."""
    gone, added = _changes(old, new)
    limits = [
        *(clauses["not"] + clauses["only"] + clauses["unless"]),
        *(clauses["if"] + clauses["limiting"] + clauses["subordinate"]),
    ]
    return not gone and not has(added, limits)


def _is_limited(old: Sequence[str], new: Sequence[str], clauses: Clauses) -> bool:
    """Return whether a condition has come, or a span of time is another."""
    roles = ("if", "unless", "only")
    if any(count(new, clauses[role]) > count(old, clauses[role]) for role in roles):
        return True
    timed = has(new, clauses["when"]) and not has(new, clauses["since"])
    return timed and _numbers(old, clauses) != _numbers(new, clauses)


def _numbers(words: Sequence[str], clauses: Clauses) -> list[str]:
    return [
        word
        for word in words
        if _DIGIT.search(word) or has((word,), clauses["numbers"])
    ]
