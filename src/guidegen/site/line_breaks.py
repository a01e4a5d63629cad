"""Where an address of mail may break on a page: before @ and after its dots.

Elsewhere, a browser breaks a long one at any letter ("exampl e").
"""

from __future__ import annotations

import re
from typing import Final

_MAIL: Final = re.compile(r'(<a [^>]*?href="mailto:[^>]*>)([^<]*@[^<]*)(?=</a>)')
_AFTER_DOT: Final = re.compile(r"\.(?=\w)")


def breaking(address: str) -> str:
    """Return an address, escaped for HTML, with the places where it may break."""
    return _AFTER_DOT.sub(".<wbr>", address).replace("@", "<wbr>@")


def with_breaks(html: str) -> str:
    """Return HTML in which the addresses that links of mail show may break."""
    return _MAIL.sub(lambda found: found[1] + breaking(found[2]), html)
