"""A document's pages as one text: what the web page and the Word file are made from.

Nothing of the pages' own HTML gets through but the few attributes that mean something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidegen.export.links import Links
from guidegen.model.document import Asset, Document, Page
from guidegen.page.tree import HEADINGS, Element, markdown_parser, parse_page

if TYPE_CHECKING:
    from guidegen.export.links import Target
    from guidegen.page.tree import Content

ILLEGAL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Characters that neither HTML nor XML can hold."""

_ALIGN: Final = re.compile(r"text-align:\s*(center|right)")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_CLASS: Final = re.compile(r"[A-Za-z][\w-]*\Z")
_SYNONYMS: Final = {"b": "strong", "i": "em"}
_LOWEST: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the table of contents."""

    anchor: str
    title: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A page of the document as a part of the whole.

    Links in it lead to addresses or, with `#`, to anchors of the whole; the `src` of a
    picture is its asset's path. The first chapter's heading is the whole text's.
    """

    anchor: str
    content: tuple[Content, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """All chapters, the contents, and the pictures by their path."""

    chapters: tuple[Chapter, ...]
    contents: tuple[Entry, ...]
    pictures: Mapping[str, Asset]


def join_pages(document: Document) -> Joined:
    """Return a document's pages as one text.

    Raises:
        ExportError: A link leads nowhere, or a picture is missing.
        RenderError: A page holds an element that no output knows.
    """
    parser = markdown_parser(document.markdown_extensions)
    parsed = [(page, parse_page(page, parser)) for page in document.pages]
    links = Links.of(document, parsed)
    pictures: dict[str, Asset] = {}
    chapters = []
    for page, content in parsed:
        cleaner = _Cleaner(page, links, pictures, shift=page is not document.pages[0])
        chapters.append(
            Chapter(anchor=anchor_of(page.id), content=tuple(cleaner.clean(content)))
        )
    return Joined(
        chapters=tuple(chapters),
        contents=tuple(_contents(chapters)),
        pictures=pictures,
    )


def anchor_of(page: str, element: str = "") -> str:
    """Return the name of a page, or of an element with an id on it, in the whole."""
    return f"{page}.{element}" if element else page


def plain_text(content: Iterable[Content]) -> str:
    """Return the words of some content, on one line."""
    words = (
        item
        if isinstance(item, str)
        else f" {plain_text(item.children)} "
        if item.tag == "br"
        else plain_text(item.children)
        for item in content
    )
    return " ".join("".join(words).split())


def _contents(chapters: Iterable[Chapter]) -> Iterator[Entry]:
    """Return the headings of the second level, and those of the third within them."""
    found: list[tuple[str, Entry]] = [
        (item.tag, Entry(anchor=name, title=plain_text(item.children)))
        for chapter in chapters
        for item in _elements(chapter.content)
        if item.tag in {"h2", "h3"} and (name := item.attributes.get("id"))
    ]
    for place, (tag, entry) in enumerate(found):
        if tag == "h2":
            below = []
            for lower, inner in found[place + 1 :]:
                if lower == "h2":
                    break
                below.append(inner)
            yield Entry(anchor=entry.anchor, title=entry.title, entries=tuple(below))


def _elements(content: Iterable[Content]) -> Iterator[Element]:
    for item in content:
        if isinstance(item, Element):
            yield item
            yield from _elements(item.children)


class _Cleaner:
    """Makes one page's elements a part of the whole."""

    def __init__(
        self, page: Page, links: Links, pictures: dict[str, Asset], *, shift: bool
    ) -> None:
        self._page = page
        self._links = links
        self._pictures = pictures
        self._shift = shift
        self._ids: set[str] = set()

    def clean(self, content: Iterable[Content]) -> Iterator[Content]:
        for item in content:
            if isinstance(item, str):
                yield ILLEGAL.sub("", item)
                continue
            tag = self._tag(item.tag)
            attributes = dict(self._attributes(item, tag))
            if tag == "a" and "href" not in attributes:
                tag = "span"
            yield Element(
                tag=tag,
                attributes=attributes,
                children=tuple(self.clean(item.children)),
            )

    def _tag(self, tag: str) -> str:
        if self._shift and tag in HEADINGS:
            return f"h{min(int(tag[1]) + 1, _LOWEST)}"
        return _SYNONYMS.get(tag, tag)

    def _attributes(self, element: Element, tag: str) -> Iterator[tuple[str, str]]:
        given = {
            name: ILLEGAL.sub("", value) for name, value in element.attributes.items()
        }
        name = given.get("id")
        if name and name not in self._ids:
            self._ids.add(name)
            yield "id", anchor_of(self._page.id, name)
        classes = [name for name in element.classes if _CLASS.match(name)]
        if aligned := _ALIGN.search(given.get("style", "")):
            classes.append(aligned[1])
        if classes:
            yield "class", " ".join(classes)
        if _LANGUAGE.match(given.get("lang", "")):
            yield "lang", given["lang"]
        if tag == "th":
            yield "scope", "col"
        if tag == "td" and "data-label" in given:
            yield "data-label", given["data-label"]
        if tag == "ol" and given.get("start", "").isdecimal():
            yield "start", given["start"]
        if tag == "a" and "href" in given:
            yield from self._href(self._links.resolve(given["href"], self._page))
        if tag == "img":
            asset = self._links.picture(given.get("src", ""), self._page)
            self._pictures[asset.path] = asset
            yield "src", asset.path
            yield "alt", " ".join(given.get("alt", "").split())

    def _href(self, target: Target) -> Iterator[tuple[str, str]]:
        """Return a link's attribute; a file is not taken along, its text stays."""
        if target.url:
            yield "href", target.url
        elif target.page:
            yield "href", f"#{anchor_of(target.page, target.id)}"
