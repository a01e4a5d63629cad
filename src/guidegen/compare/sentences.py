"""A page's sentences as readers see them, and which duties are in them.

Markdown is read line by line here: a build cannot wait for a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import unescape

_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^{}]*\}|\{:?\s*[\w-]+=\"[^{}]*\}")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"</?\w[^<>]*>")
# As in CommonMark, an underscore within a word is part of it.
_MARKS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+|\\(?=\W)")
_ALONE = re.compile(r"#{1,6}\s|[-*+:]\s|\d+[.)]\s|>|\||!\[|<")
"""How a line begins that is a block of its own."""
_RULE = re.compile(r"[\s|:*_-]*")
# A small letter after a full stop means an abbreviation such as "e.g."; titles and
# initials come before names.
_ENDS = re.compile(
    r"(?<!\bDr\.)(?<!\bProf\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\b\w\.)(?<=[.!?])"
    r"[”“\"')]*\s+(?=[^\W\d_a-zäöüß]|[„“\"(\d])"
)
_FRAME = re.compile(r"^(#{1,6}|[-+>:]|\d+[.)])\s*|^\|\s*|\s*\|$")
"""What a block stands in: the mark of a heading or an item, a row's bars."""
_NUMBER = re.compile(r"\d{1,2}\.\s+")
_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, list item or table row; two of one text are the same."""

    text: str
    heading: bool = field(default=False, compare=False)
    number: str = field(default="", compare=False)
    """Of a heading: another rule before it changes the number, and nothing else."""
    row: bool = field(default=False, compare=False)


# Pages are read often: whether a sentence has moved is looked up in all of them.
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
        yield Sentence(text, heading=heading, number=number, row=row)
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


# --- duties


def duties(sentence: str, entries: Sequence[str]) -> frozenset[str]:
    """Return the entries whose words the sentence has.

    An entry's words must all be in the sentence, in their order. `a/b` are forms of one
    word, `a*` stands for any ending, and `^a` must be the sentence's first word.

    Args:
        sentence: The sentence.
        entries: The words that make a duty, as the pack lists them for a language.
    """
    words = [word.casefold() for word in _WORDS.findall(sentence)]
    return frozenset(entry for entry in entries if _has(words, _pattern(entry)))


@dataclass(frozen=True, slots=True)
class _Forms:
    """What one word of an entry may be."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    first: bool

    def find(self, words: Sequence[str], start: int) -> int | None:
        """Return the index of the first word from `start` on that is one."""
        stop = min(len(words), 1) if self.first else len(words)
        for index in range(start, stop):
            word = words[index]
            if word in self.whole or word.startswith(self.beginnings):
                return index
        return None


@cache
def _pattern(entry: str) -> tuple[_Forms, ...]:
    return tuple(map(_forms, entry.casefold().split()))


def _forms(word: str) -> _Forms:
    forms = word.removeprefix("^").split("/")
    return _Forms(
        whole=frozenset(form for form in forms if not form.endswith("*")),
        beginnings=tuple(form[:-1] for form in forms if form.endswith("*")),
        first=word.startswith("^"),
    )


def _has(words: Sequence[str], pattern: Sequence[_Forms]) -> bool:
    # Taking the first word that fits is enough: it leaves the most words for the rest.
    start = 0
    for forms in pattern:
        index = forms.find(words, start)
        if index is None:
            return False
        start = index + 1
    return True
