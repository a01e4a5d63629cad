"""Keeps secrets out of what is printed and stored.

Whoever reads a secret registers it here. Whoever prints or stores a text that came from
elsewhere (a server's answer, a program's output, a traceback) redacts it first.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from urllib.parse import quote, quote_plus

from guidegen.steering import visible

HIDDEN = "***"

_ANYWHERE = 8
"""From this length on, a secret is struck out wherever its characters stand."""
_AS_A_WORD = 4
"""From this length on, a secret is struck out where it stands as a word of its own.

Shorter ones are parts of any text: whoever strikes out each "a" says nothing any more.
They are struck out where a secret stands: in addresses, in quotation marks, after a
word that announces them.
"""
_ANNOUNCED = (
    r"(?i:(?:pass(?:word|wd|phrase)?|pwd|kennwort|secret|geheimnis|token|key)\w*"
    r"[\"']?\s*[:=]\s*)"
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
        if len(secret) >= _ANYWHERE:
            text = text.replace(secret, HIDDEN)
        else:
            text = _short(secret).sub(lambda found: found[1] + HIDDEN, text)
    return text


@lru_cache(maxsize=64)
def _short(secret: str) -> re.Pattern[str]:
    """Return a pattern that finds a short secret where it is one; group 1 stays."""
    # An end that is no letter or digit bounds the word by itself.
    before = r"(?<!\w)" if re.match(r"\w", secret) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", secret) else ""
    word = before + re.escape(secret) + after
    if len(secret) >= _AS_A_WORD:
        return re.compile(f"(){word}")
    end = r"(?=[\"'@&\s;,)\]}]|\Z)"
    return re.compile(
        rf"({_ANNOUNCED}[\"']?|//[^/@\s]*:|[\"'])(?:{re.escape(secret)}){end}"
    )


def printable(text: str) -> str:
    """Return a text without secrets and with what would steer a terminal named."""
    return visible(redacted(text))
