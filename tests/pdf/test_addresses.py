"""Addresses and numbers keep their form on paper, and stay off the codes beside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from pypdfium2.raw import (  # type: ignore[import-untyped]
    FPDF_PAGEOBJ_IMAGE,
    FPDF_PAGEOBJ_PATH,
)
from tests.pdf.conftest import TEMPLATE
from tests.samples import SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.model.answers import Contact
from guidegen.model.text import LocalText
from guidegen.pdf.build import build_pdf
from guidegen.pipeline.working_copy import compose_documents

pytestmark = pytest.mark.slow

MAILBOXES = (
    "socialmedia@musterstadt.example",
    "anna.lena.hoffmann@stadtwerke.example",
    "presse-und-oeffentlichkeitsarbeit-der-stadt@rathaus-am-see.example",
    "MARKETING.WERBUNG@WERKSTATT-MUSTERMANN.EXAMPLE",
    f"{'w' * 64}@{'m' * 60}.example",
    "p@x.example",
)
NUMBER = "+49 (0)40 12345 Durchwahl 678"


def _contact(number: int, mailbox: str) -> Contact:
    return Contact(
        name=LocalText.of(f"Stelle {number}"),
        email=LocalText.of(mailbox),
        phone=LocalText.of(NUMBER),
    )


def _codes(page: pdfium.PdfPage) -> list[tuple[float, float, float, float]]:
    """Return where the codes are: large squares that are not text."""
    drawn = page.get_objects((FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH), max_depth=9)
    return [
        (left, bottom, right, top)
        for left, bottom, right, top in (each.get_bounds() for each in drawn)
        if 55 < right - left < 72 and abs((right - left) - (top - bottom)) < 1
    ]


def _free_of_codes(page: pdfium.PdfPage) -> bool:
    """Return whether no letter lies on a code."""
    codes = _codes(page)
    text = page.get_textpage()
    boxes = (
        text.get_charbox(index)
        for index in range(text.count_chars())
        if text.get_text_range(index, 1).strip()
    )
    return all(
        box[2] <= left or box[0] >= right or box[3] <= bottom or box[1] >= top
        for box in boxes
        for left, bottom, right, top in codes
    )


@pytest.mark.parametrize("count", range(1, len(MAILBOXES) + 1))
def test_an_address_is_whole_and_beside_its_code(count: int, tmp_path: Path) -> None:
    answers, pack = read_answers(SCENARIOS / "small" / "guideline.yml")
    people = tuple(_contact(*each) for each in enumerate(MAILBOXES[-count:], start=1))
    (document,) = compose_documents(replace(answers, contacts=people), pack)
    path = tmp_path / "guideline.pdf"

    build_pdf(document, template=TEMPLATE, into=path)

    pages = list(pdfium.PdfDocument(path))
    said = "".join(page.get_textpage().get_text_bounded() for page in pages)
    joined = "".join(said.split())
    for mailbox in MAILBOXES[-count:]:
        assert mailbox in joined
    # Nothing is put behind a number that says itself.
    assert ";ext=" not in said
    assert "\u200b" not in said
    assert sum(len(_codes(page)) for page in pages) >= count
    assert all(map(_free_of_codes, pages))
