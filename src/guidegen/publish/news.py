"""Whether a copy's news are older than those at a target; and how a manifest says them.

There is no clock in it: two people's clocks differ, and git keeps no times. Items are
named by their ids, with how often somebody has decided otherwise about each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from guidegen.model.inside import Items, ItemState
from guidegen.model.publication import NewsRecord

_ID: Final = re.compile("[0-9a-f]{10}")
_LENGTH: Final = 10
_MOST: Final = 10_000
_MOST_GONE: Final = 2_000
"""How many of those that went a publication names: the latest."""
_MOST_TURNS: Final = 1_000


def news_record(items: Items) -> NewsRecord | None:
    """Return what a publication says of a project's items; None if it has none."""
    latest = sorted(items.gone, key=lambda each: (items.gone[each], each))
    record = NewsRecord(
        shown={each.id: each.turns for each in items.of(ItemState.APPROVED)},
        hidden={each.id: each.turns for each in items.of(ItemState.HIDDEN)},
        gone=tuple(sorted({each[:_LENGTH] for each in latest[-_MOST_GONE:]})),
    )
    return record if record.shown or record.hidden or record.gone else None


def is_behind(here: NewsRecord | None, there: NewsRecord | None) -> bool:
    """Return whether a copy lacks an item, or a decision, that a target knows.

    Args:
        here: What the copy knows.
        there: What the target knows.
    """
    if there is None:
        return False
    mine = here or NewsRecord()
    decided = {**mine.shown, **mine.hidden}
    # What has gone here was shown or hidden before.
    for each, turns in {**there.shown, **there.hidden}.items():
        if each in mine.gone:
            continue
        known = decided.get(each)
        if known is None or known < turns:
            return True
        if known == turns and (each in there.shown) is not (each in mine.shown):
            return True
    return not mine.shown.keys().isdisjoint(there.gone)


def coming_back(earlier: NewsRecord | None, live: NewsRecord | None) -> int:
    """Return how many items an earlier publication shows that have gone since."""
    if earlier is None or live is None:
        return 0
    return len(earlier.shown.keys() & {*live.hidden, *live.gone})


def record_data(record: NewsRecord) -> dict[str, object]:
    """Return a record as a manifest has it."""
    return {
        "shown": dict(record.shown),
        "hidden": dict(record.hidden),
        "gone": list(record.gone),
    }


def record_of(data: object) -> NewsRecord:
    """Return the record that a manifest has.

    Raises:
        ValueError: It is none that guidegen writes.
    """
    if not isinstance(data, dict):
        raise ValueError("inside")  # noqa: TRY004  # as the rest
    gone = data.get("gone")
    if not isinstance(gone, list) or len(gone) > _MOST:
        raise ValueError("gone")
    return NewsRecord(
        shown=_turns(data.get("shown")),
        hidden=_turns(data.get("hidden")),
        gone=tuple(map(_item_id, gone)),
    )


def _turns(data: object) -> Mapping[str, int]:
    if not isinstance(data, dict) or len(data) > _MOST:
        raise ValueError("turns")
    return {_item_id(each): _number(turns) for each, turns in data.items()}


def _item_id(data: object) -> str:
    if not isinstance(data, str) or not _ID.fullmatch(data):
        raise ValueError("id")
    return data


def _number(data: object) -> int:
    # Not `isinstance`: to Python, True is the number 1.
    if type(data) is not int or not 0 <= data <= _MOST_TURNS:
        raise ValueError("turns")
    return data
