"""What is wrong with a page, and where in the author's own file that is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from guidegen.errors import RenderError
from guidegen.model.document import Page

_TELLING: Final = 3
"""Fewer characters may stand anywhere."""


def page_error(
    page: Page, message: str, *written: str, words: Iterable[str] = (), **values: str
) -> RenderError:
    """Return what is wrong with a page, and where in the author's own file that is.

    Args:
        page: The page.
        message: The id of the error.
        written: What stands there in the Markdown, or may stand there.
        words: What readers see there; it helps only if it stands on the page once.
        values: What fills the message's placeholders beside the page's title.
    """
    telling = [
        *(text for text in written if len(text) >= _TELLING),
        *(text for text in words if text and page.markdown.count(text) == 1),
    ]
    path, line = page.source_of(*telling)
    return RenderError(message, path=path, line=line, page=page.title, **values)
