"""Every answer is on disk before the next question is asked."""

from __future__ import annotations

import json
import os
from pathlib import Path

from guidegen.files import explained
from guidegen.interview.prompter import RawAnswer


class Journal:
    """An append-only file with one answer a line; the last one of a step counts.

    It is made with the first answer, readable by its owner only. A line that a crash
    cut off is ignored.

    Args:
        path: Where it is kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._has_line_end = True

    def read(self) -> dict[str, RawAnswer]:
        """Return the answers so far by step.

        Raises:
            FilesError: The system refuses.
        """
        answers: dict[str, RawAnswer] = {}
        if not self.path.is_file():
            return answers
        with explained(self.path):
            content = self.path.read_bytes()
        self._has_line_end = content.endswith(b"\n") or not content
        for line in content.splitlines():
            entry = _entry(line)
            if entry is not None:
                answers.pop(entry[0], None)  # the order is that of the last answers
                answers[entry[0]] = entry[1]
        return answers

    def write(self, step: str, value: RawAnswer) -> None:
        """Keep an answer, on disk when this returns.

        Raises:
            FilesError: The system refuses.
        """
        line = json.dumps({"step": step, "value": value}, ensure_ascii=True)
        start = "" if self._has_line_end else "\n"
        with explained(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            handle = os.open(self.path, flags, 0o600)
            try:
                os.write(handle, f"{start}{line}\n".encode())
                os.fsync(handle)
            finally:
                os.close(handle)
        self._has_line_end = True

    def remove(self) -> None:
        """Forget all answers."""
        with explained(self.path):
            self.path.unlink(missing_ok=True)
        self._has_line_end = True


def _entry(line: bytes) -> tuple[str, RawAnswer] | None:
    try:
        data = json.loads(line)
    except ValueError:
        return None
    step = data.get("step") if isinstance(data, dict) else None
    if not isinstance(step, str):
        return None
    value = data.get("value")
    if isinstance(value, list):
        return step, [str(entry) for entry in value]
    return (step, value) if value is None or isinstance(value, (str, bool)) else None
