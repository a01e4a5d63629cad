"""A YAML file of a pack: typed access that collects every problem with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from guidegen.model.text import LocalText

LIMIT = 1_000_000
"""Bytes that a file of a pack may have at most."""

DEPTH = 20
"""How deeply entries of a pack may be nested at most."""

_Keys = tuple["str | int", ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _KeysOnce(_Loader):  # type: ignore[misc]  # chosen when the program runs
    """A safe loader that refuses a key that is there twice, and bottomless nesting."""

    _depth = 0

    def descend_resolver(self, parent: yaml.Node | None, index: object) -> None:
        # libyaml's binding recurses in C, so that Python would not see it overflow.
        self._depth += 1
        if self._depth > DEPTH:
            raise ValueError("the file is nested too deeply")
        super().descend_resolver(parent, index)

    def ascend_resolver(self) -> None:
        self._depth -= 1
        super().ascend_resolver()

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002  # PyYAML's signature
    ) -> dict[object, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} is there twice", key.start_mark
                )
            seen.add(key.value)
        found: dict[object, object] = super().construct_mapping(node, deep)
        return found


class PackFile:
    """A YAML file of a pack, and what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []
        self._text = ""
        self._node: yaml.Node | None = None
        self._broken = False
        self._data = self._read()

    def _read(self) -> object:
        try:
            with self.path.open("rb") as file:
                content = file.read(LIMIT + 1)
            if len(content) > LIMIT:
                raise ValueError("the file is larger than 1 MB")  # noqa: TRY301
            self._text = content.decode("utf-8-sig")
            return yaml.load(self._text, Loader=_KeysOnce)  # noqa: S506  # a safe one
        except (OSError, ValueError, yaml.YAMLError) as error:
            what, line = _explained(error)
            self.problems.append(f"{self.path}:{line}: {what}")
            self._broken = True
            return None

    def root(self) -> Entry:
        """Return the file's top-level entry."""
        return Entry(self, (), self._data, absent=self._broken)

    def report(self, keys: _Keys, what: str) -> None:
        """Note a problem at the entry with these keys."""
        place = ".".join(str(key) for key in keys)
        prefix = f"{place}: " if place else ""
        self.problems.append(f"{self.path}:{self._line(keys)}: {prefix}{what}")

    def _line(self, keys: _Keys) -> int:
        """Return the line of an entry; the file is parsed again only for an error."""
        if self._node is None:
            self._node = yaml.compose(self._text, Loader=_Loader)
        node, line = self._node, 1
        for key in keys:
            found = _child(node, key)
            if found is None:
                break
            node, line = found
        return line


def _explained(error: Exception) -> tuple[str, int]:
    """Return what is wrong with a file that cannot be read, and in which line."""
    match error:
        case OSError():
            reason = f"cannot read the file ({error.strerror})"
            return f"{reason}; a pack needs it, or `extends: dell` in its pack.yml", 1
        case UnicodeDecodeError():
            return "the file is not UTF-8", error.object[: error.start].count(b"\n") + 1
        case yaml.MarkedYAMLError():
            mark = error.problem_mark
            return f"not valid YAML: {error.problem}", mark.line + 1 if mark else 1
        case (
            _
        ):  # too large or deep; a sign that YAML forbids; a date that there is none of
            return str(error).splitlines()[0], 1


def _child(node: yaml.Node | None, key: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return value, name.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
        child = node.value[key]
        return child, child.start_mark.line + 1
    return None


class Entry:
    """A value in a pack's file; what has the wrong type is reported and made empty.

    An absent entry stands for one whose absence has been reported: it says no more.
    """

    def __init__(
        self, file: PackFile, keys: _Keys, data: object, *, absent: bool = False
    ) -> None:
        self.file = file
        self.keys = keys
        self.data = data
        self.absent = absent

    def fail(self, what: str) -> None:
        """Report this entry."""
        if not self.absent:
            self.file.report(self.keys, what)

    def missing(self, key: str) -> Entry:
        """Report that a key is missing here; return an absent entry for it."""
        self.fail(f"the key {key!r} is missing")
        return Entry(self.file, (*self.keys, key), None, absent=True)

    def mapping(
        self, *, required: Sequence[str] = (), optional: Sequence[str] | None = None
    ) -> dict[str, Entry]:
        """Return the entries by key, all of `required`.

        Without `optional`, any other key is allowed.
        """
        if not isinstance(self.data, dict):
            self.fail("must be a map of keys to values")
            absent = Entry(self.file, self.keys, None, absent=True)
            return dict.fromkeys(required, absent)
        known = None if optional is None else {*required, *optional}
        entries: dict[str, Entry] = {}
        for key, value in self.data.items():
            entry = Entry(self.file, (*self.keys, str(key)), value)
            if not isinstance(key, str):
                self.fail(f"put the key that YAML reads as {key!r} in quotes")
            elif known is not None and key not in known:
                entry.fail("unknown key")
            else:
                entries[key] = entry
        for key in required:
            if key not in entries:
                entries[key] = self.missing(key)
        return entries

    def sequence(self) -> list[Entry]:
        """Return the entries of a list."""
        if not isinstance(self.data, list):
            self.fail("must be a list")
            return []
        return [
            Entry(self.file, (*self.keys, place), value)
            for place, value in enumerate(self.data)
        ]

    def text(self, among: Sequence[str] | Mapping[str, object] | None = None) -> str:
        """Return a text that is not empty, one of `among` if that is given."""
        if not isinstance(self.data, str) or not self.data.strip():
            self.fail("must be a text")
            return ""
        if among is not None and self.data not in among:
            self.fail(f"{self.data!r} is not one of: {', '.join(among)}")
        return self.data

    def slug(self) -> str:
        """Return a text that can be a file's name and a part of an address."""
        text = self.text()
        if text and not re.fullmatch(r"[A-Za-z0-9_-]+", text):
            self.fail(f"{text!r} has signs other than a-z, 0-9, - and _")
        return text

    def texts(
        self, among: Sequence[str] | Mapping[str, object] | None = None
    ) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(entry.text(among) for entry in self.sequence())

    def local(self, languages: Sequence[str] = ()) -> LocalText:
        """Return a text for all languages or one per language, all of `languages`."""
        if isinstance(self.data, str):
            return LocalText.of(self.text())
        if not isinstance(self.data, dict):
            self.fail("must be a text, or a map of languages to texts")
            return LocalText.of("")
        texts = {key: entry.text() for key, entry in self.mapping().items()}
        text = LocalText.of(texts)
        for language in languages:
            if text.find(language) is None:
                self.fail(f"the text for {language!r} is missing")
        return text

    def locals(self, languages: Sequence[str] = ()) -> dict[str, LocalText]:
        """Return a map of texts."""
        return {key: entry.local(languages) for key, entry in self.mapping().items()}

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.data, bool):
            self.fail("must be true or false")
        return self.data is True

    def number(self) -> int:
        """Return a whole number."""
        if not isinstance(self.data, int) or isinstance(self.data, bool):
            self.fail("must be a whole number")
            return 0
        return self.data

    def condition(self) -> dict[str, tuple[str, ...]]:
        """Return a condition (see `model/condition.py`)."""
        return {key: entry.words() for key, entry in self.mapping().items()}

    def words(self) -> tuple[str, ...]:
        """Return one value or a list of values as texts; true and false as such."""
        values = self.data if isinstance(self.data, list) else [self.data]
        for value in values:
            if not isinstance(value, (str, int, float)):
                self.fail("must be a value or a list of values")
        return tuple(
            str(value).lower() if isinstance(value, bool) else str(value)
            for value in values
        )
