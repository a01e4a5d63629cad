from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.page.test_tree import EXTENSIONS, page
from tests.samples import answers_with
from tests.wording import raises

from guidegen.compose.guideline import compose
from guidegen.errors import RenderError
from guidegen.model.document import Document
from guidegen.pack.load import load_pack
from guidegen.page.normalise import LINES, normalise, read_blocks
from guidegen.page.tree import Content, Element, PageParser
from guidegen.render.document import render


def shown(content: Iterable[Content]) -> str:
    """Return blocks in brackets, their lines as they are."""
    return "".join(
        item if isinstance(item, str) else f"{item.tag}[{shown(item.children)}]"
        for item in content
    )


def blocks(markdown: str) -> str:
    return shown(read_blocks(PageParser(EXTENSIONS).parse(page(markdown))))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("company")
    return render(compose(answers_with(folder, "Wort"), load_pack("dell"), "de"))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a\n  b\tc", "p[a b c]"),
        ("a <em>b </em>\n<br>\n c", "p[a em[b]br[]c]"),
        ("<p> a <em> b </em> </p>", "p[a em[b]]"),
        ("a\u00a0 b", "p[a\u00a0 b]"),
        ("- a\n- b\n\n    c", "ul[li[run[a]]li[p[b]p[c]]]"),
        ("<div> lose <b>x</b> <p>y</p> </div>", "div[run[lose strong[x]]p[y]]"),
        ("| a |\n|---|\n| b |", "table[tr[th[run[a]]]tr[td[run[b]]]]"),
        ("A\n:   B", "dl[dt[run[A]]dd[run[B]]]"),
        ("> a\n\n---", "blockquote[p[a]]hr[]"),
        ("![](a.png) x", "p[img[] x]"),
    ],
)
def test_a_page_is_blocks_of_lines_as_a_browser_shows_them(
    markdown: str, expected: str
) -> None:
    assert blocks(markdown) == expected


def test_every_text_of_a_real_page_stands_in_a_line(document: Document) -> None:
    def check(block: Element) -> None:
        if block.tag not in LINES:
            assert block.elements == block.children
            for each in block.elements:
                check(each)

    pages = normalise(document)

    assert [each.id for each in pages] == [each.id for each in document.pages]
    for each in pages:
        for block in each.blocks:
            check(block)


def test_the_page_knows_where_each_address_leads(document: Document) -> None:
    contact = next(each for each in normalise(document) if each.id == "contact")

    assert contact.pictures["images/contact-1.svg"].path == "images/contact-1.svg"
    assert contact.targets["tel:+49401234567"].url == "tel:+49401234567"


def test_what_no_output_shows_is_named_with_the_authors_file_and_line(
    tmp_path: Path,
) -> None:
    guideline = compose(answers_with(tmp_path, "Wort"), load_pack("dell"), "de")
    first, *others = guideline.pages
    *sections, last = first.sections
    own = replace(
        last,
        path=tmp_path / "own.md",
        source="## Eins\n\n{% if 1 %}\n#### Zwei\n{% endif %}\n",
    )
    pages = (replace(first, sections=(*sections, own)), *others)

    with raises(
        RenderError, match="a heading of level 4 follows one of level 2"
    ) as caught:
        normalise(render(replace(guideline, pages=pages)))

    assert (caught.value.path, caught.value.line) == (own.path, 4)
