"""Pages with what the PDF knows, and with what it does not."""

from __future__ import annotations

import dataclasses

import pytest
from tests.pdf.conftest import Build, with_markdown
from tests.pdf.html_text import band, html_lines
from tests.wording import hint_of, raises, text_of

from guidegen.errors import GuidegenError
from guidegen.model.document import Asset, Document
from guidegen.pdf.nodes import pdf_inputs

EVERYTHING = """\
# Alles, *was* geht

Ein Absatz mit **fett**, *kursiv*, <b>auch fett</b>, <i>auch kursiv</i>, <br> Umbruch,
<span lang="en">Code of Conduct</span> und [Verweis](https://example.org/a?b=c&d=ä#e).

- eins
- zwei

    Absatz in zwei

    1. innen
    2. noch einer

Dazwischen

7. sieben
8. acht

## Tiefer {: #deep }

Begriff
:   Erklärung mit [Sprung](#deep)

    > Ein Zitat
    >
    > in zwei Absätzen

| links | rechts |
|:---|---:|
| a | **b** |

---

![Ein Bild](images/contact-1.svg) im Text und ![](images/contact-1.svg) als Schmuck

<div markdown="1" id="place">

<p id="raw">roh</p>

loser Text in einem Kasten

</div>

[Visitenkarte](images/contact-1.vcf), [Seite](contact.html), [Ort](contact.md#place)
"""


@pytest.fixture
def with_all(german: Document) -> Document:
    end = EVERYTHING[EVERYTHING.index("![Ein Bild]") :]
    return with_markdown(german, EVERYTHING, "# Zwei", f"# Drei\n\n{end}")


def test_every_known_element_is_shown_and_nothing_else(
    with_all: Document, build: Build
) -> None:
    pdf, notes = build(with_all)

    assert pdf.text.split("\n") == [band(with_all), *html_lines(with_all)]
    assert notes == ()


def test_lists_quotations_and_headings_are_tagged_as_such(
    with_all: Document, build: Build
) -> None:
    pdf, _ = build(with_all)

    assert [heading.text() for heading in pdf.tags.find("H1")][1:] == ["Zwei", "Drei"]
    assert len(list(pdf.tags.find("L"))) >= 3
    assert list(pdf.tags.find("BlockQuote"))
    assert list(pdf.tags.find("Table"))


def test_a_link_is_written_in_ascii(with_all: Document, build: Build) -> None:
    pdf, _ = build(with_all)

    assert "https://example.org/a?b=c&d=%C3%A4#e" in pdf.links


def test_a_file_of_the_site_is_text_in_the_pdf(
    with_all: Document, build: Build
) -> None:
    pdf, _ = build(with_all)

    assert "Visitenkarte, Seite, Ort" in pdf.text
    assert not [link for link in pdf.links if "vcf" in link]


@pytest.mark.parametrize(
    ("markdown", "what"),
    [
        ("<video src='a'></video>", "does not know the element <video>"),
        ("Text mit `Code`", "does not know the element <code>"),
        ("```\nCode\n```", "does not know the element <pre>"),
        ("<script>alert(1)</script>", "does not know the element <script>"),
        ("<iframe src='a'></iframe>", "does not know the element <iframe>"),
        ("<!DOCTYPE html>", "does not know the element <!DOCTYPE html>"),
        ("<![CDATA[x]]>", "does not know the element <!\\[CDATA"),
        ("<?php x ?>", "does not know the element <\\?php x \\?>"),
        ("Ein <b>halbes", "element <p> is not closed|element <b> is not closed"),
        ("Ein </b> zu viel", "is not closed properly"),
        ("<ul><p>x</p></ul>", "<p> is directly inside <ul>"),
        ("<tr><td>x</td></tr>", "<tr> is outside a table"),
        ("<table><tr><td>x</td></tr></table>", "a table has no header row"),
        ("<table></table>", "a table has no header row"),
        ("|  |  |\n|---|---|\n| a | b |", "header row of a table is empty"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>x</td></tr></table>",
            "different numbers of cells",
        ),
        (
            "<table><tr><th colspan='2'>a</th></tr><tr><td>x</td></tr></table>",
            "different numbers of cells",
        ),
        ("Text <b><h2>x</h2></b>", "<h2> is in the middle of a line of text"),
        ("### Zu tief", "a heading of level 3 follows one of level 1"),
        ("![](fehlt.png)", "the picture “fehlt.png” is missing"),
        (
            "![x](https://example.org/x.png)",
            "picture “https://example.org/x.png” is mis",
        ),
        ("<img src='images/contact-1.svg'>", "has no description"),
        ("![x](images/contact-1.vcf)", "has a format that the PDF cannot show"),
        (
            "[x](javascript:alert(1))",
            "the link “javascript:alert\\(1\\)” is not allowed",
        ),
        ("<a href='java&#10;script:x'>x</a>", "is not allowed"),
        ("<a href=' data:text/html,x'>x</a>", "is not allowed"),
        ("[x](//example.org)", "is not allowed"),
        ("<a href=''>x</a>", "is not allowed"),
        ("[x](https:)", "is not allowed"),
        ("[x](../../etc/passwd)", "leads nowhere"),
        ("[x](contact.md#nirgends)", "leads nowhere"),
        ("[x](fehlt.html)", "leads nowhere"),
    ],
)
def test_what_the_pdf_cannot_show_is_named_with_its_page(
    markdown: str, what: str, german: Document
) -> None:
    with raises(GuidegenError, match=what) as caught:
        pdf_inputs(with_markdown(german, f"# Titel\n\n{markdown}\n"))

    assert "page “Die Guideline”" in text_of(caught.value) or "contact-1" in text_of(
        caught.value
    )
    assert hint_of(caught.value)


def test_comments_are_no_text(german: Document, build: Build) -> None:
    pdf, _ = build(with_markdown(german, "# Titel\n\n<!-- geheim -->\n\nText\n"))

    assert "geheim" not in pdf.text


def test_the_first_of_two_equal_ids_is_the_one_that_links_lead_to(
    german: Document, build: Build
) -> None:
    text = "# Titel\n\n<p id='a'>eins</p>\n<p id='a'>zwei</p>\n\n[hin](#a)\n"

    pdf, _ = build(with_markdown(german, text))

    assert pdf.links == ("#",)


@pytest.mark.parametrize("content", [b"not a picture", b"\x89PNG\r\n\x1a\n\xff\xfe"])
def test_a_broken_picture_is_named(
    content: bytes, german: Document, build: Build
) -> None:
    logo = Asset(path="images/logo.png", content=content)

    with raises(GuidegenError, match="a picture cannot be shown") as caught:
        build(dataclasses.replace(german, logo=logo))

    assert "images/logo.png" in str(hint_of(caught.value))


def test_an_extension_that_is_no_module_of_the_parser_is_found_by_its_name(
    german: Document,
) -> None:
    document = dataclasses.replace(
        with_markdown(german, "# Titel\n\nText\n"),
        markdown_extensions=("pymdownx.mark",),
    )

    assert pdf_inputs(document).content["pages"]


def test_an_extension_that_is_not_installed_is_an_error(german: Document) -> None:
    document = dataclasses.replace(german, markdown_extensions=("no_such_extension",))

    with raises(GuidegenError, match="no_such_extension"):
        pdf_inputs(document)


def test_an_element_that_ends_nowhere_is_an_error(german: Document) -> None:
    text = "# Titel\n\n<div>\noffen\n"

    with raises(GuidegenError, match="element <div> is not closed properly"):
        pdf_inputs(with_markdown(german, text))
