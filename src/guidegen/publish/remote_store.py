"""What a target needs of a server, and the patience to ask again.

Each operation is harmless when it is done twice, so one that was cut off in the middle
is done again as a whole.
"""

from __future__ import annotations

import io
import random
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import BinaryIO, Protocol, TypeVar

from guidegen.errors import GuidegenError
from guidegen.publish.remote_trouble import Trouble, explained

_T = TypeVar("_T")

TRIES = 5
FIRST_PAUSE = 0.5
"""Seconds before the second try; each next pause is twice as long, and by chance
shorter or longer, so that many who were cut off do not come back in one moment."""

ANSWER_WITHIN = 60
"""Seconds that a server may take for one answer."""
CONNECT_WITHIN = 20
"""Seconds that a server may take to be reached and to let us in."""


class Store(Protocol):
    """A place for files at a server; names are relative to it and have `/`."""

    place: str
    """As it is shown to people."""
    workers: int
    """How many operations it can do at a time."""

    def connect(self) -> None:
        """Reach the server, anew if need be."""
        ...

    def close(self) -> None:
        """Let the server go; never fail."""
        ...

    def trouble(self, error: Exception) -> Trouble:
        """Say what an error of an operation means."""
        ...

    def entries(self) -> dict[str, int]:
        """Return all files with their sizes, -1 for what is no plain file.

        A place that is not there yet has none.
        """
        ...

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""
        ...

    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Write a file in such a way that readers see the old or the new one."""
        ...

    def copy(self, source: str, name: str) -> bool:
        """As `write`, with another file's content; return False if it cannot."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        ...

    def remove_folder(self, name: str) -> None:
        """Remove a folder if it is empty and the server can do so safely."""
        ...


class PatientStore:
    """A store that is asked again when that may help, and otherwise says why not."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._connections = 0
        self._connected = False

    @property
    def place(self) -> str:
        """As it is shown to people."""
        return self._store.place

    @property
    def workers(self) -> int:
        """How many operations it can do at a time."""
        return self._store.workers

    def close(self) -> None:
        """Let the server go."""
        self._store.close()

    def entries(self) -> dict[str, int]:
        """Return all files with their sizes."""
        return self._patiently(self._store.entries)

    def read(self, name: str) -> bytes | None:
        """Return a file's content, None if there is no such file."""

        def read() -> bytes | None:
            content = io.BytesIO()
            return content.getvalue() if self._store.fetch(name, content) else None

        return self._patiently(read)

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""

        def fetch() -> bool:
            into.seek(0)
            into.truncate()
            return self._store.fetch(name, into)

        return self._patiently(fetch)

    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Write a file in such a way that readers see the old or the new one."""

        def write() -> None:
            content.seek(0)
            self._store.write(name, content, size)

        self._patiently(write)

    def write_bytes(self, name: str, content: bytes) -> None:
        """As `write`."""
        self.write(name, io.BytesIO(content), len(content))

    def copy(self, source: str, name: str) -> bool:
        """As `write`, with another file's content; return False if it cannot."""
        return self._patiently(lambda: self._store.copy(source, name))

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        self._patiently(lambda: self._store.remove(name))

    def remove_folder(self, name: str) -> None:
        """Remove a folder if it is empty."""
        self._patiently(lambda: self._store.remove_folder(name))

    def each(self, do: Callable[[str], None], names: Iterable[str]) -> None:
        """Do something with each name, several at a time; stop at the first error."""
        with ThreadPoolExecutor(self._store.workers) as pool:
            futures = [pool.submit(do, name) for name in names]
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
        for future in futures:
            if not future.cancelled():
                future.result()

    def _patiently(self, do: Callable[[], _T]) -> _T:
        tries = 0
        while True:
            connection = self._connections
            try:
                connection = self._ready()
                return do()
            except GuidegenError:
                raise
            except Exception as error:
                trouble = self._store.trouble(error)
                tries += 1
                if not trouble.passes or tries == TRIES:
                    raise explained(trouble, self.place, error) from error
                if trouble is Trouble.LOST:
                    self._lose(connection)
                chance = random.uniform(0.5, 1.5)  # noqa: S311  # a pause, no secret
                time.sleep(FIRST_PAUSE * 2 ** (tries - 1) * chance)

    def _ready(self) -> int:
        """Have a connection and return which; of those who lost it, one makes it."""
        with self._lock:
            if not self._connected:
                self._store.connect()
                self._connected = True
            return self._connections

    def _lose(self, connection: int) -> None:
        with self._lock:
            if connection == self._connections:
                self._connections += 1
                self._connected = False
