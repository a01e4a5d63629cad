"""A page's blocks as words, spaces and punctuation marks: what a redline compares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from guidegen.page.links import is_outside
from guidegen.page.normalise import LINES, RUN, read_blocks
from guidegen.page.tree import HEADINGS, INLINES, Content, Element, ParsedPage

BREAK = "\n"
"""The token of a line break within a block."""

_TOKENS = re.compile(
    r"\w+(?:[-'’.,:/@*·+]+\w+)*"  # a word, number or address with what joins it
    r"|.",  # a space or a punctuation mark
    re.DOTALL,
)
_NAMED = HEADINGS | {"li", "dt", "dd", "blockquote"}
"""Elements whose paragraphs are called after them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a space or a punctuation mark; two are equal however they are set."""

    text: str
    # Compared, unlike the style: a word that leads elsewhere is a change to readers.
    link: str | None = None
    strong: bool = field(default=False, compare=False)
    emphasis: bool = field(default=False, compare=False)

    @property
    def is_break(self) -> bool:
        """Whether it is a line break."""
        return self.text == BREAK


_PLAIN = Token("")


@dataclass(frozen=True, slots=True)
class TokenBlock:
    """A block of a page as tokens; only table rows have several cells."""

    kind: str
    cells: tuple[tuple[Token, ...], ...]
    # Not compared: a table before it that is new would make every row another one.
    table: int = field(default=0, compare=False)
    """Of a row: which of the page's tables it is in, counted from 1."""


def token_blocks(page: ParsedPage) -> tuple[TokenBlock, ...]:
    """Return the blocks of a page that hold any text."""
    return tuple(_token_blocks(read_blocks(page), "p", count(1)))


def _token_blocks(
    blocks: Iterable[Element], kind: str, tables: Iterator[int], table: int = 0
) -> Iterator[TokenBlock]:
    for block in blocks:
        named = block.tag if block.tag in _NAMED else kind
        if block.tag == "tr":
            # The head of a table is bold wherever it is shown.
            cells = tuple(
                _tokens(cell.children, Token("", strong=cell.tag == "th"))
                for cell in block.elements
            )
            yield TokenBlock("tr", cells, table)
        elif block.tag == "table":
            yield from _token_blocks(block.elements, named, tables, next(tables))
        elif block.tag not in LINES:
            yield from _token_blocks(block.elements, named, tables)
        elif tokens := _tokens(block.children):
            alone = [each.tag for each in block.elements] == ["img"]
            texts = (each for each in block.children if isinstance(each, str))
            # A caption beside it makes it a paragraph: readers see the text, too.
            picture = alone and not "".join(texts).strip()
            yield TokenBlock("img" if picture else named, (tokens,))


def _tokens(content: Iterable[Content], style: Token = _PLAIN) -> tuple[Token, ...]:
    """Return a block's tokens, its white space collapsed."""
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
                # Not `replace`, which takes most of the time that a redline takes.
                yield Token(text, style.link, style.strong, style.emphasis)
        elif part.tag == "br":
            yield Token(BREAK)
        elif part.tag == "img":
            yield from _split((part.alt or "",), style)
        elif part.tag in INLINES or part.tag == RUN:
            yield from _split(part.children, _styled(part, style))
        else:  # a paragraph or list within a table cell
            yield Token(BREAK)
            yield from _split(part.children, style)
            yield Token(BREAK)


def _styled(element: Element, style: Token) -> Token:
    if element.tag == "strong":
        return replace(style, strong=True)
    if element.tag == "em":
        return replace(style, emphasis=True)
    # Where a link within the guideline leads to may be renumbered; nobody reads that.
    outside = element.href is not None and is_outside(element.href)
    return replace(style, link=element.href) if outside else style
