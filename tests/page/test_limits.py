"""What no output could show in time is refused, with the author's line."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.errors import RenderError
from guidegen.model.document import Page, RenderedSection
from guidegen.page.limits import DEEPEST, MOST_CELLS
from guidegen.page.tree import PageParser

EXTENSIONS = ("attr_list", "tables", "md_in_html")
ROW = "|" + "b|" * 10


def _parse(text: str) -> None:
    markdown = f"# T\n\nEins\n\n{text}\n"
    section = RenderedSection(path=Path("x.md"), source=markdown, markdown=markdown)
    page = Page(id="x", title="T", markdown=markdown, sections=(section,))
    PageParser(EXTENSIONS).parse(page)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (">" * 400 + " x", "error-page-deep", 5),
        ("> " * 400 + "x", "error-page-deep", 5),
        ("\n".join("    " * i + "- x" for i in range(200)), "error-page-deep", 30),
        ("<div>" * 500 + "x" + "</div>" * 500, "error-page-deep", 5),
        ("<em>" * 500 + "x" + "</em>" * 500, "error-page-deep", 5),
        ("[" * 9_000, "error-page-deep", 5),
        ("[ " * 9_000, "error-page-deep", 5),
        ("![" * 9_000, "error-page-deep", 5),
        ("[a]( " * 9_000, "error-page-deep", 5),
        ("<!-- " * 9_000, "error-page-deep", 5),
        ('<a href="' * 9_000, "error-page-deep", 5),
        ("x" * 100_000, "error-page-long", 5),
        ("x " * 101_000, "error-page-long", 1),
        ("## a\n\nb\n\n" * 3_000, "error-page-long", 1),
        (f"|{'a|' * 10}\n|{'-|' * 10}\n" + f"{ROW}\n" * 300, "error-page-table", 5),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else value,
)
def test_too_much_is_refused_where_it_is(text: str, message: str, line: int) -> None:
    with pytest.raises(RenderError) as raised:
        _parse(text)

    assert raised.value.problem.message == message
    assert raised.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        "> " * 10 + "x",
        "\n".join("    " * i + "- x" for i in range(DEEPEST // 2 - 2)),
        "[a](b.md) " * 500,
        "a < b and b < c " * 500,
        "<!-- note --> <b>x</b> " * 500,
        "x " * 20_000,
        f"|{'a|' * 10}\n|{'-|' * 10}\n" + f"{ROW}\n" * (MOST_CELLS // 10 - 1),
    ],
)
def test_much_is_read(text: str) -> None:
    _parse(text)
