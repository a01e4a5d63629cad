"""What the Typst template is given: the document as JSON, and its pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidegen.model.document import Asset, Document
from guidegen.page.tree import markdown_parser, parse_page
from guidegen.pdf.fonts import font_families
from guidegen.pdf.links import Links, anchor_of
from guidegen.pdf.nodes import PageNodes, ids_of
from guidegen.pdf.pictures import Pictures

if TYPE_CHECKING:
    from guidegen.page.tree import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfInputs:
    """What a template is compiled with.

    `content` is what the template reads as JSON from `sys.inputs.document`; `files` are
    the pictures, by their path beside the template.
    """

    content: Mapping[str, Json]
    files: Mapping[str, Asset]
    timestamp: int

    def sys_inputs(self) -> dict[str, str]:
        """Return Typst's `sys.inputs`: nothing in them can become Typst code."""
        return {"document": json.dumps(self.content, ensure_ascii=False)}

    def with_content(self, content: Mapping[str, Json]) -> PdfInputs:
        """Return the same with other content."""
        return replace(self, content=content)


def pdf_inputs(document: Document) -> PdfInputs:
    """Return what the template is given for a document.

    Raises:
        PdfError: A page holds what the PDF cannot show: an unknown element, a missing
            picture, a link that leads nowhere.
        PackError: The pack lacks a word.
    """
    parser = markdown_parser(document.markdown_extensions)
    parsed = [(page, parse_page(page, parser)) for page in document.pages]
    anchors = {anchor_of(page.id) for page in document.pages} | {
        anchor_of(page.id, element_id)
        for page, content in parsed
        for element_id in ids_of(content)
    }
    pictures = Pictures(document.assets)
    links = Links(
        anchors=frozenset(anchors),
        files=frozenset(asset.path for asset in document.assets),
    )
    pages: list[Json] = [
        {
            "id": anchor_of(page.id),
            "title": page.title,
            "nodes": PageNodes(page, links, pictures).flow(content),
        }
        for page, content in parsed
    ]
    content: dict[str, Json] = {
        "language": document.language,
        "title": document.title,
        "company": document.company,
        "color": document.brand_color,
        "logo": pictures.add(document.logo) if document.logo else None,
        "fonts": list(font_families()),
        "labels": _labels(document),
        "furniture": dict(document.running_texts),
        "pages": pages,
    }
    return PdfInputs(
        content=content, files=pictures.files, timestamp=document.valid_from
    )


def _labels(document: Document) -> dict[str, Json]:
    needed = ["character", "next_review", "owner", "page_of", "valid_from", "version"]
    for fact, word in (("draft", "draft_title"), ("news", "news_title")):
        needed += [word] if fact in document.running_texts else []
    for word in needed:
        document.labels.word(word)
    return dict(document.labels)
