"""Topics under their levels, the parts that a company chose, and the register."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.pdf.conftest import TEMPLATE, Build, sample
from tests.pdf.reading import broken_rules

from guidegen.answers.read import read_answers
from guidegen.compose.guideline import compose
from guidegen.model.document import Document, Edition, State
from guidegen.pdf.build import build_pdf
from guidegen.render.document import Renderer

pytestmark = pytest.mark.slow

ANSWERS = """\
format: 1
pack: dell
languages: [de]
address: {address}
company: {{name: Nordlicht Technik GmbH, sector: {sector}, countries: [DE]}}
contacts:
  - {{name: Mira Jansen, email: social@nordlicht.example, phone: "+49 40 1234567"}}
taboo_topics: [{topics}]
sections: [{parts}]
version: {{owner: Jana Petersen, valid_from: 2027-03-01}}
"""
USUAL = {
    "craft": (
        *("customer-homes", "customer-data", "own-reviews", "accidents"),
        *("competitors", "colleagues-images"),
    ),
    "health": (
        *("patients", "health-claims", "accidents", "premises"),
        *("colleagues-images", "own-reviews"),
    ),
    "manufacturing": (
        *("new-products", "customer-projects", "financial-figures", "strategy"),
        *("recalls", "accidents"),
    ),
}
REGISTER = {
    "document_number": "DA 3.5",
    "classification": "Nur für den Dienstgebrauch",
    "approved_by": "Dr. Eva Roth",
}


def _document(
    folder: Path,
    sector: str,
    topics: Iterable[str],
    parts: Iterable[str] = (),
    *,
    address: str = "du",
) -> Document:
    path = folder / "guideline.yml"
    text = ANSWERS.format(
        sector=sector,
        topics=", ".join(topics),
        parts=", ".join(parts),
        address=address,
    )
    path.write_text(text.replace("sections: []\n", ""), "utf-8")
    answers, pack = read_answers(path)
    edition = Edition(state=State.RELEASED)
    return Renderer(compose(answers, pack, "de")).as_edition(edition)


@pytest.mark.parametrize("address", ["du", "sie"])
@pytest.mark.parametrize("sector", USUAL)
def test_five_topics_need_two_pages_six_with_three_parts_three(
    sector: str, address: str, tmp_path: Path, build: Build
) -> None:
    parts = ("managers", "crisis", "ai-content")
    for topics, more, pages in ((5, (), 2), (6, parts, 3)):
        chosen = USUAL[sector][:topics]
        pdf, notes = build(_document(tmp_path, sector, chosen, more, address=address))

        assert pdf.pages <= pages
        assert notes == ()


def test_all_parts_and_many_topics_settle_and_are_accessible(
    tmp_path: Path, build: Build
) -> None:
    topics = dict.fromkeys(topic for usual in USUAL.values() for topic in usual)
    parts = (
        *("scope", "managers", "ambassadors", "apprentices", "crisis", "journalists"),
        *("messengers", "employer-reviews", "leaving", "accounts", "elections"),
        *("ai-content", "harassment", "consequences", "who-answers"),
    )
    pdf, notes = build(_document(tmp_path, "other", topics, parts))

    assert notes == ()  # Typst says so if it does not settle
    assert pdf.pages <= 7
    for profile in ("ua1", "2a"):
        assert broken_rules(tmp_path / "guideline.pdf", profile) == []


def test_a_topic_and_its_posts_are_on_one_page(tmp_path: Path) -> None:
    topics = dict.fromkeys(USUAL["manufacturing"] + USUAL["craft"])
    document = _document(tmp_path, "manufacturing", topics)
    path = tmp_path / "guideline.pdf"
    build_pdf(document, template=TEMPLATE, into=path)
    pages = [page.extract_text() for page in PdfReader(path).pages]
    shown = document.pages[1].markdown
    names = re.findall(r"^### (.+?) \{", shown, re.MULTILINE)
    whys = [*map(_last_words, re.findall(r"\n\n(.+)\n\nSo nicht", shown))]

    assert len(names) == len(whys) == len(topics)
    assert sum(page.count("So nicht") for page in pages) == len(topics)
    for page in pages:
        assert page.count("So nicht") == page.count("Besser so")
    for name, why in zip(names, whys, strict=True):
        assert any(name in page and why in page for page in pages), name


def _last_words(text: str) -> str:
    return text.strip("*").split()[-1]


def test_the_companys_register_stands_on_every_page(build: Build) -> None:
    german = sample("de")
    texts = {**german.running_texts, **REGISTER}
    pdf, notes = build(dataclasses.replace(german, running_texts=texts))

    # Once in the band for whoever hears the first page, and above all others.
    line = "DA 3.5 · Nur für den Dienstgebrauch"
    assert pdf.text.count(line) == 1
    assert pdf.text.count("Freigegeben von Dr. Eva Roth") == 1
    assert pdf.running_texts.count(line) == pdf.pages - 1
    assert pdf.pages == 2
    assert notes == ()


def test_what_the_register_says_is_never_code(build: Build) -> None:
    hostile = "#panic() $x$ *fett* @x <b> \\ [a](b)"
    german = sample("de")
    texts = {**german.running_texts, **dict.fromkeys(REGISTER, hostile)}
    pdf, _ = build(dataclasses.replace(german, running_texts=texts))

    assert pdf.text.count(hostile) == 3
