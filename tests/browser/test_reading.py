"""What everybody meets: the page fits, speaks both languages, needs no script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow

PAGES = [
    f"{folder}{name}.html"
    for folder in ("", "en/")
    for name in ("index", "taboo-topics", "details", "contact", "acknowledgement")
]

LENGTHEN = """word => {
    const said = ".gg-company, .gg-title, .gg-nav a, .gg-contact__name, .gg-facts *, "
        + ":is(main, .gg-state, .gg-news) :is(h1, h2, h3, p, li, dd, span, strong, a)"
    const texts = [...document.querySelectorAll(said)]
        .filter(it => !it.closest(".gg-num, .gg-way, .gg-spoken, .md-search"))
        .flatMap(it => [...it.childNodes])
        .filter(node => node.nodeType === Node.TEXT_NODE && /\\w/.test(node.data))
    document.querySelectorAll("details").forEach(it => { it.open = true })
    texts.forEach(node => { node.data = node.data.replace(/\\S+\\s*$/, word) })
    return texts.length
}"""
HIDDEN = """main => [...main.querySelectorAll("h1, h2, h3, p, li, dt, dd, summary")]
    .filter(it => it.textContent.trim() && !it.checkVisibility({
        opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true}))
    // The contents of the page are beside the text, where there is room.
    .filter(it => !it.closest("nav"))
    // A summary gives way where its text stands open, its name is the heading's.
    .filter(it => it.tagName !== "SUMMARY")
    .map(it => it.outerHTML.slice(0, 120))"""


def test_no_page_scrolls_sideways(tab: Page, site: Path) -> None:
    for name in PAGES:
        tab.goto((site / name).as_uri())
        for width in (320, 768, 1280):
            tab.set_viewport_size({"width": width, "height": 800})

            needed = tab.evaluate("document.documentElement.scrollWidth")

            assert needed <= width, name


@pytest.mark.parametrize("scripts", [True, False])
def test_no_word_is_so_long_that_a_page_scrolls_sideways(
    browser: Browser, sites: Path, *, scripts: bool
) -> None:
    with browser.new_context(
        java_script_enabled=scripts, viewport={"width": 320, "height": 800}
    ) as context:
        page = context.new_page()
        for name in ("index", "taboo-topics", "details", "contact", "changes"):
            page.goto((sites / "released" / f"{name}.html").as_uri())
            replaced = page.evaluate(LENGTHEN, "Donaudampfschifffahrt" * 20)

            assert replaced > 15, name
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_without_scripts_a_page_is_readable_and_changes_language(
    browser: Browser, base: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{base}taboo-topics.html")

        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Tabuthemen mit Beispielen"
        )
        expect(page.locator(".gg-say--no").first).to_be_visible()
        expect(page.locator(".md-search")).to_be_hidden()
        page.get_by_role("link", name="EN", exact=True).click()
        expect(page).to_have_url(f"{base}en/taboo-topics.html")


def test_without_scripts_all_words_are_there_and_the_rules_are_seen(
    browser: Browser, sites: Path
) -> None:
    with browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    ) as context:
        page = context.new_page()
        for name in ("index", "taboo-topics", "details", "contact"):
            page.goto((sites / "released" / f"{name}.html").as_uri())
            for summary in page.locator("main summary:visible").all():
                summary.click()
            # Small print opens wherever its row is touched.
            for heading in page.locator(".gg-fold > h2").all():
                heading.click(force=True)

            hidden = page.locator("main").evaluate(HIDDEN)

            assert hidden == [], name
        page.goto((sites / "released/index.html").as_uri())
        for card in page.locator(".gg-card p, .gg-card li").all():
            expect(card).to_be_visible()
        assert page.locator(".gg-card p").count() > 5


def test_without_scripts_dark_mode_follows_the_system(
    browser: Browser, site: Path
) -> None:
    colors = set()
    for scheme in ("light", "dark"):
        with browser.new_context(
            java_script_enabled=False,
            color_scheme="dark" if scheme == "dark" else "light",
        ) as context:
            page = context.new_page()
            page.goto((site / "index.html").as_uri())
            colors.add(page.locator("body").evaluate("b => getComputedStyle(b).color"))

    assert len(colors) == 2


@pytest.mark.parametrize("name", ["index", "taboo-topics", "contact"])
def test_the_language_switch_leads_to_the_same_page_and_back(
    tab: Page, base: str, name: str
) -> None:
    tab.goto(f"{base}{name}.html")

    tab.get_by_role("link", name="EN", exact=True).click()
    expect(tab).to_have_url(f"{base}en/{name}.html")
    expect(tab.locator("html")).to_have_attribute("lang", "en")

    tab.get_by_role("link", name="DE", exact=True).click()
    expect(tab).to_have_url(f"{base}{name}.html")
    # The company's seat says where the German is written.
    expect(tab.locator("html")).to_have_attribute("lang", "de-DE")


@pytest.mark.parametrize("name", PAGES)
def test_mail_phone_and_chat_are_one_click_away(
    tab: Page, site: Path, name: str
) -> None:
    tab.goto((site / name).as_uri())

    for address in (
        "mailto:social@nordlicht.example",
        "tel:+49401234567",
        "https://chat.nordlicht.example/social",
    ):
        expect(tab.locator(f'a[href="{address}"]').first).to_be_visible()
    pages = tab.get_by_role("navigation", name="Pages" if "en/" in name else "Seiten")
    expect(
        pages.get_by_role("link", name=re.compile("Kontakt|Contact"))
    ).to_be_visible()


def test_each_language_offers_its_pdf(tab: Page, base: str) -> None:
    for start, language in (("", "de"), ("en/", "en")):
        tab.goto(f"{base}{start}index.html")
        link = tab.get_by_role("link", name="PDF")

        expect(link).to_be_visible()
        address = link.evaluate("link => link.href")

        assert address == f"{base}guideline-{language}.pdf"


def test_the_pdfs_are_where_the_links_say(site: Path) -> None:
    for language in ("de", "en"):
        content = (site / f"guideline-{language}.pdf").read_bytes()

        assert content.startswith(b"%PDF-")


def test_the_footer_names_owner_and_dates(tab: Page, site: Path) -> None:
    tab.goto((site / "index.html").as_uri())

    footer = tab.get_by_role("contentinfo")

    expect(footer).to_contain_text("Jana Petersen")
    expect(footer).to_contain_text("1. Dezember 2026")
    expect(footer).to_contain_text("1. Dezember 2027")
