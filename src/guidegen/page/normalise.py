"""The one normalised page: what PDF, Word, HTML, Markdown and the redline read.

White space is collapsed as a browser does it, loose text between blocks becomes a block
of its own (`RUN`), and a table holds its rows directly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias
from urllib.parse import unquote

from guidegen.errors import RenderError
from guidegen.model.document import Asset, Document, Page
from guidegen.page.links import Links, Target
from guidegen.page.mistakes import page_error
from guidegen.page.tree import (
    BLOCKS,
    HEADINGS,
    Content,
    Element,
    PageParser,
    ParsedPage,
    plain_text,
)
from guidegen.value import Value

RUN: Final = "run"
"""The tag of a block that is text without a paragraph of its own."""
LINES: Final = HEADINGS | {"p", RUN}
"""The blocks that hold a line of text; the others hold blocks."""

_ITEMS: Final = {
    "dl": frozenset({"dt", "dd"}),
    "ol": frozenset({"li"}),
    "table": frozenset({"thead", "tbody", "tr"}),
    "tbody": frozenset({"tr"}),
    "thead": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "ul": frozenset({"li"}),
}
"""Elements that hold nothing but certain others."""
_PARTS: Final = frozenset({"thead", "tbody"})
# HTML's white space rather than `\s`: a no-break space is part of the text.
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")

Blocks: TypeAlias = "tuple[Element, ...]"


class NormalPage(Value):
    """A page whose links and pictures have been resolved."""

    id: str
    title: str
    content: tuple[Content, ...]
    """White space as it was written: in HTML, browsers collapse it."""
    blocks: Blocks
    targets: Mapping[str, Target]
    """Where each link leads, by its address as written."""
    pictures: Mapping[str, Asset]
    """The file of each picture, by its address as written."""


def normalise(
    document: Document, parser: PageParser | None = None
) -> tuple[NormalPage, ...]:
    """Return a document's pages in the form that all outputs read.

    Args:
        document: The pages of one language.
        parser: The parser of this run; it may have parsed the pages already.

    Raises:
        RenderError: A page holds what an output could not show: an unknown element, a
            missing picture, a link that leads nowhere, a table without a header.
    """
    # All pages are parsed first, since a link may lead to an id on a later one.
    parser = parser or PageParser(document.markdown_extensions)
    pages = [parser.parse(page) for page in document.pages]
    links = Links(
        ids={
            each.page.id: frozenset(element.id for element in each.elements)
            for each in pages
        },
        assets={asset.path: asset for asset in document.assets},
    )
    return tuple(_normal(each, links) for each in pages)


def read_blocks(parsed: ParsedPage) -> Blocks:
    """Return a page's blocks, whether or not an output could show them."""
    return _Normaliser(parsed.page).flow(parsed.content)


def _normal(parsed: ParsedPage, links: Links) -> NormalPage:
    page = parsed.page
    normaliser = _Normaliser(page)
    blocks = normaliser.flow(parsed.content)
    # Only now: the redline reads the same blocks, and must not refuse an old release.
    for problem in normaliser.problems:
        raise problem
    hrefs = {each.href for each in parsed.elements if each.href is not None}
    sources = {each.src for each in parsed.elements if each.tag == "img"}
    return NormalPage(
        id=page.id,
        title=page.title,
        content=parsed.content,
        blocks=blocks,
        targets={href: links.target(href, page) for href in hrefs},
        pictures={src: links.picture(src, page) for src in sources},
    )


class _Normaliser:
    """Turns one page into blocks and collects what no output could show."""

    def __init__(self, page: Page) -> None:
        self.problems: list[RenderError] = []
        self._page = page
        self._level = 0

    def flow(self, content: Iterable[Content]) -> Blocks:
        """Return content as blocks and nothing else."""
        return tuple(self._flow(content))

    def _flow(self, content: Iterable[Content]) -> Iterator[Element]:
        run: list[Content] = []
        for item in content:
            if isinstance(item, str) or item.tag not in BLOCKS:
                run.append(item)
                continue
            yield from self._run(run)
            run = []
            yield from self._block(item)
        yield from self._run(run)

    def _run(self, run: list[Content]) -> Iterator[Element]:
        # White space between two blocks is nothing that a browser would show.
        if any(not isinstance(item, str) or item.strip() for item in run):
            yield Element(tag=RUN, children=self._line(run))

    def _block(self, element: Element) -> Iterator[Element]:
        # `_rows` takes those that are where they belong.
        if element.tag in _PARTS or element.tag == "tr":
            self._report("error-page-outside-table", element=element.tag)
            yield from self._flow(element.children)
            return
        if element.tag in HEADINGS:
            self._check_level(element)
        if element.tag in LINES:
            children: tuple[Content, ...] = self._line(element.children)
        elif element.tag == "table":
            children = rows = tuple(self._rows(element))
            self._check_table(rows)
        else:
            children = self.flow(self._items(element))
        yield _with(element, children)

    def _items(self, element: Element) -> Iterator[Content]:
        """Yield the children; in a list or table, only those that may be in it."""
        allowed = _ITEMS.get(element.tag)
        for child in element.children:
            if allowed is None or (isinstance(child, Element) and child.tag in allowed):
                yield child
            elif isinstance(child, Element):
                self._report(
                    "error-page-element-in", element=child.tag, parent=element.tag
                )
            elif text := child.strip():
                self._report("error-page-text-in", words=[text], parent=element.tag)

    def _rows(self, element: Element) -> Iterator[Element]:
        """Yield the rows of a table, its head or its body."""
        for child in self._items(element):
            if isinstance(child, str):  # never: it was reported
                continue
            if child.tag in _PARTS:
                yield from self._rows(child)
            else:
                cells = self._items(child)
                yield _with(child, self.flow(cells))

    def _check_table(self, rows: Iterable[Element]) -> None:
        """Report a table that a screen reader could not make sense of."""
        cells = [row.elements for row in rows]
        words = [plain_text(cell.children) for row in cells for cell in row]
        # A table written as HTML can be found by its tag even if no cell's text is
        # unique.
        words.append("<table")
        if not cells or any(cell.tag != "th" for cell in cells[0]):
            self._report("error-page-no-header", words=words)
        # PDF, Word and Markdown have nothing for `colspan` and `rowspan`, so all rows
        # need equally many cells.
        elif len({*map(len, cells)}) > 1 or any(
            cell.merged for row in cells for cell in row
        ):
            self._report("error-page-cells", words=words)
        elif not any(cell.children for cell in cells[0]):
            self._report("error-page-empty-header", words=words)

    def _check_level(self, heading: Element) -> None:
        level, expected = int(heading.tag[1]), self._level + 1
        # PDF/UA-1 forbids skipping a level on the way down (ISO 14289-1, 7.4.2); going
        # back up by several is allowed.
        if level > expected:
            text = plain_text(heading.children)
            self._report(
                "error-page-heading",
                f"{'#' * level} {text}",
                words=[text],
                level=str(level),
                before=str(self._level),
                expected="#" * expected,
            )
        self._level = level

    def _line(self, content: Iterable[Content]) -> tuple[Content, ...]:
        """Return a line of text, its white space collapsed."""
        self._after_space = True
        return tuple(_without_end(self._inline(content)))

    def _inline(self, content: Iterable[Content]) -> list[Content]:
        line: list[Content] = []
        for item in content:
            if isinstance(item, str):
                text = _SPACES.sub(" ", item)
                text = text.removeprefix(" ") if self._after_space else text
                if text:
                    self._after_space = text.endswith(" ")
                    line.append(text)
                continue
            if item.tag == "br":
                # Browsers show no white space on either side of a line break.
                line = _without_end(line)
                self._after_space = True
            elif item.tag == "img":
                self._check_picture(item)
                self._after_space = False
            elif item.tag in BLOCKS:
                self._report("error-page-within-line", element=item.tag)
            line.append(_with(item, tuple(self._inline(item.children))))
        return line

    def _check_picture(self, picture: Element) -> None:
        # An empty text is allowed: it marks a picture as decoration (WCAG 1.1.1).
        if picture.alt is None:
            source = unquote(picture.src)
            self._report("error-picture-text", picture.src, picture=source)

    def _report(
        self, message: str, *written: str, words: Iterable[str] = (), **values: str
    ) -> None:
        if "element" in values:
            written = (*written, f"<{values['element']}")
        self.problems.append(
            page_error(self._page, message, *written, words=words, **values)
        )


def _without_end(line: list[Content]) -> list[Content]:
    """Return a line without trailing white space."""
    while line and isinstance(line[-1], str):
        if text := line[-1].removesuffix(" "):
            return [*line[:-1], text]
        line = line[:-1]
    # The space may be inside the last element: `<em>end </em>`.
    if line and isinstance(last := line[-1], Element) and last.children:
        children = _without_end(list(last.children))
        return [*line[:-1], _with(last, tuple(children))]
    return line


def _with(element: Element, children: tuple[Content, ...]) -> Element:
    same = children == element.children
    return element if same else replace(element, children=children)
