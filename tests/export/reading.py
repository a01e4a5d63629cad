"""What a page or file says, read by somebody else's parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = "address|blockquote|br|dd|div|dt|h[1-6]|hr|li|nav|ol|p|td|th|tr|table|ul"
_BETWEEN = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>")


class Shape(HTMLParser):
    """A page's elements with their attributes' names, where they lead, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = tuple(sorted(name for name, _ in attrs))
        self.elements.append((tag, names))
        for name, value in attrs:
            if name in {"href", "src"}:
                self.addresses.append(value or "")
            if name == "id":
                self.ids.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def shape_of(html: str) -> Shape:
    """Return what a parser finds in some HTML."""
    shape = Shape()
    shape.feed(html)
    shape.close()
    return shape


def words_of(html: str) -> str:
    """Return the words of some HTML; what stands in different blocks is apart."""
    return " ".join(shape_of(_BETWEEN.sub(r" \g<0> ", html)).text.split())


def squeezed(text: str) -> str:
    """Return a text without white space, which outputs may break differently."""
    return re.sub(r"\s+", "", text)
