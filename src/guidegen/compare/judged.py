"""A change with how far it goes, and the sentence for an answer that is another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidegen.compare.naming import pair
from guidegen.model.json_records import Data, Json
from guidegen.model.release import Change, Step

if TYPE_CHECKING:
    from guidegen.compare.naming import Naming, Words
    from guidegen.schema.shapes import Shape


@dataclass(frozen=True, slots=True)
class Judged:
    """A change and how far it goes."""

    change: Change
    step: Step = "minor"


def judged(message: str, step: Step = "minor", **values: Words) -> Judged:
    """Return a change that is said with a message."""
    return Judged(Change(message=message, values=values), step)


def another(
    what: Words, answers: tuple[Json, Json], shape: Shape | None, naming: Naming
) -> Change:
    """Return the sentence for an answer that was and is given, or only one of both."""
    was, now = pair(*answers, shape, naming)
    if answers[0] is None:
        return Change(message="compare-given", values={"what": what, "new": now})
    if answers[1] is None:
        return Change(message="compare-withdrawn", values={"what": what, "old": was})
    return Change(
        message="compare-other", values={"what": what, "old": was, "new": now}
    )


def maps(answers: Data, key: str) -> tuple[Data, ...]:
    """Return the entries of a list of groups."""
    entries = answers.get(key)
    if not isinstance(entries, list):
        return ()
    return tuple(entry for entry in entries if isinstance(entry, dict))


def texts(answers: Data, key: str) -> tuple[str, ...]:
    """Return the entries of a list of words."""
    entries = answers.get(key)
    return tuple(map(str, entries)) if isinstance(entries, list) else ()
