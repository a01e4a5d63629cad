"""The PDF of the sample company, read back."""

from __future__ import annotations

import dataclasses
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.pdf.conftest import LANGUAGES, TEMPLATE, Build, sample, with_markdown
from tests.pdf.html_text import band, html_lines, in_order_of_print
from tests.pdf.reading import broken_rules
from tests.wording import raises

from guidegen.errors import PackError, PdfError
from guidegen.model.document import Asset, Document
from guidegen.model.labels import Labels
from guidegen.pdf.build import build_pdf

pytestmark = pytest.mark.slow

LOGO = Asset(
    path="images/logo.svg",
    content=b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3">'
    b'<path fill="#0b5fa5" d="M0 0h9v3h-9z"/></svg>',
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_word_for_word_what_the_pages_say(
    language: str, build: Build
) -> None:
    document = sample(language)

    pdf, notes = build(document)

    words = pdf.text.split()
    added = [*band(document).split(), *document.company.split()]
    assert words[: len(added)] == added
    assert words[len(added) :] == in_order_of_print(document)
    assert notes == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_company_needs_two_pages(language: str, build: Build) -> None:
    pdf, _ = build(sample(language))

    assert pdf.pages == 2


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_accessible_and_made_to_last(
    language: str, profile: str, tmp_path: Path
) -> None:
    path = tmp_path / "guideline.pdf"
    build_pdf(sample(language), template=TEMPLATE, into=path)

    assert broken_rules(path, profile) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_title_and_standards_are_named(language: str, build: Build) -> None:
    document = sample(language)

    pdf, _ = build(document)

    assert pdf.language == language
    assert pdf.title == f"{document.title} – {document.company}"
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.metadata
    assert "<pdfaid:part>2</pdfaid:part>" in pdf.metadata
    assert document.title in pdf.metadata


def test_headings_become_bookmarks(german: Document, build: Build) -> None:
    pdf, _ = build(german)

    headings = [
        heading
        for one in german.pages
        for heading in re.findall(r"^#+ (.+?)(?: \{.*)?$", one.markdown, re.MULTILINE)
    ]
    # What stands on the sheet for the wall comes first.
    assert sorted(pdf.bookmarks) == sorted(headings)
    small_print = headings.index("Wem gehört der Account?")
    on_sheet = [*headings[:small_print], "Fragen?"]
    assert list(pdf.bookmarks[: len(on_sheet)]) == on_sheet


def test_pictures_have_words(german: Document, build: Build) -> None:
    document = dataclasses.replace(german, logo=LOGO)

    pdf, _ = build(document)

    assert [figure.alt for figure in pdf.tags.find("Figure")] == [
        "Nordlicht Technik GmbH",
        "QR-Code mit den Kontaktdaten: Mira Jansen",
    ]


def test_links_lead_where_the_page_says(german: Document, build: Build) -> None:
    pdf, _ = build(german)

    assert "mailto:social@nordlicht.example" in pdf.links
    assert "tel:+49401234567" in pdf.links
    assert "https://intranet.nordlicht.example/code-of-conduct" in pdf.links
    # From the overview to the examples, to the contact and back to a section.
    assert pdf.links.count("#") == sum(
        one.markdown.count(".md") for one in german.pages
    )


def test_version_and_page_stand_at_the_foot(german: Document, build: Build) -> None:
    pdf, _ = build(german)

    assert "Verantwortlich: Jana Petersen" in pdf.text
    assert "Gültig ab 1. Dezember 2026" in pdf.running_texts
    assert "Nächste Durchsicht: 1. Dezember 2027" in pdf.running_texts
    assert "Fassung 2026-12-01 (0f3a9c21)" in pdf.running_texts
    assert "Seite 1 von 2" in pdf.running_texts
    assert "Seite 2 von 2" in pdf.running_texts


def test_the_text_is_set_in_the_bundled_font(german: Document, build: Build) -> None:
    pdf, _ = build(german)

    families = {font.split("+")[-1].split("-")[0] for font in pdf.fonts}
    assert families == {"SourceSans3", "NotoEmoji"}


def test_the_same_document_gives_the_same_bytes(
    german: Document, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "deep" / "er" / "second.pdf"
    second.parent.mkdir(parents=True)

    build_pdf(german, template=TEMPLATE, into=first)
    build_pdf(german, template=TEMPLATE, into=second)

    assert first.read_bytes() == second.read_bytes()


def test_two_languages_can_be_set_at_the_same_time(tmp_path: Path) -> None:
    documents = [sample(LANGUAGES[place % 2]) for place in range(6)]
    paths = [tmp_path / f"{place}.pdf" for place in range(6)]

    with ThreadPoolExecutor(max_workers=3) as pool:
        list(
            pool.map(
                lambda document, path: build_pdf(
                    document, template=TEMPLATE, into=path
                ),
                documents,
                paths,
            )
        )

    assert len({path.read_bytes() for path in paths}) == len(LANGUAGES)


def test_a_light_company_colour_is_darkened_until_it_can_be_read(
    german: Document, tmp_path: Path
) -> None:
    path = tmp_path / "guideline.pdf"

    build_pdf(
        dataclasses.replace(german, brand_color="#ffe600"), template=TEMPLATE, into=path
    )

    assert broken_rules(path, "ua1") == []


def test_a_document_that_fills_many_pages_loses_nothing(
    german: Document, build: Build
) -> None:
    section = "## Abschnitt {n}\n\n" + "Ein Satz, der oft vorkommt. " * 60
    document = with_markdown(
        german,
        "# Lang\n\n" + "\n\n".join(section.replace("{n}", str(n)) for n in range(20)),
        "# Riesig\n\n## Ein Absatz\n\n" + "Wort und noch eins. " * 2500,
    )

    pdf, _ = build(document)

    assert pdf.text.split("\n") == [band(document), *html_lines(document)]


def test_a_pdf_that_cannot_be_written_is_an_error_with_its_place(
    german: Document, tmp_path: Path
) -> None:
    path = tmp_path / "missing" / "guideline.pdf"

    with raises(PdfError, match="cannot be written") as caught:
        build_pdf(german, template=TEMPLATE, into=path)

    assert caught.value.path == path


@pytest.mark.parametrize("missing", ["page_of", "draft_title", "news_title"])
def test_a_word_that_the_pack_lacks_is_named(
    missing: str, german: Document, tmp_path: Path
) -> None:
    labels = {key: word for key, word in german.labels.items() if key != missing}
    facts = {**german.running_texts, "draft": "Entwurf.", "news": "Neues."}

    with raises(PackError, match=f"no word for {missing}"):
        build_pdf(
            dataclasses.replace(german, labels=Labels(labels), running_texts=facts),
            template=TEMPLATE,
            into=tmp_path / "guideline.pdf",
        )
