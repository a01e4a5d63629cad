"""What a target needs from a server, what can go wrong, and when to try again.

Every operation can safely be repeated, so one that was cut off halfway is done again as
a whole.
"""

from __future__ import annotations

import errno
import io
import math
import random
import secrets
import tempfile
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from enum import Enum
from pathlib import Path
from typing import BinaryIO, ClassVar, TypeVar, cast

from guidegen.errors import FilesError, GuidegenError, Problem, PublishError
from guidegen.model.publication import FileRecord
from guidegen.publish.credentials import Sought
from guidegen.publish.limits import (
    LIST_WITHIN,
    Limited,
    TooLateError,
    TooMuchError,
    in_time,
    limit_error,
)
from guidegen.publish.manifest import MAX_BYTES, OWN
from guidegen.publish.remote_trouble import Trouble
from guidegen.publish.removal import START, Present
from guidegen.redact import redacted

_T = TypeVar("_T")

TRIES = 5
FIRST_PAUSE = 0.5
"""Seconds before the second try; each later pause is twice as long.

Each is made longer or shorter at random, so that many clients that were cut off do not
come back at the same moment.
"""

ANSWER_WITHIN = 60
"""Seconds that a server may take for one answer."""
CONNECT_WITHIN = 20
"""Seconds that connecting and logging in may take."""

NEW_FILES = f"{OWN}/new/"
"""Where files are written before they are moved to where they belong."""

_MAX_DETAIL = 300


class Store(ABC):
    """Files on a server; names are relative to the target and have `/`."""

    address: str
    """The address as shown to people."""
    workers: ClassVar[int]
    """How many operations it can handle at a time."""
    troubles: ClassVar[Mapping[type[BaseException], Trouble]]
    """What the library's errors mean; the first class that fits counts."""
    sought: Sought | None = None
    """Where the secret was looked for, once it was."""
    login_hint: ClassVar = "error-remote-login-secret-hint"
    """The id of what to say about that if the server does not let guidegen in."""

    @abstractmethod
    def connect(self) -> None:
        """Connect to the server, again if the connection was lost."""

    @abstractmethod
    def close(self) -> None:
        """Disconnect; never fail."""

    @abstractmethod
    def entries(self) -> dict[str, int]:
        """Return all files with their sizes, -1 for what is not a plain file.

        A target that is not there yet has none.
        """

    @abstractmethod
    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""

    @abstractmethod
    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Write a file in such a way that readers see the old or the new one."""

    @abstractmethod
    def create(self, name: str, content: bytes) -> bool:
        """Write a small file; return False if there is one of that name already.

        The server decides, so of two that create it one gets it.
        """

    @abstractmethod
    def copy(self, source: str, name: str) -> bool:
        """Write a file with the content of another one; return False if it cannot."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a file if it is there."""

    @abstractmethod
    def remove_folder(self, name: str) -> None:
        """Remove a folder if it is empty and the server can do so safely."""

    def trouble(self, error: Exception) -> Trouble:
        """Return what an error of an operation means."""
        for kind, trouble in self.troubles.items():
            if isinstance(error, kind):
                return trouble
        return Trouble.REFUSED


class FolderStore(Store):
    """A store with folders: files are written elsewhere first, then moved."""

    def __init__(self) -> None:
        self._folders: set[str] = set()
        """Those that are known to be there."""
        self._making = threading.Lock()
        # Asked once: a server that cannot copy does not learn it during a run.
        self._can_copy = True

    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Write a new file, then move it to where it belongs."""
        new = self._new_file()
        self._upload(new, content, size)
        self._place(new, name)

    def create(self, name: str, content: bytes) -> bool:
        """Write a new file, then move it to where nothing is yet."""
        new = self._new_file()
        self._upload(new, io.BytesIO(content), len(content))
        self._make_folders(name)
        if self._move_new(new, name):
            return True
        self.remove(new)
        return False

    def copy(self, source: str, name: str) -> bool:
        """Let the server make a new copy, then move it to where it belongs."""
        if not self._can_copy:
            return False
        new = self._new_file()
        self._can_copy = self._duplicate(source, new)
        if self._can_copy:
            self._place(new, name)
        return self._can_copy

    def _new_file(self) -> str:
        # At random, since several threads (and for a moment two runs) write here.
        name = NEW_FILES + secrets.token_hex(8)
        self._make_folders(name)
        return name

    def _place(self, new: str, name: str) -> None:
        self._make_folders(name)
        self._move(new, name)

    def _make_folders(self, name: str) -> None:
        """Make the folder that a file lies in, and those above it.

        One at a time: a server may trip over two requests to make the same folder.
        """
        parts = name.split("/")[:-1]
        with self._making:
            # Zero parts are the target's own folder, which the first publication makes.
            for count in range(len(parts) + 1):
                folder = "/".join(parts[:count])
                if folder not in self._folders:
                    self._make_folder(folder)
                    self._folders.add(folder)

    @abstractmethod
    def _make_folder(self, folder: str) -> None:
        """Make a folder unless it is there; the one above it always is."""

    @abstractmethod
    def _upload(self, name: str, content: BinaryIO, size: int) -> None:
        """Send a new file."""

    @abstractmethod
    def _duplicate(self, source: str, new: str) -> bool:
        """Let the server copy a file; return False if it has no way to."""

    @abstractmethod
    def _move(self, new: str, name: str) -> None:
        """Move a file over the one that is there, in one operation if possible."""

    @abstractmethod
    def _move_new(self, new: str, name: str) -> bool:
        """Move a file to where nothing is; return False if something is there."""


class Readers(Enum):
    """What readers see if the work stops here; the value is the id of its message."""

    UNTOUCHED = "remote-untouched"
    """What they saw before: nothing has been changed."""
    WHOLE = "remote-whole"
    """Whole pages, of the publication before or the new one."""
    FIRST = "remote-first"
    """Whatever there is of the first publication."""


class RetryingStore:
    """A store whose operations are repeated while that may help."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.readers = Readers.UNTOUCHED
        """What is said about readers if something fails."""
        self._lock = threading.Lock()
        self._connections = 0
        self._connected = False

    @property
    def address(self) -> str:
        """The address as shown to people."""
        return self._store.address

    def close(self) -> None:
        """Disconnect."""
        self._store.close()

    def entries(self) -> dict[str, int]:
        """Return all files with their sizes."""
        return self._with_retries(
            lambda: self._in_time(self._store.entries, LIST_WITHIN)
        )

    def _in_time(self, do: Callable[[], _T], seconds: float) -> _T:
        try:
            return in_time(do, seconds)
        except TooLateError as error:
            minutes = math.ceil(seconds / 60)
            raise limit_error(self.address, "limit-time", minutes) from error

    def read(self, name: str) -> bytes | None:
        """Return the content of a manifest or note, None if there is no such file."""
        content = io.BytesIO()
        found = self.fetch(name, content, most=MAX_BYTES)
        return content.getvalue() if found else None

    def fetch(self, name: str, into: BinaryIO, *, most: int) -> bool:
        """Copy a file's content; return False if there is no such file.

        Raises:
            TooMuchError: It has more bytes than `most`.
        """

        def fetch() -> bool:
            # The last try may have left a part of the content.
            into.seek(0)
            into.truncate()
            return self._fetch(name, Limited(into, most, self.address))

        return self._with_retries(fetch)

    def present(self, name: str, size: int) -> Present | None:
        """Return a file as it is now, None if there is no such file.

        Args:
            name: Its name.
            size: The most bytes it may have; of a larger one, no more is read.
        """

        def measure() -> Present | None:
            taken = Limited(None, size, self.address, start=START)
            try:
                found = self._fetch(name, taken)
            except TooMuchError:
                return Present(record=None)
            record = FileRecord(taken.digest, taken.size)
            return Present(record=record, start=taken.start) if found else None

        return self._with_retries(measure)

    def _fetch(self, name: str, into: Limited) -> bool:
        return self._in_time(
            lambda: self._store.fetch(name, cast("BinaryIO", into)), into.seconds
        )

    def create(self, name: str, content: bytes) -> bool:
        """Write a small file; return False if there is one of that name.

        That may be the one of a try whose answer was lost. Where a server cannot tell,
        the file is replaced.
        """
        return self._with_retries(lambda: self._store.create(name, content))

    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Write a file in such a way that readers see the old or the new one."""

        def write() -> None:
            # The last try may have read a part of the content.
            content.seek(0)
            self._store.write(name, content, size)

        self._with_retries(write)

    def write_bytes(self, name: str, content: bytes) -> None:
        """Write a file whose content is at hand."""
        self.write(name, io.BytesIO(content), len(content))

    def copy(self, source: str, name: str) -> bool:
        """Write a file with the content of another one; return False if it cannot."""
        return self._with_retries(lambda: self._store.copy(source, name))

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        self._with_retries(lambda: self._store.remove(name))

    def remove_folder(self, name: str) -> None:
        """Remove a folder if it is empty."""
        self._with_retries(lambda: self._store.remove_folder(name))

    def each(self, do: Callable[[str], None], names: Iterable[str]) -> None:
        """Call a function for each name, several at a time; stop at the first error."""
        with ThreadPoolExecutor(self._store.workers) as pool:
            futures = [pool.submit(do, name) for name in names]
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
        # The error is raised only when no operation is running any more.
        for future in futures:
            if not future.cancelled():
                future.result()

    def _with_retries(self, do: Callable[[], _T]) -> _T:
        tries = 0
        while True:
            connection = self._connections
            try:
                connection = self._connect()
                return do()
            # A missing secret or a wrong setting does not come right by trying again.
            except GuidegenError:
                raise
            except Exception as error:
                if is_local_disk_full(error):
                    raise FilesError("error-disk-full", path=_temporary()) from error
                trouble = self._store.trouble(error)
                tries += 1
                if not trouble.is_transient or tries == TRIES:
                    raise refusal(self._store, error, self.readers) from error
                if trouble is Trouble.LOST:
                    self._lose(connection)
                chance = random.uniform(0.5, 1.5)  # noqa: S311  # a pause, no secret
                time.sleep(FIRST_PAUSE * 2 ** (tries - 1) * chance)

    def _connect(self) -> int:
        """Return the connection's number; the first thread that needs one connects."""
        with self._lock:
            if not self._connected:
                self._store.connect()
                self._connected = True
            return self._connections

    def _lose(self, connection: int) -> None:
        with self._lock:
            # Another thread may have lost the same connection, and made a new one
            # already.
            if connection == self._connections:
                self._connections += 1
                self._connected = False


def refusal(
    store: Store, error: Exception, readers: Readers = Readers.UNTOUCHED
) -> PublishError:
    """Return the error that is shown to people, without secrets."""
    trouble = store.trouble(error)
    # Libraries put addresses into their errors, and with them passwords.
    lines = redacted(str(error)).strip().splitlines()
    detail = (lines[0] if lines else type(error).__name__)[:_MAX_DETAIL]
    where = store.sought if trouble is Trouble.LOGIN else None
    return PublishError(
        trouble.value,
        hint=store.login_hint if where else None,
        address=store.address,
        detail=detail,
        readers=Problem(message=readers.value),
        next=Problem(
            message="remote-again"
            if readers is Readers.UNTOUCHED
            else "remote-continued"
        ),
        variable=where.variable if where else "",
        command=where.command if where else "",
    )


def is_local_disk_full(error: Exception) -> bool:
    """Return whether it is this computer that has no room left, not the server."""
    # What an SMB server says has the system's number, too, but one of its own beside.
    return (
        isinstance(error, OSError)
        and error.errno in {errno.ENOSPC, errno.EDQUOT}
        and not hasattr(error, "ntstatus")
    )


def _temporary() -> Path:
    return Path(tempfile.gettempdir())
