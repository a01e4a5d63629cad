from __future__ import annotations

from pathlib import Path

import pytest
from tests.wording import raises, text_of

from guidegen.errors import RenderError
from guidegen.model.document import Asset, Page, RenderedSection
from guidegen.page.links import Links, Target, is_outside

LINKS = Links(
    ids={"index": frozenset({"top"}), "contact": frozenset({"größe"})},
    assets={"images/a b.png": Asset(path="images/a b.png", content=b"")},
)
PAGE = Page(id="index", title="Die Guideline", markdown="")


@pytest.mark.parametrize(
    ("href", "target"),
    [
        (
            "https://example.org/a?b=c&d=ä#e",
            Target(url="https://example.org/a?b=c&d=%C3%A4#e"),
        ),
        ("HTTPS://example.org", Target(url="HTTPS://example.org")),
        ('https://example.org/"<x>', Target(url="https://example.org/%22%3Cx%3E")),
        ("mailto:a@b.example", Target(url="mailto:a@b.example")),
        ("tel:+49401", Target(url="tel:+49401")),
        ("#top", Target(page="index", id="top")),
        ("contact.md", Target(page="contact")),
        ("./contact.html#gr%C3%B6%C3%9Fe", Target(page="contact", id="größe")),
        ("images/a%20b.png", Target(file="images/a b.png")),
    ],
)
def test_a_link_leads_out_to_a_page_or_to_a_file(href: str, target: Target) -> None:
    assert LINKS.target(href, PAGE) == target


@pytest.mark.parametrize(
    "href",
    ["javascript:x", "java\nscript:x", " data:x", "//example.org", "", "https:"],
)
def test_no_other_scheme_gets_through(href: str) -> None:
    with raises(RenderError, match="is not allowed"):
        LINKS.target(href, PAGE)


@pytest.mark.parametrize(
    "href", ["gone.md", "#gone", "contact.md#gone", "../index.md", "images/c.png"]
)
def test_a_link_that_leads_nowhere_is_named_with_file_and_line(href: str) -> None:
    text = f"# A\n\nSiehe [hier]({href}).\n"
    own = RenderedSection(path=Path("nice.md"), source=text, markdown=text)
    page = Page(id="index", title="Die Guideline", markdown=text, sections=(own,))

    with raises(RenderError, match="leads nowhere") as caught:
        LINKS.target(href, page)

    assert f"“{href}”" in text_of(caught.value)
    assert (caught.value.path, caught.value.line) == (own.path, 3)


def test_a_picture_is_a_file_beside_the_pages() -> None:
    assert LINKS.picture("./images/a%20b.png", PAGE).path == "images/a b.png"
    with raises(RenderError, match="is missing"):
        LINKS.picture("https://example.org/a.png", PAGE)


def test_an_address_is_outside_if_its_scheme_is_allowed() -> None:
    assert is_outside("https://a.example")
    assert is_outside("MAILTO:a@b.example")
    assert not is_outside("javascript:x")
    assert not is_outside("contact.md")
