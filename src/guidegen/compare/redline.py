"""What changed in the pages' text, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from operator import attrgetter
from typing import Final, TypeAlias

from guidegen.compare.alignment import align
from guidegen.compare.tokens import Token, TokenBlock, token_blocks
from guidegen.model.document import Page
from guidegen.model.redline import CELLS, HEADINGS, Block, Op, PageRedline, Run
from guidegen.page.tree import PageParser
from guidegen.value import Value

_Tokens: TypeAlias = "Sequence[Token]"

# Not the measure of `alignment.ALIKE`: that counts words wherever they stand, this one
# only what stayed in its order.
SURVIVES: Final = 0.5
"""How much of a text must stay for its change to be shown word by word."""

_AT_MOST: Final = 4_000_000
"""How many pairs of words may be compared: more would take seconds."""

_STYLE: Final = attrgetter("link", "strong", "emphasis")
_BORDER: Final = Run(op=Op.SAME, text=CELLS)


def redlines(
    old: Mapping[str, Sequence[Page]],
    new: Mapping[str, Sequence[Page]],
    parser: PageParser,
) -> dict[str, tuple[PageRedline, ...]]:
    """Return what changed by language, for those that both have and that differ.

    Args:
        old: The pages as they were, by language.
        new: The pages as they are.
        parser: As in `redline`.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
    """
    found = {
        language: redline(old[language], pages, parser)
        for language, pages in new.items()
        if language in old
    }
    return {language: pages for language, pages in found.items() if pages}


def redline(
    old: Sequence[Page],
    new: Sequence[Page],
    parser: PageParser,
    *,
    context: int | None = 1,
) -> tuple[PageRedline, ...]:
    """Return what changed from the old pages to the new ones, of one language.

    Args:
        old: The pages as they were.
        new: The pages as they are; pages belong together by their ids.
        parser: The parser of this run; it may have parsed the pages already.
        context: How many unchanged blocks are kept around a change; None keeps all.

    Returns:
        The pages that differ, in the new order, those that are gone last.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
    """
    before = {page.id: page for page in old}
    after = {page.id: page for page in new}
    # Compared as Markdown, which is at hand: pages that are equal need no parser.
    changed = [
        (before.get(page.id), page)
        for page in new
        if page.id not in before or before[page.id].markdown != page.markdown
    ]
    gone = [(page, None) for page in old if page.id not in after]
    if not changed and not gone:
        return ()
    pages = (_compare_page(was, now, parser, context) for was, now in (*changed, *gone))
    return tuple(
        page
        for page in pages
        # Markdown may differ where readers see the same, as in lines broken elsewhere.
        if page.op is not Op.SAME
        or any(block and block.changed for block in page.blocks)
    )


def _compare_page(
    old: Page | None, new: Page | None, parser: PageParser, context: int | None
) -> PageRedline:
    """Return what changed from a page to what it became; either may be missing.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
    """
    before = token_blocks(parser.parse(old)) if old else ()
    after = token_blocks(parser.parse(new)) if new else ()
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


def _blocks(
    old: TokenBlock | None, new: TokenBlock | None
) -> list[tuple[TokenBlock, Block]]:
    """Return a pair as one block, or as two if hardly anything of it has stayed."""
    if old and new:
        if old == new:
            return [(new, _whole(Op.SAME, new))]
        edited = _edited(old, new)
        if edited:
            return [(new, edited)]
    both = ((Op.DELETE, old), (Op.INSERT, new))
    return [(source, _whole(op, source)) for op, source in both if source]


def _edited(old: TokenBlock, new: TokenBlock) -> Block | None:
    cells = [
        _compare_words(was, now) for was, now in zip(old.cells, new.cells, strict=True)
    ]
    # A row stays one row while one of its cells does: readers see which one differs.
    if all(cell is None for cell in cells):
        return None
    runs = (
        cell
        if cell is not None
        else (*_token_runs(Op.DELETE, was), *_token_runs(Op.INSERT, now))
        for cell, was, now in zip(cells, old.cells, new.cells, strict=True)
    )
    return Block(kind=new.kind, op=Op.SAME, runs=_row(runs, _BORDER))


def _whole(op: Op, source: TokenBlock) -> Block:
    runs = (_token_runs(op, cell) for cell in source.cells)
    return Block(kind=source.kind, op=op, runs=_row(runs, replace(_BORDER, op=op)))


def _row(cells: Iterable[Iterable[Run]], border: Run) -> tuple[Run, ...]:
    runs: list[Run] = []
    for index, cell in enumerate(cells):
        runs += [border, *cell] if index else cell
    return tuple(runs)


def _kept(blocks: Sequence[tuple[TokenBlock, Block]], context: int) -> set[int]:
    """Return the indexes of changes, of their neighbours, and of what names them.

    The heading above a change and the first row of its table say what it is about; the
    next heading and the other rows are about something else.
    """
    kept: set[int] = set()
    heading: int | None = None
    tables: dict[int, int] = {}
    for index, (source, block) in enumerate(blocks):
        if source.table:
            tables.setdefault(source.table, index)
        if block.changed:
            kept.add(index)
            kept.update(() if heading is None else (heading,))
            if source.table:
                kept.add(tables[source.table])
            else:
                kept.update(_near(blocks, index, context))
        if block.kind in HEADINGS:
            heading = index
    return kept


def _near(
    blocks: Sequence[tuple[TokenBlock, Block]], index: int, context: int
) -> Iterator[int]:
    """Yield the indexes around a change, up to the next heading and without tables."""
    for step in (-1, 1):
        for near in range(index + step, index + step * (context + 1), step):
            if not 0 <= near < len(blocks):
                break
            source, block = blocks[near]
            if source.table or block.kind in HEADINGS:
                break
            yield near


def _with_gaps(
    blocks: Sequence[Block], kept: Iterable[int]
) -> tuple[Block | None, ...]:
    """Return the blocks to show, with one None for each stretch left out."""
    indexes = set(kept)
    shown: list[Block | None] = []
    for index, block in enumerate(blocks):
        if index in indexes:
            shown.append(block)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return tuple(shown)


class _Stretch(Value):
    """Words that were replaced, or stayed as they are; `same` have the new style."""

    old: _Tokens
    new: _Tokens
    same: bool


def _compare_words(old: _Tokens, new: _Tokens) -> tuple[Run, ...] | None:
    """Return what happened to each word, or None if too little has stayed the same.

    The longest common stretches are found as Ratcliff and Obershelp do it ("Pattern
    Matching: The Gestalt Approach", Dr. Dobb's Journal, July 1988; Python's difflib).
    What stayed by chance between larger changes then counts as changed, after the
    "semantic cleanup" in Neil Fraser's "Diff Strategies" (2006).
    """
    if len(old) * len(new) > _AT_MOST:
        return None
    stretches = _cleaned(_stretches(old, new))
    stayed = sum(_size(each.new) for each in stretches if each.same)
    # The greater share decides: a sentence to which much was added has stayed whole.
    if max(_share(stayed, old), _share(stayed, new)) < SURVIVES:
        return None
    runs: list[Run] = []
    for each in stretches:
        if each.same:
            runs += _token_runs(Op.SAME, each.new)
        else:
            runs += [
                *_token_runs(Op.DELETE, each.old),
                *_token_runs(Op.INSERT, each.new),
            ]
    return tuple(runs)


def _token_runs(op: Op, tokens: Iterable[Token]) -> list[Run]:
    """Return words that shared one fate as runs, each of one style."""
    runs: list[Run] = []
    for (link, strong, emphasis), alike in groupby(tokens, _STYLE):
        text = "".join(token.text for token in alike)
        run = Run(op=op, text=text, strong=strong, emphasis=emphasis, link=link)
        runs += _unlike_cells(run)
    return runs


def _unlike_cells(run: Run) -> tuple[Run, ...]:
    """Return a run, in two halves if it looked like the border between two cells."""
    # A border is known by its text alone, and a company may write that text itself.
    if run.text != CELLS:
        return (run,)
    return replace(run, text=CELLS[:1]), replace(run, text=CELLS[1:])


def _stretches(old: _Tokens, new: _Tokens) -> list[_Stretch]:
    # `autojunk` would take no notice of words that occur often, such as "the".
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        _Stretch(old=old[start:end], new=new[begin:stop], same=tag == "equal")
        for tag, start, end, begin, stop in matcher.get_opcodes()
    ]


def _cleaned(stretches: list[_Stretch]) -> list[_Stretch]:
    """Return the stretches, with what stayed between two larger changes merged in."""
    done: list[_Stretch] = []
    for each in stretches:
        done.append(each)
        # A merged stretch is larger, which may make what stayed before it weak in turn.
        while _weak(*done[-3:]):
            before, between, after = done[-3:]
            done[-3:] = [
                _Stretch(
                    old=(*before.old, *between.old, *after.old),
                    new=(*before.new, *between.new, *after.new),
                    same=False,
                )
            ]
    return done


def _weak(
    before: _Stretch, between: _Stretch | None = None, after: _Stretch | None = None
) -> bool:
    """Return whether less stayed in the middle than changed on either side."""
    if not between or not after or before.same or not between.same or after.same:
        return False
    size = _size(between.new)
    return all(
        size <= max(_size(each.old), _size(each.new)) for each in (before, after)
    )


def _size(tokens: _Tokens) -> int:
    """Return how many characters the words have."""
    # Spaces between words nearly always stay, and would make any two sentences look
    # half the same.
    return sum(len(token.text) for token in tokens if token.text[0].isalnum())


def _share(stayed: int, tokens: _Tokens) -> float:
    size = _size(tokens)
    return stayed / size if size else 0.0
