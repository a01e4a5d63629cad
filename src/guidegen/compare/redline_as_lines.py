"""A redline as lines for a terminal; `cli` colours them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from guidegen.model.redline import CELLS, HEADINGS, Op, PageRedline, Run
from guidegen.value import Value

GAP: Final = "…"
"""What stands for blocks that are left out."""

_MARKS: Final = {Op.INSERT: ("{+", "+}"), Op.DELETE: ("[-", "-]")}
"""What is put around new and old words where there is no colour, as git does it."""
_MARGIN: Final = {Op.SAME: "  ", Op.INSERT: "+ ", Op.DELETE: "- "}
_BULLET: Final = {"li": "• ", "blockquote": "> "}
# No line is broken at a no-break space (U+00A0, U+202F).
_PARTS = re.compile(r"\n|[^\S\n\u00a0\u202f]+|[^\s]+(?:[\u00a0\u202f]+[^\s]*)*|.")
# Unicode Standard Annex #11: wide and full-width characters take two columns.
_WIDE = frozenset("WF")


class Line(Value):
    """A line; the margin shows what happened to its block, the runs to its words."""

    op: Op = Op.SAME
    margin: str = ""
    runs: tuple[Run, ...] = ()
    heading: bool = False


def redline_lines(page: PageRedline, *, width: int, marks: bool) -> Iterator[Line]:
    """Yield the lines of a page's redline.

    Args:
        page: What changed.
        width: How many columns there are.
        marks: Whether new words stand in `{+…+}` and old ones in `[-…-]`.
    """
    for block in page.blocks:
        if block is None:
            yield Line(runs=(Run(op=Op.SAME, text=f"  {GAP}"),))
            continue
        heading = block.kind in HEADINGS
        if heading:
            yield Line()
        bullet = _BULLET.get(block.kind, "")
        margin = _MARGIN[block.op]
        # A terminal may be narrower than margin and bullet.
        room = max(width - len(margin + bullet), 1)
        runs = _apart(list(map(_with_link, block.runs)), room)
        # The margin shows what is new or gone as a whole; marks would say it again.
        if block.op is Op.SAME:
            runs = list(_marked(runs) if marks else _parted(runs))
        for number, line in enumerate(_wrapped(runs, room)):
            yield Line(
                op=block.op,
                margin=margin + (" " * len(bullet) if number else bullet),
                runs=line,
                heading=heading,
            )


def _with_link(run: Run) -> Run:
    """Return a run with its link's address, if the link may be what has changed."""
    # An address that is its own text, with or without `mailto:`, is not repeated.
    if run.op is Op.SAME or not run.link or run.link.endswith(run.text):
        return run
    return replace(run, text=f"{run.text} <{run.link}>")


def _apart(runs: list[Run], room: int) -> list[Run]:
    """Return the runs of a row, with its cells on lines of their own if need be."""
    if sum(_columns(run.text) for run in runs) <= room:
        return runs
    return [
        replace(run, text=CELLS.replace(" ", "\n", 1)) if run.text == CELLS else run
        for run in runs
    ]


def _parted(runs: list[Run]) -> Iterator[Run]:
    """Yield runs with a space where new words follow old ones directly."""
    for before, run in zip((None, *runs), runs, strict=False):
        if before and (before.op, run.op) == (Op.DELETE, Op.INSERT):
            yield Run(op=Op.SAME, text=" ")
        yield run


def _marked(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs with marks around new and deleted text, but not around its spaces."""
    for op, group in groupby(runs, lambda run: run.op):
        same = list(group)
        text = "".join(run.text for run in same)
        if op not in _MARKS or not text.strip():
            yield from same
            continue
        begin, end = _MARKS[op]
        first, last = same[0], same[-1]
        inner = first.text.lstrip()
        same[0] = replace(
            first, text=first.text[: len(first.text) - len(inner)] + begin + inner
        )
        last = same[-1]
        inner = last.text.rstrip()
        same[-1] = replace(last, text=inner + end + last.text[len(inner) :])
        yield from same


def _wrapped(runs: Iterable[Run], room: int) -> list[tuple[Run, ...]]:
    """Return the lines of a block, broken between words."""
    lines: list[list[Run]] = [[]]
    used = 0
    for word in _words(runs):
        size = sum(_columns(run.text) for run in word)
        if word[0].text == "\n" or (used and used + size > room):
            lines.append([])
            used = 0
        if used or not word[0].text.isspace():
            lines[-1] += word
            used += size
    return [_trimmed(line) for line in lines]


def _trimmed(line: list[Run]) -> tuple[Run, ...]:
    """Return a line without trailing spaces."""
    while line and line[-1].text.isspace():
        line.pop()
    return tuple(line)


def _words(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Yield words as lists of runs, and the spaces between them."""
    word: list[Run] = []
    for run in runs:
        for text in _PARTS.findall(run.text):
            if text.isspace():
                if word:
                    yield word
                yield [replace(run, text=text)]
                word = []
            else:
                word.append(replace(run, text=text))
    if word:
        yield word


def _columns(text: str) -> int:
    """Return how many columns a text takes up."""
    # ASCII has neither wide nor combining characters.
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character)
        else 1 + (unicodedata.east_asian_width(character) in _WIDE)
        for character in text
    )
