"""A redline as a piece of HTML that reads well aloud, in print and without colour."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from guidegen.elements import HEADINGS
from guidegen.model.redline import CELLS, Block, Op

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidegen.model.redline import PageRedline, Run

LABELS: Final = (
    *("redline_inserted", "redline_deleted", "redline_left_out"),
    *("redline_page_new", "redline_page_gone"),
)
"""The labels of a pack that a redline needs."""

_DEEPEST = 6
_SAFE = ("http://", "https://", "mailto:", "tel:")
_TAGS: Final = {Op.INSERT: "ins", Op.DELETE: "del"}
_SPOKEN: Final = {Op.INSERT: "redline_inserted", Op.DELETE: "redline_deleted"}
_OF_PAGE: Final = {Op.INSERT: "redline_page_new", Op.DELETE: "redline_page_gone"}
_AROUND: Final = {"li": "ul", "tr": "table", "dt": "dl", "dd": "dl"}
"""What blocks that belong together stand in."""


def redline_html(
    pages: Iterable[PageRedline], labels: Mapping[str, str], *, level: int
) -> str:
    """Return redlines as HTML without styles; the pack's `redline.css` has those.

    What is new or gone is named in words too, which only screen readers say; the class
    `gg-spoken` hides them from view.

    Args:
        pages: What changed.
        labels: The words of `LABELS`, plain text, in the pages' language.
        level: Which level of heading the pages' titles are, from 1.
    """
    return "".join(_page(page, labels, level) for page in pages)


def _page(page: PageRedline, labels: Mapping[str, str], level: int) -> str:
    title = escape(page.title)
    if page.op is not Op.SAME:
        word = escape(labels[_OF_PAGE[page.op]])
        title += f' <span class="gg-tag gg-tag-{page.op}">{word}</span>'
    heading = min(level, _DEEPEST)
    groups = groupby(page.blocks, _around)
    content = "".join(
        _group(around, list(blocks), labels, heading) for around, blocks in groups
    )
    return (
        f'<section class="gg-redline"><h{heading}>{title}</h{heading}>'
        f"{content}</section>"
    )


def _around(block: Block | None) -> str:
    return _AROUND.get(block.kind, "") if block else ""


def _group(
    around: str, blocks: list[Block | None], labels: Mapping[str, str], level: int
) -> str:
    content = "".join(_block(block, labels, level) for block in blocks)
    match around:
        case "":
            return content
        case "table":
            return f"<table><tbody>{content}</tbody></table>"
    return f"<{around}>{content}</{around}>"


def _block(block: Block | None, labels: Mapping[str, str], level: int) -> str:
    if block is None:
        return f'<p class="gg-left-out">{escape(labels["redline_left_out"])}</p>'
    if block.kind == "tr":
        cells = "".join(f"<td>{_runs(cell, labels)}</td>" for cell in split_row(block))
        return f'<tr class="gg-{block.op}">{cells}</tr>'
    tag = block.kind
    if tag in HEADINGS:
        # A page's own headings lie below its title here, whatever their level there.
        tag = f"h{min(level + max(int(tag[1]) - 1, 1), _DEEPEST)}"
    elif tag not in {*_AROUND, "blockquote"}:
        tag = "p"
    return f'<{tag} class="gg-{block.op}">{_runs(block.runs, labels)}</{tag}>'


def split_row(block: Block) -> list[list[Run]]:
    """Return the runs of each cell of a row."""
    cells: list[list[Run]] = [[]]
    for run in block.runs:
        if run.text == CELLS:
            cells.append([])
        else:
            cells[-1].append(run)
    return cells


def _runs(runs: Iterable[Run], labels: Mapping[str, str]) -> str:
    content = ""
    for op, group in groupby(runs, lambda run: run.op):
        text = "".join(map(_run, group))
        if op is not Op.SAME:
            spoken = escape(labels[_SPOKEN[op]])
            tag = _TAGS[op]
            text = f'<{tag}><span class="gg-spoken">{spoken} </span>{text}</{tag}>'
        content += text
    return content


def _run(run: Run) -> str:
    text = escape(run.text, quote=False).replace("\n", "<br>")
    if run.strong:
        text = f"<strong>{text}</strong>"
    if run.emphasis:
        text = f"<em>{text}</em>"
    if run.link and run.link.lower().startswith(_SAFE):
        text = f'<a href="{escape(run.link)}">{text}</a>'
    return text
