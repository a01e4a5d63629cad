"""Names of computers on the net (RFC 1035)."""

from __future__ import annotations

import re
from typing import Final

# RFC 1035, 2.3.4: 255 octets, which leaves 253 characters in the written form.
_LONGEST: Final = 253
# RFC 1035, 2.3.1: at most 63 characters, no hyphen at either end; but any letters, for
# international names.
_LABEL: Final = re.compile(r"(?!-)[^\W_](?:[\w-]{0,61}[^\W_])?(?<!-)")


def is_host(text: str) -> bool:
    """Return whether a text can be the name of a host."""
    return len(text) <= _LONGEST and all(
        _LABEL.fullmatch(label) for label in text.split(".")
    )
