"""Reads options of the form `KEY=VALUE`, `KEY+=VALUE` and `KEY-=VALUE`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from guidegen.answers.contract import contract
from guidegen.answers.data import look_up
from guidegen.answers.read import parse_text
from guidegen.errors import Problem, ProblemsError
from guidegen.model.pack import Pack
from guidegen.schema.reader import Reader, nearest
from guidegen.schema.scalars import Plain
from guidegen.schema.shapes import (
    ListOf,
    Localized,
    MapOf,
    Record,
    ScalarOr,
    Shape,
    TaggedUnion,
    UnknownKey,
    find_shape,
)
from guidegen.schema.yaml_tree import List, Map, Node, Text

# The first `=` counts: web addresses among the values have more of them.
_OPTION = re.compile(r"(?P<key>[^=]*[^=+-])(?P<how>[+-]?)=(?P<value>.*)", re.DOTALL)


def read_options(
    options: Iterable[str],
    pack: Pack,
    *,
    present: Mapping[str, Plain] | None = None,
    folder: Path | None = None,
) -> dict[str, Plain | None]:
    """Return the values of options by dotted key, None for an empty one.

    Lists are written `de,en` or `[de, en]`; `KEY+=VALUE` adds to a list, `KEY-=VALUE`
    removes from it.

    Args:
        options: What the user typed.
        pack: The pack that says which keys there are.
        present: The present answers, which += and -= change.
        folder: The folder that files must be in.

    Raises:
        ProblemsError: Everything that is wrong with them.
    """
    shape = contract(pack)
    reader = Reader(folder=folder)
    values: dict[str, Plain | None] = {}
    for option in options:
        match = _OPTION.fullmatch(option)
        if match is None:
            reader.report("answers-option", "", None, value=option)
            continue
        key = match["key"].strip()
        found = find_shape(shape, key)
        if isinstance(found, UnknownKey):
            _report_unknown(reader, key, found)
        elif match["how"]:
            # Several options for one list build on each other.
            before = values[key] if key in values else look_up(present or {}, key)
            adds = match["how"] == "+"
            values[key] = _changed(
                match["value"], found, key, before, reader, adds=adds
            )
        elif match["value"].strip():
            values[key] = _value(match["value"], found, key, reader)
        else:
            values[key] = None
    if reader.problems:
        raise ProblemsError(tuple(reader.problems))
    return values


def _report_unknown(reader: Reader, key: str, found: UnknownKey) -> None:
    near = nearest(found.part, found.known)
    known = ", ".join(found.known)
    message = "entry-unknown-key" if known else "entry-unknown-key-none"
    if near is not None:
        message = "entry-unknown-key-near"
    reader.report(message, key, None, value=found.part, near=near, known=known)


def _value(text: str, shape: Shape, key: str, reader: Reader) -> Plain | None:
    return reader.read(_node(text, shape), shape, key)


def _node(text: str, shape: Shape) -> Node:
    """Return the value of an option as the file would have it."""
    written = text.strip()
    if isinstance(shape, Localized):
        return _map_or_text(written)
    opening = "[" if isinstance(shape, ListOf) else "{"
    may_be_map = isinstance(shape, (ScalarOr, Record, TaggedUnion, ListOf, MapOf))
    if written.startswith(opening) and may_be_map:
        try:
            return parse_text(written)
        except ProblemsError as error:
            # A line within a value typed in a shell would tell the user nothing.
            raise ProblemsError(
                tuple(
                    Problem(message=problem.message, values=problem.values)
                    for problem in error.problems
                )
            ) from error
    if isinstance(shape, ListOf):
        items = [_text(item) for item in written.split(",") if item.strip()]
        return List(items=tuple(items), line=1, start=0, end=0)
    return _text(text)


def _map_or_text(text: str) -> Node:
    """Return texts per language if the text is a map of them, else the text."""
    try:
        node = parse_text(text)
    except ProblemsError:
        return _text(text)
    # Without braces, `Note: read this` is a map for YAML, but was meant as a text.
    return node if isinstance(node, Map) and node.flow else _text(text)


def _text(text: str) -> Text:
    # As if in quotes: `null` typed in a shell is a text.
    return Text(text=text.strip(), line=1, start=0, end=0, style='"')


def _changed(
    text: str,
    shape: Shape,
    key: str,
    before: Plain | None,
    reader: Reader,
    *,
    adds: bool,
) -> Plain | None:
    """Return a list with entries added or removed."""
    if not isinstance(shape, ListOf):
        reader.report("answers-option-not-list", key, None)
        return None
    entries = list(before) if isinstance(before, list) else []
    # A name is enough to remove an entry, also one that has become invalid.
    chosen = _value(text, shape, key, reader) if adds else _names(text)
    for entry in chosen if isinstance(chosen, list) else []:
        same = [old for old in entries if _name(old) == _name(entry)]
        if adds and not same:
            entries.append(entry)
        elif not adds and not same:
            reader.report("answers-option-not-there", key, None, value=str(entry))
        elif not adds:
            entries = [old for old in entries if old not in same]
    return entries


def _names(text: str) -> list[Plain]:
    return [
        name.strip() for name in text.strip().strip("[]").split(",") if name.strip()
    ]


def _name(entry: Plain) -> object:
    """Return the name of a list's entry."""
    if isinstance(entry, dict):
        return entry.get("id") or entry.get("name")
    return entry
