"""Where things stand in a YAML text: from nodes to characters and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidegen.answers.emit import emit_scalar
from guidegen.answers.tree import List, Map, Node, Text

if TYPE_CHECKING:
    from guidegen.answers.plain import Plain


def find_node(node: Node | None, parts: list[str]) -> Node | None:
    """Return the node that a dotted key leads to."""
    for part in parts:
        if isinstance(node, Map):
            node = next(
                (child for key, child in node.entries if key.text == part), None
            )
        elif isinstance(node, List) and part.isdigit() and int(part) < len(node.items):
            node = node.items[int(part)]
        else:
            return None
    return node


def untyped(node: Node | None) -> Plain | None:
    """Return a tree as texts, lists and maps."""
    if isinstance(node, Map):
        pairs = ((key.text, untyped(child)) for key, child in node.entries)
        return {key: value for key, value in pairs if value is not None}
    if isinstance(node, List):
        return [value for value in map(untyped, node.items) if value is not None]
    return None if node is None or node.empty else node.text


def written(value: Plain) -> Plain:
    """Return a value as it will be read back before its kind is known."""
    if isinstance(value, list):
        return [written(item) for item in value]
    if isinstance(value, dict):
        return {key: written(item) for key, item in value.items()}
    return value if isinstance(value, str) else emit_scalar(value)


def splice(text: str, start: int, end: int, new: str) -> str:
    """Put characters in the place of others, with the text's line ends."""
    newline = "\r\n" if "\r\n" in text else "\n"
    return text[:start] + new.replace("\n", newline) + text[end:]


def splice_lines(text: str, start: int, end: int, lines: str) -> str:
    """Put whole lines in the place of others; the file may end without a line break."""
    if lines and start == len(text) and text and text[-1] != "\n":
        lines = "\n" + lines.removesuffix("\n")
    return splice(text, start, end, lines)


def column(text: str, offset: int) -> int:
    """Return how far into its line a place is."""
    return offset - (text.rfind("\n", 0, offset) + 1)


def line_end(text: str, offset: int) -> int:
    """Return where the line after the one that a value ends in begins."""
    if offset and text[offset - 1] == "\n":  # a block text ends after its line
        return offset
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def dash(text: str, node: List, item: Node) -> int:
    """Return the start of the line with an item's dash."""
    indent = column(text, node.start)
    if item is node.items[0]:
        return node.start - indent
    return text.rfind("\n" + " " * indent + "-", 0, item.start) + 1


def end_of(text: str, node: Node) -> int:
    """Return where a value's characters end; a block text counts its line break."""
    if isinstance(node, Text) and node.style in {"|", ">"}:
        return node.start + len(text[node.start : node.end].rstrip("\r\n "))
    return node.end
