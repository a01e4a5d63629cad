"""YAML as a small tree: each scalar stays the text that was written, with its place.

YAML guesses types (`NO` is false, `0301` is a number, `2026-12-01` a date). What a
value is depends on the field it stands in, so nothing is guessed here; `walk.py`
reads each text as its field's kind. Aliases, tags and deep nesting, which no answers
need, are refused before they can cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from guidegen.errors import Problem, ProblemsError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 12
_MAX_NODES = 20_000
_PLAIN_TAG = re.compile(
    r"tag:yaml\.org,2002:(str|int|float|bool|null|timestamp|map|seq)"
)
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
_BLAME_THE_START = {"yaml-quote", "yaml-key"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A scalar as it was written; `style` is its quotation mark, `|` or `>`, if any."""

    text: str
    line: int
    start: int
    end: int
    style: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was said: no value, `~` or `null`."""
        return not self.style and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A map, its entries in the order of the file, keys given twice included."""

    entries: tuple[tuple[Text, Node], ...]
    line: int
    start: int
    end: int
    flow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list."""

    items: tuple[Node, ...]
    line: int
    start: int
    end: int
    flow: bool = False


Node: TypeAlias = Text | Map | List


class _Open:
    """A map or list whose end has not been read yet."""

    def __init__(self, event: Any) -> None:  # noqa: ANN401  # of two parsers
        self.is_map = isinstance(event, yaml.MappingStartEvent)
        self.line: int = event.start_mark.line + 1
        self.start: int = event.start_mark.index
        self.flow = bool(event.flow_style)
        self.nodes: list[Node] = []

    def close(self, mark: int) -> Node:
        # YAML lets a block end where the next thing starts, after comments and all.
        end = self.nodes[-1].end if self.nodes and not self.flow else mark
        if not self.is_map:
            return List(
                items=tuple(self.nodes),
                line=self.line,
                start=self.start,
                end=end,
                flow=self.flow,
            )
        pairs = zip(self.nodes[::2], self.nodes[1::2], strict=True)
        entries = tuple((key, node) for key, node in pairs if isinstance(key, Text))
        return Map(
            entries=entries,
            line=self.line,
            start=self.start,
            end=end,
            flow=self.flow,
        )


def parse(text: str, path: Path | None = None) -> Node:
    """Return the tree of a YAML document.

    Raises:
        ProblemsError: The text is no YAML, or holds what answers cannot hold.
    """
    events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    try:
        root = _root(events, path)
    except yaml.MarkedYAMLError as error:
        raise ProblemsError((_syntax_problem(error, text, path),)) from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise _refuse(
            "yaml-other", path, 1, detail=str(error).split("\n")[0]
        ) from error
    if root is None or (isinstance(root, Text) and root.empty):
        raise _refuse("answers-empty-file", path, None)
    return root


def _root(events: Iterator[Any], path: Path | None) -> Node | None:
    """Build the tree without recursion, so that no nesting can exhaust the stack."""
    root: Node | None = None
    stack: list[_Open] = []
    for count, event in enumerate(events):
        line = event.start_mark.line + 1
        if count > _MAX_NODES or len(stack) > _MAX_DEPTH:
            raise _refuse("answers-too-deep", path, line)
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _refuse("yaml-several-documents", path, line)
        if not isinstance(event, (yaml.NodeEvent, yaml.CollectionEndEvent)):
            continue
        node = _next(event, stack, path)
        if node is None:
            continue
        if stack:
            stack[-1].nodes.append(node)
        else:
            root = node
    return root


def _next(
    event: Any,  # noqa: ANN401  # of two parsers, typed in neither
    stack: list[_Open],
    path: Path | None,
) -> Node | None:
    """Return the node that an event completes."""
    line = event.start_mark.line + 1
    start, end = event.start_mark.index, event.end_mark.index
    tag, style = getattr(event, "tag", None), getattr(event, "style", None)
    if isinstance(event, yaml.CollectionEndEvent):
        return stack.pop().close(end)
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _refuse("yaml-alias", path, line)
    if tag not in (None, "!") and not _PLAIN_TAG.fullmatch(tag):
        raise _refuse("yaml-tag", path, line, tag=tag)
    if isinstance(event, yaml.ScalarEvent):
        return Text(
            text=event.value, line=line, start=start, end=end, style=style or ""
        )
    if stack and stack[-1].is_map and len(stack[-1].nodes) % 2 == 0:
        raise _refuse("yaml-key", path, line)
    stack.append(_Open(event))
    return None


def _refuse(
    message: str, path: Path | None, line: int | None, **values: object
) -> ProblemsError:
    problem = Problem(message=message, values=values, path=path, line=line)
    return ProblemsError((problem,))


def _syntax_problem(
    error: yaml.MarkedYAMLError, text: str, path: Path | None
) -> Problem:
    """Say in plain words what a YAML error means."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    lines = text.splitlines()
    for number in (line, line - 1):
        written = lines[number - 1] if 0 < number <= len(lines) else ""
        if "\t" in written[: len(written) - len(written.lstrip())]:
            return Problem(message="yaml-tab", path=path, line=number)
    opened = _quote_left_open(text, line)
    if opened:
        return Problem(message="yaml-quote", path=path, line=opened)
    said = f"{error.context} {error.problem}"
    for part, message in _SYNTAX:
        if part in said:
            if message in _BLAME_THE_START and error.context_mark:
                line = error.context_mark.line + 1
            return Problem(message=message, path=path, line=line)
    detail = {"detail": str(error.problem)}
    return Problem(message="yaml-other", values=detail, path=path, line=line)


def _quote_left_open(text: str, line: int) -> int | None:
    """Return where a text in quotes starts that goes on up to a line with an error.

    Who forgets to close one lets it end at the next one in the file; what is wrong
    with the line there is no help.
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


MAX_BYTES = 1_000_000
"""More than any company has to say; a larger file is refused before it is read."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def read_source(path: Path) -> str:
    """Return the text of the answers' file.

    Raises:
        ProblemsError: It is missing, too large, not readable, not UTF-8 or holds
            control characters.
    """
    return _checked(_decoded(_bytes(path), path), path)


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise _refuse_file("answers-no-file", path)
    if not path.is_file():
        raise _refuse_file("yaml-not-a-file", path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refuse_file("yaml-unreadable", path, reason=error.strerror) from error
    if len(content) > MAX_BYTES:
        raise _refuse_file("answers-too-large", path)
    return content


def _decoded(content: bytes, path: Path) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refuse_file("yaml-encoding", path, 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refuse_file("yaml-encoding", path, line) from error


def _checked(text: str, path: Path) -> str:
    found = {
        text.count("\n", 0, match.start()) + 1: f"U+{ord(match[0]):04X}"
        for match in _CONTROL.finditer(text)
    }
    if found:
        raise ProblemsError(
            tuple(
                Problem(
                    message="value-control",
                    values={"character": character},
                    path=path,
                    line=line,
                )
                for line, character in list(found.items())[:20]
            )
        )
    return text


def _refuse_file(
    message: str, path: Path, line: int | None = None, **values: object
) -> ProblemsError:
    problem = Problem(message=message, values=values, path=path, line=line)
    return ProblemsError((problem,))
