"""Changes values in `guideline.yml` and leaves every other byte as it is.

A round trip through a YAML library would keep most comments, but not alignment, line
ends and the comments beside a value that is removed. So this replaces, inserts or
removes exactly the characters of one value, found by their offsets in the text.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from guidegen.answers.contract import contract
from guidegen.answers.data import put
from guidegen.answers.new import emit_after, emit_flow, emit_item, emit_scalar
from guidegen.answers.read import check_text, parse_text, read_text
from guidegen.errors import AnswersError
from guidegen.files import write_atomic
from guidegen.model.pack import Pack
from guidegen.schema.scalars import Plain
from guidegen.schema.shapes import Record, child_shapes
from guidegen.schema.yaml_tree import List, Map, Node, Text, find_node
from guidegen.value import Value

_BOM = b"\xef\xbb\xbf"


def edit_answers(path: Path, changes: Mapping[str, Plain | None], pack: Pack) -> bool:
    """Set values by dotted key; None removes one.

    The new file is checked as a whole before it is written.

    Args:
        path: `guideline.yml`.
        changes: Dotted keys such as `contacts.0.phone`, and their new values.
        pack: The pack that the answers are for.

    Returns:
        Whether anything changed.

    Raises:
        ProblemsError: The file would not be valid; nothing is written.
        FilesError: It cannot be written.
    """
    after = edited_file(path, changes, pack)
    if after == path.read_bytes():
        return False
    write_atomic(path, after, within=path.parent)
    return True


def edited_file(path: Path, changes: Mapping[str, Plain | None], pack: Pack) -> bytes:
    """Return the file as `edit_answers` would write it.

    Raises:
        ProblemsError: It would not be valid.
        AnswersError: The way the file is written does not allow a change.
    """
    after = edited_text(read_text(path), changes, pack, path)
    check_text(after, path, pack=pack)
    # `read_text` drops a byte order mark, but every other byte is to stay.
    bom = _BOM if path.read_bytes().startswith(_BOM) else b""
    return bom + after.encode()


def edited_text(
    text: str, changes: Mapping[str, Plain | None], pack: Pack, path: Path | None = None
) -> str:
    """Return the text of a file with some values changed, and nothing else.

    Raises:
        ProblemsError: The text is not YAML.
        AnswersError: The way the file is written does not allow a change.
    """
    shape = contract(pack)
    for key, value in changes.items():
        parts = key.split(".")
        asked = None if value is None else _as_text(value)
        # What the file must say afterwards is worked out on the data, independently of
        # the surgery on the text, so that a slip there cannot be written.
        meant = put(_untyped(parse_text(text, path)), parts, asked)
        text = _changed_text(
            text,
            _Change(parts=parts, value=value, shape=shape, variants=pack.variants),
        )
        if _untyped(parse_text(text, path)) != meant or (
            value is not None and find_node(parse_text(text, path), parts) is None
        ):
            raise AnswersError("error-edit-form", path=path, name=key)
    return text


class _Change(Value):
    """A new value at a dotted key, given in parts; None removes the value."""

    parts: list[str]
    value: Plain | None
    shape: Record
    variants: tuple[str, ...]

    def at(self, part: str, value: Plain | None) -> _Change:
        """Return the change of an entry of this value."""
        return replace(self, parts=[*self.parts, part], value=value)

    def above(self, value: Plain | None) -> _Change:
        """Return the change of the list or map that this value is in."""
        return replace(self, parts=self.parts[:-1], value=value)


def _changed_text(text: str, change: _Change) -> str:
    """Return the text with one value changed."""
    root = parse_text(text)
    node = find_node(root, change.parts)
    value = change.value
    if value is None:
        return text if node is None else _remove(text, root, node, change)
    if node is None:
        return _add(text, root, change, value)
    # `12` and `"12"` are the same answer, so the author's spelling stays.
    if _untyped(node) == _as_text(value):
        return text
    if isinstance(node, Text) and not isinstance(value, (list, dict)):
        flow = _is_inside_flow(root, change.parts)
        return _replace_scalar(text, node, emit_scalar(value, node.style, flow=flow))
    return _replace(text, root, node, change)


def _replace(text: str, root: Node, node: Node, change: _Change) -> str:
    """Replace a list or a map, or a value by one."""
    value = change.value
    # Within brackets an entry has no line of its own that could be replaced.
    if _is_inside_flow(root, change.parts):
        return _rewrite_flow(text, root, change)
    if isinstance(node, List) and not node.flow and isinstance(value, list) and value:
        return _replace_items(text, node, value, change.variants)
    if isinstance(node, Map) and not node.flow and isinstance(value, dict) and value:
        return _replace_entries(text, node, value, change)
    parent = find_node(root, change.parts[:-1])
    if isinstance(parent, List):
        return _replace_item(text, parent, change)
    return _rewrite_value(text, root, change)


def _replace_scalar(text: str, node: Text, new: str) -> str:
    if node.start and text[node.start - 1] == ":":  # there was nothing after the colon
        new = f" {new}"
    return _splice(text, node.start, _end(text, node), new)


def _is_inside_flow(root: Node, parts: list[str]) -> bool:
    above = (find_node(root, parts[:count]) for count in range(len(parts)))
    return any(isinstance(node, (Map, List)) and node.flow for node in above)


def _rewrite_flow(text: str, root: Node, change: _Change) -> str:
    """Rewrite the outermost value in brackets that the changed one is in."""
    outer, count = next(
        (node, count)
        for count in range(len(change.parts))
        if isinstance(node := find_node(root, change.parts[:count]), (Map, List))
        and node.flow
    )
    data = put(_untyped(outer), change.parts[count:], change.value)
    return _splice(text, outer.start, outer.end, emit_flow(data or {}))


def _replace_items(
    text: str, node: List, value: list[Plain], variants: tuple[str, ...]
) -> str:
    """Replace only those entries of a list that differ."""
    # As JSON, since SequenceMatcher compares hashable items only.
    old = [json.dumps(_untyped(item)) for item in node.items]
    new = [json.dumps(_as_text(item)) for item in value]
    indent = " " * _column(text, node.start)
    # The autojunk heuristic ignores frequent entries in lists of 200 and more.
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    result = text
    # From the end, so that the offsets of what is left to do stay right.
    for what, low, high, first, last in reversed(matcher.get_opcodes()):
        if what == "equal":
            continue
        lines = "".join(
            f"{indent}- {emit_item(item, indent, variants)}\n"
            for item in value[first:last]
        )
        if high > low:
            start = _dash_line(text, node, node.items[low])
            end = _line_end(text, node.items[high - 1].end)
        else:
            start = (
                _line_end(text, node.items[low - 1].end)
                if low
                else _dash_line(text, node, node.items[0])
            )
            end = start
        result = _splice_lines(result, start, end, lines)
    return result


def _replace_item(text: str, parent: List, change: _Change) -> str:
    """Replace one entry of a list."""
    # `put` returns a list for a list; mypy cannot know.
    data = cast("list[Plain]", put(_untyped(parent), change.parts[-1:], change.value))
    return _replace_items(text, parent, data, change.variants)


def _replace_entries(
    text: str, node: Map, value: dict[str, Plain], change: _Change
) -> str:
    """Replace only those entries of a map that differ."""
    for name, item in value.items():
        text = _changed_text(text, change.at(name, item))
    for key, _ in node.entries:
        if key.text not in value:
            text = _changed_text(text, change.at(key.text, None))
    return text


def _rewrite_value(text: str, root: Node, change: _Change) -> str:
    """Rewrite a value that takes another form: after its key or below it."""
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
        # A comment may follow the value (`key: value  # why`) or the key of a block.
        rest = text[end : _line_end(text, end)].rstrip("\r\n")
        comment = text[colon + 1 : node.start].split("\n", maxsplit=1)[0].rstrip("\r")
        beside = rest if rest.strip().startswith("#") else comment
        beside = beside.rstrip() if "#" in beside else ""
        last = _line_end(text, end) if rest.strip().startswith("#") else end
        broken = "\n" if last != end and text[last - 1 : last] == "\n" else ""
        return _splice(text, colon + 1, last, beside + after + broken)
    return _splice(text, colon + 1, end, after)


def _add(text: str, root: Node, change: _Change, value: Plain) -> str:
    """Add a value that is not there yet."""
    parent = find_node(root, change.parts[:-1])
    name = change.parts[-1]
    if isinstance(parent, Text) or parent is None:
        return _changed_text(
            text, change.above([value] if name.isdigit() else {name: value})
        )
    if parent.flow or _is_inside_flow(root, change.parts):
        return _rewrite_flow(text, root, change)
    if isinstance(parent, List):
        return _replace_item(text, parent, change)
    return _insert(text, parent, change, value)


def _insert(text: str, parent: Map, change: _Change, value: Plain) -> str:
    """Insert an entry into a map after those that the contract puts before it."""
    name = change.parts[-1]
    order = list(child_shapes(change.shape, change.parts[:-1]))
    # The order of the contract is also the order in which a new file is written.
    before = order[: order.index(name)] if name in order else order
    known = [node for key, node in parent.entries if key.text in before]
    last = known[-1] if known else parent.entries[0][1]
    indent = " " * _column(text, parent.entries[0][0].start)
    start = _after_comments(text, _line_end(text, last.end), indent)
    line = f"{indent}{name}:{emit_after(value, indent, change.variants)}\n"
    return _splice_lines(text, start, start, line)


def _after_comments(text: str, start: int, indent: str) -> int:
    """Skip comments that are indented further: they belong to the entry above."""
    while text.startswith(f"{indent} ", start):
        end = _line_end(text, start + 1)
        if not text[start:end].lstrip().startswith("#"):
            break
        start = end
    return start


def _remove(text: str, root: Node, node: Node, change: _Change) -> str:
    """Remove a value with its key, and the map or list that is empty without it."""
    parent = find_node(root, change.parts[:-1])
    if _is_inside_flow(root, change.parts):
        return _rewrite_flow(text, root, change)
    # The root has nothing above it that could go.
    is_last = (isinstance(parent, List) and len(parent.items) == 1) or (
        isinstance(parent, Map) and len(parent.entries) == 1 and len(change.parts) > 1
    )
    if is_last:
        return _changed_text(text, change.above(None))
    if isinstance(parent, List):
        return _replace_item(text, parent, change)
    if isinstance(parent, Map):
        return _remove_entry(text, root, parent, change)
    return text if parent is None else _splice(text, node.start, node.end, "")


def _remove_entry(text: str, root: Node, parent: Map, change: _Change) -> str:
    name = change.parts[-1]
    key, node = next(entry for entry in parent.entries if entry[0].text == name)
    start = text.rfind("\n", 0, key.start) + 1
    rest = _untyped(parent)
    holder = find_node(root, change.parts[:-2])
    # `- name: x` shares its line with the dash, so the entry is written anew.
    beside_dash = bool(text[start : key.start].strip())
    if beside_dash and isinstance(rest, dict) and isinstance(holder, List):
        rest.pop(name)
        return _replace_item(text, holder, change.above(rest))
    return _splice(text, start, _line_end(text, node.end), "")


def _untyped(node: Node | None) -> Plain | None:
    """Return a tree as plain texts, lists and maps."""
    if isinstance(node, Map):
        pairs = ((key.text, _untyped(child)) for key, child in node.entries)
        return {key: value for key, value in pairs if value is not None}
    if isinstance(node, List):
        return [value for value in map(_untyped, node.items) if value is not None]
    return None if node is None or node.empty else node.text


def _as_text(value: Plain) -> Plain:
    """Return a value as parsing will give it back: with texts in place of types."""
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    return value if isinstance(value, str) else emit_scalar(value)


def _splice(text: str, start: int, end: int, new: str) -> str:
    """Replace some characters of a text; new lines end as the text's lines do."""
    newline = "\r\n" if "\r\n" in text else "\n"
    return text[:start] + new.replace("\n", newline) + text[end:]


def _splice_lines(text: str, start: int, end: int, lines: str) -> str:
    """Replace whole lines of a text, whose last one may lack its line break."""
    if lines and start == len(text) and text and text[-1] != "\n":
        lines = "\n" + lines.removesuffix("\n")
    return _splice(text, start, end, lines)


def _column(text: str, offset: int) -> int:
    """Return the column of an offset."""
    return offset - (text.rfind("\n", 0, offset) + 1)


def _line_end(text: str, offset: int) -> int:
    """Return the offset of the line after the one that a value ends in."""
    if offset and text[offset - 1] == "\n":  # a block text ends after its line
        return offset
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def _dash_line(text: str, node: List, item: Node) -> int:
    """Return the offset of the line with the dash of a list's item."""
    indent = _column(text, node.start)
    # A block list starts at its first dash.
    if item is node.items[0]:
        return node.start - indent
    return text.rfind("\n" + " " * indent + "-", 0, item.start) + 1


def _end(text: str, node: Node) -> int:
    """Return the offset after a value, for a block without its last line break."""
    # For YAML, a block text includes the line breaks after it.
    if isinstance(node, Text) and node.style in {"|", ">"}:
        return node.start + len(text[node.start : node.end].rstrip("\r\n "))
    return node.end
