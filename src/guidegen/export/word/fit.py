"""Texts that have to fit on a line of the Word file, whose font nobody can measure."""

from __future__ import annotations

import unicodedata
from typing import Final

from guidegen.declension import without_legal_form
from guidegen.model.adaptation import NameRules

_NARROW: Final = frozenset("fijlrtI.,:;'’|!()[]-· ")
_WIDE: Final = frozenset("mwMWOQGD@%&—…")
# Of Calibri Bold, a little rounded up: it is the wider cut.
_WIDTHS: Final = {"narrow": 0.3, "wide": 0.78, "capital": 0.56, "other": 0.51}
_IDEOGRAPH: Final = 1.0


def width_of(text: str) -> float:
    """Return about how wide a text is, in widths of its size (em); rather too much."""
    return sum(_width(character) for character in text)


def shortened(text: str, room: float, names: NameRules | None = None) -> str:
    """Return a text that fits, cut between words and never within a legal form.

    Args:
        text: A text on one line.
        room: How wide it may be, in em.
        names: How the pack knows legal forms.
    """
    if width_of(text) <= room:
        return text
    # "… GmbH & …" would be another company: its form stays whole, or goes.
    words = (without_legal_form(text, names) if names else text).split(" ")
    while words and width_of(f"{' '.join(words)} …") > room:
        words.pop()
    if kept := " ".join(words).rstrip(" ,;:–-·&("):
        return f"{kept} …"
    # The first word alone is longer than the line.
    end = len(text)
    while end and width_of(f"{text[:end]}…") > room:
        end -= 1
    return f"{text[:end]}…"


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return _IDEOGRAPH
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return _WIDTHS["narrow"]
    if character in _WIDE:
        return _WIDTHS["wide"]
    return _WIDTHS["capital" if character.isupper() else "other"]
