"""A page's Markdown as a tree of the few elements that all outputs know.

Attributes that an output understands become fields; the site alone writes the others.
Ids are unique on the page; `b` and `i` are read as `strong` and `em`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from functools import cached_property
from html import escape, unescape
from html.parser import HTMLParser
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeAlias, TypedDict

from guidegen.errors import RenderError
from guidegen.model.document import Page
from guidegen.page.extensions import refuse_extensions
from guidegen.page.limits import DEEPEST, check_elements, check_markdown, too_deep
from guidegen.page.mistakes import page_error
from guidegen.value import Value

if TYPE_CHECKING:  # slow to import, and most commands parse nothing
    from markdown import Markdown
    from markdown.extensions import Extension

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS: Final = HEADINGS | {
    "blockquote", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
INLINES: Final = frozenset({"a", "b", "br", "em", "i", "img", "span", "strong"})
EMPTY: Final = frozenset({"br", "hr", "img"})
"""Elements that have no content."""

_SYNONYMS: Final = {"b": "strong", "i": "em"}
_WITHOUT_ID: Final = frozenset({"thead", "tbody", "tr"})
"""Elements that no link can lead to: not every output has something to point at."""
_CLASS: Final = re.compile(r"[A-Za-z][\w-]*\Z")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_ALIGN: Final = re.compile(r"text-align:\s*(left|center|right)")
_TAG: Final = re.compile(r"<[^>]*>")
_ADDRESSES: Final = frozenset({"href", "src"})
_OF_MKDOCS: Final = ("toc", "tables", "fenced_code")
"""Extensions that MkDocs always adds; the PDF has to see what the site sees."""


class Element(Value):
    """An element of the page: one of `BLOCKS` or `INLINES`."""

    tag: str
    id: str = ""
    """What links lead to; empty if an earlier element has the same one."""
    classes: tuple[str, ...] = ()
    lang: str = ""
    """The language of its content, if it is not the page's."""
    align: str = ""
    """Of a table cell: `left`, `center` or `right`."""
    merged: bool = False
    """Of a table cell: whether it spans several columns or rows."""
    label: str = ""
    """Of a table cell below the header: what its column is about."""
    start: int | None = None
    """Of a numbered list: its first number."""
    href: str | None = None
    """Of a link: its address as written."""
    src: str = ""
    """Of a picture: its address as written."""
    alt: str | None = None
    """Of a picture: what it shows, on one line."""
    others: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """Attributes that only a browser understands, by name."""
    children: tuple[Content, ...] = ()

    @property
    def elements(self) -> tuple[Element, ...]:
        """Its child elements, without the text between them."""
        return tuple(each for each in self.children if isinstance(each, Element))


Content: TypeAlias = "Element | str"


class Heading(TypedDict):
    """A heading with those below it, as Markdown's extension `toc` lists it."""

    level: int
    id: str
    name: str
    children: list[Heading]


class ParsedPage(Value):
    """A page with its Markdown as HTML and as a tree."""

    page: Page
    html: str
    content: tuple[Content, ...]
    """White space is as it was written."""

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All elements of the page in reading order."""
        return tuple(elements_of(self.content))


class PageParser:
    """Parses the pages of one run, each text only once. Threads may share it.

    Args:
        extensions: The Markdown extensions that the pages are written with.
        before: The parser of the run before, with the same extensions.
    """

    def __init__(
        self, extensions: tuple[str, ...], before: PageParser | None = None
    ) -> None:
        self._extensions = extensions
        self._markdown: Markdown | None = None
        self._parsed: dict[str, ParsedPage] = {}
        self._before = before._parsed if before else {}  # noqa: SLF001  # its own kind
        self._lock = Lock()

    def parse(self, page: Page) -> ParsedPage:
        """Return a page's tree.

        Raises:
            RenderError: The page holds an element that the outputs do not know, or raw
                HTML that is not closed properly; or an extension is not installed.
        """
        text = page.markdown
        with self._lock:  # the Markdown parser has a state
            # The PDF and the site of one run read the same pages.
            if text not in self._parsed:
                self._parsed[text] = self._before.get(text) or self._parse(page)
            # Pages with equal text share a tree, but a mistake names the page's own
            # file.
            return replace(self._parsed[text], page=page)

    def html(self, markdown: str) -> str:
        """Return Markdown as HTML, with whatever elements there are in it.

        Raises:
            RenderError: An extension is not installed.
        """
        with self._lock:
            return self._converted(markdown)

    def _converted(self, markdown: str) -> str:
        if self._markdown is None:
            self._markdown = _markdown(self._extensions)
        return self._markdown.reset().convert(markdown)

    def _parse(self, page: Page) -> ParsedPage:
        check_markdown(page)
        try:
            html = self._converted(page.markdown)
        except RecursionError as error:
            raise too_deep(page) from error
        return ParsedPage(
            page=page,
            html=html,
            content=_TreeBuilder(page, html).build(),
        )


_last: dict[tuple[str, ...], PageParser] = {}
"""The parser of the last run, by its extensions."""


def parser_of_run(extensions: tuple[str, ...]) -> PageParser:
    """Return the parser of a run; it knows the pages that the run before has parsed.

    A preview builds again and again, and most pages stay what they were.
    """
    parser = PageParser(extensions, _last.get(extensions))
    _last.clear()
    _last[extensions] = parser
    return parser


def elements_of(content: Iterable[Content]) -> Iterator[Element]:
    """Yield all elements of some content in reading order."""
    for item in content:
        if isinstance(item, Element):
            yield item
            yield from elements_of(item.children)


def headings_of(content: Iterable[Content]) -> list[Heading]:
    """Return the headings of some content, each with those below it."""
    top: list[Heading] = []
    above: list[Heading] = []
    for element in elements_of(content):
        if element.tag not in HEADINGS:
            continue
        level, name = int(element.tag[1]), _name(element.children)
        heading = Heading(level=level, id=element.id, name=name, children=[])
        while above and above[-1]["level"] >= level:
            above.pop()
        (above[-1]["children"] if above else top).append(heading)
        above.append(heading)
    return top


def _name(content: Iterable[Content]) -> str:
    """Return the words of a heading as HTML, those of another language marked."""
    parts = "".join(_marked(content))
    return " ".join(parts.split())


def _marked(content: Iterable[Content]) -> Iterator[str]:
    for item in content:
        if isinstance(item, str):
            yield escape(item)
        elif item.tag == "br":
            yield " "
        elif item.lang:
            inner = " ".join("".join(_marked(item.children)).split())
            yield f'<span lang="{escape(item.lang)}">{inner}</span>'
        else:
            yield from _marked(item.children)


def plain_text(content: Iterable[Content]) -> str:
    """Return the words of some content, on one line."""
    return " ".join("".join(_texts(content)).split())


def _texts(content: Iterable[Content]) -> Iterator[str]:
    for item in content:
        if isinstance(item, str):
            yield item
        elif item.tag == "br":
            yield " "
        else:
            yield from _texts(item.children)


def rewritten_html(html: str, link: Callable[[str], str]) -> str:
    """Return a parsed page's HTML in one spelling, with other addresses.

    Args:
        html: HTML that `PageParser` has accepted.
        link: Maps the address of each link and picture to the one to be written.
    """
    writer = _Rewriter(link)
    writer.feed(html)
    writer.close()
    return "".join(writer.written)


def _markdown(extensions: tuple[str, ...]) -> Markdown:
    """Return the Markdown parser that MkDocs uses, too."""
    from markdown import Markdown  # noqa: PLC0415  # only a build needs it

    return Markdown(extensions=extensions_of(extensions))


def extensions_of(names: Iterable[str]) -> list[Extension | str]:
    """Return the extensions of Markdown that a pack names, with those of MkDocs.

    Raises:
        RenderError: A pack may not choose one of them.
    """
    chosen = tuple(names)
    refuse_extensions(chosen)
    # As in MkDocs, an extension that a pack names again is loaded once.
    return [_extension(name) for name in dict.fromkeys((*_OF_MKDOCS, *chosen))]


def _extension(name: str) -> Extension | str:
    """Return one of the parser's own extensions, or the name of any other.

    Given a name, the parser searches the entry points of everything installed: slow.
    """
    try:
        module = import_module(f"markdown.extensions.{name}")
    except ImportError:
        return name
    extension: Extension = module.makeExtension()
    return extension


class _Open:
    """An element whose end has not been read yet."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        """The tag as written: `b`, not yet `strong`."""
        self.attributes = attributes
        self.children: list[Content] = []


def tree_of(page: Page, html: str) -> tuple[Content, ...]:
    """Return the tree of HTML that has been a page.

    Raises:
        RenderError: It holds an element that the outputs do not know, or one that is
            not closed properly.
    """
    return _TreeBuilder(page, html).build()


class _TreeBuilder(HTMLParser):
    """Builds the tree; refuses unknown elements and unclosed ones."""

    def __init__(self, page: Page, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page
        self._html = html
        self._open = [_Open("", {})]
        self._ids: set[str] = set()
        self._cells = self._elements = 0

    def build(self) -> tuple[Content, ...]:
        """Return the tree of the whole text."""
        self.feed(self._html)
        self.close()
        if len(self._open) > 1:
            raise self._error("error-page-open", self._open[-1].tag)
        check_elements(self._page, self._elements, self._cells)
        return tuple(self._open[0].children)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in BLOCKS and tag not in INLINES:
            raise self._error("error-page-element", tag)
        self._elements += 1
        opened = _Open(tag, {name: value or "" for name, value in attrs})
        # As in a browser, the first of two equal ids is the one that links lead to.
        element_id = opened.attributes.get("id", "")
        if element_id in self._ids or tag in _WITHOUT_ID:
            opened.attributes.pop("id", None)
        else:
            self._ids.add(element_id)
        if tag in EMPTY:
            self._open[-1].children.append(_element(opened))
        else:
            self._open.append(opened)
            self._cells += tag in {"td", "th"}
            if len(self._open) > DEEPEST:
                raise too_deep(self._page, f"<{tag}")

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        if self._open[-1].tag != tag:
            raise self._error("error-page-open", self._open[-1].tag or f"/{tag}")
        closed = _element(self._open.pop())
        self._open[-1].children.append(closed)

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    # `HTMLParser` would drop the following three in silence; the site, which shows the
    # HTML itself, would then hold what no other output has.
    def handle_decl(self, decl: str) -> None:
        self.handle_starttag(f"!{decl}", [])

    def unknown_decl(self, data: str) -> None:
        self.handle_starttag(f"![{data}", [])

    def handle_pi(self, data: str) -> None:
        self.handle_starttag(f"?{data}", [])

    def _error(self, message: str, tag: str) -> RenderError:
        # The position is one in the generated HTML. Only the words after it can be
        # found in the author's Markdown.
        line, offset = self.getpos()
        rest = "\n".join(self._html.split("\n")[line - 1 :])[offset:]
        texts = (text.strip() for text in _TAG.sub("\n", rest).split("\n"))
        near = unescape(next(filter(None, texts), ""))
        return page_error(self._page, message, f"<{tag}", words=[near], element=tag)


def _element(opened: _Open) -> Element:
    tag, attributes = _SYNONYMS.get(opened.tag, opened.tag), opened.attributes
    if not attributes:  # as most
        return Element(tag=tag, children=tuple(opened.children))
    # Markdown says in `style` how a column is aligned; nothing else in it is of use.
    aligned = _ALIGN.search(attributes.get("style", ""))
    start = attributes.get("start", "")
    language = attributes.get("lang", "")
    alt = attributes.get("alt")
    understood = {
        "alt": True,
        "class": True,
        "data-label": tag == "td",
        "href": tag == "a",
        "id": True,
        "lang": bool(_LANGUAGE.match(language)),
        "src": True,
        "start": start.isdecimal(),
    }
    return Element(
        tag=tag,
        id=attributes.get("id", ""),
        classes=tuple(
            name for name in attributes.get("class", "").split() if _CLASS.match(name)
        ),
        lang=language if understood["lang"] else "",
        align=aligned[1] if aligned else "",
        merged=not attributes.keys().isdisjoint({"colspan", "rowspan"}),
        label=attributes.get("data-label", "") if tag == "td" else "",
        start=int(start) if start.isdecimal() else None,
        href=attributes.get("href") if tag == "a" else None,
        src=attributes.get("src", ""),
        alt=None if alt is None else " ".join(alt.split()),
        others=tuple(
            each for each in attributes.items() if not understood.get(each[0])
        ),
        children=tuple(opened.children),
    )


class _Rewriter(HTMLParser):
    """Writes HTML out again, with other addresses."""

    def __init__(self, link: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._link = link

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        written = "".join(
            f' {name}="{escape(self._link(value) if name in _ADDRESSES else value)}"'
            for name, value in attributes.items()
        )
        self.written.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(escape(data, quote=False))
