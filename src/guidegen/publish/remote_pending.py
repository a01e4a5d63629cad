"""What a run is about to change at a server, noted there before it begins.

So the next run knows after an interruption which files there are guidegen's and which
of them may be of either publication; and a run notices that another one has begun.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field

from guidegen.publish.manifest import MAX_BYTES, Damaged, check_names

_FORMAT = 1


def _token() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """The files that a run may have written or removed."""

    names: frozenset[str] = frozenset()
    token: str = field(default_factory=_token)
    """Which run it is."""


_UNREADABLE = Pending(token="")


def write_pending(pending: Pending) -> bytes:
    """Return the note as it is stored."""
    data = {
        "format": _FORMAT,
        "token": pending.token,
        "names": sorted(pending.names),
    }
    return (json.dumps(data, indent=1) + "\n").encode()


def read_pending(content: bytes | None) -> Pending | None:
    """Return the note that was found; from one that is damaged, nothing is believed.

    None if there is none. Names that lead elsewhere are left out: what they name is
    not guidegen's.
    """
    if content is None:
        return None
    if len(content) > MAX_BYTES:
        return _UNREADABLE
    try:
        data = json.loads(content)
        if data["format"] != _FORMAT:
            return _UNREADABLE
        names = frozenset(str(name) for name in data["names"] if _is_good(name))
        return Pending(names=names, token=str(data["token"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return _UNREADABLE


def _is_good(name: object) -> bool:
    try:
        check_names([str(name)])
    except Damaged:
        return False
    return True
