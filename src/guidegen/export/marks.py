"""Text as CommonMark: what means something to a reader of Markdown is escaped."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from guidegen.export.chapters import without_illegal

_SPACES: Final = re.compile(r"[ \t\n\r\f\v]+")
_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>#|~$^]|&(?=#?\w+;)")
_START: Final = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))|^(?=[-+=:])", re.MULTILINE)

STRONG: Final = ("\ufdd0", "\ufdd1")
EMPHASIS: Final = ("\ufdd2", "\ufdd3")
"""Stand for the marks until it is known what stands beside them; no text has them."""
_PAIRS: Final = {STRONG: "**", EMPHASIS: "*"}
_MARKS: Final = "".join((*STRONG, *EMPHASIS))


def escape_text(text: str) -> str:
    """Return a text as Markdown that shows it; white space as a browser shows it."""
    line = _SPACES.sub(" ", without_illegal(text))
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", line)


def escape_starts(block: str) -> str:
    """Return a paragraph in which no line begins like a list, a rule or a heading."""
    lines = "\n".join(line.strip(" ") for line in block.split("\n"))
    return _START.sub(lambda found: f"{found[1] or ''}\\", lines)


def set_marks(line: str) -> str:
    """Return a line with its emphasis as stars, where a reader takes them as such.

    Stars beside letters and punctuation marks can be ambiguous (CommonMark 0.31,
    section 6.2). There the text goes without.
    """
    opened: list[tuple[int, tuple[str, str]]] = []
    signs: dict[int, str] = {}
    for place, sign in enumerate(line):
        for pair, stars in _PAIRS.items():
            if sign == pair[0]:
                opened.append((place, pair))
            elif sign == pair[1] and opened:
                begin, _ = opened.pop()
                if not opened and _readable(line, begin, place, signs):
                    signs[begin] = signs[place] = stars
    return "".join(
        signs.get(place, "") if sign in _MARKS else sign
        for place, sign in enumerate(line)
    )


def _readable(line: str, begin: int, end: int, signs: dict[int, str]) -> bool:
    """Return whether marks at these places are taken as opening and closing."""
    inside = [sign for sign in line[begin + 1 : end] if sign not in _MARKS]
    if not inside:
        return False
    before = _neighbour(line, begin, -1, signs)
    after = _neighbour(line, end, 1, signs)
    return (
        not inside[0].isspace()
        and not inside[-1].isspace()
        and (not _is_mark(inside[0]) or _is_free(before))
        and (not _is_mark(inside[-1]) or _is_free(after))
        and before != "*"
    )


def _neighbour(line: str, place: int, step: int, signs: dict[int, str]) -> str:
    """Return the character beside a mark, none at the line's end."""
    place += step
    while 0 <= place < len(line):
        if line[place] not in _MARKS:
            return line[place]
        if place in signs:
            return "*"
        place += step
    return ""


def _is_mark(sign: str) -> bool:
    """Return whether a character may count as punctuation."""
    return unicodedata.category(sign)[0] in "PS"


def _is_free(sign: str) -> bool:
    """Return whether a character beside punctuation leaves no doubt."""
    return not sign or sign.isspace() or unicodedata.category(sign)[0] == "P"
