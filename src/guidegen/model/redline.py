"""What changed in a page's text, word by word."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from guidegen.model.json_records import LEFT_OUT
from guidegen.value import Value

CELLS = " | "
"""The text of the run between two cells of a table row; no other run has it."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""The kinds of blocks that are headings."""


class Op(StrEnum):
    """What happened to a stretch of text."""

    SAME = "same"
    INSERT = "insert"
    DELETE = "delete"


class Run(Value):
    """A stretch of text to which one thing happened; plain text, never markup.

    A newline in it is a line break. `link` is an address outside the guideline.
    """

    op: Op
    text: str
    strong: bool = field(default=False, metadata=LEFT_OUT)
    emphasis: bool = field(default=False, metadata=LEFT_OUT)
    link: str | None = field(default=None, metadata=LEFT_OUT)


class Block(Value):
    """A heading, paragraph, list item, table row or quotation.

    `kind` is the element's name in HTML: `h1` … `h6`, `p`, `li`, `tr`, `dt`, `dd`,
    `blockquote`, `img` (its text is what stands for the picture). A row's cells are
    separated by runs whose text is `CELLS`.
    `op` is `INSERT` or `DELETE` if all of it is new or gone, else `SAME`.
    """

    kind: str
    op: Op
    runs: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it differs."""
        return any(run.op is not Op.SAME for run in self.runs)


class PageRedline(Value):
    """What changed in a page; unchanged stretches far from a change are left out.

    A `None` among the blocks stands for what is left out. `op` is `INSERT` or `DELETE`
    for a page that is new or gone.
    """

    page: str
    title: str
    op: Op
    blocks: tuple[Block | None, ...]
