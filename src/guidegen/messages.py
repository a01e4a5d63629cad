"""What guidegen says to the author: the built-in pack's `messages.yml`, by id.

Nearly every command says a few of several hundred messages, and `--help` says little
else. So the file is not parsed as YAML, which would take longer than a build that has
nothing to do: each message is one line, `id: {de: "…", en: "…"}`, and only those that
are said are taken apart. The quotes are those of JSON, which YAML reads the same way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import guidegen
from guidegen.errors import PackError
from guidegen.model.text import LocalText

_NAME = "dell/messages.yml"
_MESSAGE = re.compile(r'([\w-]+): (\{de: ".*", en: ".*"\})')
_TEXT = re.compile(r'(\w+): ("(?:[^"\\]|\\.)*")')


class _Messages(Mapping[str, LocalText]):
    """Messages by id, each taken apart when it is asked for."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = lines

    def __getitem__(self, message: str) -> LocalText:
        texts = _TEXT.findall(self._lines[message])
        return LocalText.of({language: json.loads(text) for language, text in texts})

    def __contains__(self, message: object) -> bool:
        return message in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def load_messages() -> Mapping[str, LocalText]:
    """Return what guidegen says to the author, by id.

    Raises:
        PackError: The installation is broken.
    """
    path = _file()
    lines: dict[str, str] = {}
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        found = _MESSAGE.fullmatch(line)
        if found is None or found[1] in lines:
            raise PackError(
                "error-messages-broken", path=path, line=number, detail=line
            )
        lines[found[1]] = found[2]
    return _Messages(lines)


def _file() -> Path:
    for folder in guidegen.TEMPLATE_PACKS:
        if (folder / _NAME).is_file():
            return folder / _NAME
    raise PackError("error-pack-none")
