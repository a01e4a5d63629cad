"""Headlines as plain text: no markup, nothing invisible, nothing that turns a line.

Whoever writes a feed can write anything in a headline.
"""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser
from typing import Final

LONGEST_TITLE: Final = 200
"""How many characters a headline may have; a longer one ends in an ellipsis."""

_LONGEST_READ: Final = 4_000
"""How many characters of what a feed says are looked at."""

_SILENT: Final = frozenset({"script", "style", "template", "noscript", "iframe"})
"""Elements whose content nobody reads."""
_MOST_MARKS: Final = 4
# Joiners make some letters and emoji what they are; all else of their kind is invisible
# or turns the direction of a line.
_JOINERS: Final = frozenset("\u200c\u200d")
_SHORTEST_CUT: Final = LONGEST_TITLE * 3 // 4


class _Text(HTMLParser):
    """Collects the text of markup; references to characters are decoded once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: str | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note where nobody reads on; an element may stand between two words."""
        del attrs
        if tag in _SILENT:
            self._silent = tag
        elif tag in {"br", "p", "div", "li"}:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Note where people read on."""
        if tag == self._silent:
            self._silent = None

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if self._silent is None:
            self.pieces.append(data)


def headline(markup: str) -> str:
    """Return what a feed calls an entry as plain text; "" if nothing can be read.

    Args:
        markup: As XML gave it: text in which HTML may stand.
    """
    parser = _Text()
    parser.feed(markup[:_LONGEST_READ])
    parser.close()
    return plain_line("".join(parser.pieces))


def plain_line(text: str, longest: int = LONGEST_TITLE) -> str:
    """Return a text as one line of visible characters, cut at a number of them.

    What it returns, it returns unchanged if it is asked again.
    """
    if len(text) <= longest and _is_plain(text):
        return text
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text[:_LONGEST_READ]):
        category = unicodedata.category(character)
        if category[0] == "Z" or character in "\t\n\r\v\f\x85":
            marks = 0
            kept.append(" ")
            continue
        # Control, format, surrogate and private characters; unassigned ones as well.
        if category[0] == "C" and character not in _JOINERS:
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    line = unicodedata.normalize("NFC", " ".join("".join(kept).split()))
    line = line.strip("\u200c\u200d ")
    if not any(unicodedata.category(each)[0] in "LNSP" for each in line):
        return ""
    return line if len(line) <= longest else _cut(line, longest)


def _is_plain(text: str) -> bool:
    """Return whether nothing has to be done to a text, as to most: a build reads many.

    Before U+0300 there are no marks, and every letter is a single one already.
    """
    return (
        text.isprintable()
        and max(text, default=" ") < "\u0300"
        and not text.isspace()
        and " ".join(text.split()) == text
        and any(each.isalnum() for each in text)
    )


def _cut(line: str, longest: int) -> str:
    """Return the beginning of a line with an ellipsis, at a blank if one is near."""
    beginning = line[: longest - 1]
    at = beginning.rfind(" ")
    if at >= min(_SHORTEST_CUT, longest * 3 // 4):
        beginning = beginning[:at]
    return beginning.rstrip("\u200c\u200d .,;:\u2013-\u2026") + "\u2026"
