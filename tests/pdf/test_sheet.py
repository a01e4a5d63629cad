"""Page 1 is a sheet for the wall: all that one needs to know, whatever the company."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from tests.pdf.conftest import LANGUAGES, TEMPLATE, Build, TypesetOnce, sample
from tests.pdf.html_text import html_lines, sections
from tests.pdf.reading import broken_rules
from tests.samples import COMPANIES, SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.model.document import Document, Page
from guidegen.pdf.build import build_pdf
from guidegen.pipeline.working_copy import compose_documents

pytestmark = pytest.mark.slow

BEFORE = Path(__file__).with_name("pages") / "before"
TOPIC = r"^- \[(.+)\]\(taboo-topics\.md#[^)]*\)(?:: (.+))?$"
"""A topic of the overview: its name, and who speaks."""
LONG = (
    "Vereinigte Sonnenenergie- und Anlagenbaugesellschaft Schleswig-Holstein "
    "mit angeschlossener Forschungsanstalt mbH & Co. KG"
)


def _words(text: str) -> str:
    return " ".join(text.replace("-\n", "-").split())


def _pages(document: Document, path: Path) -> Sequence[PageObject]:
    assert build_pdf(document, template=TEMPLATE, into=path) == ()
    return PdfReader(path).pages


def _said(page: PageObject) -> str:
    """Return a page's text, which takes as long as to typeset it."""
    return _words(page.extract_text())


@pytest.mark.parametrize("name", COMPANIES)
def test_the_first_page_has_all_rules_topics_and_the_contact(
    name: str, typeset_once: TypesetOnce
) -> None:
    answers, pack = read_answers(SCENARIOS / name / "guideline.yml")
    documents = compose_documents(answers, pack)
    made = typeset_once(name, documents)
    for document in documents:
        index = document.pages[0].markdown

        page, *others = PdfReader(made[document.language]).pages

        first = _said(page)
        rules = re.findall(r"^## \d+\. (.+?) \{", index, re.MULTILINE)
        topics = re.findall(TOPIC, index, re.MULTILINE)
        levels = re.findall(r"^### (.+?) \{", index, re.MULTILINE)
        assert len(rules) >= 5
        assert topics
        assert levels
        overview = (text for topic in topics for text in topic)
        for text in (*rules, *levels, *overview):
            assert _words(text) in first
        assert document.contacts[0].name in first
        assert 1 <= len(others) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_from_before_have_a_sheet_too(
    language: str, tmp_path: Path, build: Build
) -> None:
    document = sample(language)
    texts = BEFORE / language
    pages = tuple(
        Page(id=one.id, title=one.title, markdown=(texts / f"{one.id}.md").read_text())
        for one in document.pages
    )
    document = dataclasses.replace(document, pages=pages)

    pdf, notes = build(document)

    said = _words(pdf.text)
    card = ("Mira Jansen", "E-Mail", "Email", "Telefon", "Phone", "Chat")
    missing = [line for line in html_lines(document) if _words(line) not in said]
    assert [line for line in missing if not line.startswith(card)] == []
    heads = [
        [head.text() for head in table.find("TH")] for table in pdf.tags.find("Table")
    ]
    assert [len(head) for head in heads] == [2, 3]
    # The sentence is read once, although it stands in the bubble and in its rule.
    (sentence,) = sections(document, 0)[1]
    assert said.count(sentence) == 1
    assert (pdf.pages, notes) == (2, ())
    for profile in ("ua1", "2a"):
        assert broken_rules(tmp_path / "guideline.pdf", profile) == []


@pytest.mark.parametrize("form", ["mbH & Co. KG", "GmbH", "e. V.", "plc"])
def test_a_long_name_is_cut_at_a_word_and_never_in_its_legal_form(
    form: str, tmp_path: Path
) -> None:
    name = LONG.replace("mbH & Co. KG", form)
    facts = {**sample("de").running_texts, "draft": "Entwurf.", "owner": name}
    document = dataclasses.replace(sample("de"), company=name, running_texts=facts)

    first, second = _pages(document, tmp_path / "guideline.pdf")

    pattern = re.compile(r"Vereinigte (?:[\wäöü-]+ )*… " + re.escape(form))
    for page in (first, second):  # as owner in the band, as company in the header
        found = pattern.search(_said(page))
        assert found
        kept = found[0].partition(" …")[0]
        assert name.startswith(kept + " ")


@pytest.mark.parametrize(
    "name", ["a" * 12_000, "a " * 6_000 + "GmbH", "Wort (" + "a" * 12_000 + ")"]
)
def test_a_name_of_any_length_is_cut(name: str, tmp_path: Path) -> None:
    facts = {**sample("de").running_texts, "draft": "Entwurf.", "owner": name}
    document = dataclasses.replace(sample("de"), company=name, running_texts=facts)

    first, *_, last = _pages(document, tmp_path / "guideline.pdf")

    for page in (first, last):  # as owner in the band, as company in the header
        assert re.search(r"(a|Wort) ?…", _said(page))


def test_an_address_is_printed_in_full_and_copied_as_it_is(
    german: Document, build: Build
) -> None:
    address = "intranet.nordlicht.example/a-very-long/path.with/many_signs?and=more&x=1"
    index = german.pages[0].markdown.replace(
        "intranet.nordlicht.example/code-of-conduct", address
    )
    first = dataclasses.replace(german.pages[0], markdown=index)
    pdf, _ = build(dataclasses.replace(german, pages=(first, *german.pages[1:])))

    assert f"Code of Conduct ({address}) und" in _words(pdf.text)
    # What says its own address does not say it twice.
    assert pdf.text.count("social@nordlicht.example") == 1
    assert pdf.text.count("+49 40 1234567") == 1


def test_many_words_make_the_sheet_dense_and_few_make_it_roomy(
    german: Document, tmp_path: Path
) -> None:
    def size_of_text(document: Document) -> float:
        sizes: list[float] = []

        def note(text: str, _: object, matrix: list[float], *more: object) -> None:
            if "nicht nach draußen" in text:
                sizes.append(float(str(more[-1])) * matrix[0])

        path = tmp_path / "guideline.pdf"
        build_pdf(document, template=TEMPLATE, into=path)
        PdfReader(path).pages[0].extract_text(visitor_text=note)
        return sizes[0]

    front, *others = german.pages
    short = re.sub(r"(?s)## (3\.|Wenn etwas).*?(?=## )", "", front.markdown)
    topic = re.search(r"^- \[Neue.*$", front.markdown, re.MULTILINE)
    assert topic
    long = front.markdown.replace(topic[0], "\n".join([topic[0]] * 6))
    sizes = [
        size_of_text(
            dataclasses.replace(
                german, pages=(dataclasses.replace(front, markdown=text), *others)
            )
        )
        for text in (short, front.markdown, long)
    ]

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 9.2 > sizes[-1] >= 8.2
