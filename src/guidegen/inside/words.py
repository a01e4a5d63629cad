"""The words of a feed: which headlines are kept, and which are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from guidegen.model.inside import Feed


def passes(title: str, feed: Feed) -> bool:
    """Return whether a headline may wait for a decision.

    A word counts where a word begins with it, whatever its case: `Muster` is in
    "Musters Werk", and `eon` not in "Napoleon".
    """
    if _has_any(title, feed.block):
        return False
    return not feed.keep or _has_any(title, feed.keep)


def _has_any(title: str, words: Iterable[str]) -> bool:
    text = _folded(title)
    return any(re.search(rf"(?<!\w){re.escape(_folded(word))}", text) for word in words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())
