"""Parses YAML into a small tree with positions; scalars stay as they were written.

YAML guesses types: `NO` is false, `0301` a number, `2026-12-01` a date. What a value is
depends on its field, so nothing is guessed here; `reader.py` reads each text as the
kind that its field asks for. Custom tags, deep nesting and aliases that blow a file up
are refused before they can cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, cast

import yaml

from guidegen.errors import Problem, ProblemsError
from guidegen.files.limited import read_at_most
from guidegen.value import Value

MAX_BYTES = 1_000_000
"""A larger file is refused unread: nobody writes that much by hand."""

_Event: TypeAlias = Any
"""An event of libyaml's parser or of PyYAML's; neither is typed."""

# Not every build of PyYAML comes with libyaml, which is much quicker.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Looked for beforehand to list all of them: the parser stops at the first.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_MAX_CONTROLS = 20
"""How many lines with control characters are listed."""
_PLAIN_TAG = re.compile(
    r"tag:yaml\.org,2002:(str|int|float|bool|null|timestamp|map|seq)"
)
# PyYAML's errors carry no codes, so its English is all there is to go by.
_SYNTAX = (
    ("mapping values are not allowed", "yaml-colon"),
    ("while scanning a quoted scalar", "yaml-quote"),
    ("unexpected end of stream", "yaml-quote"),
    ("did not find expected ',' or", "yaml-bracket"),
    ("expected ',' or", "yaml-bracket"),
    ("did not find expected key", "yaml-indent"),
    ("did not find expected '-' indicator", "yaml-indent"),
    ("expected <block end>", "yaml-indent"),
    ("could not find expected ':'", "yaml-key"),
    ("cannot start any token", "yaml-start"),
)
"""Part of PyYAML's or libyaml's wording → the message that puts it in plain words."""
# The parser notices these only lines later; its context mark is where they begin.
_BLAME_THE_START = {"yaml-quote", "yaml-key"}


class FileKind(Value):
    """What a kind of file may contain.

    `name` is the prefix of the messages about the file as a whole: `pack-too-large`.
    """

    name: str
    max_nodes: int = 20_000
    max_depth: int = 12
    has_aliases: bool = False
    """Whether `&name`, `*name` and `<<: *name` may be used."""


class Text(NamedTuple):
    """A scalar as it was written; `style` is its quotation mark, `|` or `>`, if any.

    Files have thousands of them, and a named tuple is four times as quick to make as a
    frozen dataclass.
    """

    text: str
    line: int
    start: int
    end: int
    style: str = ""
    tag: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is no value: nothing, `~` or `null`."""
        return not self.style and self.text in _EMPTY


class Map(NamedTuple):
    """A map with its entries in the order of the file, repeated keys included."""

    entries: tuple[tuple[Text, Node], ...]
    line: int
    start: int
    end: int
    flow: bool = False


class List(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    start: int
    end: int
    flow: bool = False


Node: TypeAlias = Text | Map | List

_SCALAR: Final[type] = yaml.ScalarEvent
_new: Final = tuple.__new__
"""Makes a named tuple of all its values in a third of the time."""

_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""How nothing is written."""

_Entries: TypeAlias = "tuple[tuple[Text, Node], ...]"


def read_source(path: Path, kind: FileKind) -> str:
    """Return the text of a file.

    Raises:
        ProblemsError: It is missing, too large, unreadable, not UTF-8 or contains
            control characters.
    """
    return _checked(_decoded(_bytes(path, kind), path), path)


def _bytes(path: Path, kind: FileKind) -> bytes:
    if not path.exists():
        raise _refuse(f"{kind.name}-no-file", path)
    if not path.is_file():
        raise _refuse("yaml-not-a-file", path)
    try:
        content = read_at_most(path, MAX_BYTES)
    except OSError as error:
        raise _refuse("yaml-unreadable", path, reason=error.strerror) from error
    if len(content) > MAX_BYTES:
        raise _refuse(f"{kind.name}-too-large", path)
    return content


def _decoded(content: bytes, path: Path) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refuse("yaml-encoding", path, 1)
    try:
        # Editors on Windows put a byte order mark at the start.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refuse("yaml-encoding", path, line) from error


def _checked(text: str, path: Path) -> str:
    found = {
        text.count("\n", 0, match.start()) + 1: f"U+{ord(match[0]):04X}"
        for match in _CONTROL.finditer(text)
    }
    if found:
        problems = (
            Problem(
                message="value-control",
                values={"character": character},
                path=path,
                line=line,
            )
            for line, character in list(found.items())[:_MAX_CONTROLS]
        )
        raise ProblemsError(tuple(problems))
    return text


def parse_tree(text: str, kind: FileKind, path: Path | None = None) -> Node:
    """Return the tree of a YAML document.

    Raises:
        ProblemsError: It is not YAML, or contains what such a file may not contain.
    """
    try:
        builder = _Builder(kind, path, has_merges=kind.has_aliases and "<<" in text)
        root = builder.build(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        raise ProblemsError((_syntax_problem(error, text, path),)) from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        detail = str(error).split("\n")[0]
        raise _refuse("yaml-other", path, 1, detail=detail) from error
    except UnicodeEncodeError as error:  # half a character, as a shell may hand over
        raise _refuse("yaml-other", path, 1, detail=error.reason) from error
    if root is None or (isinstance(root, Text) and root.empty):
        raise _refuse(f"{kind.name}-empty-file", path)
    return root


class _Open:
    """A map or list whose end has not been read yet."""

    __slots__ = ("anchor", "flow", "is_map", "line", "nodes", "start", "weight")

    def __init__(self, event: _Event, weight: int) -> None:
        mark = event.start_mark
        self.is_map = event.__class__ is yaml.MappingStartEvent
        self.line: int = mark.line + 1
        self.start: int = mark.index
        self.flow = bool(event.flow_style)
        self.anchor: str | None = event.anchor
        self.weight = weight
        """The weight of everything before it."""
        self.nodes: list[Node] = []

    def close(self, mark: int) -> Map | List:
        # For YAML a block ends where the next one starts, past comments and all.
        end = self.nodes[-1].end if self.nodes and not self.flow else mark
        if not self.is_map:
            return List(tuple(self.nodes), self.line, self.start, end, self.flow)
        pairs = tuple(zip(self.nodes[::2], self.nodes[1::2], strict=True))
        # `_open` and `_add_alias` have refused all other keys; mypy cannot know.
        entries = cast("_Entries", pairs)
        return Map(entries, self.line, self.start, end, self.flow)


class _Builder:
    """Builds a tree without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, kind: FileKind, path: Path | None, *, has_merges: bool) -> None:
        self._kind = kind
        self._has_merges = has_merges
        self._path = path
        self._root: Node | None = None
        self._stack: list[_Open] = []
        self._weight = 0
        self._anchors: dict[str, tuple[Node, int]] = {}

    def build(self, events: Iterator[_Event]) -> Node | None:
        kind, stack = self._kind, self._stack
        most, deepest = kind.max_nodes, kind.max_depth
        # A pack has fifteen thousand events: each is asked once what it is.
        for event in events:
            # Counted while parsing, so that nothing large is ever built.
            self._weight += 1
            if self._weight > most or len(stack) > deepest:
                raise self._refused(f"{kind.name}-too-deep", event)
            made = event.__class__
            # Two of three are scalars, nearly all of them within something.
            if made is _SCALAR and stack:
                stack[-1].nodes.append(self._text(event))
            elif (step := _STEPS.get(made)) is not None:
                step(self, event)
        return self._root

    def _begin(self, event: _Event) -> None:
        if self._root is not None:
            raise self._refused("yaml-several-documents", event)

    def _scalar(self, event: _Event) -> None:
        self._add(self._text(event))

    def _text(self, event: _Event) -> Text:
        mark, tag = event.start_mark, event.tag
        start, end = mark.index, event.end_mark.index
        # Nearly all scalars of a file take this short cut.
        if tag is None and event.anchor is None:
            style = event.style or ""
            return _new(Text, (event.value, mark.line + 1, start, end, style, ""))
        self._check_tag(event)
        tag = tag if tag and tag != "!" else ""
        node = Text(event.value, mark.line + 1, start, end, event.style or "", tag)
        self._remember(event.anchor, node, 1)
        return node

    def _open(self, event: _Event) -> None:
        self._check_tag(event)
        # YAML allows a list or a map as a key (`? [a, b]`), but no contract has one.
        if self._wants_key():
            raise self._refused("yaml-key", event)
        self._stack.append(_Open(event, self._weight))

    def _close(self, event: _Event) -> None:
        done = self._stack.pop()
        node = done.close(event.end_mark.index)
        if self._has_merges and isinstance(node, Map):
            node = self._merged(node)
        self._remember(done.anchor, node, self._weight - done.weight)
        self._add(node)

    def _add_alias(self, event: _Event) -> None:
        if not self._kind.has_aliases:
            raise self._refused("yaml-alias", event)
        if event.anchor not in self._anchors:
            raise self._refused("yaml-alias-unknown", event, name=event.anchor)
        node, weight = self._anchors[event.anchor]
        if self._wants_key() and not isinstance(node, Text):
            raise self._refused("yaml-key", event)
        # It weighs what it stands for: nine aliases of nine aliases … are millions.
        self._weight += weight
        self._add(node)

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].nodes.append(node)
        else:
            self._root = node

    def _wants_key(self) -> bool:
        stack = self._stack
        return bool(stack) and stack[-1].is_map and len(stack[-1].nodes) % 2 == 0

    def _check_tag(self, event: _Event) -> None:
        if event.anchor is not None and not self._kind.has_aliases:
            raise self._refused("yaml-alias", event)
        if event.tag not in (None, "!") and not _PLAIN_TAG.fullmatch(event.tag):
            raise self._refused("yaml-tag", event, tag=event.tag)

    def _remember(self, anchor: str | None, node: Node, weight: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = node, weight

    def _merged(self, node: Map) -> Map:
        """Return a map with the entries that its `<<:` take from other maps."""
        merges = [each for each in node.entries if _is_merge(each[0])]
        if not merges:
            return node
        taken: dict[str, tuple[Text, Node]] = {}
        for key, value in merges:
            maps = value.items if isinstance(value, List) else (value,)
            # Reversed, because of several maps the earlier one wins
            # (https://yaml.org/type/merge.html).
            for each in reversed(maps):
                if not isinstance(each, Map):
                    raise _refuse("yaml-merge", self._path, key.line)
                taken |= {name.text: (name, child) for name, child in each.entries}
        own = [each for each in node.entries if not _is_merge(each[0])]
        names = {name.text for name, _ in own}
        # The map's own entries win over merged ones.
        rest = [entry for name, entry in taken.items() if name not in names]
        return node._replace(entries=(*rest, *own))

    def _refused(self, message: str, event: _Event, **values: object) -> ProblemsError:
        return _refuse(message, self._path, event.start_mark.line + 1, **values)


_STEPS: Final[Mapping[type, Callable[[_Builder, _Event], None]]] = {
    _SCALAR: _Builder._scalar,  # noqa: SLF001  # its own
    yaml.MappingStartEvent: _Builder._open,  # noqa: SLF001
    yaml.SequenceStartEvent: _Builder._open,  # noqa: SLF001
    yaml.MappingEndEvent: _Builder._close,  # noqa: SLF001
    yaml.SequenceEndEvent: _Builder._close,  # noqa: SLF001
    yaml.AliasEvent: _Builder._add_alias,  # noqa: SLF001
    yaml.DocumentStartEvent: _Builder._begin,  # noqa: SLF001
}
"""What is done with each kind of event; nothing with others."""


def _is_merge(key: Text) -> bool:
    return key.text == "<<" and not key.style


def find_node(node: Node | None, parts: list[str]) -> Node | None:
    """Return the node at a dotted key, None if there is none."""
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


def _refuse(
    message: str, path: Path | None, line: int | None = None, **values: object
) -> ProblemsError:
    problem = Problem(message=message, values=values, path=path, line=line)
    return ProblemsError((problem,))


def _syntax_problem(
    error: yaml.MarkedYAMLError, text: str, path: Path | None
) -> Problem:
    """Return a YAML error in plain words, at the line that is to blame."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    lines = text.splitlines()
    # YAML allows no tabs in an indentation; the parser may blame the line below.
    for number in (line, line - 1):
        written = lines[number - 1] if 0 < number <= len(lines) else ""
        if "\t" in written[: len(written) - len(written.lstrip())]:
            return Problem(message="yaml-tab", path=path, line=number)
    opened = _open_quote(text, line)
    if opened:
        return Problem(message="yaml-quote", path=path, line=opened)
    wording = f"{error.context} {error.problem}"
    for part, message in _SYNTAX:
        if part in wording:
            if message in _BLAME_THE_START and error.context_mark:
                line = error.context_mark.line + 1
            return Problem(message=message, path=path, line=line)
    detail = {"detail": str(error.problem)}
    return Problem(message="yaml-other", values=detail, path=path, line=line)


def _open_quote(text: str, line: int) -> int | None:
    """Return the line where a quoted text starts that runs into a line with an error.

    A quote that was not closed ends at the next quote in the file, and the parser
    complains about that line only.
    """
    found = None
    try:
        for token in yaml.scan(text, Loader=_Loader):
            first, last = token.start_mark.line + 1, token.end_mark.line + 1
            quoted = isinstance(token, yaml.ScalarToken) and token.style in {'"', "'"}
            if quoted and first < last == line:
                found = first
    except yaml.YAMLError:
        pass  # the error that is being explained
    return found
