"""A YAML file of a pack: typed access that collects every problem with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from guidegen.errors import PackError
from guidegen.model.text import LocalText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LIMIT = 1_000_000
"""Bytes that a file of a pack may have at most."""

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PackFile:
    """A YAML file of a pack, and what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []
        self._text = self._read()

    def _read(self) -> str:
        try:
            if self.path.stat().st_size > LIMIT:
                raise PackError("the file is larger than 1 MB", path=self.path)
            return self.path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise PackError(
                f"cannot read the file: {error.strerror}",
                path=self.path,
                hint="a pack needs this file, or `extends: dell` in its pack.yml",
            ) from error
        except UnicodeDecodeError as error:
            raise PackError("the file is not UTF-8", path=self.path) from error

    def root(self) -> Entry:
        """Return the file's top-level entry.

        Raises:
            PackError: The file is not YAML.
        """
        try:
            data = yaml.load(self._text, Loader=_Loader)  # noqa: S506  # a safe loader
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise PackError(
                f"not valid YAML: {error.problem}", path=self.path, line=line
            ) from error
        return Entry(self, (), data)

    def report(self, keys: tuple[str | int, ...], what: str) -> None:
        """Note a problem at the entry with these keys."""
        place = ".".join(str(key) for key in keys)
        prefix = f"{place}: " if place else ""
        self.problems.append(f"{self.path}:{self._line(keys)}: {prefix}{what}")

    def _line(self, keys: tuple[str | int, ...]) -> int:
        """Return the line of an entry; the file is parsed again only for an error."""
        node = yaml.compose(self._text, Loader=_Loader)
        line = 1
        for key in keys:
            found = _child(node, key)
            if found is None:
                break
            node, line = found
        return line


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
    """A value in a pack's file; what has the wrong type is reported and made empty."""

    def __init__(
        self, file: PackFile, keys: tuple[str | int, ...], data: object
    ) -> None:
        self.file = file
        self.keys = keys
        self.data = data

    def fail(self, what: str) -> None:
        """Report this entry."""
        self.file.report(self.keys, what)

    def mapping(
        self, *, required: Sequence[str] = (), optional: Sequence[str] | None = None
    ) -> dict[str, Entry]:
        """Return the entries by key; without `optional`, any key is allowed."""
        if not isinstance(self.data, dict):
            self.fail("must be a map of keys to values")
            return {}
        for key in required:
            if key not in self.data:
                self.fail(f"the key {key!r} is missing")
        known = None if optional is None else {*required, *optional}
        entries: dict[str, Entry] = {}
        for key, value in self.data.items():
            entry = Entry(self.file, (*self.keys, str(key)), value)
            if known is not None and key not in known:
                entry.fail("unknown key")
            else:
                entries[str(key)] = entry
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

    def texts(
        self, among: Sequence[str] | Mapping[str, object] | None = None
    ) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(entry.text(among) for entry in self.sequence())

    def local(self, languages: Sequence[str] = ()) -> LocalText:
        """Return a text for all languages or one per language, all of `languages`."""
        if isinstance(self.data, str):
            return LocalText.of(self.text())
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
        return tuple(
            str(value).lower() if isinstance(value, bool) else str(value)
            for value in values
        )
