from __future__ import annotations

from pathlib import Path

import pytest
from tests.wording import raises

from guidegen.errors import RenderError
from guidegen.model.document import Page, RenderedSection
from guidegen.page.tree import (
    Element,
    PageParser,
    parser_of_run,
    plain_text,
    rewritten_html,
)

EXTENSIONS = ("attr_list", "md_in_html", "tables", "def_list")


def page(markdown: str) -> Page:
    return Page(id="index", title="Die Guideline", markdown=markdown)


def elements(markdown: str) -> tuple[Element, ...]:
    return PageParser(EXTENSIONS).parse(page(markdown)).elements


def test_what_means_the_same_is_the_same_element() -> None:
    tags = [each.tag for each in elements("<b>a</b> **a** <i>b</i> *b*")]

    assert tags == ["p", "strong", "strong", "em", "em"]


def test_the_first_of_two_equal_ids_keeps_it() -> None:
    found = elements("<p id='a'>x</p>\n\n<p id='a'>y</p>\n\n<p id='b'>z</p>")

    assert [each.id for each in found] == ["a", "", "b"]


def test_an_element_says_what_its_attributes_mean() -> None:
    text = '| a |\n|--:|\n| <span lang="en-GB" class="x 1y">b</span> {data-label="c"} |'

    (cell,) = [each for each in elements(text) if each.tag == "td"]

    assert (cell.align, cell.label) == ("right", "c")
    assert (cell.elements[0].lang, cell.elements[0].classes) == ("en-GB", ("x",))


def test_attributes_without_a_meaning_are_gone() -> None:
    (paragraph,) = elements("<p onclick='x()' style='color:red' lang='<b>'>a</p>")

    assert paragraph == Element(tag="p", children=("a",))


def test_each_text_is_parsed_once_in_a_run() -> None:
    parser = PageParser(EXTENSIONS)
    first, second = page("# A"), Page(id="b", title="B", markdown="# A")

    assert parser.parse(first).content is parser.parse(second).content
    assert parser.parse(second).page is second


def test_what_the_run_before_has_parsed_is_not_parsed_again() -> None:
    before, now = parser_of_run(EXTENSIONS), parser_of_run(EXTENSIONS)
    old, new = page("# A"), Page(id="b", title="B", markdown="# A")
    late = parser_of_run(EXTENSIONS)

    assert before.parse(old).content is now.parse(new).content
    assert now.parse(new).page is new
    assert late.parse(new).content is now.parse(new).content
    assert parser_of_run(("attr_list",)).parse(new).content == now.parse(new).content


def test_the_words_of_a_line_are_apart_where_it_breaks() -> None:
    parsed = PageParser(EXTENSIONS).parse(page("Eine *sehr*<br>lange  Zeile"))

    assert plain_text(parsed.content) == "Eine sehr lange Zeile"


def test_html_is_written_again_with_other_addresses() -> None:
    parsed = PageParser(EXTENSIONS).parse(page("[a](b.md) <br> ![c](d.png) & <b>e</b>"))

    html = rewritten_html(parsed.html, lambda to: f"<{to}>")

    assert html == (
        '<p><a href="&lt;b.md&gt;">a</a> <br> <img alt="c" src="&lt;d.png&gt;">'
        " &amp; <b>e</b></p>"
    )


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("# A\n\n<video src='a'></video>\n", 3),
        ("# A\n\nText\nmit `Code darin`\n", 4),
        ("# A\n\n```\nviel Code\n```\n", 4),
        ("# A\n\nText <b>fett\n", None),
        ("# A\n\nText</i> zu viel\n", 3),
    ],
)
def test_a_mistake_is_found_in_the_authors_own_file(
    markdown: str, line: int | None
) -> None:
    own = RenderedSection(path=Path("nice.md"), source=markdown, markdown=markdown)
    other = RenderedSection(path=Path("welcome.md"), source="Hallo", markdown="Hallo")
    whole = Page(
        id="index",
        title="Die Guideline",
        markdown=f"Hallo\n\n{markdown}",
        sections=(other, own),
    )

    with raises(RenderError, match="Die Guideline") as caught:
        PageParser(EXTENSIONS).parse(whole)

    assert caught.value.line == line
    assert caught.value.path == (own.path if line else None)
