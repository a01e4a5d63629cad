"""What can go wrong at a server, and what its status codes mean."""

from __future__ import annotations

from enum import Enum


class Trouble(Enum):
    """What a library's error means; the value is the id of its message."""

    LOST = "error-remote-lost"
    """The connection broke, or there was no answer in time."""
    BUSY = "error-remote-busy"
    """The server cannot do it right now, or something there is locked."""
    LOGIN = "error-remote-login"
    UNVERIFIED = "error-remote-unverified"
    """The server did not prove who it is."""
    DENIED = "error-remote-right"
    FULL = "error-remote-full"
    ABSENT = "error-remote-absent"
    CLOCK = "error-remote-clock"
    REFUSED = "error-remote-refused"
    """Anything else."""

    @property
    def is_transient(self) -> bool:
        """Whether the next try may succeed."""
        return self in {Trouble.LOST, Trouble.BUSY}


_STATUS = {
    401: Trouble.LOGIN,
    403: Trouble.DENIED,
    404: Trouble.ABSENT,
    405: Trouble.DENIED,
    408: Trouble.BUSY,
    # WebDAV: the folder above is missing (RFC 4918, section 9.7.1).
    409: Trouble.ABSENT,
    413: Trouble.FULL,
    423: Trouble.BUSY,
    425: Trouble.BUSY,
    429: Trouble.BUSY,
    # S3 documents its InternalError as one to be tried again.
    500: Trouble.BUSY,
    502: Trouble.BUSY,
    503: Trouble.BUSY,
    504: Trouble.BUSY,
    507: Trouble.FULL,
}


def by_status(status: int) -> Trouble:
    """Return what a web server's status code means."""
    return _STATUS.get(status, Trouble.REFUSED)
