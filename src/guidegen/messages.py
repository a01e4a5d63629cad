"""guidegen's messages for the author: the built-in pack's `messages.yml`, by id.

Nearly every command prints a few of several hundred messages, and `--help` little
else. So the file is not parsed as YAML, which would take longer than a build that has
nothing to do: each message is one line, `id: {de: "…", en: "…"}`, and only those that
are printed are parsed. The quotes are those of JSON, which YAML reads the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import guidegen
from guidegen.errors import PackError
from guidegen.model.text import LocalText

_NAME = "dell/messages.yml"
_TEXT = r'"((?:[^"\\]++|\\.)+)"'
_MESSAGE = re.compile(rf"\{{de: {_TEXT}, en: {_TEXT}\}}")


class _Messages(Mapping[str, LocalText]):
    """Messages by id, each parsed when it is asked for."""

    def __init__(self, path: Path, lines: Mapping[str, str]) -> None:
        self._path = path
        self._lines = lines

    def __getitem__(self, message: str) -> LocalText:
        found = _MESSAGE.fullmatch(self._lines[message])
        if found is None:
            raise _broken(self._path, message)
        return LocalText.of({"de": _unescaped(found[1]), "en": _unescaped(found[2])})

    def __contains__(self, message: object) -> bool:
        return message in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    import json  # noqa: PLC0415  # a millisecond, and most messages have no escapes

    return str(json.loads(f'"{text}"'))


def load_messages() -> Mapping[str, LocalText]:
    """Return guidegen's messages for the author, by id.

    Raises:
        PackError: The installation is broken.
    """
    path = _file()
    # A preview may run while somebody edits them.
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> _Messages:
    del changed  # another one is another file
    lines: dict[str, str] = {}
    # Not `splitlines`, which would also break at separators within a message.
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        message, _, texts = line.partition(": ")
        # The later one of two would win unnoticed.
        if message in lines:
            raise _broken(path, message)
        lines[message] = texts
    return _Messages(path, lines)


def _broken(path: Path, message: str) -> PackError:
    lines = list(enumerate(path.read_text(encoding="utf-8").split("\n"), start=1))
    # Of two with the same id, the second is the mistake.
    number, line = [each for each in lines if each[1].partition(": ")[0] == message][-1]
    return PackError("error-messages-broken", path=path, line=number, detail=line)


def _file() -> Path:
    for folder in guidegen.TEMPLATE_PACKS:
        if (folder / _NAME).is_file():
            return folder / _NAME
    raise PackError("error-pack-none")
