"""How much a server may make guidegen read: no answer is endless, deep or for ever.

What a server lists or sends is as little to be trusted as what lies there.
"""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from guidegen.errors import Problem, PublishError

if TYPE_CHECKING:
    from hashlib import _Hash  # typeshed alone has a class of this name

_T = TypeVar("_T")

MOST_FILES = 200_000
"""Files and folders at a target; a guideline of a large company has some thousands."""

MOST_OF_ANSWER = 20_000_000
"""Bytes of one answer that is no file: the list of a folder, or an error."""

DEEPEST = 30
"""Folders within folders."""

LIST_WITHIN = 600.0
"""Seconds that listing a target may take."""

SLOWEST = 20_000
"""Bytes a second: a line slower than this is given up, after `AT_LEAST` seconds."""

AT_LEAST = 120.0
LONGEST = 6 * 3600.0
"""Seconds that one file may take at most."""


class Listing(dict[str, int]):
    """The files of a target with their sizes, as far as a server may list them.

    Args:
        address: Of the target, as it is shown to people.
    """

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._until = time.monotonic() + LIST_WITHIN
        self._folders = 0

    def __setitem__(self, name: str, size: int) -> None:
        """Add a file.

        Raises:
            PublishError: There are too many, or it took too long.
        """
        super().__setitem__(name, size)
        self._check()

    def enter(self, folder: str) -> None:
        """Count a folder that is to be listed; the root is the empty text.

        Raises:
            PublishError: It lies too deep, there are too many, or it took too long.
        """
        self._folders += 1
        if folder.strip("/").count("/") >= DEEPEST:
            raise self._refused("limit-deep", DEEPEST)
        self._check()

    def _check(self) -> None:
        if len(self) + self._folders > MOST_FILES:
            raise self._refused("limit-files", MOST_FILES)
        if time.monotonic() > self._until:
            raise self._refused("limit-time", math.ceil(LIST_WITHIN / 60))

    def _refused(self, reason: str, number: int) -> PublishError:
        return limit_error(self._address, reason, number)


def bounded(pieces: Iterable[bytes], address: str) -> Iterator[bytes]:
    """Yield the pieces of an answer that is no file, as far as they are taken.

    Raises:
        PublishError: They are more than `MOST_OF_ANSWER` bytes.
    """
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_OF_ANSWER:
            raise limit_error(address, "limit-size", MOST_OF_ANSWER)
        yield piece


class Limited:
    """Takes what a server sends, up to a number of bytes.

    Args:
        into: Where it goes; None to keep only its digest and beginning.
        most: The most bytes.
        address: Of the target, as it is shown to people.
        start: How many of the first bytes are kept.
    """

    def __init__(
        self, into: BinaryIO | None, most: int, address: str, *, start: int = 0
    ) -> None:
        self._into = into
        self._most = most
        self._address = address
        self._keep = start
        # A manifest may say any size.
        self.seconds = min(AT_LEAST + most / SLOWEST, LONGEST)
        """How long it may take."""
        self.size = 0
        self.start = b""
        self._digest: _Hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        """The SHA-256 of what has come."""
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> int:
        """Take the next piece.

        Raises:
            TooMuchError: It is more than is taken.
        """
        self.size += len(piece)
        if self.size > self._most:
            problem = Problem(message="limit-size", values={"number": self._most})
            raise TooMuchError(
                "error-remote-limit", address=self._address, reason=problem
            )
        self._digest.update(piece)
        if len(self.start) < self._keep:
            self.start += piece[: self._keep - len(self.start)]
        if self._into is not None:
            self._into.write(piece)
        return len(piece)


class TooLateError(Exception):
    """Something took longer than it may."""


def in_time(do: Callable[[], _T], seconds: float) -> _T:
    """Return what a function returns, if it does in time.

    Libraries limit the time for each piece of an answer, which a server can send byte
    by byte. So the function is left alone when its time is over; it ends with the
    process at the latest.

    Raises:
        TooLateError: It took longer.
    """
    results: list[_T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(do())
        except BaseException as error:  # noqa: BLE001  # raised by whoever waits
            errors.append(error)

    if seconds <= 0:
        raise TooLateError
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(seconds)
    for error in errors:
        raise error
    if not results:
        raise TooLateError
    return results[0]


class TooMuchError(PublishError):
    """A server sends more than a file may have."""


def limit_error(address: str, reason: str, number: int) -> PublishError:
    """Return the error for a server that sends too much, or takes too long."""
    problem = Problem(message=reason, values={"number": number})
    return PublishError("error-remote-limit", address=address, reason=problem)
