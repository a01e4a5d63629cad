"""Text in the PDF can be read whatever colour the company has."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest
from tests.pdf.conftest import PACK, sample

from guidegen.colour import MINIMUM, WHITE, colours, contrast
from guidegen.pdf.build import build_pdf

BRANDS = (
    *("#ffe600", "#000000", "#ffffff", "#7a0019", "#0088cc", "#0b5fa5"),
    None,
)


class Text(NamedTuple):
    """A piece of text on a page."""

    text: str
    contrast: float
    color: str
    ground: str


def texts(path: Path) -> Iterator[Text]:
    """Yield each text of a PDF with the colour of the last surface drawn below it."""
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            words = page.get_textpage()
            surfaces = [((0.0, 0.0, *page.get_size()), WHITE)]
            for item in page.get_objects(max_depth=9):
                color = _fill(item)
                if item.type == pdfium.FPDF_PAGEOBJ_PATH and color:
                    surfaces.append((item.get_bounds(), color))
                if item.type == pdfium.FPDF_PAGEOBJ_TEXT and color:
                    ground = _below(item.get_bounds(), surfaces)
                    text = _text(item, words)
                    yield Text(text, contrast(color, ground), color, ground)


def _fill(item: Any) -> str | None:  # noqa: ANN401
    """Return the colour that an object is filled with, if it is."""
    if item.type == pdfium.FPDF_PAGEOBJ_PATH:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item.raw, mode, stroke)
        if not mode.value:
            return None
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item.raw, *parts) or not parts[3].value:
        return None
    assert parts[3].value == 255, "what is seen through cannot be measured here"
    return "#" + "".join(f"{part.value:02x}" for part in parts[:3])


def _below(
    box: tuple[float, ...], surfaces: list[tuple[tuple[float, ...], str]]
) -> str:
    left, bottom, right, top = box
    x, y = (left + right) / 2, (bottom + top) / 2
    return next(
        color
        for (left, bottom, right, top), color in reversed(surfaces)
        if left <= x <= right and bottom <= y <= top
    )


def _text(item: Any, words: Any) -> str:  # noqa: ANN401
    size = pdfium.FPDFTextObj_GetText(item.raw, words.raw, None, 0)
    text = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(item.raw, words.raw, text, size)
    return bytes(text).decode("utf-16-le").rstrip("\0")


@pytest.mark.slow
@pytest.mark.parametrize("brand", BRANDS)
def test_every_text_is_readable_in_any_colour(
    brand: str | None, tmp_path: Path
) -> None:
    document = replace(sample("de"), brand_color=brand)
    path = tmp_path / "guideline.pdf"
    build_pdf(document, template=PACK / "pdf", into=path)

    # The dot behind a number is only read out.
    found = [each for each in texts(path) if each.text.strip(" .")]

    assert [each for each in found if each.contrast < MINIMUM] == []
    color = colours(brand)
    if color.brand != WHITE:  # which is the paper's colour, too
        # On the band and in the bubble.
        on_brand = [each for each in found if each.ground == color.brand]
        assert {each.color for each in on_brand} == {color.on_brand}
