"""What can go wrong at a server, and how it is said, whatever library noticed it."""

from __future__ import annotations

from enum import Enum, auto

from guidegen.errors import PublishError
from guidegen.redact import redacted

_MAX_REASON = 300


class Trouble(Enum):
    """What a library's error means."""

    LOST = auto()
    """The connection broke, or there was no answer in time."""
    BUSY = auto()
    """The server cannot do it right now, or something there is locked."""
    LOGIN = auto()
    STRANGER = auto()
    """The server did not prove who it is."""
    DENIED = auto()
    FULL = auto()
    ABSENT = auto()
    CLOCK = auto()
    REFUSED = auto()
    """Anything else."""

    @property
    def passes(self) -> bool:
        """Return whether it may go well the next time."""
        return self in {Trouble.LOST, Trouble.BUSY}


_MESSAGES = {
    Trouble.LOST: "error-remote-lost",
    Trouble.BUSY: "error-remote-busy",
    Trouble.LOGIN: "error-remote-login",
    Trouble.STRANGER: "error-remote-stranger",
    Trouble.DENIED: "error-remote-right",
    Trouble.FULL: "error-remote-full",
    Trouble.ABSENT: "error-remote-absent",
    Trouble.CLOCK: "error-remote-clock",
    Trouble.REFUSED: "error-remote-refused",
}

_STATUS = {
    401: Trouble.LOGIN,
    403: Trouble.DENIED,
    404: Trouble.ABSENT,
    405: Trouble.DENIED,
    408: Trouble.BUSY,
    409: Trouble.ABSENT,
    413: Trouble.FULL,
    423: Trouble.BUSY,
    425: Trouble.BUSY,
    429: Trouble.BUSY,
    500: Trouble.BUSY,
    502: Trouble.BUSY,
    503: Trouble.BUSY,
    504: Trouble.BUSY,
    507: Trouble.FULL,
}


def by_status(status: int) -> Trouble:
    """Return what an answer of a web server means."""
    return _STATUS.get(status, Trouble.REFUSED)


def explained(trouble: Trouble, place: str, error: Exception) -> PublishError:
    """Return the error that people get to see; no secret is in it."""
    lines = redacted(str(error)).strip().splitlines()
    reason = (lines[0] if lines else type(error).__name__)[:_MAX_REASON]
    return PublishError(_MESSAGES[trouble], place=place, detail=reason)
