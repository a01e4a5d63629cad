from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.export.pages import ANSWERS, NEWS, in_force, with_page, with_text
from tests.export.reading import shape_of, squeezed, words_of
from tests.test_hostile import MARKUP
from tests.wording import raises

from guidegen.errors import RenderError
from guidegen.export.markdown import markdown_files
from guidegen.model.document import Document
from guidegen.page.tree import PageParser

READER = MarkdownIt("commonmark")
ELEMENTS = st.sampled_from(
    [
        *("<strong>{}</strong>", "<em>{}</em>", "<a href='https://a.example'>{}</a>"),
        *("<span>{}</span>", "<strong>{}</strong>x", "x<em>{}</em>", "{}<br>"),
        *("<strong><em>{}</em></strong>", "<a href='#a'>{}</a>", " {} ", "!", "1. "),
    ]
)


def _body(content: bytes) -> str:
    """Return a page without its front matter."""
    _, _, body = content.decode().removeprefix("---\n").partition("\n---\n")
    return body


def _read(content: bytes) -> str:
    """Return what another reader of CommonMark makes of a page."""
    html: str = READER.render(_body(content))
    return html


def test_each_page_says_what_it_is_in_its_front_matter(
    documents: dict[str, Document],
) -> None:
    document = documents["de"]
    content = markdown_files(document)["index.md"].decode()

    _, head, _ = content.split("---\n", 2)
    facts = yaml.safe_load(head)
    assert facts["title"] == "Die Regeln"
    assert facts["language"] == "de"
    assert facts["version"] == "1.0.0"
    assert facts["state"] == "draft"
    assert facts["valid_from"].isoformat() == "2026-12-01"
    assert facts["owner"] == document.running_texts["owner"]
    assert facts["digest"] == document.digest


def test_the_front_matter_says_what_the_companys_register_says(
    documents: dict[str, Document],
) -> None:
    told = {
        "document_number": "DA 3.5: #1",
        "classification": "{intern}",
        "approved_by": "- Dr. Roth",
    }
    document = documents["de"]
    facts = {**document.running_texts, **told}
    files = markdown_files(replace(document, running_texts=facts))
    plain = markdown_files(document)["index.md"].decode()
    _, head, _ = files["contact.md"].decode().split("---\n", 2)

    assert told.items() <= yaml.safe_load(head).items()
    assert not told.keys() & yaml.safe_load(plain.split("---\n", 2)[1]).keys()


def test_the_pages_and_all_they_refer_to_are_there(
    documents: dict[str, Document],
) -> None:
    document = documents["de"]
    files = markdown_files(document)

    assert {f"{page.id}.md" for page in document.pages} <= set(files)
    for page in document.pages:
        for address in shape_of(_read(files[f"{page.id}.md"])).addresses:
            assert address in files or re.match(r"https?:|mailto:|tel:", address)
    contact = _read(files["contact.md"])
    assert 'src="images/contact-1.svg"' in contact
    assert 'href="images/contact-1.vcf"' in contact


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_reader_of_commonmark_shows_all_words_and_no_debris(
    documents: dict[str, Document], language: str
) -> None:
    document = in_force(documents[language])
    parser = PageParser(document.markdown_extensions)
    files = markdown_files(document)

    for page in document.pages:
        read = words_of(_read(files[f"{page.id}.md"]))
        ours = words_of(parser.parse(page).html)
        said = {form for word in read.split() for form in (word, word.rstrip(":"))}
        # The header of a table's first column is not said again and again.
        assert set(ours.split()) - said <= {document.labels["topic"]}
        assert not re.search(r"\{|\}|\\|\||markdown|\*\*|class=", read)


def test_a_draft_and_news_are_told_below_the_heading(
    documents: dict[str, Document],
) -> None:
    files = markdown_files(documents["de"])
    lines = _body(files["index.md"]).strip().split("\n\n")

    assert lines[0].startswith("# ")
    assert lines[1] == "> **Entwurf. Diese Fassung gilt noch nicht.**"
    assert lines[2].startswith("> **Neu in dieser Fassung:** ")
    assert squeezed(NEWS) in squeezed(words_of(_read(files["index.md"])))
    assert "Neu in dieser" not in files["contact.md"].decode()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("**fett**er *Text*", "**fett**er *Text*"),
        ("<strong>Halt!</strong>Text", "Halt!Text"),
        ("<strong>a</strong><em>b</em>", "**a**b"),
        ("**a *b* c**", "**a b c**"),
        ("Ja!<a href='https://a.example/'>B</a>", r"Ja\![B](https://a.example/)"),
        ("- a\n- b\n\nc\n\n1. d\n2. e", "- a\n- b\n\nc\n\n1. d\n2. e"),
        ("- a\n    - b\n\n- c\n\n    d", "- a\n\n  - b\n\n- c\n\n  d"),
        ("Wort\n: Erklärung\n", "**Wort**\n\nErklärung"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("a\n\n***\n\nb", "a\n\n***\n\nb"),
        ("a<br>b", "a\\\nb"),
        ("| A | B |\n|---|---|\n| c | d |", "- c\n  - B: d"),
        (
            "[a](https://a.example/x_(y)?b=1&amp;c=2)",
            "[a](<https://a.example/x_(y)?b=1&amp;c=2>)",
        ),
        ("[Absatz](#abc)\n\n## ABC {: #abc }", "Absatz\n\n## ABC"),
    ],
)
def test_each_element_is_said_in_commonmark(
    documents: dict[str, Document], ours: str, theirs: str
) -> None:
    page = with_page(in_force(documents["de"]), f"# A\n\n{ours}\n")

    body = _body(markdown_files(page)["index.md"])

    assert body.strip() == f"# A\n\n{theirs}"


def test_lists_one_after_the_other_stay_two(documents: dict[str, Document]) -> None:
    text = "<ul><li>a</li></ul>\n\n<ul><li>b</li></ul>\n\n<ol><li>c</li></ol>"
    page = with_page(in_force(documents["de"]), f"{text}\n\n<ol><li>d</li></ol>\n")

    html = _read(markdown_files(page)["index.md"])

    assert html.count("<ul>") == 2
    assert html.count("<ol>") == 2


def test_a_link_that_leads_nowhere_is_refused(documents: dict[str, Document]) -> None:
    with raises(RenderError, match="leads nowhere"):
        markdown_files(with_page(documents["de"], "[a](gone.md)"))


@pytest.mark.no_cover
@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(text=" ".join(MARKUP))
@example(text="1. a")
@example(text="# a #")
@given(text=ANSWERS)
def test_any_text_stays_text(tmp_path: Path, text: str) -> None:
    files = markdown_files(with_text(tmp_path, text))
    plain = markdown_files(with_text(tmp_path, "Wort"))

    for name in ("index.md", "taboo-topics.md", "contact.md"):
        shape, other = shape_of(_read(files[name])), shape_of(_read(plain[name]))
        assert squeezed(text) in squeezed(shape.text)
        assert shape.addresses == other.addresses
        assert {tag for tag, _ in shape.elements} <= {tag for tag, _ in other.elements}
    yaml.safe_load(files["index.md"].decode().split("---\n")[1])


def _as_html(texts: list[str], elements: list[str]) -> str:
    """Return texts in elements, each character a reference that Markdown ignores."""
    said = ["".join(f"&#{ord(sign)};" for sign in text) for text in texts]
    line = "".join(
        element.replace("{}", said[place % len(said)])
        for place, element in enumerate(elements)
    )
    return f'<p id="a">{line}</p>'


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    texts=st.lists(ANSWERS, min_size=1, max_size=4),
    elements=st.lists(ELEMENTS, min_size=1, max_size=6),
)
def test_any_text_in_any_mix_of_elements_stays_text(
    texts: list[str], elements: list[str]
) -> None:
    html = _as_html(texts, elements)
    page = replace(with_page(_document(), html), markdown_extensions=())

    read = words_of(_read(markdown_files(page)["index.md"]))

    assert squeezed(read) == squeezed(words_of(html))


@cache
def _document() -> Document:
    return in_force(with_text(Path(), "Wort"))
