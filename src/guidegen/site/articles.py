"""What stands on a document's pages, arranged."""

from __future__ import annotations

from collections.abc import Mapping

from guidegen.arrange import Arrangement, Frame, arrange_pages
from guidegen.model.document import Document
from guidegen.page.html import html_of
from guidegen.page.tree import Heading, PageParser, headings_of
from guidegen.value import Value


class Article(Value):
    """A page's content."""

    html: str
    headings: list[Heading]
    """Those on the page, each with those below it."""


def frame_of(document: Document) -> Frame:
    """Return what surrounds the texts of a document's pages."""
    return Frame(
        labels=document.labels,
        language=document.language,
        files=frozenset(asset.path for asset in document.assets),
    )


def articles(
    document: Document, arrangement: Arrangement, parser: PageParser
) -> Mapping[str, Article]:
    """Return what stands on each page, by its id.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
        PackError: The pack lacks a word.
    """
    pages = {page.id: parser.parse(page).content for page in document.pages}
    arranged = arrange_pages(pages, arrangement, frame_of(document))
    return {
        page: Article(html=html_of(content), headings=headings_of(content))
        for page, content in arranged.items()
    }
