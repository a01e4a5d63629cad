"""The arranged pages as Markdown, for a project that MkDocs builds without guidegen.

What a page says stays the Markdown that it was; the elements around it are HTML with
`markdown="1"`, as the extension `md_in_html` reads it. A block that arranging has
changed is HTML, and so is whatever Markdown would not read back as it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser

from guidegen.arrange import Arrangement, arrange_pages
from guidegen.errors import RenderError
from guidegen.model.document import Document, Page
from guidegen.page.html import html_of
from guidegen.page.tree import BLOCKS, EMPTY, INLINES, Content, Element, PageParser
from guidegen.site.articles import frame_of

_LONGEST = 12
"""So many pieces between blank lines a block may consist of."""

_OURS = "gg-"
"""How the classes begin that arranging gives."""

_HEADING = re.compile(r"^(#{1,6} .*)$", re.MULTILINE)
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_ATTRIBUTES = re.compile(r"\n\{:([^}\n]*)\}\s*\Z")
_PAGE = re.compile(r"\.md(?=#|\Z)")
_SPACES = re.compile(r"[ \t\n\r\f]+")


def markdown_pages(
    document: Document, arrangement: Arrangement, parser: PageParser
) -> dict[str, str]:
    """Return the arranged pages of a document as Markdown, by their ids.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
        PackError: The pack lacks a word.
    """
    pages = {page.id: parser.parse(page).content for page in document.pages}
    sources: dict[str, str] = {}
    # A guide shows what other pages say, too.
    for page in document.pages:
        sources.update(_sources(page, pages[page.id], parser))
    arranged = arrange_pages(pages, arrangement, frame_of(document))
    return {page: _written(each, sources, parser) for page, each in arranged.items()}


def _sources(
    page: Page, content: Sequence[Content], parser: PageParser
) -> Iterator[tuple[str, str]]:
    """Yield the HTML of a page's blocks with the Markdown that they were."""
    text = _HEADING.sub(r"\n\n\1\n\n", page.markdown)
    pieces = [piece for piece in _BLANK.split(text) if piece.strip()]
    at = 0
    for block in content:
        if not isinstance(block, Element):
            continue
        html = html_of([block])
        for start, end in _stretches(at, len(pieces)):
            source = "\n\n".join(pieces[start:end]).strip("\n")
            if _is_source(source, html, page, parser):
                yield html, source
                at = end
                break


def _stretches(at: int, count: int) -> Iterator[tuple[int, int]]:
    """Yield where a block may begin and end: the next pieces first."""
    for start in range(at, min(at + _LONGEST, count)):
        for end in range(start + 1, min(start + _LONGEST, count) + 1):
            yield start, end


def _is_source(source: str, html: str, page: Page, parser: PageParser) -> bool:
    """Return whether some Markdown alone is read as a block."""
    try:
        read = parser.parse(replace(page, markdown=source)).content
    except RenderError:  # half a block
        return False
    blocks = [each for each in read if not isinstance(each, str) or each.strip()]
    return html_of(blocks) == html


def _written(
    content: Sequence[Content], sources: Mapping[str, str], parser: PageParser
) -> str:
    """Return a page as Markdown that is read as what it was written from."""
    linked = html_of(_linked(content))
    for known in (sources, {}):
        markdown = "\n\n".join(_blocks(content, known))
        if meaning(parser.html(markdown)) == meaning(linked):
            return markdown
    return linked


def _blocks(content: Sequence[Content], sources: Mapping[str, str]) -> Iterator[str]:
    """Yield blocks as Markdown where it is known, else as HTML."""
    for item in content:
        if isinstance(item, str):
            continue  # only white space: `_around` is true of what holds them
        source = _source(item, sources)
        if source is not None:
            yield source
        elif _holds_blocks(item) and (item.tag not in BLOCKS or item.tag == "div"):
            opening, closing = html_of([replace(item, children=("\0",))]).split("\0")
            yield f'{opening[:-1]} markdown="1">'
            yield from _blocks(item.children, sources)
            yield closing
        else:
            yield html_of(_linked([item]))


def _holds_blocks(element: Element) -> bool:
    """Return whether an element holds blocks and no loose text."""
    return all(
        not each.strip() if isinstance(each, str) else each.tag not in INLINES
        for each in element.children
    )


def _source(block: Element, sources: Mapping[str, str]) -> str | None:
    """Return the Markdown of a block, with the classes that arranging gave it."""
    ours = [name for name in block.classes if name.startswith(_OURS)]
    others = tuple(name for name in block.classes if not name.startswith(_OURS))
    source = sources.get(html_of([replace(block, classes=others)]))
    if source is None or not ours:
        return source
    if block.tag != "p":
        return None
    given = _ATTRIBUTES.search(source)
    text = source[: given.start()] if given else source
    attributes = [f".{name}" for name in ours] + ([given[1].strip()] if given else [])
    return f"{text}\n{{: {' '.join(attributes)} }}"


def _linked(content: Sequence[Content]) -> tuple[Content, ...]:
    """Return content with links that nobody needs to resolve: to the built pages."""
    return tuple(
        item
        if isinstance(item, str)
        else replace(
            item,
            href=item.href and _built(item.href),
            children=_linked(item.children),
        )
        for item in content
    )


def _built(href: str) -> str:
    return href if ":" in href.partition("#")[0] else _PAGE.sub(".html", href)


class _Reader(HTMLParser):
    """Writes HTML out in one spelling: attributes in order, white space collapsed."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = sorted(
            (name, _built(value or "") if name == "href" else value or "")
            for name, value in attrs
        )
        self._add(tag, f"<{tag} {given}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self._add(tag, f"</{tag}>")

    def _add(self, tag: str, written: str) -> None:
        # The mark shows where white space means nothing.
        self.written.append(written if tag in INLINES else f"\0{written}\0")

    def handle_data(self, data: str) -> None:
        self.written.append(data)


def meaning(html: str) -> str:
    """Return what HTML means to a browser, for comparing it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = _SPACES.sub(" ", "".join(reader.written))
    return re.sub(r" ?\0[ \0]*", "\0", text)
