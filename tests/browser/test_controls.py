"""What a reader can operate: search, copy button, colours, keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.slow

SENTENCE = "Hallo, ich bin [Name] und ich arbeite für Nordlicht."


def test_search_finds_tabu_and_leads_there(page: Page, base: str) -> None:
    page.goto(f"{base}index.html")

    page.get_by_role("textbox", name="Suche").press_sequentially("Tabu")
    result = page.locator(".md-search-result__link").first
    expect(result).to_contain_text("Tabuthemen")
    result.click()

    expect(page).to_have_url(f"{base}taboo-topics.html?h=tabu")
    expect(page.locator("mark").first).to_be_visible()


def test_search_in_english_finds_taboo_on_a_phone(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{base}en/index.html")

    page.locator(".gg-search-button").click()
    page.keyboard.type("taboo")

    expect(page.locator(".md-search-result__link").first).to_contain_text("Taboo")


FORMS = [
    ("Vertrag", "Verträge"),
    ("Verträge", "Verträge"),
    ("Verträ", "Verträge"),
    ("plan", "Pläne"),
    ("lösch", "löschen"),
    ("Korrektur", "„Korrektur"),  # right behind a quotation mark
    ("Menschen", "Menschen"),
    ("Mensch", "Menschen"),
]


def test_search_finds_a_word_in_another_form(page: Page, base: str) -> None:
    page.goto(f"{base}index.html")
    box = page.get_by_role("textbox", name="Suche")
    results = page.locator(".md-search-result__list")
    box.focus()
    for asked, said in FORMS:
        box.fill("")
        # Material puts the caret at the start when its search is ready.
        ready = page.locator(".md-search-result__meta")
        expect(ready).to_have_text("Suchbegriff eingeben")
        # Nothing is left of the word before.
        expect(results.locator("li"), asked).to_have_count(0)

        box.press_sequentially(asked)

        expect(results, asked).to_contain_text(said)
        missing = results.get_by_text("Es fehlt").filter(visible=True)
        expect(missing, asked).to_have_count(0)


def test_search_results_are_within_reach_of_the_keyboard(
    page: Page, site: Path
) -> None:
    page.goto((site / "index.html").as_uri())

    page.get_by_role("textbox", name="Suche").press_sequentially("Kontakt")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/*.html?h=kontakt*")


def test_the_magic_sentence_is_copied_and_the_page_says_so(
    page: Page, context: BrowserContext, served: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served}index.html")

    page.get_by_role("button", name="Kopieren").click()

    expect(page.locator(".gg-copy [role=status]")).to_contain_text("Kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == SENTENCE


def test_copying_works_without_the_clipboard_interface(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.addEventListener('copy', () => {"
        " window.copied = document.activeElement.value })"
    )

    page.get_by_role("button", name="Kopieren").click()

    expect(page.locator(".gg-copy [role=status]")).to_contain_text("Kopiert")
    assert page.evaluate("window.copied") == SENTENCE


def test_the_choice_of_colours_is_kept(page: Page, base: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{base}index.html")
    light = page.locator("body").evaluate("b => getComputedStyle(b).backgroundColor")

    page.get_by_role("button", name="Dunkle Ansicht einschalten").click()
    page.goto(f"{base}contact.html")

    dark = page.locator("body").evaluate("b => getComputedStyle(b).backgroundColor")
    assert light != dark
    expect(page.get_by_role("button", name="Helle Ansicht einschalten")).to_be_visible()


def test_single_letters_do_nothing(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator(".gg-copy__button").wait_for()

    for letter in ("f", "s", "/", "n", "p"):
        page.keyboard.press(letter)

    expect(page.locator(".md-search__input")).not_to_be_focused()
    expect(page).to_have_url((site / "index.html").as_uri())


def test_the_contacts_card_can_be_saved(page: Page, served: str) -> None:
    page.goto(f"{served}contact.html")

    with page.expect_download() as download:
        page.get_by_role(
            "link", name=re.compile("Kontakt speichern ?: Mira Jansen")
        ).click()

    assert "FN:Mira Jansen" in download.value.path().read_text("utf-8")
