"""The entries of two lists of answers: which of the old has become which new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from guidegen.model.json_records import Data, Json

Alike: TypeAlias = Callable[[Data, Data], bool]


def records(answers: Data, key: str) -> tuple[Data, ...]:
    """Return the entries of a list of records."""
    entries = answers.get(key)
    if not isinstance(entries, list):
        return ()
    return tuple(entry for entry in entries if isinstance(entry, dict))


def each_of(value: Json) -> tuple[Json, ...]:
    """Return the entries of a list, or the only one that stands without a list."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def same_name(old: Data, new: Data) -> bool:
    """Return whether two entries are called the same."""
    return old.get("name") == new.get("name")


def pairs_of(
    old: Sequence[Data],
    new: Sequence[Data],
    tests: Sequence[Alike],
    *,
    one_for_one: bool = False,
) -> list[tuple[Data, Data]]:
    """Return each old entry with what it has become, in the new order.

    Args:
        old: The entries as they were.
        new: The entries as they are.
        tests: What makes two the same, the surest sign first.
        one_for_one: Whether, where as many have come as have gone, each has taken over
            from another, in their order.
    """
    left = list(old)
    found: dict[int, Data] = {}
    # Each sign is looked for in all entries before a weaker one: else a weak match
    # could take an entry away from a sure one.
    for is_alike in tests:
        for index, entry in enumerate(new):
            before = next((each for each in left if is_alike(each, entry)), None)
            if index not in found and before is not None:
                # By identity: two entries that are equal are still two.
                left = [each for each in left if each is not before]
                found[index] = before
    come = [index for index in range(len(new)) if index not in found]
    if one_for_one and len(come) == len(left):
        found |= dict(zip(come, left, strict=True))
    return [(found[index], new[index]) for index in sorted(found)]


def is_reordered(old: Sequence[Data], pairs: Sequence[tuple[Data, Data]]) -> bool:
    """Return whether the entries that have stayed stand in another order."""
    indexes = [old.index(before) for before, _ in pairs]
    return indexes != sorted(indexes)
