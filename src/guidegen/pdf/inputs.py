"""What the Typst template is given: the document as JSON, and its pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from guidegen.model.document import Asset, Document
from guidegen.page.normal import NormalPage, normalise
from guidegen.pdf.fonts import font_families
from guidegen.pdf.nodes import Json, Pictures, anchor_of, page_nodes


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


def pdf_inputs(
    document: Document, pages: Sequence[NormalPage] | None = None
) -> PdfInputs:
    """Return what the template is given for a document.

    Args:
        document: The pages of one language.
        pages: Its pages, if this run has normalised them already.

    Raises:
        RenderError: A page holds what no output shows, or a link leads nowhere.
        PdfError: A picture is not in a format that the PDF can show.
        PackError: The pack lacks a word.
    """
    pictures = Pictures()
    made: list[Json] = [
        {
            "id": anchor_of(page.id),
            "title": page.title,
            "nodes": page_nodes(page, pictures),
        }
        for page in pages or normalise(document)
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
        "pages": made,
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
