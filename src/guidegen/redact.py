"""Keeps secrets out of what is printed and stored.

Whoever reads a secret registers it here. Whoever prints or stores a text that came from
elsewhere (a server's answer, a program's output, a traceback) redacts it first.
"""

from __future__ import annotations

import base64
import re
from urllib.parse import quote, quote_plus

HIDDEN = "***"

# These could move the cursor, or make a message read as another one.
_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

_secrets: set[str] = set()


def hide(secret: str, *, user: str | None = None) -> None:
    """Register a secret, in all forms in which it may turn up in a text.

    Args:
        secret: A password, a token, a key.
        user: Whose it is, if both are sent together.
    """
    if not secret:
        return
    forms = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret)}
    # As tracebacks and logs show it.
    forms |= {repr(secret)[1:-1], secret.encode("unicode_escape").decode("ascii")}
    # HTTP's basic authentication sends user and password like this (RFC 7617).
    for text in (secret, f"{user or ''}:{secret}"):
        forms.add(base64.b64encode(text.encode()).decode("ascii"))
    _secrets.update(forms)


def redacted(text: str) -> str:
    """Return a text with every secret of this run replaced."""
    # The longest first, since one secret may be part of another.
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def printable(text: str) -> str:
    """Return a text without secrets and without what would steer a terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", redacted(text))
