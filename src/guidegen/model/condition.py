"""When a section, a question or a choice applies."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Condition: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""Dotted key of the answers to the values it may have; all keys must match.

The value `set` stands for any answer, `unset` for none; true and false are written as
`true` and `false`. An answer that is a list matches if one of its entries does.
"""


def applies(condition: Condition, lookup: Callable[[str], object]) -> bool:
    """Return whether all keys of a condition match what `lookup` finds for them."""
    return all(_matches(lookup(key), wanted) for key, wanted in condition.items())


def _matches(answer: object, wanted: tuple[str, ...]) -> bool:
    answered = answer not in (None, "", (), [])
    if "set" in wanted and answered:
        return True
    if "unset" in wanted and not answered:
        return True
    entries = answer if isinstance(answer, (tuple, list)) else (answer,)
    return any(_plain(entry) in wanted for entry in entries if entry is not None)


def _plain(entry: object) -> str:
    if isinstance(entry, bool):
        return "true" if entry else "false"
    return str(entry)
