"""What stands on a document's pages, arranged."""

from __future__ import annotations

from collections.abc import Mapping

from guidegen.arrange import Arrangement, arrange_pages
from guidegen.model.document import Document
from guidegen.page.html import html_of
from guidegen.page.tree import Heading, PageParser
from guidegen.value import Value


class Article(Value):
    """A page's content."""

    html: str
    headings: list[Heading]
    """Those that its Markdown has."""


def articles(
    document: Document, arrangement: Arrangement, parser: PageParser
) -> Mapping[str, Article]:
    """Return what stands on each page, by its id.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
        PackError: The pack lacks a word.
    """
    parsed = {page.id: parser.parse(page) for page in document.pages}
    pages = {page: each.content for page, each in parsed.items()}
    arranged = arrange_pages(pages, arrangement, document.labels, document.language)
    return {
        page: Article(html=html_of(arranged[page]), headings=each.headings)
        for page, each in parsed.items()
    }
