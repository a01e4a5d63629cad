"""axe-core finds nothing against WCAG 2.2 AA, in light and in dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]
    Axe,
)
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}}
PAGES = [
    f"{folder}{name}.html"
    for folder in ("", "en/")
    for name in ("index", "taboo-topics", "contact", "acknowledgement")
]


def _violations(page: Page) -> str:
    results = Axe().run(page, options=OPTIONS)
    return results.generate_report() if results.violations_count else ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "width"),
    [(name, 1280) for name in PAGES]
    + [(name, 320) for name in PAGES if not name.startswith("en/")],
)
def test_axe_finds_nothing(
    page: Page, served: str, name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}{name}")
    page.locator(".gg-colors").wait_for()

    assert _violations(page) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
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

    assert _violations(page) == ""
