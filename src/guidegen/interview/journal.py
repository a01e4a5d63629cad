"""Keeps every answer on disk before the next question is asked."""

from __future__ import annotations

import json
import os
from pathlib import Path

from guidegen.files import open_inside, translate_os_errors
from guidegen.interview.prompter import RawAnswer
from guidegen.model.json_records import parsed_json

_FIELD = "step"
"""The key on disk; journals that were begun with an older guidegen stay readable."""


class Journal:
    """An append-only file with one answer a line; the last one of a field counts.

    The first answer creates it, readable by its owner only. A line that a crash cut off
    is ignored.

    Args:
        path: Where it is kept: in a project's work folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._has_line_end = True

    def read(self) -> dict[str, RawAnswer]:
        """Return the answers so far, by the path of their field.

        Raises:
            FilesError: The system refuses.
        """
        answers: dict[str, RawAnswer] = {}
        if not self.path.is_file():
            return answers
        with translate_os_errors(self.path):
            content = self.path.read_bytes()
        self._has_line_end = content.endswith(b"\n") or not content
        for line in content.splitlines():
            entry = _entry(line)
            if entry is not None:
                answers.pop(entry[0], None)  # the order is that of the last answers
                answers[entry[0]] = entry[1]
        return answers

    def write(self, field: str, value: RawAnswer) -> None:
        """Keep an answer, on disk when this returns.

        Raises:
            FilesError: The system refuses.
        """
        line = json.dumps({_FIELD: field, "value": value}, ensure_ascii=True)
        # After a crash in the middle of a line, this answer must not be glued to it.
        start = "" if self._has_line_end else "\n"
        with translate_os_errors(self.path):
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            # Names and contact details, which nobody else on this computer need read.
            handle = open_inside(self.path.parents[1], self.path, flags, 0o600)
            try:
                os.write(handle, f"{start}{line}\n".encode())
                os.fsync(handle)
            finally:
                os.close(handle)
        self._has_line_end = True

    def remove(self) -> None:
        """Forget all answers."""
        with translate_os_errors(self.path):
            self.path.unlink(missing_ok=True)
        self._has_line_end = True


def _entry(line: bytes) -> tuple[str, RawAnswer] | None:
    try:
        data = parsed_json(line)
    except ValueError:
        return None
    field = data.get(_FIELD) if isinstance(data, dict) else None
    if not isinstance(field, str):
        return None
    value = data.get("value")
    if isinstance(value, list):
        return field, [str(entry) for entry in value]
    return (field, value) if value is None or isinstance(value, (str, bool)) else None
