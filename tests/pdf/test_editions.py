"""What a PDF says of its own version: drafts, news, and the slip to be signed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from tests.pdf.conftest import LANGUAGES, TEMPLATE, Build, sample
from tests.pdf.html_text import lost
from tests.pdf.reading import broken_rules
from tests.samples import SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.compose.guideline import compose
from guidegen.model.document import Document, Edition, State
from guidegen.model.text import LocalText
from guidegen.pdf.build import build_pdf
from guidegen.render.document import Renderer

pytestmark = pytest.mark.slow

LONG = "10.12.3"
NEWS = "Wer Bilder mit KI macht, schreibt das dazu. Sonst bleibt alles, wie es war."
DRAFTS = {
    "de": ("Entwurf", "Entwurf. Diese Fassung gilt noch nicht.", f"Entwurf für {LONG}"),
    "en": ("Draft", "Draft. This version is not in force yet.", f"draft of {LONG}"),
}


def _with_facts(document: Document, **facts: str) -> Document:
    running_texts = {**document.running_texts, **facts}
    return dataclasses.replace(document, running_texts=running_texts)


def _draft(language: str) -> Document:
    _, banner, version = DRAFTS[language]
    return _with_facts(sample(language), draft=banner, version=version)


def _listed(language: str, edition: Edition) -> Document:
    """Return the sample company that asks for all ways to confirm receipt."""
    answers, pack = read_answers(SCENARIOS / "listed" / "guideline.yml")
    guideline = compose(answers, pack, language)
    return Renderer(guideline).as_edition(edition)


def _pages_of_headings(path: Path) -> tuple[dict[str, int], int]:
    """Return on which page each heading stands, and how many pages there are."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: place for place, page in enumerate(pdf.pages, 1)}

        def walk(items: list[pikepdf.OutlineItem]) -> Iterator[tuple[str, int]]:
            for item in items:
                target = item.destination
                assert isinstance(target, pikepdf.Array)
                yield item.title, numbers[target[0].objgen]
                yield from walk(item.children)

        return dict(walk(outline.root)), len(pdf.pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_so_on_every_page_and_in_its_title(
    language: str, build: Build
) -> None:
    word, banner, version = DRAFTS[language]

    pdf, notes = build(_draft(language))

    assert pdf.title.endswith(f" ({word})")
    assert pdf.text.count(banner) == 1  # for whoever hears the first page
    assert pdf.running_texts.count(banner) == pdf.pages - 1
    assert pdf.running_texts.count(f": {version} (0f3a9c21)") == pdf.pages
    assert pdf.pages == 2
    assert notes == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_released_version_says_nothing_of_drafts(language: str, build: Build) -> None:
    pdf, _ = build(_with_facts(sample(language), version="2.0.0"))

    assert DRAFTS[language][0].lower() not in (pdf.title + pdf.text).lower()
    assert " 2.0.0 (0f3a9c21)" in pdf.running_texts
    assert pdf.pages == 2


def test_news_stand_before_everything_else(german: Document, build: Build) -> None:
    pdf, _ = build(_with_facts(german, news=NEWS))

    news = pdf.text.index(f"Neu in dieser Fassung: {NEWS}")
    assert news < pdf.text.index("Social Media bei Nordlicht")
    assert pdf.pages == 2


def test_what_the_facts_say_is_never_code(german: Document, build: Build) -> None:
    hostile = "#panic() $x$ *fett* @x <b> \\ [a](b)"

    pdf, _ = build(
        _with_facts(german, news=hostile, draft=hostile, version=hostile, owner=hostile)
    )

    assert pdf.text.count(hostile) == 3  # the draft, the news, the owner in the band
    assert pdf.running_texts.count(hostile) == 3  # the version twice, the draft


@pytest.mark.parametrize("state", [State.DRAFT, State.RELEASED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_is_on_the_last_page_and_accessible(
    language: str, state: State, tmp_path: Path, build: Build
) -> None:
    edition = Edition(version=LONG, state=state, news=LocalText.of(NEWS))
    document = _listed(language, edition)

    pdf, notes = build(document)

    title = {"de": "Empfangsbestätigung", "en": "Confirmation of receipt"}[language]
    lines = pdf.text.split("\n")
    slip = lines[lines.index(title) :]
    fields = {
        "de": ["Name", "Personalnummer (falls vorhanden)", "Datum", "Unterschrift"],
        "en": ["Name", "Employee ID (if you have one)", "Date", "Signature"],
    }[language]
    assert slip[-4:] == fields
    assert LONG in "".join(slip)
    assert document.digest[:8] in "".join(slip)
    assert [item.text() for item in [*pdf.tags.find("LI")][-4:]] == fields
    assert lost(document, pdf.text) == []
    assert notes == ()
    pages, count = _pages_of_headings(tmp_path / "guideline.pdf")
    assert pages[title] == count == pdf.pages
    assert sum(page == count for page in pages.values()) == 5  # its own page's, no more
    for profile in ("ua1", "2a"):
        assert broken_rules(tmp_path / "guideline.pdf", profile) == []


def test_the_links_to_confirm_are_in_a_released_pdf_only(build: Build) -> None:
    def links(state: State) -> list[str]:
        pdf, _ = build(_listed("de", Edition(version="2.1.0", state=state)))
        return [
            link for link in pdf.links if "formulare." in link or "bestaetigung" in link
        ]

    digest = _listed("de", Edition()).digest[:8]

    form, mailbox = links(State.RELEASED)
    assert links(State.DRAFT) == []
    assert form == (
        "https://formulare.nordlicht.example/guideline"
        f"?fassung=2.1.0&pruefsumme={digest}"
    )
    assert mailbox.startswith("mailto:bestaetigung@nordlicht.example?subject=Empfang")


def test_a_title_without_room_for_its_text_moves_to_the_next_page(
    german: Document, tmp_path: Path
) -> None:
    last = german.pages[-1]
    more = dataclasses.replace(
        last,
        id="more",
        title="Mehr",
        markdown="# Mehr\n\nEin Satz.\n\n## Eins\n\n" + "Wort und Wort. " * 60,
    )
    path, moved = tmp_path / "guideline.pdf", set()
    for paragraphs in range(1, 40, 3):
        filled = dataclasses.replace(
            last, markdown="# Kontakt\n\n" + "Ein Absatz.\n\n" * paragraphs
        )
        document = dataclasses.replace(german, pages=(*german.pages[:-1], filled, more))

        notes = build_pdf(document, template=TEMPLATE, into=path)

        assert notes == ()  # Typst says so if it does not settle
        pages, _ = _pages_of_headings(path)
        assert pages["Mehr"] == pages["Eins"]
        moved.add(pages["Mehr"])
    assert moved >= {2, 3}
