"""What stands on a document's pages, arranged: today's, and those of old releases."""

from __future__ import annotations

from collections.abc import Mapping

from guidegen.arrange import Arrangement, Frame, arrange_pages
from guidegen.errors import RenderError
from guidegen.model.document import Document, Page
from guidegen.model.release import ReleasedPage
from guidegen.page.html import html_of
from guidegen.page.tree import Content, Heading, PageParser, headings_of, tree_of
from guidegen.site.line_breaks import with_breaks
from guidegen.site.search_index import Section, sections_of
from guidegen.site.todays_contacts import Place, TodaysContacts
from guidegen.value import Value


class Article(Value):
    """A page's content."""

    html: str
    headings: list[Heading]
    """Those on the page, each with those below it."""
    sections: tuple[Section, ...]
    """What a search finds."""


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
        page: Article(
            html=with_breaks(html_of(content)),
            headings=headings_of(content),
            sections=sections_of(content),
        )
        for page, content in arranged.items()
    }


class FrozenArticles:
    """Arranges the pages of releases as today's, in the words of then."""

    def __init__(self, arrangement: Arrangement, contacts: TodaysContacts) -> None:
        self._arrangement = arrangement
        self._contacts = contacts
        # Most pages of a release are those of the one before.
        self._trees: dict[str, tuple[Content, ...]] = {}

    @property
    def seal(self) -> str:
        """All that old pages take from today's, as one text."""
        return self._contacts.seal

    def arranged(self, frozen: Mapping[str, str], place: Place) -> Mapping[str, str]:
        """Return a document's pages by their ids, with today's contacts.

        If one of them is not read, all stay as they are, but for who has left.

        Args:
            frozen: The HTML of the pages by their ids.
            place: A language of a release, and where its pages are.

        Raises:
            PackError: The pack lacks a word.
        """
        document = place.document
        try:
            pages = {
                page.id: self._tree(page, frozen[page.id]) for page in document.pages
            }
        except RenderError:
            return {
                page: self._contacts.on_html(html, place)
                for page, html in frozen.items()
            }
        frame = Frame(
            labels=place.labels,
            language=document.language,
            files=self._contacts.files(place),
        )
        shown = self._contacts.on_pages(pages, place)
        arranged = arrange_pages(shown, self._arrangement, frame)
        return {
            page: with_breaks(html_of(content)) for page, content in arranged.items()
        }

    def _tree(self, page: ReleasedPage, html: str) -> tuple[Content, ...]:
        if html not in self._trees:
            named = Page(id=page.id, title=page.title, markdown="")
            self._trees[html] = tree_of(named, html)
        return self._trees[html]
