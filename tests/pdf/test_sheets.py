"""Posters, cards, slides: for everybody to read, on just as many pages as they have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.announce.kits import HOSTILE, documents_of, hostile, kits
from tests.pdf.reading import ReadPdf, broken_rules, read_pdf

from guidegen.announce import SHEETS, Kit, sheet
from guidegen.announce.qr_code import qr_code
from guidegen.model.document import Document
from guidegen.pack.find import builtin_packs
from guidegen.pdf.sheets import prepare_sheet

pytestmark = pytest.mark.slow

TEMPLATE = builtin_packs() / "dell" / "announce"
PAGES = {name: 6 if name == "slides.pdf" else 1 for name in SHEETS}
MILLIMETRES = {
    "poster-a3.pdf": (297, 420),
    "poster-a4.pdf": (210, 297),
    "card.pdf": (210, 297),
    "onboarding.pdf": (210, 297),
    "slides.pdf": (320, 180),
}

Typeset: TypeAlias = "Callable[[Kit, Document, str], Path]"


@pytest.fixture
def typeset(tmp_path: Path) -> Typeset:
    """Return what typesets a sheet into a file."""

    def typeset_sheet(kit: Kit, document: Document, name: str) -> Path:
        code = qr_code(kit.links.front)
        with prepare_sheet(
            document,
            {**sheet(kit), "modules": code.modules},
            template=TEMPLATE,
            main=SHEETS[name],
            code=code.picture,
        ) as made:
            pdf, _ = made()
        path = tmp_path / name
        path.write_bytes(pdf)
        return path

    return typeset_sheet


def _kit(name: str, step: str = "first") -> tuple[Kit, Document]:
    return kits(name, step)[0], documents_of(name)[0]


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("company", ["agency", "hospital", "listed"])
def test_a_sheet_keeps_the_standards_of_the_guideline(
    typeset: Typeset, company: str, name: str
) -> None:
    kit, document = _kit(company, "major")
    path = typeset(kit, document, name)
    pdf = read_pdf(path)

    assert broken_rules(path, "ua1") == []
    assert broken_rules(path, "2a") == []
    assert pdf.pages == PAGES[name]
    assert kit.company in pdf.title
    assert pdf.language.startswith(kit.language)
    assert all("+" in font for font in pdf.fonts), "fonts are embedded"
    with pypdfium2.PdfDocument(path) as read:
        width, height = (round(side / 72 * 25.4) for side in read[0].get_size())
    assert (width, height) == MILLIMETRES[name]


def _read(typeset: Typeset, company: str, name: str) -> tuple[Kit, ReadPdf]:
    kit, document = _kit(company, "major")
    return kit, read_pdf(typeset(kit, document, name))


@pytest.mark.parametrize("name", ["poster-a4.pdf", "onboarding.pdf"])
def test_a_sheet_says_the_sentence_the_rules_whom_to_ask_and_where(
    typeset: Typeset, name: str
) -> None:
    kit, pdf = _read(typeset, "listed", name)
    said = " ".join(pdf.text.split())

    for words in (kit.magic, *kit.rules, kit.contact.name, kit.links.shown):
        assert words in said
    assert kit.links.front in pdf.links
    assert f"mailto:{kit.contact.email}" in pdf.links
    [code] = [tag for tag in pdf.tags.find("Figure") if kit.links.shown in tag.alt]
    assert code.alt == kit.text("qr_alt")


def test_slides_tell_what_is_new_and_have_a_title_each(typeset: Typeset) -> None:
    kit, pdf = _read(typeset, "listed", "slides.pdf")

    assert kit.note
    assert kit.note in " ".join(pdf.text.split())
    assert len(list(pdf.tags.find("H1"))) == PAGES["slides.pdf"]


def test_only_one_of_the_ten_cards_is_read_out(typeset: Typeset) -> None:
    kit, pdf = _read(typeset, "listed", "card.pdf")

    assert " ".join(pdf.text.split()).count(kit.magic) == 1


def test_a_code_that_is_too_fine_for_a_card_is_left_out(typeset: Typeset) -> None:
    kit, document = _kit("small")
    far = f"https://intranet.company.example/{'department/' * 12}"
    dense = replace(kit, links=replace(kit.links, front=far))

    shown, left_out = (
        list(read_pdf(typeset(each, document, "card.pdf")).tags.find("Figure"))
        for each in (kit, dense)
    )
    assert (len(shown), len(left_out)) == (1, 0)
    # On a poster there is room for it.
    poster = read_pdf(typeset(dense, document, "poster-a4.pdf"))
    assert far in poster.links
    assert list(poster.tags.find("Figure"))


# Typesetting is slow: markup, directions, a long name, a long word, rare characters.
@pytest.mark.parametrize("text", [HOSTILE[at] for at in (3, 5, 8, 9, 10)])
def test_any_answer_fits_and_stays_text(typeset: Typeset, text: str) -> None:
    kit, document = _kit("listed", "major")
    strange = hostile(kit, text)
    for name, pages in PAGES.items():
        pdf = read_pdf(typeset(strange, replace(document, company=text), name))
        assert pdf.pages == pages
        assert all(
            link.startswith(
                (kit.links.front, "mailto:social@", "tel:+49", "https://chat")
            )
            for link in pdf.links
        )


def test_the_same_sheet_gives_the_same_bytes(typeset: Typeset) -> None:
    kit, document = _kit("small")
    for name in SHEETS:
        one = typeset(kit, document, name).read_bytes()
        assert typeset(kit, document, name).read_bytes() == one
