"""Kills a run in this process: from some moment on, it can write no more."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = frozenset(
    {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "os.chmod"}
)


class Killed(BaseException):
    """The run is no more; nothing that it would still do happens."""


class _Watch:
    """Counts what is written below a folder; beyond a number nothing is."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.left = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.folder is None:
            return
        if event == "open":
            flags = arguments[2]
            changes = isinstance(flags, int) and bool(flags & _WRITES)
        else:
            changes = event in _CHANGES
        if not changes or not isinstance(arguments[0], (str, bytes, os.PathLike)):
            return
        path = os.fsdecode(arguments[0])
        # The lock dies with the process.
        if path.startswith(self.folder) and not path.endswith("/.guidegen/lock"):
            if self.left == 0:
                raise Killed
            self.left -= 1


_watch = _Watch()
_hooked: list[bool] = []


@contextmanager
def killed_after(folder: Path, writes: int) -> Iterator[None]:
    """Let the block be killed once it has changed something so often in a folder.

    Raises:
        Killed: It was.
    """
    if not _hooked:
        # A hook cannot be taken away; unless there is a folder, it does nothing.
        sys.addaudithook(_watch)
        _hooked.append(True)
    _watch.folder, _watch.left = str(folder), writes
    try:
        yield
    finally:
        _watch.folder = None
