"""What stands on a document's pages, arranged: today's, and those of old releases."""

from __future__ import annotations

from collections.abc import Mapping

from guidegen.arrange import Arrangement, Frame, arrange_pages
from guidegen.errors import RenderError
from guidegen.model.document import Document, Page
from guidegen.model.labels import Labels
from guidegen.model.release import ReleasedDocument, ReleasedPage
from guidegen.page.html import html_of
from guidegen.page.tree import Content, Heading, PageParser, headings_of, tree_of
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


class FrozenArticles:
    """Arranges the pages of releases as today's, in the words of then."""

    def __init__(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        # Most pages of a release are those of the one before.
        self._trees: dict[str, tuple[Content, ...]] = {}

    def arranged(
        self, document: ReleasedDocument, frozen: Mapping[str, str], labels: Labels
    ) -> Mapping[str, str]:
        """Return a document's pages by their ids; as they are if they are not read.

        Args:
            document: A language of a release.
            frozen: The HTML of its pages by their ids.
            labels: Today's words for the frame around them.

        Raises:
            PackError: The pack lacks a word.
        """
        try:
            pages = {
                page.id: self._tree(page, frozen[page.id]) for page in document.pages
            }
        except RenderError:
            return frozen
        frame = Frame(labels=labels, language=document.language)
        arranged = arrange_pages(pages, self._arrangement, frame)
        return {page: html_of(content) for page, content in arranged.items()}

    def _tree(self, page: ReleasedPage, html: str) -> tuple[Content, ...]:
        if html not in self._trees:
            named = Page(id=page.id, title=page.title, markdown="")
            self._trees[html] = tree_of(named, html)
        return self._trees[html]
