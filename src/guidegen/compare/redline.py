"""What changed in the pages' text, word by word."""

from __future__ import annotations

from collections.abc import Sequence

from guidegen.model.document import Page
from guidegen.model.redline import Op, PageRedline
from guidegen.page.tree import PageParser


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
    changed = [
        (before.get(page.id), page)
        for page in new
        if page.id not in before or before[page.id].markdown != page.markdown
    ]
    gone = [(page, None) for page in old if page.id not in after]
    if not changed and not gone:
        return ()
    # Imported only now: most runs find every page as it was.
    from guidegen.compare.page import compare_page  # noqa: PLC0415

    pages = (compare_page(was, now, parser, context) for was, now in (*changed, *gone))
    return tuple(
        page
        for page in pages
        if page.op is not Op.SAME
        or any(block and block.changed for block in page.blocks)
    )
