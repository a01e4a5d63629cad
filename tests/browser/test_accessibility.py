"""axe-core finds nothing against WCAG 2.2 AA, in light and in dark."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from tests.axe import violations

pytestmark = pytest.mark.slow

PAGES = [
    f"{folder}{name}.html"
    for folder in ("", "en/")
    for name in ("index", "taboo-topics", "contact", "acknowledgement")
]


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

    assert violations(page) == ""


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

    assert violations(page) == ""
