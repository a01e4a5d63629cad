"""What the Typst template is given: a document as plain JSON, and its pictures.

A node of a page is a text or a map: `t` is the element's tag, `c` its content, `k` its
classes, `id` its anchor and `lang` its language, if it has any. `run` stands for text
without a paragraph of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from guidegen.arrange import Arrangement
from guidegen.colour import LEVELS, NO_EDGE, colours
from guidegen.errors import PdfError
from guidegen.model.document import Asset, Document
from guidegen.page.normalise import LINES, RUN, NormalPage, normalise
from guidegen.page.tree import HEADINGS, Content, Element
from guidegen.pdf.fonts import font_families
from guidegen.value import Value

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

_FORMATS: Final = {".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"}
# Loose text in these is no paragraph, as in CommonMark's tight lists.
_BRINGS_OWN_TEXT: Final = frozenset({"li", "dt", "dd", "td", "th"})


class PdfInputs(Value):
    """What a template is compiled with.

    `content` is what the template reads as JSON from `sys.inputs.document`; `files` are
    the pictures, by their path beside the template.
    """

    content: Mapping[str, Json]
    files: Mapping[str, Asset]
    timestamp: int
    main: str = "guideline.typ"
    """The file of the template's folder that is typeset."""

    def sys_inputs(self) -> dict[str, str]:
        """Return Typst's `sys.inputs`: nothing in them can become Typst code."""
        return {"document": json.dumps(self.content, ensure_ascii=False)}

    def with_content(self, content: Mapping[str, Json]) -> PdfInputs:
        """Return the same inputs with other content."""
        return replace(self, content=content)


def pdf_inputs(
    document: Document,
    pages: Sequence[NormalPage] | None = None,
    arrangement: Arrangement | None = None,
) -> PdfInputs:
    """Return what the template is given for a document.

    Args:
        document: The pages of one language.
        pages: Its pages, if this run has normalised them already.
        arrangement: Which section is what; None for what the template knows itself.

    Raises:
        RenderError: A page holds what no output shows, or a link leads nowhere.
        PdfError: A picture is not in a format that the PDF can show.
        PackError: The pack lacks a word.
    """
    pictures = Pictures()
    pages_data: list[Json] = [
        {
            "id": _anchor(page.id),
            "title": page.title,
            "nodes": _page_nodes(page, pictures),
        }
        for page in pages or normalise(document)
    ]
    content: dict[str, Json] = {
        "language": document.language,
        # PDF readers and hyphenation are told where the language is written.
        "region": document.locale.partition("-")[2] or None,
        "title": document.title,
        "company": document.company,
        "color": document.brand_color,
        "colors": paper_colors(document.brand_color),
        "levels": level_colors(),
        "logo": pictures.add(document.logo) if document.logo else None,
        "fonts": list(font_families()),
        "labels": _labels(document),
        # The key is part of what packs' own `guideline.typ` relies on.
        "furniture": dict(document.running_texts),
        "pages": pages_data,
        "looks": _looks(arrangement) if arrangement else None,
    }
    return PdfInputs(
        content=content, files=pictures.files, timestamp=document.valid_from
    )


def level_colors() -> dict[str, Json]:
    """Return the colours of the levels of topics."""
    return {level: asdict(each) for level, each in LEVELS.items()}


def paper_colors(brand: str | None) -> dict[str, Json]:
    """Return the company's colour in its roles on paper."""
    roles = colours(brand)
    return {
        "brand": roles.brand,
        "on_brand": roles.on_brand,
        "tint": roles.tint_light,
        "link": roles.link_light,
        "edge": None if roles.edge_light == NO_EDGE else roles.edge_light,
    }


def _looks(arrangement: Arrangement) -> dict[str, Json]:
    """Return what each section is, by its page and the id of its heading."""
    return {
        page: {section: kind.value for section, kind in each.sections.items()}
        for page, each in arrangement.pages.items()
    }


def _labels(document: Document) -> dict[str, Json]:
    needed = ["character", "next_review", "owner", "page_of", "valid_from", "version"]
    for fact, word in (
        *(("draft", "draft_title"), ("news", "news_title")),
        *((fact, fact) for fact in ("document_number", "approved_by")),
    ):
        needed += [word] if fact in document.running_texts else []
    # Typst would complain of a missing key without a word of `labels.yml`.
    for word in needed:
        document.labels.word(word)
    return dict(document.labels)


def _anchor(page_id: str, element_id: str = "") -> str:
    """Return the PDF's name of a page, or of an element with an id on it."""
    # All pages are in one PDF, and two of them may use the same id.
    return f"{page_id}#{element_id}"


def _page_nodes(page: NormalPage, pictures: Pictures) -> list[Json]:
    """Return the nodes of a page.

    Args:
        page: The page.
        pictures: Collects the pictures on it.

    Raises:
        PdfError: A picture is not in a format that the PDF can show.
    """
    return _Nodes(page, pictures).flow(page.blocks)


class _Nodes:
    def __init__(self, page: NormalPage, pictures: Pictures) -> None:
        self._page = page
        self._pictures = pictures

    def flow(self, blocks: Iterable[Element], run: str = "p") -> list[Json]:
        """Return the nodes of some blocks; loose text gets the tag `run`."""
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
            node["id"] = _anchor(self._page.id, element.id)
        if element.lang:
            # Typst takes the language alone, without a region.
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
            to = _anchor(target.page, target.id) if target.page else None
            node |= {"url": target.url or None, "to": to}
        return node


class Pictures:
    """Collects the pictures that are used: `files`, by their name in Typst."""

    def __init__(self) -> None:
        self.files: dict[str, Asset] = {}

    def add(self, asset: Asset) -> str:
        """Add a file and return its name in Typst.

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
