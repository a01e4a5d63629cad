"""What a reader gets from a page of the site: its text, line by line."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

_INLINE = {"a", "b", "del", "em", "i", "img", "ins", "span", "strong", "svg", "time"}
_SILENT = {"dialog", "form", "header", "nav", "script", "style", "svg", "template"}
_MARKS = {"ins": ("[+", "+]"), "del": ("[-", "-]")}
_DIGEST = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,64}\b")
_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Page(HTMLParser):
    """Collects the text of a page's body, without navigation and search."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._open: list[str] = []

    @property
    def _is_read(self) -> bool:
        # An article's own header has its title; the site's has the navigation.
        around = set(self._open) - ({"header"} if "article" in self._open else set())
        return "body" in around and _SILENT.isdisjoint(around)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag in _VOID:
            self.text += "\n" if tag == "br" else ""
            return
        self._open.append(tag)
        self._break(tag, 0)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        self._break(tag, 1)
        while self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._is_read:
            self.text += re.sub(r"[ \t\n\r\f]+", " ", data)

    def _break(self, tag: str, side: int) -> None:
        if not self._is_read:
            return
        if tag in _MARKS:
            self.text += _MARKS[tag][side]
        elif tag in {"td", "th"}:
            self.text += " | " if side else ""
        elif tag not in _INLINE:
            self.text += "\n"


def page_text(page: Path) -> str:
    """Return the text of a page; what is new is in [+ +], what is gone in [- -]."""
    reader = _Page()
    reader.feed(page.read_text("utf-8"))
    reader.close()
    lines = (re.sub(" +", " ", line).strip(" |¶") for line in reader.text.split("\n"))
    return masked("".join(f"{line}\n" for line in lines if line))


def masked(text: str) -> str:
    """Return a text without the digests, which each change of a text changes."""
    return _DIGEST.sub("‹digest›", text)
