"""A guideline in German and English, as `render` hands it to the PDF."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
import segno
import yaml
from tests.installed import once
from tests.pdf.reading import ReadPdf, read_pdf

from guidegen.model.document import Asset, Document, Page
from guidegen.model.labels import Labels
from guidegen.model.note import Note
from guidegen.pdf.build import build_pdf

PACK = Path(__file__).parents[2] / "guideline_templates" / "dell"
TEMPLATE = PACK / "pdf"
LANGUAGES = ("de", "en")
PAGES = ("index", "taboo-topics", "contact")
TITLES = {
    "de": ("Die Guideline", "Tabuthemen mit Beispielen", "Kontakt"),
    "en": ("The guideline", "Taboo topics with examples", "Contact"),
}

Build: TypeAlias = "Callable[[Document], tuple[ReadPdf, tuple[Note, ...]]]"
TypesetOnce: TypeAlias = "Callable[[str, Sequence[Document]], dict[str, Path]]"
"""Returns the PDF of each language, given a company's name and its documents."""


def qr_code() -> bytes:
    """Return a QR code as SVG, as large as that of a real contact."""
    picture = io.BytesIO()
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mira Jansen\r\nORG:Nordlicht Technik GmbH"
    segno.make(card, error="m").save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue()


@cache
def _labels() -> dict[str, dict[str, str]]:
    text = (PACK / "labels.yml").read_text("utf-8")
    return dict(yaml.load(text, Loader=yaml.CSafeLoader))


@cache
def sample(language: str) -> Document:
    """Return the sample company's document, which nobody may change."""
    labels = _labels()
    texts = Path(__file__).with_name("pages") / language
    return Document(
        language=language,
        variant=language,
        locale=language,
        title={"de": "Social-Media-Guideline", "en": "Social media guideline"}[
            language
        ],
        company="Nordlicht Technik GmbH",
        pages=tuple(
            Page(
                id=name, title=title, markdown=(texts / f"{name}.md").read_text("utf-8")
            )
            for name, title in zip(PAGES, TITLES[language], strict=True)
        ),
        assets=(
            Asset(path="images/contact-1.svg", content=qr_code()),
            Asset(path="images/contact-1.vcf", content=b"BEGIN:VCARD"),
        ),
        contacts=(),
        labels=Labels({key: words[language] for key, words in labels.items()}),
        running_texts={
            "owner": "Jana Petersen",
            "valid_from": {"de": "1. Dezember 2026", "en": "1 December 2026"}[language],
            "next_review": {"de": "1. Dezember 2027", "en": "1 December 2027"}[
                language
            ],
            "version": "2026-12-01",
            "digest_short": "0f3a9c21",
        },
        brand_color="#0b5fa5",
        logo=None,
        valid_from=int(dt.datetime(2026, 12, 1, tzinfo=dt.UTC).timestamp()),
        markdown_extensions=("attr_list", "md_in_html", "tables", "def_list"),
        digest="0f3a9c21" * 8,
    )


def with_markdown(document: Document, *texts: str) -> Document:
    """Return the document with other pages: the first is `index`."""
    return dataclasses.replace(
        document,
        pages=tuple(
            Page(id=name, title=title, markdown=text)
            for name, title, text in zip(PAGES, TITLES["de"], texts, strict=False)
        ),
    )


@pytest.fixture(scope="session")
def german() -> Document:
    return sample("de")


@pytest.fixture(scope="session")
def english() -> Document:
    return sample("en")


@pytest.fixture(scope="session")
def typeset_once(tmp_path_factory: pytest.TempPathFactory) -> TypesetOnce:
    """Typeset the guideline of a sample company, which two modules look at."""

    def typeset(name: str, documents: Sequence[Document]) -> dict[str, Path]:
        def make(folder: Path) -> None:
            for each in documents:
                path = folder / f"{each.language}.pdf"
                assert build_pdf(each, template=TEMPLATE, into=path) == ()

        folder = once(tmp_path_factory, f"pdf-{name}", make)
        return {each.language: folder / f"{each.language}.pdf" for each in documents}

    return typeset


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build a document and read the PDF back."""

    def build_and_read(document: Document) -> tuple[ReadPdf, tuple[Note, ...]]:
        path = tmp_path / "guideline.pdf"
        notes = build_pdf(document, template=TEMPLATE, into=path)
        return read_pdf(path), notes

    return build_and_read
