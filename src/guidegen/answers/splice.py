"""Replaces, inserts or takes out exactly the characters of one value of a YAML text.

A round trip through a YAML library would keep most comments, but not alignment, line
ends and the comments beside what is taken out; here they are never touched.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidegen.answers.emit import emit_after, emit_flow, emit_item, emit_scalar
from guidegen.answers.shape import Fields, child_shapes
from guidegen.answers.tree import List, Map, Node, Text, parse

if TYPE_CHECKING:
    from guidegen.answers.walk import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A new value (None: none) for the place that `parts` lead to."""

    parts: list[str]
    value: Plain | None
    shape: Fields
    variants: tuple[str, ...]

    def at(self, part: str, value: Plain | None) -> Change:
        """Return the change of an entry below."""
        return replace(self, parts=[*self.parts, part], value=value)

    def above(self, value: Plain | None) -> Change:
        """Return the change of what holds this value."""
        return replace(self, parts=self.parts[:-1], value=value)


def change_text(text: str, change: Change) -> str:
    """Return the text with one value changed."""
    root = parse(text)
    node = find_node(root, change.parts)
    parent = find_node(root, change.parts[:-1])
    value = change.value
    if node is None:
        return text if value is None else _add(text, root, change, value)
    if value is not None and untyped(node) == written(value):
        return text
    if value is None:
        return _take_out(text, root, change)
    if isinstance(node, Text) and not isinstance(value, (list, dict)):
        flow = _is_inside_flow(root, change.parts)
        return _scalar(text, node, emit_scalar(value, node.style, flow=flow))
    if _is_inside_flow(root, change.parts):
        return _rewrite_flow(text, root, change)
    if isinstance(node, List) and not node.flow and isinstance(value, list) and value:
        return _items(text, node, value, change.variants)
    if isinstance(node, Map) and not node.flow and isinstance(value, dict) and value:
        return _entries(text, node, value, change)
    if isinstance(parent, List):
        return _item(text, parent, change)
    return _value(text, root, change)


def find_node(node: Node | None, parts: list[str]) -> Node | None:
    """Return the node that a dotted key leads to."""
    for part in parts:
        if isinstance(node, Map):
            node = next((child for key, child in node.entries if key.text == part), None)
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


def _splice(text: str, start: int, end: int, new: str) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    return text[:start] + new.replace("\n", newline) + text[end:]


def _splice_lines(text: str, start: int, end: int, lines: str) -> str:
    """Put whole lines in the place of others; the file may end without a line break."""
    if lines and start == len(text) and text and text[-1] != "\n":
        lines = "\n" + lines.removesuffix("\n")
    return _splice(text, start, end, lines)


def _column(text: str, offset: int) -> int:
    return offset - (text.rfind("\n", 0, offset) + 1)


def _line_end(text: str, offset: int) -> int:
    """Return where the line after the one that a value ends in begins."""
    if offset and text[offset - 1] == "\n":  # a block text ends after its line
        return offset
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def _dash(text: str, node: List, item: Node) -> int:
    """Return the start of the line with an item's dash."""
    column = _column(text, node.start)
    if item is node.items[0]:
        return node.start - column
    return text.rfind("\n" + " " * column + "-", 0, item.start) + 1


def _end(text: str, node: Node) -> int:
    """Return where a value's characters end; a block text counts its line break."""
    if isinstance(node, Text) and node.style in {"|", ">"}:
        return node.start + len(text[node.start : node.end].rstrip("\r\n "))
    return node.end


def _scalar(text: str, node: Text, new: str) -> str:
    if node.start and text[node.start - 1] == ":":  # there was nothing after the colon
        new = f" {new}"
    return _splice(text, node.start, _end(text, node), new)


def _is_inside_flow(root: Node, parts: list[str]) -> bool:
    above = (find_node(root, parts[:count]) for count in range(len(parts)))
    return any(isinstance(node, (Map, List)) and node.flow for node in above)


def _rewrite_flow(text: str, root: Node, change: Change) -> str:
    """Write the outermost bracketed value anew, changed inside."""
    count = next(
        count
        for count in range(len(change.parts))
        if isinstance(node := find_node(root, change.parts[:count]), (Map, List))
        and node.flow
    )
    outer = find_node(root, change.parts[:count])
    if outer is None:  # pragma: no cover  # it has just been found
        return text
    data = _put(untyped(outer), change.parts[count:], change.value)
    return _splice(text, outer.start, outer.end, emit_flow(data))


def _put(data: Plain | None, parts: list[str], value: Plain | None) -> Plain:
    """Return data with a value put in or taken out."""
    head, *rest = parts
    if isinstance(data, list):
        place = int(head)
        old = data[place] if place < len(data) else None
        new = _put(old, rest, value) if rest else value
        return [*data[:place], *([] if new is None else [new]), *data[place + 1 :]]
    entries = dict(data) if isinstance(data, dict) else {}
    new = _put(entries.get(head), rest, value) if rest else value
    if new is None:
        entries.pop(head, None)
    else:
        entries[head] = new
    return entries


def _items(text: str, node: List, value: list[Plain], variants: tuple[str, ...]) -> str:
    """Change only those entries of a list that differ."""
    old = [json.dumps(untyped(item)) for item in node.items]
    new = [json.dumps(written(item)) for item in value]
    indent = " " * _column(text, node.start)
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    result = text
    for what, low, high, first, last in reversed(matcher.get_opcodes()):
        if what == "equal":
            continue
        lines = "".join(
            f"{indent}- {emit_item(item, indent, variants)}\n"
            for item in value[first:last]
        )
        if high > low:
            start = _dash(text, node, node.items[low])
            end = _line_end(text, node.items[high - 1].end)
        else:
            start = (
                _line_end(text, node.items[low - 1].end)
                if low
                else _dash(text, node, node.items[0])
            )
            end = start
        result = _splice_lines(result, start, end, lines)
    return result


def _item(text: str, parent: List, change: Change) -> str:
    """Change an entry of a list as a whole."""
    items = untyped(parent)
    data = _put(items, change.parts[-1:], change.value)
    if not isinstance(data, list):  # pragma: no cover  # a list stays one
        return text
    return _items(text, parent, data, change.variants)


def _entries(text: str, node: Map, value: dict[str, Plain], change: Change) -> str:
    """Change only those entries of a map that differ."""
    for name, item in value.items():
        text = change_text(text, change.at(name, item))
    for key, _ in node.entries:
        if key.text not in value:
            text = change_text(text, change.at(key.text, None))
    return text


def _value(text: str, root: Node, change: Change) -> str:
    """Write a value of another form after its key."""
    parent = find_node(root, change.parts[:-1])
    node = find_node(root, change.parts)
    if not isinstance(parent, Map) or node is None or change.value is None:
        return text
    key = next(key for key, _ in parent.entries if key.text == change.parts[-1])
    colon = text.index(":", key.end)
    end = _end(text, node)
    indent = " " * _column(text, key.start)
    after = emit_after(change.value, indent, change.variants)
    if after.startswith("\n"):  # a comment beside the key stays beside it
        rest = text[end : _line_end(text, end)].rstrip("\r\n")
        comment = text[colon + 1 : node.start].split("\n")[0].rstrip("\r")
        beside = rest if rest.strip().startswith("#") else comment
        beside = beside.rstrip() if "#" in beside else ""
        last = _line_end(text, end) if rest.strip().startswith("#") else end
        broken = "\n" if last != end and text[last - 1 : last] == "\n" else ""
        return _splice(text, colon + 1, last, beside + after + broken)
    return _splice(text, colon + 1, end, after)


def _add(text: str, root: Node, change: Change, value: Plain) -> str:
    """Write a value that was not there."""
    parent = find_node(root, change.parts[:-1])
    name = change.parts[-1]
    if isinstance(parent, Text) or parent is None:
        return change_text(
            text, change.above([value] if name.isdigit() else {name: value})
        )
    if parent.flow or _is_inside_flow(root, change.parts):
        return _rewrite_flow(text, root, change)
    if isinstance(parent, List):
        return _item(text, parent, change)
    return _insert(text, parent, change, value)


def _insert(text: str, parent: Map, change: Change, value: Plain) -> str:
    """Write a new entry of a map after the one that the contract puts before it."""
    name = change.parts[-1]
    order = list(child_shapes(change.shape, change.parts[:-1]))
    before = order[: order.index(name)] if name in order else order
    known = [node for key, node in parent.entries if key.text in before]
    last = known[-1] if known else parent.entries[0][1]
    start = _line_end(text, last.end)
    indent = " " * _column(text, parent.entries[0][0].start)
    line = f"{indent}{name}:{emit_after(value, indent, change.variants)}\n"
    return _splice_lines(text, start, start, line)


def _take_out(text: str, root: Node, change: Change) -> str:
    """Take a value out with its key; a map that is empty then goes, too."""
    parent = find_node(root, change.parts[:-1])
    node = find_node(root, change.parts)
    if node is None:
        return text
    if _is_inside_flow(root, change.parts):
        return _rewrite_flow(text, root, change)
    if isinstance(parent, List):
        if len(parent.items) == 1:
            return change_text(text, change.above(None))
        return _item(text, parent, change)
    if not isinstance(parent, Map):
        return text
    if len(parent.entries) == 1 and len(change.parts) > 1:
        return change_text(text, change.above(None))
    key = next(key for key, _ in parent.entries if key.text == change.parts[-1])
    start = text.rfind("\n", 0, key.start) + 1
    if text[start : key.start].strip():  # it stands beside a list's dash
        rest = untyped(parent)
        holder = find_node(root, change.parts[:-2])
        if isinstance(rest, dict) and isinstance(holder, List):
            rest.pop(change.parts[-1])
            return _item(text, holder, change.above(rest))
    return _splice(text, start, _line_end(text, node.end), "")
