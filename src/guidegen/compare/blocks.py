"""A page's element tree as a flat row of blocks made of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guidegen.page.tree import HEADINGS, INLINES, Element

if TYPE_CHECKING:
    from guidegen.page.tree import Content

BREAK = "\n"
"""The token of a line break within a block."""

_TOKENS = re.compile(
    r"[ \t\r\n\f]+"  # what HTML shows as one space
    r"|\w+(?:[-'’.,:/@*·+]+\w+)*"  # a word, number or address with what joins it
    r"|.",
    re.DOTALL,
)
_OUTSIDE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_NAMED = HEADINGS | {"li", "dt", "dd", "blockquote"}
"""Elements whose paragraphs are called after them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a space or a punctuation mark; how it is set does not make it another."""

    text: str
    link: str | None = None
    strong: bool = field(default=False, compare=False)
    emphasis: bool = field(default=False, compare=False)


_PLAIN = Token("")


@dataclass(frozen=True, slots=True)
class Source:
    """A block of a page; all but table rows have one cell."""

    kind: str
    cells: tuple[tuple[Token, ...], ...]
    table: int = field(default=0, compare=False)
    """Of a row: which of the page's tables it is in, counted from 1."""


def read_blocks(content: Iterable[Content]) -> tuple[Source, ...]:
    """Return the blocks of a page's element tree that hold any text."""
    reader = _Reader()
    reader.read(content, "p")
    return tuple(reader.blocks)


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Source] = []
        self._tables = 0

    def read(self, content: Iterable[Content], kind: str) -> None:
        inline: list[Content] = []
        for part in content:
            if isinstance(part, str) or part.tag in INLINES:
                inline.append(part)
                continue
            self._add(kind, inline)
            inline = []
            self._element(part, kind)
        self._add(kind, inline)

    def _element(self, element: Element, kind: str) -> None:
        if element.tag == "tr":
            # The head of a table is bold wherever it is shown.
            cells = tuple(
                _tokens(cell.children, Token("", strong=cell.tag == "th"))
                for cell in element.children
                if isinstance(cell, Element)
            )
            self.blocks.append(Source("tr", cells, self._tables))
            return
        self._tables += element.tag == "table"
        self.read(element.children, element.tag if element.tag in _NAMED else kind)

    def _add(self, kind: str, inline: list[Content]) -> None:
        tokens = _tokens(inline)
        if tokens:
            elements = [part for part in inline if not isinstance(part, str)]
            alone = len(elements) == 1 and elements[0].tag == "img"
            blank = all(not part.strip() for part in inline if isinstance(part, str))
            self.blocks.append(Source("img" if alone and blank else kind, (tokens,)))


def _tokens(content: Iterable[Content], style: Token = _PLAIN) -> tuple[Token, ...]:
    """Return what stands in a block, spaces as a browser would show them."""
    tokens: list[Token] = []
    for token in _split(content, style):
        space = token.text in {" ", BREAK}
        if space and (not tokens or tokens[-1].text == BREAK):
            continue
        if space and tokens[-1].text == " ":
            tokens.pop()
        tokens.append(token)
    while tokens and tokens[-1].text in {" ", BREAK}:
        tokens.pop()
    return tuple(tokens)


def _split(content: Iterable[Content], style: Token) -> Iterable[Token]:
    for part in content:
        if isinstance(part, str):
            for text in _TOKENS.findall(part):
                yield replace(style, text=" " if text[0] in " \t\r\n\f" else text)
        elif part.tag == "br":
            yield Token(BREAK)
        elif part.tag == "img":
            yield from _split((part.attributes.get("alt", ""),), style)
        elif part.tag in INLINES:
            yield from _split(part.children, _styled(part, style))
        else:  # a paragraph or list within a table cell
            yield Token(BREAK)
            yield from _split(part.children, style)
            yield Token(BREAK)


def _styled(element: Element, style: Token) -> Token:
    if element.tag in {"strong", "b"}:
        return replace(style, strong=True)
    if element.tag in {"em", "i"}:
        return replace(style, emphasis=True)
    target = element.attributes.get("href", "") if element.tag == "a" else ""
    # Where a link within the guideline leads to may be renumbered; nobody reads that.
    return replace(style, link=target) if _OUTSIDE.match(target) else style
