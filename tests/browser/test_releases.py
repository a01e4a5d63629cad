"""What readers see of drafts, releases and old versions, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

pytestmark = pytest.mark.slow

NEWS = "Zum Windpark spricht nur noch die Pressestelle."
OPEN = "all => all.forEach(one => { one.parentElement.open = true })"
PAGES = [
    "released/index.html",
    "released/changes.html",
    "released/en/changes.html",
    "released/versions/1.0.0/index.html",
    "released/versions/1.1.0/en/taboo-topics.html",
    "draft/index.html",
    "draft/versions/2.0.0/contact.html",
]


def test_no_page_scrolls_sideways(tab: Page, sites: Path) -> None:
    for name in PAGES:
        tab.goto((sites / name).as_uri())
        tab.locator("details").evaluate_all(
            "all => all.forEach(one => one.open = true)"
        )
        for width in (320, 768):
            tab.set_viewport_size({"width": width, "height": 800})

            assert tab.evaluate("document.documentElement.scrollWidth") <= width, name


def test_no_page_asks_for_anything_that_is_missing_or_elsewhere(
    page: Page, sites: Path
) -> None:
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))

    for name in PAGES:
        page.goto((sites / name).as_uri(), wait_until="networkidle")

    assert failed == []
    assert [url for url in asked if not url.startswith(sites.as_uri())] == []


def test_a_server_is_not_asked_for_a_sitemap_beside_the_feed(
    page: Page, served_sites: str
) -> None:
    missing: list[str] = []

    def note(response: Response) -> None:
        if response.status >= 400:
            missing.append(response.url)

    page.on("response", note)

    for name in PAGES:
        page.goto(f"{served_sites}{name}", wait_until="networkidle")

    assert missing == []


def test_a_reader_of_an_old_version_comes_to_the_same_page_of_today(
    page: Page, sites: Path
) -> None:
    page.goto((sites / "released/versions/1.1.1/en/contact.html").as_uri())

    banner = page.get_by_role("complementary", name="Version 1.1.1")
    expect(banner).to_contain_text("Valid until ")
    expect(banner).to_be_in_viewport()
    banner.get_by_role("link", name="version 2.0.0").click()

    expect(page).to_have_url((sites / "released/en/contact.html").as_uri())


def test_from_the_news_a_reader_comes_to_the_change_itself(
    page: Page, sites: Path
) -> None:
    page.goto((sites / "released/index.html").as_uri())

    news = page.get_by_role("complementary", name="Neu in dieser Fassung")
    expect(news).to_be_in_viewport()
    expect(news).to_contain_text(NEWS)
    news.get_by_role("link").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Was ist neu?")
    newest = page.get_by_role("region", name="Fassung 2.0.0")
    expect(newest.get_by_role("insertion").first).to_be_visible()
    older = page.get_by_role("region", name="Fassung 1.1.0")
    expect(older.get_by_role("insertion").first).to_be_hidden()
    older.get_by_text("Änderungen im Text").click()
    expect(older.get_by_role("insertion").first).to_be_visible()


def test_an_old_version_can_be_read_without_scripts(
    browser: Browser, sites: Path
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((sites / "released/versions/1.0.0/index.html").as_uri())

        expect(page.get_by_text("Gilt bis ")).to_be_visible()
        expect(page.locator(".gg-colors")).to_be_hidden()
        page.get_by_role("link", name="EN", exact=True).click()
        expect(page).to_have_url(
            (sites / "released/versions/1.0.0/en/index.html").as_uri()
        )


def test_the_choice_of_colours_holds_for_old_versions_too(
    page: Page, sites: Path
) -> None:
    page.emulate_media(color_scheme="light")
    page.goto((sites / "released/index.html").as_uri())
    page.get_by_role("button", name="Dunkle Ansicht einschalten").click()

    page.goto((sites / "released/versions/1.0.0/index.html").as_uri())

    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")


def test_a_draft_stays_a_draft_on_paper(page: Page, sites: Path) -> None:
    page.goto((sites / "draft/contact.html").as_uri())
    page.emulate_media(media="print")

    expect(page.get_by_text("Entwurf für 2.1.0.")).to_be_visible()
