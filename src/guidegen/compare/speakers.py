"""Who speaks, before and after: roles by their ids, people and teams by their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from guidegen.compare.answer_names import (
    AnswerNames,
    Finding,
    answer_at,
    company_text,
    finding,
    own_roles,
)
from guidegen.compare.entries import each_of
from guidegen.model.answers import PRESS
from guidegen.model.json_records import Data, Json

Speakers: TypeAlias = "tuple[Data, tuple[Json, ...]]"
"""Who speaks, and the answers that say so, which may name roles of their own."""

_KEY = "company.speaker"


class SpeakerChange:
    """Who no longer speaks and who does now; a role with another id is the same."""

    def __init__(self, old: Speakers, new: Speakers) -> None:
        before, after = _signs(old), _signs(new)
        was, now = old[1], new[1]
        self.gone = _without(was, before, after)
        self.added = _without(now, after, before)
        self.reordered = was != now and not self.gone and not self.added


def _signs(speakers: Speakers) -> list[frozenset[str]]:
    """Return for each speaker what tells who it is: its id or name as it stands there.

    An id of the company's own role stands for a name, too.
    """
    roles = own_roles(speakers[0])
    return [
        frozenset(
            {repr(each)}
            | (
                {
                    repr(dict(roles[each].texts)),
                    repr(company_text(dict(roles[each].texts))),
                }
                if isinstance(each, str) and each in roles
                else {repr(company_text(each))}
            )
        )
        for each in speakers[1]
    ]


def _without(
    speakers: tuple[Json, ...],
    signs: list[frozenset[str]],
    others: list[frozenset[str]],
) -> list[Json]:
    return [
        each
        for each, own in zip(speakers, signs, strict=True)
        if all(own.isdisjoint(other) for other in others)
    ]


def compare_speakers(old: Data, new: Data, names: AnswerNames) -> Iterator[Finding]:
    """Yield what changed in who alone speaks in the company's name."""
    was, now = (each_of(answer_at(data, _KEY)) or (PRESS,) for data in (old, new))
    change = SpeakerChange((old, was), (new, now))
    if not change.gone and not change.added:
        if change.reordered and len(was) > 1:
            yield finding("compare-speaker-order", "patch")
        return
    yield finding(
        "compare-other",
        # Somebody who could speak no longer may; one more only helps.
        "major" if change.gone else "minor",
        what=names.label(_KEY),
        old=names.speakers(was),
        new=names.speakers(now),
    )


def compare_roles(old: Data, new: Data) -> Iterator[Finding]:
    """Yield what changed in the roles of the company's own.

    That one is new or gone says nothing: who speaks says it where the role does.
    """
    was, now = own_roles(old), own_roles(new)
    for role in now:
        before, after = was.get(role), now[role]
        if before is not None and before != after:
            yield finding(
                "compare-role-renamed",
                old=company_text(dict(before.texts)),
                new=company_text(dict(after.texts)),
            )
        elif before is None:
            name = company_text(dict(after.texts))
            yield finding("compare-role-new", "patch", role=name)
    for role in was.keys() - now.keys():
        name = company_text(dict(was[role].texts))
        yield finding("compare-role-gone", "patch", role=name)
