"""Pages written as Markdown, arranged, and read as a browser does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from lxml import html  # type: ignore[import-untyped]

from guidegen.arrange import Arrangement, Frame, arrange_pages, read_arrangement
from guidegen.model.document import Page
from guidegen.model.labels import Labels
from guidegen.pack.find import builtin_packs
from guidegen.page.html import html_of
from guidegen.page.tree import Content, PageParser, tree_of

EXTENSIONS = ("attr_list", "md_in_html", "tables", "def_list")
FRAME = Frame(
    labels=Labels(
        may_i_post="Darf ich das posten?",
        more="Mehr: {title}",
        nine_words="Neun magische Worte",
        one_sentence="Ein magischer Satz",
        save_contact="Kontakt speichern",
    ),
    language="de",
    files=frozenset({"images/contact-1.vcf"}),
)


@cache
def builtin_arrangement() -> Arrangement:
    """Return the arrangement of the built-in pack."""
    return read_arrangement([builtin_packs() / "dell" / "site"])


def parsed(pages: Mapping[str, str]) -> dict[str, tuple[Content, ...]]:
    """Return pages of Markdown as trees."""
    parser = PageParser(EXTENSIONS)
    return {
        name: parser.parse(Page(id=name, title=name, markdown=text)).content
        for name, text in pages.items()
    }


def read(pages: Mapping[str, str]) -> dict[str, tuple[Content, ...]]:
    """Return pages of HTML as trees."""
    return {
        name: tree_of(Page(id=name, title=name, markdown=""), text)
        for name, text in pages.items()
    }


def arranged(
    pages: Mapping[str, tuple[Content, ...]],
    frame: Frame = FRAME,
    arrangement: Arrangement | None = None,
) -> dict[str, html.HtmlElement]:
    """Return arranged pages as a browser reads them."""
    found = arrange_pages(pages, arrangement or builtin_arrangement(), frame)
    return {name: shown(content) for name, content in found.items()}


def shown(content: tuple[Content, ...]) -> html.HtmlElement:
    """Return content as a browser reads it."""
    return html.fromstring(f"<article>{html_of(content)}</article>")


def text_of(element: html.HtmlElement) -> str:
    """Return an element's text on one line."""
    return " ".join(element.text_content().split())
