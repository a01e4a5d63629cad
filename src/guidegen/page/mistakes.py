"""What is wrong with a page, and where in the author's own file that is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from guidegen.errors import RenderError
from guidegen.model.document import Page

_TELLING: Final = 3
"""Characters that a text needs to be found: a shorter one may be anywhere."""


def page_error(
    page: Page, message: str, *written: str, words: Iterable[str] = (), **values: str
) -> RenderError:
    """Return what is wrong with a page, and where in the author's own file that is.

    Args:
        page: The page.
        message: The id of the error.
        written: What the Markdown has there, or may have there.
        words: What readers see there; used only if it is on the page once.
        values: What fills the message's placeholders besides the page's title.
    """
    telling = [
        *(text for text in written if len(text) >= _TELLING),
        # Text that stands on the page twice could point at the wrong line.
        *(text for text in words if text and page.markdown.count(text) == 1),
    ]
    path, line = page.source_of(*telling)
    return RenderError(message, path=path, line=line, page=page.title, **values)
