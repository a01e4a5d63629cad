"""A phone shows the same words in fewer screens than in the look of 498d616."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize
from tests.browser.before import FOLDER
from tests.samples import COMPANIES

pytestmark = pytest.mark.slow

MOST = 0.82
"""The share of the height that the look of 498d616 took, rules open."""
RULES = 5
PHONE: ViewportSize = {"width": 390, "height": 844}
RECORD = json.loads((FOLDER / "heights.json").read_text("utf-8"))


def height_of(page: Page, path: Path) -> int:
    """Return how high a front page is without what the look before had no words of."""
    page.goto(path.as_uri())
    page.evaluate("document.querySelector('.gg-alive')?.remove()")
    height: int = page.evaluate("document.documentElement.scrollHeight")
    return height


def test_the_look_before_is_the_one_that_was_measured() -> None:
    styles = (FOLDER / "site.css").read_bytes()

    assert hashlib.sha256(styles).hexdigest() == RECORD["styles"]
    assert set(RECORD["heights"]) >= set(COMPANIES)


def test_a_front_page_is_a_fifth_shorter_on_a_phone(tab: Page, companies: Path) -> None:
    tab.emulate_media(color_scheme="light", reduced_motion="reduce")
    tab.set_viewport_size(PHONE)
    rows, long = [], []
    for name in COMPANIES:
        folder = companies / name / "before"
        for before in sorted(folder.rglob("index.html")):
            front = before.relative_to(folder)
            then = height_of(tab, before)
            now = height_of(tab, companies / name / "site" / front)
            rows.append(f"{name:13}{front.parent!s:4}{now:6}{then:6}{now / then:6.3f}")
            if now > MOST * then:
                long.append(rows[-1])
            # What is measured has the rules' whole text in it.
            assert tab.locator(".gg-card").count() >= RULES
            assert tab.locator(".gg-card details, .gg-card [hidden]").count() == 0
    table = ["", "company      lang  now before share", *rows, ""]
    sys.stdout.write("\n".join(table))

    assert long == []
    assert len(rows) >= len(COMPANIES)


def test_the_box_that_leads_to_practising_is_slim(tab: Page, companies: Path) -> None:
    tab.set_viewport_size(PHONE)
    for name in COMPANIES:
        tab.goto((companies / name / "site" / "index.html").as_uri())
        box = tab.locator(".gg-alive .gg-box").first.bounding_box()

        assert box
        assert box["height"] <= 110, name
