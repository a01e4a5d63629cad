"""Sheets that go with a guideline, such as a poster, typeset as the guideline is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from guidegen.model.document import Asset, Document
from guidegen.pdf.build import Typeset, prepare_inputs, with_drawable_logo
from guidegen.pdf.fonts import font_families
from guidegen.pdf.nodes import (
    Json,
    PdfInputs,
    Pictures,
    level_colors,
    paper_colors,
)


def prepare_sheet(
    document: Document,
    content: Mapping[str, Json],
    *,
    template: Path,
    main: str,
    code: Asset,
) -> AbstractContextManager[Callable[[], Typeset]]:
    """Prepare a sheet (PDF/UA-1 and PDF/A-2a); give what typesets it, in any thread.

    Args:
        document: The guideline that it goes with: title, logo, colours, language.
        content: What the sheet says.
        template: The folder of its template.
        main: The file there that is typeset.
        code: The QR code on it.

    Raises:
        PdfError: A picture or character cannot be shown, or the template is wrong.
    """
    shown, pictures = with_drawable_logo(document), Pictures()
    own: dict[str, Json] = {
        "language": document.language,
        "region": document.locale.partition("-")[2] or None,
        "title": document.title,
        "company": document.company,
        "colors": paper_colors(document.brand_color),
        "levels": level_colors(),
        "logo": pictures.add(shown.logo) if shown.logo else None,
        "code": pictures.add(code),
        "fonts": list(font_families()),
        "pages": [],
        "labels": {"character": document.labels.word("character")},
    }
    inputs = PdfInputs(
        content={**own, **content},
        files=pictures.files,
        timestamp=document.valid_from,
        main=main,
    )
    return prepare_inputs(inputs, template)
