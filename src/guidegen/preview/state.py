"""What the preview shows: the site's revision, and what is wrong with the sources."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """The number of the last good build, and the error of a later one, if any."""

    revision: int = 0
    error: str | None = None


class Board:
    """The current state, shared by the watcher and the server's threads."""

    def __init__(self) -> None:
        self._state = State()
        self._lock = threading.Lock()

    def read(self) -> State:
        """Return the current state."""
        with self._lock:
            return self._state

    def good(self) -> None:
        """Note a build that worked."""
        with self._lock:
            self._state = State(self._state.revision + 1)

    def bad(self, error: str) -> None:
        """Note a build that did not: the last good site stays."""
        with self._lock:
            self._state = State(self._state.revision, error)
