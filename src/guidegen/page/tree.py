"""A page's Markdown as a tree of the few elements that all outputs know.

The PDF, the pages of released versions, the redline and the exports are made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeAlias

from guidegen.errors import RenderError
from guidegen.model.document import Page

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.extensions import Extension

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS: Final = HEADINGS | {
    "blockquote", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
INLINES: Final = frozenset({"a", "b", "br", "em", "i", "img", "span", "strong"})
_EMPTY: Final = frozenset({"br", "hr", "img"})
_ADDRESSES: Final = frozenset({"href", "src"})
_OF_MKDOCS: Final = ("toc", "tables", "fenced_code")
"""Extensions that MkDocs always adds: the site has them, so the PDF has them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element of the page; what it may be is in `BLOCKS` and `INLINES`."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Content, ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """The names in its `class` attribute."""
        return tuple(self.attributes.get("class", "").split())


Content: TypeAlias = "Element | str"
Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
"""What the elements become for the Typst template."""


def parse_page(page: Page, parser: Markdown) -> tuple[Content, ...]:
    """Return a page's content.

    Raises:
        RenderError: The page holds an element that the PDF does not know, or raw HTML
            that is not closed properly.
    """
    builder = _TreeBuilder(page.title)
    builder.feed(parser.reset().convert(page.markdown))
    return builder.finish()


def markdown_parser(extensions: tuple[str, ...]) -> Markdown:
    """Return the Markdown parser that makes the site too; not for two threads.

    Raises:
        RenderError: An extension is not installed.
    """
    from markdown import Markdown  # noqa: PLC0415  # only a build needs it

    names = dict.fromkeys((*_OF_MKDOCS, *extensions))
    try:
        return Markdown(extensions=[_extension(name) for name in names])
    except ImportError as error:
        raise RenderError("error-markdown-extension", detail=str(error)) from error


def to_html(
    content: Iterable[Content], *, link: Callable[[str], str] = lambda to: to
) -> str:
    """Return a page's content as HTML.

    Args:
        content: What `parse_page` has returned.
        link: Turns the address of each link and picture into the one to be written.
    """
    return "".join(
        escape(part, quote=False) if isinstance(part, str) else _element(part, link)
        for part in content
    )


def _element(element: Element, link: Callable[[str], str]) -> str:
    attributes = "".join(
        f' {name}="{escape(link(value) if name in _ADDRESSES else value)}"'
        for name, value in element.attributes.items()
    )
    if element.tag in _EMPTY:
        return f"<{element.tag}{attributes}>"
    content = to_html(element.children, link=link)
    return f"<{element.tag}{attributes}>{content}</{element.tag}>"


def _extension(name: str) -> Extension | str:
    """Return one of the parser's own extensions, or the name of another.

    The parser would look for both in the entry points of everything installed: slow.
    """
    try:
        module = import_module(f"markdown.extensions.{name}")
    except ImportError:
        return name
    extension: Extension = module.makeExtension()
    return extension


@dataclass(slots=True)
class _Open:
    """An element whose end has not been read yet."""

    tag: str
    attributes: dict[str, str]
    children: list[Content] = field(default_factory=list)

    def close(self) -> Element:
        return Element(
            tag=self.tag, attributes=self.attributes, children=tuple(self.children)
        )


class _TreeBuilder(HTMLParser):
    """Builds the tree, strictly: nothing unknown or half open gets through."""

    def __init__(self, page_title: str) -> None:
        super().__init__(convert_charrefs=True)
        self._page_title = page_title
        self._open = [_Open("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in BLOCKS and tag not in INLINES:
            raise RenderError("error-page-element", page=self._page_title, element=tag)
        attributes = {name: value or "" for name, value in attrs}
        if tag in _EMPTY:
            element = Element(tag=tag, attributes=attributes)
            self._open[-1].children.append(element)
        else:
            self._open.append(_Open(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if self._open[-1].tag != tag:
            raise self._not_closed(self._open[-1].tag or f"/{tag}")
        closed = self._open.pop().close()
        self._open[-1].children.append(closed)

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_decl(self, decl: str) -> None:
        self.handle_starttag(f"!{decl}", [])

    def unknown_decl(self, data: str) -> None:
        self.handle_starttag(f"![{data}", [])

    def handle_pi(self, data: str) -> None:
        self.handle_starttag(f"?{data}", [])

    def finish(self) -> tuple[Content, ...]:
        """Return the tree once the whole text has been fed."""
        self.close()
        if len(self._open) > 1:
            raise self._not_closed(self._open[-1].tag)
        return tuple(self._open[0].children)

    def _not_closed(self, tag: str) -> RenderError:
        return RenderError("error-page-open", page=self._page_title, element=tag)
