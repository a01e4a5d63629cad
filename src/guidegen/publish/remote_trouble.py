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


_SAID = {
    Trouble.LOST: (
        "{place} cannot be reached: {reason}",
        "what readers see is complete; the next run goes on where this one stopped",
    ),
    Trouble.BUSY: (
        "{place} does not work properly at the moment: {reason}",
        "what readers see is complete; the next run goes on where this one stopped",
    ),
    Trouble.LOGIN: (
        "{place} does not let guidegen in: {reason}",
        "check the user, the key and the secret; docs/how-to/publish-remote.md",
    ),
    Trouble.STRANGER: (
        "{place} cannot prove that it is the right server: {reason}",
        "ask its administrator for its key or certificate; nothing was sent",
    ),
    Trouble.DENIED: (
        "guidegen lacks a right at {place}: {reason}",
        "it has to be able to list, read, write, rename and delete there",
    ),
    Trouble.FULL: (
        "there is no room left at {place}: {reason}",
        "what readers see is complete; make room or lower “keep”, then try again",
    ),
    Trouble.ABSENT: (
        "something that is needed is not there: {place}: {reason}",
        "check the host, the path, the bucket or the share",
    ),
    Trouble.CLOCK: (
        "{place} has another time than this computer: {reason}",
        "set this computer's clock, then try again",
    ),
    Trouble.REFUSED: (
        "{place} refused: {reason}",
        "what readers see is complete; perhaps the disk there is full or locked",
    ),
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
    text, hint = _SAID[trouble]
    lines = redacted(str(error)).strip().splitlines()
    reason = (lines[0] if lines else type(error).__name__)[:_MAX_REASON]
    return PublishError(text, hint=hint, values={"place": place, "reason": reason})
