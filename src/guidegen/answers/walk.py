"""Reads a tree along the contract: checked values, and each problem with its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers.kinds import Refused, Scalar, parse
from guidegen.answers.shapes import (
    Entry,
    Fields,
    Kinds,
    Local,
    Many,
    Names,
    One,
    Shape,
)
from guidegen.answers.targets import read_kind, read_names
from guidegen.answers.tree import List, Map, Node, Text
from guidegen.errors import Problem
from guidegen.model.question import Kind

if TYPE_CHECKING:
    from guidegen.answers.plain import Plain

_MAX_FILE = 1_000_000
_SVG = b"<svg"
_SIGNATURES = {
    ".svg": _SVG,
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
"""How a picture's content starts; an SVG has it somewhere."""
_MAX_SHOWN = 120


@dataclass(slots=True, kw_only=True)
class Walk:
    """One reading of a tree.

    `lines` holds the line of each dotted key, for what can only be judged afterwards.
    With `partial`, keys may be missing: somebody will be asked for them.
    """

    path: Path | None = None
    folder: Path | None = None
    partial: bool = False
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def report(
        self, message: str, key: str, line: int | None, **values: object
    ) -> None:
        """Note a problem at a dotted key."""
        shown = {name: _shown(value) for name, value in values.items()}
        self.problems.append(
            Problem(
                message=message,
                values={"key": _shown(key), **shown},
                path=self.path,
                line=line,
            )
        )

    def read(  # noqa: PLR0911  # one for each shape
        self, node: Node, shape: Shape, key: str = ""
    ) -> Plain | None:
        """Return the value of a node, None where there is none or a wrong one."""
        self.lines.setdefault(key, node.line)
        if isinstance(shape, One):
            return self._one(node, shape, key)
        if isinstance(shape, Local):
            return self._local(node, shape, key)
        if isinstance(shape, Entry):
            if isinstance(node, Text):
                return self._one(node, shape.one, key)
            return self._fields(node, shape.fields, key)
        if isinstance(shape, Many):
            return self._many(node, shape, key)
        if isinstance(shape, Names):
            return read_names(self, node, shape, key)
        if isinstance(shape, Kinds):
            return read_kind(self, node, shape, key)
        return self._fields(node, shape, key)

    def _one(self, node: Node, shape: One, key: str) -> Scalar | None:
        if not isinstance(node, Text):
            self.report("answers-needs-text", key, node.line)
            return None
        if node.empty:
            hash_sign = shape.kind is Kind.COLOR
            message = "answers-color-hash" if hash_sign else "answers-empty"
            self.report(message, key, node.line)
            return None
        try:
            value = parse(shape.kind, node.text)
            self._fits(value, shape)
        except Refused as refused:
            self.report(refused.message, key, node.line, **refused.values)
            return None
        return value

    def _fits(self, value: Scalar, shape: One) -> None:
        """Refuse a value that is of the right kind, but not one of those allowed."""
        if shape.choices is not None and value not in shape.choices:
            raise _unknown("answers-choice", str(value), shape.choices)
        if isinstance(value, int) and not isinstance(value, bool):
            low, high = shape.minimum or 0, shape.maximum
            if value < low or (high is not None and value > high):
                raise Refused("answers-number-range", value=value, low=low, high=high)
        if shape.kind is Kind.FILE and self.folder is not None:
            check_file(str(value), self.folder, shape.suffixes)

    def _local(self, node: Node, shape: Local, key: str) -> Plain | None:
        if isinstance(node, Text):
            return self._one(node, shape.one, key)
        if isinstance(node, List):
            self.report("answers-needs-text", key, node.line)
            return None
        fields = dict.fromkeys(shape.variants, shape.one)
        return self._fields(node, Fields(fields=fields), key) or None

    def _many(self, node: Node, shape: Many, key: str) -> list[Plain] | None:
        if isinstance(node, Text) and node.empty:
            node = List(items=(), line=node.line, start=node.start, end=node.end)
        if not isinstance(node, List):
            self.report("answers-needs-list", key, node.line)
            return None
        values: list[Plain] = []
        seen: dict[str, int] = {}
        for place, item in enumerate(node.items):
            value = self.read(item, shape.item, f"{key}.{place}")
            if value is None:
                continue
            values.append(value)
            identity = _identity(value)
            if identity in seen:
                where = f"{key}.{place}"
                self.report(
                    shape.unique,
                    where,
                    item.line,
                    value=_short(value),
                    first=seen[identity],
                )
            seen.setdefault(identity, item.line)
        if len(node.items) < shape.minimum:
            self.report("answers-needs-entry", key, node.line)
        return values

    def _fields(self, node: Node, shape: Fields, key: str) -> dict[str, Plain] | None:
        if isinstance(node, Text) and node.empty:
            node = Map(entries=(), line=node.line, start=node.start, end=node.end)
        if not isinstance(node, Map):
            self.report("answers-needs-map", key, node.line)
            return None
        values: dict[str, Plain] = {}
        seen: dict[str, int] = {}
        for name, child in node.entries:
            where = f"{key}.{name.text}" if key else name.text
            if name.text in seen:
                self.report(
                    "answers-key-twice", where, name.line, first=seen[name.text]
                )
                continue
            seen[name.text] = name.line
            if name.text not in shape.fields:
                error = _unknown("answers-unknown-key", name.text, shape.fields)
                self.report(error.message, where, name.line, **error.values)
                continue
            self.lines[where] = name.line
            value = self.read(child, shape.fields[name.text], where)
            if value is not None:
                values[name.text] = value
        if not self.partial:
            self._complete(seen, shape, key, self.lines[key])
        return values

    def _complete(
        self, present: Iterable[str], shape: Fields, key: str, line: int
    ) -> None:
        prefix = f"{key}." if key else ""
        there = set(present)
        if shape.unless not in there:
            for name in shape.required:
                if name not in there:
                    where = line if key else None
                    self.report("answers-missing", prefix + name, where)
        if shape.one_of and there.isdisjoint(shape.one_of):
            names = ", ".join(shape.one_of)
            self.report("answers-one-of", key, line, names=names)


def _shown(value: object) -> object:
    """Make a text fit to be printed: short, and without what a terminal would obey."""
    if not isinstance(value, str):
        return value
    printed = "".join(
        character if character.isprintable() else f"<U+{ord(character):04X}>"
        for character in value[: _MAX_SHOWN + 1]
    )
    return printed if len(value) <= _MAX_SHOWN else printed[:_MAX_SHOWN] + "\u2026"


def check_file(name: str, folder: Path, suffixes: tuple[str, ...]) -> None:
    """Refuse a file that is not there, lies elsewhere, is too large or of no use."""
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        is_file = inside and path.is_file()
        size = path.stat().st_size if is_file else 0
    except (OSError, ValueError) as error:
        raise Refused("answers-file-missing", value=name) from error
    if not inside:
        raise Refused("answers-file-outside", value=name)
    if not is_file:
        raise Refused("answers-file-missing", value=name)
    if suffixes and path.suffix.lower() not in suffixes:
        raise Refused("answers-file-type", value=name, types=", ".join(suffixes))
    if size > _MAX_FILE:
        raise Refused("answers-file-size", value=name)
    _check_content(path, name)


def _check_content(path: Path, name: str) -> None:
    """Refuse what is not the kind of picture that its name says."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused("answers-unreadable", reason=error.strerror) from error
    signature = _SIGNATURES.get(path.suffix.lower(), b"")
    there = content.startswith(signature) or (signature == _SVG and _SVG in content)
    if not there:
        raise Refused("answers-file-content", value=name)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return what somebody probably meant."""
    names = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower().replace("-", "_"), names, n=1)
    found = found or difflib.get_close_matches(word.lower(), names, n=1)
    return names[found[0]] if found else None


def _unknown(message: str, word: str, known: Iterable[str]) -> Refused:
    names = tuple(known)
    near = nearest(word, names)
    if near is not None:
        return Refused(f"{message}-near", value=word, near=near)
    if not names:
        return Refused(f"{message}-none", value=word)
    return Refused(message, value=word, known=", ".join(names))


def _identity(value: Plain) -> str:
    """Return what makes two entries of a list the same entry."""
    if isinstance(value, dict):
        named = value.get("id")
        return str(named) if named is not None else repr(sorted(value.items(), key=str))
    return str(value)


def _short(value: Plain) -> str:
    if isinstance(value, dict):
        named = value.get("id") or value.get("name") or ""
        return str(next(iter(named.values()), "") if isinstance(named, dict) else named)
    return str(value)
