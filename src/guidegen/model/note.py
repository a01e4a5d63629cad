"""A note: something a step did that the author should know, without being wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from guidegen.value import Value


class Note(Value):
    """`message` is the id of an entry in `messages.yml`; `values` fill it."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    path: Path | None = None
    """The file that it is about."""
    line: int | None = None
    minor: bool = False
    """Whether it is shown only to those who ask for details (`--verbose`)."""
