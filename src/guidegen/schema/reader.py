"""Checks a YAML tree against a contract; returns plain values and every problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from guidegen.errors import Problem
from guidegen.model.question import Kind
from guidegen.model.text import ALL
from guidegen.schema.picture_files import check_file
from guidegen.schema.scalars import (
    Plain,
    Refused,
    ScalarValue,
    YamlKind,
    is_yaml_text,
    parse,
    parse_yaml_scalar,
)
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
)
from guidegen.schema.yaml_tree import List, Map, Node, Text

# Named once, as in `scalars.py`.
_NUMBER, _FILE = Kind.NUMBER, Kind.FILE

_MAX_SHOWN = 120
"""How many characters a message shows of a value, or of the choices there are."""


class Reader:
    """Reads a tree once and collects what is wrong with it.

    `lines` holds the line of each dotted key, for checks that need the whole file, and
    `places` for each list where its values stood: those that were wrong are left out.
    With `partial`, required keys may be missing: somebody will be asked for them.
    """

    __slots__ = ("folder", "lines", "partial", "path", "places", "problems")

    def __init__(
        self,
        *,
        path: Path | None = None,
        folder: Path | None = None,
        partial: bool = False,
    ) -> None:
        self.path = path
        self.folder = folder
        self.partial = partial
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.places: dict[str, list[int]] = {}

    def report(
        self, message: str, key: str, line: int | None, **values: object
    ) -> None:
        """Add a problem with the value at a dotted key."""
        shown = {name: _shown(value) for name, value in values.items()}
        self.problems.append(
            Problem(
                message=message,
                values={"key": _shown(key), **shown},
                path=self.path,
                line=line,
            )
        )

    def read(self, node: Node, shape: Shape, key: str = "") -> Plain | None:
        """Return the value of a node, None if it has none or a wrong one."""
        # `entries` has noted the line of the key already; its value may start further
        # down.
        self.lines.setdefault(key, node.line)
        # A pack has eight thousand nodes: each is asked once what it is to be.
        return _READERS[shape.__class__](self, node, shape, key)

    def _scalar_or(self, node: Node, shape: ScalarOr, key: str) -> Plain | None:
        is_scalar = isinstance(node, Text)
        return self.read(node, shape.scalar if is_scalar else shape.other, key)

    def _one_or_list(self, node: Node, shape: OneOrList, key: str) -> Plain | None:
        return self.read(
            node, shape.as_list if isinstance(node, List) else shape.item, key
        )

    def _scalar(self, node: Node, shape: Scalar, key: str) -> ScalarValue | None:
        if not isinstance(node, Text):
            self.report("entry-needs-text", key, node.line)
            return None
        if node.empty:
            # Without quotes, `#0b5fa5` is a comment for YAML, and the value arrives
            # empty.
            hash_sign = shape.kind is Kind.COLOR
            message = "value-color-hash" if hash_sign else "value-empty"
            self.report(message, key, node.line)
            return None
        try:
            value = _parsed(node, shape)
            self._fits(value, shape)
        except Refused as refused:
            self.report(refused.message, key, node.line, **refused.values)
            return None
        return value

    def _fits(self, value: ScalarValue, shape: Scalar) -> None:
        """Refuse a value of the right kind that is not one of those allowed."""
        if shape.choices is not None and value not in shape.choices:
            raise _unknown("value-choice", str(value), shape.choices, shape.unknown)
        kind = shape.kind
        if kind is _NUMBER and isinstance(value, int):
            # Numbers are read without a sign; the message needs a lower bound to name.
            low, high = shape.minimum or 0, shape.maximum
            if value < low or (high is not None and value > high):
                raise Refused("value-number-range", value=value, low=low, high=high)
        if kind is _FILE and self.folder is not None:
            check_file(str(value), self.folder, shape.suffixes)
        if shape.longest and len(str(value)) > shape.longest:
            length = len(str(value))
            raise Refused("value-too-long", length=length, limit=shape.longest)
        if shape.refuse and (refused := shape.refuse(value)):
            raise refused

    def _localized(self, node: Node, shape: Localized, key: str) -> Plain | None:
        if isinstance(node, Text):
            return self._scalar(node, shape.scalar, key)
        if isinstance(node, List):
            self.report("entry-needs-text", key, node.line)
            return None
        texts = self.read(node, shape.texts, key)
        there = {name.text for name, _ in node.entries}
        for language in shape.languages:
            # A text in `de` also serves the variant `de-formal`.
            if there.isdisjoint({language, language.partition("-")[0], ALL}):
                self.report("entry-language", key, node.line, language=language)
        # If no text is left, each of them has been reported; an empty map would be none
        # either.
        return texts or None

    def _list(self, node: Node, shape: ListOf, key: str) -> list[Plain] | None:
        # `contacts:` with nothing after it is a list that nobody has filled in yet.
        if isinstance(node, Text) and node.empty:
            node = List((), node.line, node.start, node.end)
        if not isinstance(node, List):
            self.report("entry-needs-list", key, node.line)
            return None
        values: list[Plain] = []
        seen: dict[str, int] = {}
        places = self.places[key] = []
        # With far too many, what else is wrong with them would be thousands of lines.
        for index, item in enumerate(node.items[: shape.maximum]):
            where = f"{key}.{index}"
            value = self.read(item, shape.item, where)
            if value is None:
                continue
            values.append(value)
            places.append(index)
            identity = _identity(value)
            if identity in seen and shape.unique:
                named = {"value": _short(value), "first": seen[identity]}
                self.report(shape.unique, where, item.line, **named)
            seen.setdefault(identity, item.line)
        if len(node.items) < shape.minimum:
            self.report("entry-needs-entry", key, node.line)
        self._count(len(node.items), shape.maximum, key, node.line)
        return values

    def _count(self, count: int, most: int | None, key: str, line: int) -> None:
        if most is not None and count > most:
            self.report("entry-too-many", key, line, count=count, limit=most)

    def _map(self, node: Node, shape: MapOf, key: str) -> dict[str, Plain] | None:
        for name, _ in node.entries if isinstance(node, Map) else ():
            keys = shape.keys
            # Any other YAML reader takes an unquoted `NO` for false, not for Norway.
            if not (keys.fullmatch(name.text) if keys else is_yaml_text(name)):
                self.report(shape.refusal, key, name.line, value=name.text)
        entries = self.entries(node, None, key)
        if entries is None:
            return None
        values: dict[str, Plain] = {}
        for text, child in entries.items():
            value = self.read(child, shape.item, f"{key}.{text}" if key else text)
            if value is not None:
                values[text] = value
        self._require(shape.required, entries, key)
        self._count(len(entries), shape.maximum, key, node.line)
        return values

    def _tagged(
        self, node: Node, shape: TaggedUnion, key: str
    ) -> dict[str, Plain] | None:
        if not isinstance(node, Map):
            self.report("entry-needs-map", key, node.line)
            return None
        entries = tuple(
            entry for entry in node.entries if not self._is_forbidden(entry, shape, key)
        )
        allowed = {name.text for name, _ in entries}
        forbidden = {name.text for name, _ in node.entries} - allowed
        tag = next((child for name, child in entries if name.text == "kind"), None)
        if tag is None:
            self.report("entry-missing", f"{key}.kind", node.line)
            return None
        # Each record lists all the kinds, so any of them will do for reading the kind.
        tags = next(iter(shape.records.values())).fields["kind"]
        kind = self.read(tag, tags, f"{key}.kind")
        if not isinstance(kind, str):
            return None
        record = shape.records[kind]
        # An entry that was reported as forbidden must not be called missing as well.
        required = tuple(name for name in record.required if name not in forbidden)
        return self._record(
            node._replace(entries=entries), replace(record, required=required), key
        )

    def _is_forbidden(
        self, entry: tuple[Text, Node], shape: TaggedUnion, key: str
    ) -> bool:
        name, node = entry
        text = node.text if isinstance(node, Text) else None
        refused = shape.forbid(key, name.text, text)
        if refused is None:
            return False
        self.report(refused.message, key, name.line, **refused.values)
        return True

    def _record(self, node: Node, shape: Record, key: str) -> dict[str, Plain] | None:
        entries = self.entries(node, shape.fields, key)
        if entries is None:
            return None
        values: dict[str, Plain] = {}
        for name, child in entries.items():
            where = f"{key}.{name}" if key else name
            value = self.read(child, shape.fields[name], where)
            if value is not None:
                values[name] = value
        if not self.partial:
            # None is in no map: without `unless`, the required keys are always
            # required.
            if shape.unless not in entries:
                self._require(shape.required, entries, key)
            if shape.one_of and entries.keys().isdisjoint(shape.one_of):
                names = ", ".join(shape.one_of)
                self.report("entry-one-of", key, self.lines[key], names=names)
        return values

    def _require(
        self, required: Iterable[str], entries: Collection[str], key: str
    ) -> None:
        for name in required:
            if name not in entries:
                # What is missing at the top has no line of its own that the author
                # could look at.
                where, line = (
                    (f"{key}.{name}", self.lines[key]) if key else (name, None)
                )
                self.report("entry-missing", where, line)

    def entries(
        self, node: Node, known: Collection[str] | None, key: str = ""
    ) -> dict[str, Node] | None:
        """Return a map's entries under known keys; None if the node is no map.

        Nothing at all counts as an empty map. Without `known`, any key will do.
        """
        if isinstance(node, Text) and node.empty:
            return {}
        if not isinstance(node, Map):
            self.report("entry-needs-map", key, node.line)
            return None
        entries: dict[str, Node] = {}
        seen: dict[str, int] = {}
        for name, child in node.entries:
            text, line = name.text, name.line
            where = f"{key}.{text}" if key else text
            # The YAML specification forbids repeated keys, but PyYAML silently takes
            # the last.
            if text in seen:
                self.report("entry-key-twice", where, line, first=seen[text])
                continue
            seen[text] = line
            if known is not None and text not in known:
                error = _unknown("entry-unknown-key", text, known)
                self.report(error.message, where, line, **error.values)
                continue
            self.lines[where] = line
            entries[text] = child
        return entries


_READERS: Final[Mapping[type, Callable[[Reader, Node, Any, str], Plain | None]]] = {
    Scalar: Reader._scalar,  # noqa: SLF001  # its own
    Localized: Reader._localized,  # noqa: SLF001
    ScalarOr: Reader._scalar_or,  # noqa: SLF001
    ListOf: Reader._list,  # noqa: SLF001
    OneOrList: Reader._one_or_list,  # noqa: SLF001
    MapOf: Reader._map,  # noqa: SLF001
    TaggedUnion: Reader._tagged,  # noqa: SLF001
    Record: Reader._record,  # noqa: SLF001
}


def _parsed(node: Text, shape: Scalar) -> ScalarValue:
    """Return the value of a text: a word that is allowed besides, or one of its kind.

    Raises:
        Refused: It is neither.
    """
    if isinstance(shape.kind, YamlKind):
        return parse_yaml_scalar(shape.kind, node)
    try:
        return parse(shape.kind, node.text)
    except Refused:
        if shape.also is None:
            raise
        word = parse(Kind.CHOICE, node.text)
        if word in shape.also:
            return word
        # Of the kinds with such words, only a yes or no has words of its own, too.
        known = ("true", "false", *shape.also)
        raise _unknown("value-choice", str(word), known) from None


def _shown(value: object) -> object:
    """Make a text fit to print: short, and free of what a terminal would obey."""
    if not isinstance(value, str):
        return value
    # Cut before and after: a control character grows into `<U+001B>`.
    printed = "".join(
        character if character.isprintable() else f"<U+{ord(character):04X}>"
        for character in value[: _MAX_SHOWN + 1]
    )
    return printed if len(value) <= _MAX_SHOWN else printed[:_MAX_SHOWN] + "\u2026"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that somebody probably meant, if one is close."""
    import difflib  # noqa: PLC0415  # a millisecond, and only mistakes need it

    # Keys are spelled with underscores, ids of topics with hyphens: both are tried.
    names = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower().replace("-", "_"), names, n=1)
    found = found or difflib.get_close_matches(word.lower(), names, n=1)
    return names[found[0]] if found else None


def _unknown(
    message: str, word: str, known: Iterable[str], far: str | None = None
) -> Refused:
    """Return why a word is refused; `far` is the message if no known word is close."""
    names = tuple(known)
    near = nearest(word, names)
    if near is not None:
        return Refused(f"{message}-near", value=word, near=near)
    if not names:
        return Refused(f"{message}-none", value=word)
    return Refused(far or message, value=word, known=", ".join(names))


def _identity(value: Plain) -> str:
    """Return what makes two entries of a list the same entry."""
    if isinstance(value, dict):
        named = value.get("id")
        # The order of a map's keys does not make another entry of it.
        return str(named) if named is not None else repr(sorted(value.items(), key=str))
    return str(value)


def _short(value: Plain) -> str:
    if isinstance(value, dict):
        named = value.get("id") or value.get("name") or ""
        return str(next(iter(named.values()), "") if isinstance(named, dict) else named)
    return str(value)
