"""Answers as plain data, and its dotted keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from guidegen.answers.kinds import Scalar

Plain: TypeAlias = "Scalar | list[Plain] | dict[str, Plain]"
"""A checked value as plain data: what the file says, with real dates and numbers."""


def look_up(data: Mapping[str, Plain], key: str) -> Plain | None:
    """Return what stands at a dotted key."""
    found: Plain | None = dict(data)
    for part in key.split("."):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found


def put(data: Plain | None, parts: list[str], value: Plain | None) -> Plain | None:
    """Return data with the value at a dotted key set, or taken out with None.

    What is empty afterwards goes, too.
    """
    if not parts:
        return value
    head, *rest = parts
    if isinstance(data, list) or (data is None and head.isdigit()):
        items: list[Plain | None] = [*(data or [])] if isinstance(data, list) else []
        place = int(head)
        old = items[place] if place < len(items) else None
        new = put(old, rest, value)
        gone = new is None or (value is None and new in ({}, []))
        items[place : place + 1] = [] if gone else [new]
        return [item for item in items if item is not None]
    entries = dict(data) if isinstance(data, dict) else {}
    child = put(entries.get(head), rest, value)
    if child is None or (value is None and child in ({}, [])):
        entries.pop(head, None)
    else:
        entries[head] = child
    return entries
