"""axe-core finds nothing against WCAG 2.2 AA, however a page is looked at."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from tests.axe import Round, findings, rounds, violations

pytestmark = pytest.mark.slow

PAGES = [
    *("released/index", "released/taboo-topics", "released/details"),
    *("released/contact", "released/acknowledgement", "released/changes"),
    *("released/en/index", "released/en/changes"),
    *("released/versions/1.0.0/index", "released/versions/1.1.0/en/taboo-topics"),
    *("draft/index", "draft/versions/2.0.0/contact"),
]


@pytest.mark.parametrize(("name", "looks"), rounds(PAGES), ids=PAGES)
def test_axe_finds_nothing(
    tab: Page, served_sites: str, name: str, looks: list[Round]
) -> None:
    tab.goto(f"{served_sites}{name}.html")
    found = findings(tab, looks)

    assert not found, found


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "dark")]
)
def test_axe_finds_nothing_in_the_search_results(
    page: Page, served: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}index.html")

    page.get_by_role("textbox", name="Suche").focus()
    page.keyboard.type("Tabu")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.wait_for_timeout(500)
    found = violations(page)

    assert not found, found
