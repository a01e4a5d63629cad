"""What goes wrong at a server, and when: counted, so that each moment has its turn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER = "anna"
PASSWORD = "s3cr€t/+ pass"  # noqa: S105  # of a server that lives for a test


def secret_variables() -> dict[str, str]:
    """Return what is in the environment so that the servers let guidegen in."""
    return {
        "GUIDEGEN_INTRANET_PASSWORD": PASSWORD,
        "GUIDEGEN_INTRANET_ACCESS_KEY": "AKIDEXAMPLE",
        "GUIDEGEN_INTRANET_SECRET_KEY": PASSWORD,
    }


@dataclass
class Faults:
    """Counts a server's operations and says which of them goes wrong.

    `fault` is `before` (the connection breaks, nothing was done), `after` (it breaks
    when it was done), `full` or `denied`.
    """

    fault: str = "before"
    at: int | None = None
    """Which operation goes wrong, counted from 1; None for none."""
    lasting: bool = False
    """Whether all later ones go wrong as well."""
    count: int = 0
    injected: int = 0
    received: int = 0
    """Bytes of content that were sent to the server."""
    watch: Callable[[], None] | None = None
    """Called between operations; what it raises is kept in `seen`."""
    seen: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def reset(
        self, at: int | None = None, fault: str = "before", *, lasting: bool = False
    ) -> None:
        """Begin to count anew."""
        self.fault, self.at, self.lasting = fault, at, lasting
        self.count = self.injected = self.received = 0
        self.watch = None
        self.done.clear()
        self.seen.clear()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Do one operation after the other while somebody watches what is between them.

        In the middle of one a server may be without a file: wsgidav removes the old one
        before it moves the new one to its place.
        """
        if self.watch is None:
            yield
            return
        with self._turn:
            yield

    def step(self, operation: str, *, writes: bool) -> str | None:
        """Count an operation; return what goes wrong with it."""
        with self._lock:
            if self.watch:
                try:
                    self.watch()
                except AssertionError as error:
                    self.seen.append(f"before {self.count + 1} {operation}: {error}")
            if self.fault in {"full", "denied"} and not writes:
                return None
            self.count += 1
            self.done.append(operation)
            if self.at is None or self.count < self.at:
                return None
            if self.count > self.at and not self.lasting:
                return None
            self.injected += 1
            # Once the line is dead, nothing more is done.
            broke_later = self.fault == "after" and self.count > self.at
            return "before" if broke_later else self.fault
