"""What a page may have of everything: beyond that, no output could show it in time.

Markdown and the outputs take nested elements recursively, and unclosed brackets or the
cells of a table at a cost that grows faster than their number.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

from guidegen.errors import RenderError
from guidegen.model.document import Page
from guidegen.page.mistakes import page_error

DEEPEST: Final = 24
"""How many elements may lie in each other; a list in a list needs two."""
MOST_CELLS: Final = 2_000
"""How many cells the tables of a page may have together."""
MOST_ELEMENTS: Final = 5_000
_LONGEST: Final = 200_000
"""How many characters a page may have: thirty printed pages."""
_LONGEST_WORD: Final = 20_000
_TELLING: Final = 60
"""How many characters of a text are looked for in the author's file."""
_BRACKETS: Final = 40
"""How many brackets may be open at once."""
_QUOTES: Final = re.compile(r"^(?:[ ]{0,3}>[ ]?)+", re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]{100,}(?=\S)", re.MULTILINE)
_UNCLOSED: Final = re.compile(r"<(?=[A-Za-z/!?])[^<>]*(?=<|\Z)")
"""What begins as an element or a comment, and is none before the next one begins."""
_MOST_UNCLOSED: Final = 200
_WORD: Final = re.compile(rf"\S{{{_LONGEST_WORD},}}")


def check_markdown(page: Page) -> None:
    """Refuse Markdown that would take minutes to read.

    Raises:
        RenderError: It is too long, or nested too deeply.
    """
    text = page.markdown
    word = _WORD.search(text)
    if len(text) > _LONGEST or word:
        raise _too_long(page, word[0][:_TELLING] if word else "")
    for found in _INDENT.finditer(text):
        raise too_deep(page, found[0].strip("\n"))
    for found in _QUOTES.finditer(text):
        if found[0].count(">") > DEEPEST:
            raise too_deep(page, found[0].strip())
    if len(unclosed := _UNCLOSED.findall(text)) > _MOST_UNCLOSED:
        raise too_deep(page, unclosed[0].strip()[:_TELLING])
    for paragraph in text.split("\n\n"):
        for opens, closes in ("[]", "()"):
            opened = accumulate(
                (each == opens) - (each == closes) for each in paragraph
            )
            if paragraph.count(opens) > _BRACKETS and max(opened) > _BRACKETS:
                raise too_deep(page, paragraph.strip()[:_TELLING])


def too_deep(page: Page, *written: str) -> RenderError:
    """Return the error about elements that lie in each other too deeply."""
    return page_error(page, "error-page-deep", *written, limit=str(DEEPEST))


def _too_long(page: Page, written: str = "") -> RenderError:
    longest = max((each.markdown for each in page.sections), key=len, default="")
    first = next(filter(str.strip, longest.splitlines()), "")
    written = written or first[:_TELLING].strip()
    return page_error(page, "error-page-long", written, limit=f"{_LONGEST:,}")


def check_elements(page: Page, elements: int, cells: int) -> None:
    """Refuse a page with more elements, or cells in its tables, than paper can take.

    Raises:
        RenderError: There are too many.
    """
    if elements > MOST_ELEMENTS:
        raise _too_long(page)
    if cells > MOST_CELLS:
        rows = [line.strip() for line in page.markdown.splitlines() if "|" in line][:1]
        raise page_error(
            page, "error-page-table", *rows, count=f"{cells:,}", limit=f"{MOST_CELLS:,}"
        )
