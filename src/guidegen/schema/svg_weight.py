"""How much there is to draw in an SVG that uses its parts again and again.

A few lines can ask for more shapes than any computer draws: each part is used ten times
in the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from guidegen.schema.svg_styles import references, selectors_of

_HEAVIEST: Final = 100_000
"""Shapes to draw; logos have some hundreds."""
_LONGEST_WAY: Final = 300
"""From a part to what it uses, to what that uses, and so on."""


class Node:
    """An element, with what it uses."""

    __slots__ = ("children", "id", "selectors", "uses")

    def __init__(self, name: str, selectors: list[str], uses: list[str]) -> None:
        self.id = name
        self.selectors = selectors
        self.uses = uses
        self.children: list[Node] = []

    @classmethod
    def of(cls, name: str, attributes: Mapping[str, str]) -> Node:
        """Return the node of an element."""
        uses = [
            value.strip()[1:]
            for key, value in attributes.items()
            if key in {"href", "xlink:href"} and value.strip().startswith("#")
        ]
        for value in attributes.values():
            uses += references(value) if "(" in value else ()
        selectors = selectors_of(name, attributes)
        return cls(attributes.get("id", ""), selectors, uses)


class _TooHeavyError(Exception):
    pass


def is_too_heavy(nodes: Sequence[Node], styles: Mapping[str, list[str]]) -> bool:
    """Return whether there is more to draw than is sensible.

    Args:
        nodes: All elements; the first one is the whole.
        styles: By a simple selector, what its style uses.
    """
    known: dict[int, int] = {}
    by_id = {node.id: node for node in reversed(nodes) if node.id}

    def weight(node: Node, way: int) -> int:
        if id(node) in known:  # 0 while it is being weighed: nothing draws itself
            return known[id(node)]
        if way > _LONGEST_WAY:
            raise _TooHeavyError
        known[id(node)] = 0
        uses = [*node.uses, *(use for s in node.selectors for use in styles.get(s, ()))]
        parts = [*node.children, *(by_id[use] for use in uses if use in by_id)]
        total = 1
        for part in parts:
            total += weight(part, way + 1)
            if total > _HEAVIEST:
                raise _TooHeavyError
        known[id(node)] = total
        return total

    try:
        return bool(nodes) and weight(nodes[0], 0) > _HEAVIEST
    except _TooHeavyError:
        return True
