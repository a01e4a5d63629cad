"""A page's sentences as readers see them, and the sections that they stand in.

Markdown is read line by line here: a build cannot wait for a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape

_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^{}]*\}|\{:?\s*[\w-]+=\"[^{}]*\}")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^)]*\)")
_TAG = re.compile(r"</?\w[^<>]*>")
# As in CommonMark, an underscore within a word is part of it.
_MARKS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+|\\(?=\W)")
_ALONE = re.compile(r"#{1,6}\s|[-*+:]\s|\d+[.)]\s|>|\||!\[|<")
"""How a line begins that is a block of its own."""
_RULE = re.compile(r"[\s|:*_-]*")
# A small letter after a full stop means an abbreviation such as "e.g."; titles and
# initials come before names.
_ENDS = re.compile(
    r"(?<!\bDr\.)(?<!\bProf\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!(?<![’\'])\b\w\.)(?<=[.!?])"
    r"[”“\"')]*\s+(?=[^\W\d_a-zäöüß]|[„“\"(\d])"
)
_FRAME = re.compile(r"^(#{1,6}|[-+>:]|\d+[.)])\s*|^\|\s*|(?<!\s)\s*\|$")
"""What a block stands in: the mark of a heading or an item, a row's bars."""
_ITEM = re.compile(r"[-*+]\s|\d+[.)]\s")
_SECTION = "## "
_NUMBER = re.compile(r"\d{1,2}\.\s+")
_SPACE = re.compile(r"\s+")
_ID = re.compile(r"\{:?[^{}]*#([\w-]+)")
"""The id of a heading."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, list item or table row; two of one text are the same."""

    text: str
    heading: bool = field(default=False, compare=False)
    number: str = field(default="", compare=False)
    """Of a heading: another rule before it changes the number, and nothing else."""
    row: bool = field(default=False, compare=False)
    section: int = field(default=0, compare=False)
    """How many headings of sections (h2) stand above it, itself included."""
    anchor: str = field(default="", compare=False)
    """Of a heading: its id."""
    lead: str = field(default="", compare=False)
    """Of an item in a list: what announces the list, such as "You may always:"."""
    opens: bool = field(default=False, compare=False)
    """Of a heading: whether it begins a section."""


# Pages are read often: whether a sentence has moved is looked up in all of them.
@lru_cache(maxsize=64)
def read_sentences(markdown: str) -> tuple[Sentence, ...]:
    """Return the sentences of a page in reading order."""
    found: list[Sentence] = []
    section, lead = 0, ""
    for block in _blocks(markdown):
        section += block.startswith(_SECTION)
        sentences = [replace(each, section=section) for each in _split(block)]
        if _ITEM.match(block):
            sentences = [replace(each, lead=lead) for each in sentences]
        elif sentences:
            last = sentences[-1].text
            lead = last if last.endswith(":") else ""
        found += sentences
    return tuple(found)


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
        # A heading and a row end with their line, even without an empty line below.
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
        number = found[0] if heading and (found := _NUMBER.match(text)) else ""
        text = text.removeprefix(number)
        anchor = named[1] if heading and (named := _ID.search(block)) else ""
        yield Sentence(
            text,
            heading=heading,
            number=number,
            row=row,
            anchor=anchor,
            opens=block.startswith(_SECTION),
        )
        return
    for part in split_sentences(text):
        yield Sentence(part)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text without marks."""
    return _ENDS.split(text)


def plain(markdown: str) -> str:
    """Return a line of Markdown as readers see it, or nothing if they see nothing."""
    if _RULE.fullmatch(markdown):
        return ""
    text = _LINK.sub(r"\1", _ATTRIBUTES.sub("", markdown))
    text = _MARKS.sub("", _TAG.sub(" ", text))
    text = _FRAME.sub("", text.strip())
    # Entities come last: `&lt;b&gt;` is text that readers see, no tag to be taken out.
    return _SPACE.sub(" ", unescape(text)).strip()
