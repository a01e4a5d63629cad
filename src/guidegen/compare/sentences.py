"""A page's Markdown as the sentences that readers see, without a Markdown parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^{}]*\}|\{:?\s*[\w-]+=\"[^{}]*\}")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"</?\w[^<>]*>")
_MARKS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+|\\(?=\W)")
_ALONE = re.compile(r"#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||!\[|<")
"""How a line begins that is a block of its own."""
_RULE = re.compile(r"[\s|:*_-]*")
_ENDS = re.compile(r"(?<=[.!?])[”“\"')]*\s+(?=[^\W\d_a-zäöüß]|[„“\"(\d])")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, list item or table row; two of one text are the same."""

    text: str
    heading: bool = field(default=False, compare=False)
    row: bool = field(default=False, compare=False)


@lru_cache(maxsize=64)
def read_sentences(markdown: str) -> tuple[Sentence, ...]:
    """Return the sentences of a page in reading order."""
    return tuple(sentence for block in _blocks(markdown) for sentence in _split(block))


def _blocks(markdown: str) -> Iterator[str]:
    """Yield headings, items, rows and paragraphs, each on one line."""
    lines: list[str] = []
    for line in markdown.splitlines():
        stripped = line.strip()
        if (not stripped or _ALONE.match(stripped)) and lines:
            yield " ".join(lines)
            lines = []
        if not stripped:
            continue
        lines.append(stripped)
        if stripped[0] in "#|":
            yield stripped
            lines = []
    if lines:
        yield " ".join(lines)


def _split(block: str) -> Iterator[Sentence]:
    heading, row = block.startswith("#"), block.startswith("|")
    text = plain(block)
    if not text:
        return
    if heading or row:
        yield Sentence(text, heading=heading, row=row)
        return
    for part in _ENDS.split(text):
        yield Sentence(part)


def plain(markdown: str) -> str:
    """Return a line of Markdown as readers see it, or nothing if they see nothing."""
    if _RULE.fullmatch(markdown):
        return ""
    text = _LINK.sub(r"\1", _ATTRIBUTES.sub("", markdown))
    text = _MARKS.sub("", _TAG.sub(" ", text))
    text = re.sub(r"^(#{1,6}|[-+>]|\d+[.)])\s*|^\|\s*|\s*\|$", "", text.strip())
    return _SPACE.sub(" ", unescape(text)).strip()
