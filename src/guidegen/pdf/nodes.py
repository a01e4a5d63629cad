"""A page's blocks as plain JSON, which is what the Typst template reads.

A node is a text or a map: `t` is the element's tag, `c` its content, `k` its classes,
`id` its anchor and `lang` its language, if it has any. `run` stands for text without a
paragraph of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from guidegen.errors import PdfError
from guidegen.model.document import Asset
from guidegen.page.normal import LINES, RUN, NormalPage
from guidegen.page.tree import HEADINGS, Content, Element

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

_FORMATS: Final = {".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"}
_BRINGS_OWN_TEXT: Final = frozenset({"li", "dt", "dd", "td", "th"})


class Pictures:
    """Collects the pictures that are used: `files`, by their name in Typst."""

    def __init__(self) -> None:
        self.files: dict[str, Asset] = {}

    def add(self, asset: Asset) -> str:
        """Take a file along and return its name in Typst.

        Raises:
            PdfError: It is not in a format that the PDF can show.
        """
        suffix = PurePosixPath(asset.path).suffix.lower()
        if suffix not in _FORMATS:
            raise PdfError("error-pdf-format", picture=asset.path)
        # Numbered, so that no name from outside becomes a path here.
        names = {known.path: name for name, known in self.files.items()}
        name = names.get(asset.path, f"pictures/{len(self.files)}{suffix}")
        self.files[name] = asset
        return name


def anchor_of(page_id: str, element_id: str = "") -> str:
    """Return the PDF's name of a page, or of an element with an id on it."""
    return f"{page_id}#{element_id}"


def page_nodes(page: NormalPage, pictures: Pictures) -> list[Json]:
    """Return the nodes of a page.

    Args:
        page: The page.
        pictures: Is given the pictures that stand on it.

    Raises:
        PdfError: A picture is not in a format that the PDF can show.
    """
    return _Nodes(page, pictures).flow(page.blocks)


class _Nodes:
    def __init__(self, page: NormalPage, pictures: Pictures) -> None:
        self._page = page
        self._pictures = pictures

    def flow(self, blocks: Iterable[Element], run: str = "p") -> list[Json]:
        """Return the nodes of blocks; `run` is what loose text becomes."""
        return [self._block(each, run) for each in blocks]

    def _block(self, element: Element, run: str) -> Json:
        node = self._node(element)
        if element.tag == RUN:
            node["t"] = run
        if element.tag in HEADINGS:
            node |= {"t": "h", "level": int(element.tag[1])}
        if element.tag in LINES:
            node["c"] = self._inline(element.children)
        elif element.tag == "table":
            node |= self._table(element)
        elif element.tag != "hr":
            own = element.tag in _BRINGS_OWN_TEXT
            node["c"] = self.flow(element.elements, run=RUN if own else "p")
        if element.tag == "ol":
            node["start"] = 1 if element.start is None else element.start
        return node

    def _node(self, element: Element) -> dict[str, Json]:
        node: dict[str, Json] = {"t": element.tag}
        if element.classes:
            node["k"] = list(element.classes)
        if element.id:
            node["id"] = anchor_of(self._page.id, element.id)
        if element.lang:
            node["lang"] = element.lang.partition("-")[0].lower()
        return node

    def _table(self, element: Element) -> dict[str, Json]:
        """Return head, rows and alignment."""
        head, *rows = element.elements
        return {
            "head": self.flow(head.elements),
            "rows": [self.flow(row.elements) for row in rows],
            "align": [cell.align or "left" for cell in head.elements],
        }

    def _inline(self, content: Iterable[Content]) -> list[Json]:
        return [
            item if isinstance(item, str) else self._inline_element(item)
            for item in content
        ]

    def _inline_element(self, element: Element) -> Json:
        node = self._node(element)
        if element.tag == "img":
            path = self._pictures.add(self._page.pictures[element.src])
            node |= {"path": path, "alt": element.alt or ""}
        elif element.tag != "br":
            node["c"] = self._inline(element.children)
        if element.href is not None:
            target = self._page.targets[element.href]
            to = anchor_of(target.page, target.id) if target.page else None
            node |= {"url": target.url or None, "to": to}
        return node
