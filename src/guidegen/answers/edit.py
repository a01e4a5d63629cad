"""Changes values in `guideline.yml` and leaves every other byte as it was.

A round trip through a YAML library would keep most comments, but not alignment, line
ends and the comments beside what is taken out. So exactly the characters of one value
are replaced, inserted or taken out.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
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

_BOM = b"\xef\xbb\xbf"


def edit_answers(path: Path, changes: Mapping[str, Plain | None], pack: Pack) -> bool:
    """Set values by dotted key; None takes a value out.

    The whole new file is checked before it is written.

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
    real = path.resolve()  # a link stays a link
    after = edited_file(path, changes, pack)
    if after == real.read_bytes():
        return False
    write_atomic(real, after, mode=real.stat().st_mode & 0o777)
    return True


def edited_file(path: Path, changes: Mapping[str, Plain | None], pack: Pack) -> bytes:
    """Return the file as `edit_answers` would write it.

    Raises:
        ProblemsError: It would not be valid.
        AnswersError: A change is not possible in the way the file is written.
    """
    after = edited_text(read_text(path), changes, pack, path)
    check_text(after, path, pack=pack)
    bom = _BOM if path.read_bytes().startswith(_BOM) else b""
    return bom + after.encode()


def edited_text(
    text: str, changes: Mapping[str, Plain | None], pack: Pack, path: Path | None = None
) -> str:
    """Return a file's text with values changed, and nothing else.

    Raises:
        ProblemsError: The text is not YAML.
        AnswersError: A change is not possible in the way the file is written.
    """
    shape = contract(pack)
    for key, value in changes.items():
        parts = key.split(".")
        asked = None if value is None else _as_text(value)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A new value (None: none) for what the key with these `parts` leads to."""

    parts: list[str]
    value: Plain | None
    shape: Record
    variants: tuple[str, ...]

    def at(self, part: str, value: Plain | None) -> _Change:
        """Return the change of an entry below."""
        return replace(self, parts=[*self.parts, part], value=value)

    def above(self, value: Plain | None) -> _Change:
        """Return the change of what holds this value."""
        return replace(self, parts=self.parts[:-1], value=value)


def _changed_text(text: str, change: _Change) -> str:
    """Return the text with one value changed."""
    root = parse_text(text)
    node = find_node(root, change.parts)
    value = change.value
    if value is None:
        return text if node is None else _take_out(text, root, node, change)
    if node is None:
        return _add(text, root, change, value)
    if _untyped(node) == _as_text(value):
        return text
    if isinstance(node, Text) and not isinstance(value, (list, dict)):
        flow = _is_inside_flow(root, change.parts)
        return _scalar(text, node, emit_scalar(value, node.style, flow=flow))
    return _change_form(text, root, node, change)


def _change_form(text: str, root: Node, node: Node, change: _Change) -> str:
    """Change a list or a map, or make a value one."""
    value = change.value
    if _is_inside_flow(root, change.parts):
        return _rewrite_flow(text, root, change)
    if isinstance(node, List) and not node.flow and isinstance(value, list) and value:
        return _items(text, node, value, change.variants)
    if isinstance(node, Map) and not node.flow and isinstance(value, dict) and value:
        return _entries(text, node, value, change)
    parent = find_node(root, change.parts[:-1])
    if isinstance(parent, List):
        return _item(text, parent, change)
    return _value(text, root, change)


def _scalar(text: str, node: Text, new: str) -> str:
    if node.start and text[node.start - 1] == ":":  # there was nothing after the colon
        new = f" {new}"
    return _splice(text, node.start, _end(text, node), new)


def _is_inside_flow(root: Node, parts: list[str]) -> bool:
    above = (find_node(root, parts[:count]) for count in range(len(parts)))
    return any(isinstance(node, (Map, List)) and node.flow for node in above)


def _rewrite_flow(text: str, root: Node, change: _Change) -> str:
    """Write the outermost bracketed value anew, changed inside."""
    outer, count = next(
        (node, count)
        for count in range(len(change.parts))
        if isinstance(node := find_node(root, change.parts[:count]), (Map, List))
        and node.flow
    )
    data = put(_untyped(outer), change.parts[count:], change.value)
    return _splice(text, outer.start, outer.end, emit_flow(data or {}))


def _items(text: str, node: List, value: list[Plain], variants: tuple[str, ...]) -> str:
    """Change only those entries of a list that differ."""
    old = [json.dumps(_untyped(item)) for item in node.items]
    new = [json.dumps(_as_text(item)) for item in value]
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


def _item(text: str, parent: List, change: _Change) -> str:
    """Change an entry of a list as a whole."""
    # A list stays a list.
    data = cast("list[Plain]", put(_untyped(parent), change.parts[-1:], change.value))
    return _items(text, parent, data, change.variants)


def _entries(text: str, node: Map, value: dict[str, Plain], change: _Change) -> str:
    """Change only those entries of a map that differ."""
    for name, item in value.items():
        text = _changed_text(text, change.at(name, item))
    for key, _ in node.entries:
        if key.text not in value:
            text = _changed_text(text, change.at(key.text, None))
    return text


def _value(text: str, root: Node, change: _Change) -> str:
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
        comment = text[colon + 1 : node.start].split("\n", maxsplit=1)[0].rstrip("\r")
        beside = rest if rest.strip().startswith("#") else comment
        beside = beside.rstrip() if "#" in beside else ""
        last = _line_end(text, end) if rest.strip().startswith("#") else end
        broken = "\n" if last != end and text[last - 1 : last] == "\n" else ""
        return _splice(text, colon + 1, last, beside + after + broken)
    return _splice(text, colon + 1, end, after)


def _add(text: str, root: Node, change: _Change, value: Plain) -> str:
    """Write a value that was not there."""
    parent = find_node(root, change.parts[:-1])
    name = change.parts[-1]
    if isinstance(parent, Text) or parent is None:
        return _changed_text(
            text, change.above([value] if name.isdigit() else {name: value})
        )
    if parent.flow or _is_inside_flow(root, change.parts):
        return _rewrite_flow(text, root, change)
    if isinstance(parent, List):
        return _item(text, parent, change)
    return _insert(text, parent, change, value)


def _insert(text: str, parent: Map, change: _Change, value: Plain) -> str:
    """Write a new entry of a map after the one that the contract puts before it."""
    name = change.parts[-1]
    order = list(child_shapes(change.shape, change.parts[:-1]))
    before = order[: order.index(name)] if name in order else order
    known = [node for key, node in parent.entries if key.text in before]
    last = known[-1] if known else parent.entries[0][1]
    indent = " " * _column(text, parent.entries[0][0].start)
    start = _after_comments(text, _line_end(text, last.end), indent)
    line = f"{indent}{name}:{emit_after(value, indent, change.variants)}\n"
    return _splice_lines(text, start, start, line)


def _after_comments(text: str, start: int, indent: str) -> int:
    """Step over comment lines that stand deeper: they belong to what is above."""
    while text.startswith(f"{indent} ", start):
        end = _line_end(text, start + 1)
        if not text[start:end].lstrip().startswith("#"):
            break
        start = end
    return start


def _take_out(text: str, root: Node, node: Node, change: _Change) -> str:
    """Take a value out with its key; a map or list that is empty then goes, too."""
    parent = find_node(root, change.parts[:-1])
    if _is_inside_flow(root, change.parts):
        return _rewrite_flow(text, root, change)
    is_last = (isinstance(parent, List) and len(parent.items) == 1) or (
        isinstance(parent, Map) and len(parent.entries) == 1 and len(change.parts) > 1
    )
    if is_last:
        return _changed_text(text, change.above(None))
    if isinstance(parent, List):
        return _item(text, parent, change)
    if isinstance(parent, Map):
        return _take_out_entry(text, root, parent, change)
    return text if parent is None else _splice(text, node.start, node.end, "")


def _take_out_entry(text: str, root: Node, parent: Map, change: _Change) -> str:
    name = change.parts[-1]
    key, node = next(entry for entry in parent.entries if entry[0].text == name)
    start = text.rfind("\n", 0, key.start) + 1
    rest = _untyped(parent)
    holder = find_node(root, change.parts[:-2])
    beside_dash = bool(text[start : key.start].strip())
    if beside_dash and isinstance(rest, dict) and isinstance(holder, List):
        rest.pop(name)
        return _item(text, holder, change.above(rest))
    return _splice(text, start, _line_end(text, node.end), "")


def _untyped(node: Node | None) -> Plain | None:
    """Return a tree as texts, lists and maps."""
    if isinstance(node, Map):
        pairs = ((key.text, _untyped(child)) for key, child in node.entries)
        return {key: value for key, value in pairs if value is not None}
    if isinstance(node, List):
        return [value for value in map(_untyped, node.items) if value is not None]
    return None if node is None or node.empty else node.text


def _as_text(value: Plain) -> Plain:
    """Return a value as it will be read back before its kind is known."""
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    return value if isinstance(value, str) else emit_scalar(value)


def _splice(text: str, start: int, end: int, new: str) -> str:
    """Replace characters by others, with the text's line ends."""
    newline = "\r\n" if "\r\n" in text else "\n"
    return text[:start] + new.replace("\n", newline) + text[end:]


def _splice_lines(text: str, start: int, end: int, lines: str) -> str:
    """Replace whole lines by others; the file may end without a line break."""
    if lines and start == len(text) and text and text[-1] != "\n":
        lines = "\n" + lines.removesuffix("\n")
    return _splice(text, start, end, lines)


def _column(text: str, offset: int) -> int:
    """Return how far into its line an offset is."""
    return offset - (text.rfind("\n", 0, offset) + 1)


def _line_end(text: str, offset: int) -> int:
    """Return where the line after the one that a value ends in begins."""
    if offset and text[offset - 1] == "\n":  # a block text ends after its line
        return offset
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def _dash_line(text: str, node: List, item: Node) -> int:
    """Return the start of the line with an item's dash."""
    indent = _column(text, node.start)
    if item is node.items[0]:
        return node.start - indent
    return text.rfind("\n" + " " * indent + "-", 0, item.start) + 1


def _end(text: str, node: Node) -> int:
    """Return where a value's characters end; a block text counts its line break."""
    if isinstance(node, Text) and node.style in {"|", ">"}:
        return node.start + len(text[node.start : node.end].rstrip("\r\n "))
    return node.end
