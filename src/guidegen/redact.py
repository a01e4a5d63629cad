"""Secrets of this run, and texts without them.

Whoever reads a secret says so here; whoever prints or keeps a text that came from
elsewhere (a server's answer, a program's output, a traceback) asks for it without them.
"""

from __future__ import annotations

import base64
from urllib.parse import quote, quote_plus

HIDDEN = "***"

_secrets: set[str] = set()


def hide(secret: str, *, user: str | None = None) -> None:
    """Remember a secret, in all forms in which it may turn up in a text.

    Args:
        secret: A password, a token, a key.
        user: Whose it is, if both are sent together.
    """
    if not secret:
        return
    forms = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret)}
    forms |= {repr(secret)[1:-1], secret.encode("unicode_escape").decode("ascii")}
    for text in (secret, f"{user or ''}:{secret}"):
        forms.add(base64.b64encode(text.encode()).decode("ascii"))
    _secrets.update(forms)


def redacted(text: str) -> str:
    """Return a text with every secret of this run replaced."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text
