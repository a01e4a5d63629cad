"""What changed in one page's text, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from guidegen.compare.align import align
from guidegen.compare.blocks import sources_of
from guidegen.compare.words import compare_words, token_runs
from guidegen.model.document import Page
from guidegen.model.redline import CELLS, HEADINGS, Block, Op, PageRedline, Run
from guidegen.page.tree import PageParser

if TYPE_CHECKING:
    from guidegen.compare.blocks import Source

_BORDER = Run(op=Op.SAME, text=CELLS)


def compare_page(
    old: Page | None, new: Page | None, parser: PageParser, context: int | None
) -> PageRedline:
    """Return what changed from a page to what it became; one of both may be missing.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
    """
    before = sources_of(parser.parse(old)) if old else ()
    after = sources_of(parser.parse(new)) if new else ()
    shown = new or old
    if shown is None:  # never: one of the two is there
        raise ValueError
    op = Op.SAME if old and new else Op.INSERT if new else Op.DELETE
    blocks = [block for pair in align(before, after) for block in _blocks(*pair)]
    kept = range(len(blocks)) if context is None else _kept(blocks, context)
    return PageRedline(
        page=shown.id,
        title=shown.title,
        op=op,
        blocks=_with_gaps([block for _, block in blocks], kept),
    )


def _blocks(old: Source | None, new: Source | None) -> list[tuple[Source, Block]]:
    """Return a pair as one block, or as two if hardly anything has stayed."""
    if old and new:
        if old == new:
            return [(new, _whole(Op.SAME, new))]
        edited = _edited(old, new)
        if edited:
            return [(new, edited)]
    both = ((Op.DELETE, old), (Op.INSERT, new))
    return [(source, _whole(op, source)) for op, source in both if source]


def _edited(old: Source, new: Source) -> Block | None:
    cells = [
        compare_words(was, now) for was, now in zip(old.cells, new.cells, strict=True)
    ]
    if all(cell is None for cell in cells):
        return None
    runs = (
        cell
        if cell is not None
        else (*token_runs(Op.DELETE, was), *token_runs(Op.INSERT, now))
        for cell, was, now in zip(cells, old.cells, new.cells, strict=True)
    )
    return Block(kind=new.kind, op=Op.SAME, runs=_row(runs, _BORDER))


def _whole(op: Op, source: Source) -> Block:
    runs = (token_runs(op, cell) for cell in source.cells)
    return Block(kind=source.kind, op=op, runs=_row(runs, replace(_BORDER, op=op)))


def _row(cells: Iterable[Iterable[Run]], border: Run) -> tuple[Run, ...]:
    runs: list[Run] = []
    for place, cell in enumerate(cells):
        runs += [border, *cell] if place else cell
    return tuple(runs)


def _kept(blocks: Sequence[tuple[Source, Block]], context: int) -> set[int]:
    """Return the places of changes, of what is near them, and of what names them.

    The heading above a change and the first row of its table say what it is about; the
    next heading and the other rows are about something else.
    """
    kept: set[int] = set()
    heading: int | None = None
    tables: dict[int, int] = {}
    for place, (source, block) in enumerate(blocks):
        if source.table:
            tables.setdefault(source.table, place)
        if block.changed:
            kept.add(place)
            kept.update(() if heading is None else (heading,))
            if source.table:
                kept.add(tables[source.table])
            else:
                kept.update(_near(blocks, place, context))
        if block.kind in HEADINGS:
            heading = place
    return kept


def _near(
    blocks: Sequence[tuple[Source, Block]], place: int, context: int
) -> Iterator[int]:
    """Yield the places around a change, up to the next heading and without tables."""
    for step in (-1, 1):
        for near in range(place + step, place + step * (context + 1), step):
            if not 0 <= near < len(blocks):
                break
            source, block = blocks[near]
            if source.table or block.kind in HEADINGS:
                break
            yield near


def _with_gaps(
    blocks: Sequence[Block], kept: Iterable[int]
) -> tuple[Block | None, ...]:
    """Return the blocks that are kept, and one None for each stretch of others."""
    places = set(kept)
    shown: list[Block | None] = []
    for place, block in enumerate(blocks):
        if place in places:
            shown.append(block)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return tuple(shown)
