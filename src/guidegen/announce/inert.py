"""Texts that no chat, portal or automation computes anything from."""

from __future__ import annotations

import re
from typing import Final

from guidegen.mail.characters import line_of

# What Power Automate (`@{…}`, a text that begins with `@`) and the templates of
# Adaptive Cards (`${…}`) would compute, and what would call people (`@everyone`,
# `<!channel>`). The @ of an address of mail has a letter before it.
_CALLS: Final = re.compile(r"(?<![\w.+-])@|[@$](?=\{)|<(?=[!@#])")
_JOINER: Final = "\u2060"
"""A word joiner: nobody sees it, and no line breaks at it."""


def inert(text: str) -> str:
    """Return a text on one line that calls nobody and computes nothing."""
    return _CALLS.sub(lambda found: f"{_JOINER}{found[0]}{_JOINER}", line_of(text))
