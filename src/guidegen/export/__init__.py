"""From a document's pages to other forms: one web page, a Word file, Markdown."""

from __future__ import annotations

from collections.abc import Callable

from guidegen.export.html import html_file
from guidegen.export.markdown import markdown_files
from guidegen.export.placing import Places
from guidegen.model.document import Asset, Document

__all__ = ["Places", "docx_file", "html_file", "markdown_files"]


def docx_file(document: Document, *, draw: Callable[[Asset], bytes]) -> bytes:
    """Return a document as a Word file; same document, same bytes.

    Args:
        document: The pages of one language.
        draw: Returns a picture that Word does not show (SVG) as PNG.

    Raises:
        ExportError: A link leads nowhere, or a picture is missing or broken.
        RenderError: A page holds an element that no output knows.
    """
    from guidegen.export.word import docx_file as write  # noqa: PLC0415  # slow to import

    return write(document, draw=draw)
