"""A page's elements as plain JSON, which is what the Typst template reads.

A node is a text or a map: `t` is the element's tag, `c` its content, `k` its classes,
`id` its anchor and `lang` its language, if it has any. `run` stands for text without a
paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NoReturn

from guidegen.errors import PdfError, Problem
from guidegen.model.document import Page
from guidegen.page.tree import BLOCKS, HEADINGS, Element
from guidegen.pdf.links import anchor_of

if TYPE_CHECKING:
    from guidegen.page.tree import Content, Json
    from guidegen.pdf.links import Links
    from guidegen.pdf.pictures import Pictures

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_ALIGN: Final = re.compile(r"text-align:\s*(left|center|right)")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}\b")
_SYNONYMS: Final = {"b": "strong", "i": "em"}
_WITHOUT_ANCHOR: Final = frozenset({"thead", "tbody", "tr"})
_BRINGS_OWN_TEXT: Final = frozenset({"li", "dt", "dd", "td", "th"})


class PageNodes:
    """Turns one page's elements into nodes.

    Args:
        page: The page, named in errors.
        links: Where its links can lead.
        pictures: What its pictures are taken from.
    """

    def __init__(self, page: Page, links: Links, pictures: Pictures) -> None:
        self._page = page
        self._links = links
        self._pictures = pictures
        self._after_space = True
        self._level = 0
        self._ids: set[str] = set()

    def flow(self, content: Iterable[Content], loose: str = "p") -> list[Json]:
        """Return the nodes of block content.

        Args:
            content: Blocks, texts and inline elements.
            loose: What inline content becomes that stands between blocks.

        Raises:
            PdfError: An element stands where it cannot stand, or its link or picture
                cannot be resolved.
        """
        nodes: list[Json] = []
        run: list[Content] = []
        for item in (*content, None):
            if item is not None and not _is_block(item):
                run.append(item)
                continue
            if any(not isinstance(entry, str) or entry.strip() for entry in run):
                nodes.append({"t": loose, "c": self._line(run)})
            run = []
            if isinstance(item, Element):
                nodes.append(self._block(item))
        return nodes

    def _block(self, element: Element) -> Json:
        node = self._node(element)
        if element.tag in HEADINGS:
            node |= {"t": "h", "level": self._next_level(element)}
            node["c"] = self._line(element.children)
        elif element.tag == "p":
            node["c"] = self._line(element.children)
        elif element.tag in {"ul", "ol", "dl"}:
            node["c"] = self._items(element)
            if element.tag == "ol":
                node["start"] = int(element.attributes.get("start", "1"))
        elif element.tag == "table":
            node |= self._table(element)
        elif element.tag in _BRINGS_OWN_TEXT:
            node["c"] = self.flow(element.children, loose="run")
        elif element.tag in {"div", "blockquote"}:
            node["c"] = self.flow(element.children)
        elif element.tag != "hr":
            self._refuse("error-page-outside-table", element=element.tag)
        return node

    def _node(self, element: Element) -> dict[str, Json]:
        node: dict[str, Json] = {"t": _SYNONYMS.get(element.tag, element.tag)}
        if classes := element.classes:
            node["k"] = list(classes)
        element_id = element.attributes.get("id")
        if element_id and element_id not in self._ids:
            self._ids.add(element_id)
            node["id"] = anchor_of(self._page.id, element_id)
        if language := _LANGUAGE.match(element.attributes.get("lang", "")):
            node["lang"] = language[0].lower()
        return node

    def _next_level(self, heading: Element) -> int:
        level = int(heading.tag[1])
        if level > self._level + 1:
            expected = "#" * (self._level + 1)
            self._refuse(
                "error-page-heading",
                level=str(level),
                before=str(self._level),
                expected=expected,
            )
        self._level = level
        return level

    def _items(self, element: Element) -> list[Json]:
        allowed = {"dt", "dd"} if element.tag == "dl" else {"li"}
        return [self._block(item) for item in self._elements(element, allowed)]

    def _elements(self, parent: Element, allowed: set[str]) -> list[Element]:
        """Return the children, which must be elements of the allowed kinds."""
        found = []
        for child in parent.children:
            if isinstance(child, Element) and child.tag in allowed:
                found.append(child)
            elif not isinstance(child, str) or child.strip():
                self._refuse_directly(child, parent)
        return found

    def _table(self, element: Element) -> dict[str, Json]:
        """Return head, rows and alignment; a table without a head is not accessible."""
        rows: list[Element] = []
        for part in self._elements(element, {"thead", "tbody", "tr"}):
            rows += [part] if part.tag == "tr" else self._elements(part, {"tr"})
        cells = [self._elements(row, {"th", "td"}) for row in rows]
        columns = {len(row) for row in cells}
        if not cells or any(cell.tag != "th" for cell in cells[0]):
            self._refuse("error-page-no-header")
        merged = any(
            {"colspan", "rowspan"} & cell.attributes.keys()
            for row in cells
            for cell in row
        )
        if len(columns) > 1 or merged:
            self._refuse("error-page-cells")
        if not any(self._line(cell.children) for cell in cells[0]):
            self._refuse("error-page-empty-header")
        aligned = [_ALIGN.search(cell.attributes.get("style", "")) for cell in cells[0]]
        made: list[Json] = [[self._block(cell) for cell in row] for row in cells]
        return {
            "head": made[0],
            "rows": made[1:],
            "align": [found[1] if found else "left" for found in aligned],
        }

    def _line(self, content: Iterable[Content]) -> list[Json]:
        """Return the nodes of a line of text, white space as a browser shows it."""
        self._after_space = True
        nodes = self._inline(content)
        _strip_end(nodes)
        return nodes

    def _inline(self, content: Iterable[Content]) -> list[Json]:
        nodes: list[Json] = []
        for item in content:
            if isinstance(item, str):
                text = _SPACES.sub(" ", item)
                text = text.removeprefix(" ") if self._after_space else text
                if text:
                    self._after_space = text.endswith(" ")
                    nodes.append(text)
            else:
                if item.tag == "br":
                    _strip_end(nodes)
                nodes.append(self._inline_element(item))
        return nodes

    def _inline_element(self, element: Element) -> Json:
        if _is_block(element):
            self._refuse("error-page-within-line", element=element.tag)
        node = self._node(element)
        if element.tag == "br":
            self._after_space = True
        elif element.tag == "img":
            self._after_space = False
            node |= self._pictures.of(element, self._page)
        else:
            node["c"] = self._inline(element.children)
        if element.tag == "a" and "href" in element.attributes:
            target = self._links.resolve(element.attributes["href"], self._page)
            node |= {"url": target.url, "to": target.anchor}
        return node

    def _refuse_directly(self, child: Content, parent: Element) -> NoReturn:
        if isinstance(child, str):
            self._refuse("error-page-text-in", parent=parent.tag)
        self._refuse("error-page-element-in", element=child.tag, parent=parent.tag)

    def _refuse(self, message: str, **values: str) -> NoReturn:
        values = {"page": self._page.title, **values}
        raise PdfError.of(Problem(message=message, values=values))


def ids_of(content: Iterable[Content]) -> Iterable[str]:
    """Yield the ids of all elements: what links can lead to."""
    for item in content:
        if isinstance(item, Element):
            element_id = item.attributes.get("id")
            if element_id and item.tag not in _WITHOUT_ANCHOR:
                yield element_id
            yield from ids_of(item.children)


def _is_block(item: Content) -> bool:
    return isinstance(item, Element) and item.tag in BLOCKS


def _strip_end(nodes: list[Json]) -> None:
    """Drop the white space at the end of a line."""
    while nodes:
        last = nodes[-1]
        if isinstance(last, dict):
            inner = last.get("c")
            if isinstance(inner, list):
                _strip_end(inner)
            return
        if isinstance(last, str) and (text := last.removesuffix(" ")):
            nodes[-1] = text
            return
        nodes.pop()
