"""Names and roles of a company's own stand in every export as on its pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import unescape

import docx
import pytest
from docx.oxml.ns import qn
from tests.export.reading import squeezed, words_of
from tests.samples import SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.arrange import read_arrangement
from guidegen.export.html import html_file
from guidegen.export.markdown import markdown_files
from guidegen.export.word.document import docx_file
from guidegen.model.document import Document
from guidegen.pack.find import builtin_packs
from guidegen.pdf.compile import picture_png
from guidegen.pipeline.working_copy import compose_documents

pytestmark = pytest.mark.slow

LOOK = [builtin_packs() / "dell" / "export"]
ARRANGED = read_arrangement([builtin_packs() / "dell" / "site"])

# What a reader must find: the name in its cases, roles with their article, and what a
# company's register says.
SAID = {
    ("town", "de"): (
        *("bei der Stadt Lindenau", "für die Stadt Lindenau", "Vergabestelle"),
        *("die Bürgermeisterin und das Presseamt", "das Hauptamt", "DA 10-7"),
        *("Personalrat", "Nur für den Dienstgebrauch", "Wappen und Logo"),
    ),
    ("hospital", "de"): (
        *("beim Klinikum Nordheide", "für das Klinikum Nordheide"),
        *("die Pressestelle und die Pflegedirektion", "+49 4171 880-2200"),
        *("In Österreich gilt außerdem", "innerhalb von 24 Stunden"),
    ),
    ("university", "de"): ("bei der Universität Auental", "das Rektorat"),
    ("university", "en"): ("at the University of Auental", "the Rectorate"),
    ("bank", "de"): ("beim Bankhaus Salis", "die Medienstelle", "«ich» statt «wir»"),
    ("association", "de"): ("beim Verein Rückenwind", "der Vorstand"),
    ("manufacturer", "de"): ("die Werkleitung Nord", "KR 4.2", "In den USA"),
    ("manufacturer", "en"): ("the plant managers", "CP 4.2", "In the US"),
    ("software", "en"): ("developer relations", "Social Media Policy", "NLRA"),
    ("retailer", "en"): ("Wear it well", "Hartley & Finch"),
}


def exports(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the text of each export with its name."""
    page = html_file(document, look=LOOK, style="", arrangement=ARRANGED)
    yield "html", words_of(page.decode())
    files = markdown_files(document).items()
    yield (
        "markdown",
        "".join(
            unescape(content.decode())
            for name, content in files
            if name.endswith(".md")
        ),
    )
    file = docx_file(document, look=LOOK, draw=picture_png, look_of=ARRANGED.look)
    word = docx.Document(io.BytesIO(file))
    yield (
        "word",
        " ".join(each.text or "" for each in word.element.body.iter(qn("w:t"))),
    )


@pytest.mark.parametrize(("company", "language"), SAID)
def test_every_export_calls_people_and_places_by_their_names(
    company: str, language: str
) -> None:
    answers, pack = read_answers(SCENARIOS / company / "guideline.yml")
    (document,) = (
        each for each in compose_documents(answers, pack) if each.language == language
    )

    missing = [
        (name, said)
        for name, text in exports(document)
        for said in SAID[company, language]
        if squeezed(said) not in squeezed(text)
    ]

    assert missing == []
