"""Reads options of the form `KEY=VALUE`, `KEY+=VALUE` and `KEY-=VALUE`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from guidegen.answers.contract import NAME, contract
from guidegen.answers.data import look_up, put, put_in
from guidegen.answers.read import (
    newer_pack,
    parse_text,
    point_to_upgrade,
    with_new_name,
)
from guidegen.errors import Problem, ProblemsError
from guidegen.model.answers import PRESS
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.question import Kind
from guidegen.schema.picture_files import check_picture
from guidegen.schema.reader import Reader, nearest
from guidegen.schema.scalars import Plain, Refused
from guidegen.schema.shapes import (
    ListOf,
    Localized,
    MapOf,
    OneOrList,
    Record,
    Scalar,
    ScalarOr,
    Shape,
    TaggedUnion,
    UnknownKey,
    find_shape,
)
from guidegen.schema.typed_paths import find_file
from guidegen.schema.yaml_tree import List, Map, Node, Text

_TOPICS = "taboo_topics"
# The first `=` counts: web addresses among the values have more of them.
_OPTION = re.compile(r"(?P<key>[^=]*[^=+-])(?P<how>[+-]?)=(?P<value>.*)", re.DOTALL)


def needs_present(options: Iterable[str]) -> bool:
    """Return whether options say what to change of what is there.

    Those that add or remove do, and those about one taboo topic.
    """
    keys = [option.partition("=")[0] for option in options]
    return any(
        key[-1:] in {"+", "-"} or key.strip().startswith(f"{_TOPICS}.") for key in keys
    )


def read_options(
    options: Iterable[str],
    pack: Pack,
    *,
    present: Mapping[str, Plain] | None = None,
    folder: Path | None = None,
) -> dict[str, Plain | None]:
    """Return the values of options by dotted key, None for an empty one.

    Lists are written `de,en` or `[de, en]`; `KEY+=VALUE` adds to a list, `KEY-=VALUE`
    removes from it. A taboo topic of the catalogue is addressed by its id:
    `taboo_topics.strategy.level`.

    Args:
        options: What the user typed.
        pack: The pack that says which keys there are.
        present: The present answers, if `needs_present` says so.
        folder: The folder that files must be in.

    Raises:
        ProblemsError: Everything that is wrong with them.
    """
    typed = tuple(options)
    found = _Options(pack, present or {}, folder)
    for option in typed:
        found.read(option)
    problems = tuple(map(with_new_name, found.reader.problems))
    if problems:
        if folder and (newer := newer_pack(Project(folder).answers, pack)):
            left = _Options(newer, present or {}, folder)
            for option in typed:
                left.read(option)
            problems = point_to_upgrade(
                problems, tuple(left.reader.problems), pack, newer
            )
        raise ProblemsError(problems)
    return found.values


class _Options:
    """What options change, and what is wrong with them."""

    def __init__(
        self, pack: Pack, present: Mapping[str, Plain], folder: Path | None
    ) -> None:
        self.pack = pack
        self.shape = contract(pack)
        self.reader = Reader(folder=folder)
        self.values: dict[str, Plain | None] = {}
        self._now = dict(present)
        """The answers as the options so far leave them: later ones build on those."""

    def read(self, option: str) -> None:
        """Read one option."""
        match = _OPTION.fullmatch(option)
        if match is None:
            self.reader.report("answers-option", "", None, value=option)
            return
        key = self._numbered(match["key"].strip())
        if key is None:
            return
        found = find_shape(self.shape, key)
        if isinstance(found, UnknownKey):
            _report_unknown(self.reader, key, found)
        elif match["how"]:
            adds = match["how"] == "+"
            before = self._before(key)
            self._put(
                key,
                _changed(match["value"], found, key, before, self.reader, adds=adds),
            )
        elif isinstance(found, Scalar) and found.kind is Kind.FILE:
            self._put(key, self._file(match["value"], found, key))
        elif match["value"].strip():
            self._put(key, _value(match["value"], found, key, self.reader))
        else:
            self._put(key, None)

    def _file(self, typed: str, shape: Scalar, key: str) -> str | None:
        """Return the path of the file that somebody means; None for no path at all."""
        if not typed.strip():
            return None
        try:
            path = find_file(typed, self.reader.folder or Path())
            check_picture(path, path.name, shape.suffixes)
        except Refused as refused:
            self.reader.report(refused.message, key, None, **refused.values)
            return None
        return str(path.absolute())

    def _numbered(self, key: str) -> str | None:
        """Return a key with the place of a taboo topic for its id, if it has one."""
        parts = key.split(".")
        if parts[0] != _TOPICS or len(parts) == 1 or parts[1].isdigit():
            return key
        named = parts[1]
        topics = self._now.get(_TOPICS)
        ids = [_id(topic) for topic in topics] if isinstance(topics, list) else []
        if named in ids:
            return ".".join((_TOPICS, str(ids.index(named)), *parts[2:]))
        if named in self.pack.catalogue:
            self.reader.report("answers-topic-absent", key, None, value=named)
        else:
            known = tuple(each for each in ids if each is not None)
            unknown = UnknownKey(part=named, known=known or ("0",))
            _report_unknown(self.reader, key, unknown)
        return None

    def _before(self, key: str) -> Plain | None:
        """Return what a list is added to: what is there, else what holds without it."""
        found = look_up(self._now, key)
        if found is not None:
            return found
        if key == "company.speaker":
            return [PRESS]
        *above, last = key.split(".")
        entry = self.pack.catalogue.get(_id(look_up(self._now, ".".join(above))) or "")
        return [*entry.speakers] if entry and last == "speakers" else None

    def _put(self, key: str, value: Plain | None) -> None:
        top, *place = key.split(".")
        topic = look_up(self._now, ".".join((top, *place[:1])))
        if top == _TOPICS and len(place) > 1 and isinstance(topic, str):
            # The name of a topic becomes the longer form, which can say more.
            key = f"{top}.{place[0]}"
            value = topic if value is None else put({"id": topic}, place[1:], value)
        self.values.pop(key, None)  # a later one counts, also in their order
        self.values[key] = value
        self._now = put_in(self._now, key, value)


def _id(topic: Plain | None) -> str | None:
    """Return the id of a topic of the catalogue, None for the company's own."""
    named = topic.get("id") if isinstance(topic, dict) else topic
    return named if isinstance(named, str) else None


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
    if isinstance(shape, OneOrList):
        return _one_or_list(written, shape)
    if isinstance(shape, ListOf) and written.startswith("{"):
        # The brackets of a list with one entry may be left out.
        written = f"[{written}]"
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
        return _list(written)
    return _text(text)


def _list(text: str) -> List:
    items = [_text(item) for item in text.split(",") if item.strip()]
    return List(items=tuple(items), line=1, start=0, end=0)


def _one_or_list(text: str, shape: OneOrList) -> Node:
    scalar = shape.item.scalar if isinstance(shape.item, Localized) else shape.item
    words = [word.strip() for word in text.split(",")]
    # A comma may be part of a name, but not of a list of ids, or of one with a role.
    is_list = all(map(NAME.fullmatch, words)) or not set(words).isdisjoint(
        scalar.also or ()
    )
    if len(words) > 1 and is_list:
        return _list(text)
    if text.startswith("[") and scalar.also:
        try:
            node = parse_text(text)
        except ProblemsError:
            return _text(text)
        return node if isinstance(node, List) else _text(text)
    return _map_or_text(text)


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
    if not isinstance(shape, (ListOf, OneOrList)):
        reader.report("answers-option-not-list", key, None)
        return None
    entries = _entries(before)
    # A name is enough to remove an entry, also one that has become invalid.
    chosen = _value(text, shape, key, reader) if adds else _names(text)
    for entry in _entries(chosen):
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
        return entry.get("id") or entry.get("name") or entry
    return entry


def _entries(value: Plain | None) -> list[Plain]:
    """Return the entries of a list, or the only one."""
    if value is None:
        return []
    return [*value] if isinstance(value, list) else [value]
