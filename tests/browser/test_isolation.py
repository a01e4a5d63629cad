"""Nothing is asked of another host, and nothing foreign runs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect
from tests.browser.conftest import serving

pytestmark = pytest.mark.slow


def test_no_page_asks_another_host_for_anything(page: Page, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: asked.append(response.url))

    for folder in ("", "en/"):
        for name in ("index", "taboo-topics", "contact"):
            page.goto(f"{base}{folder}{name}.html")
            page.locator(".md-search__input").focus()
            page.keyboard.type("Post")
            expect(page.locator(".md-search-result__link").first).to_be_visible()

    assert asked
    assert [address for address in asked if not address.startswith(base)] == []


def test_nothing_that_a_page_asks_for_is_missing(page: Page, served: str) -> None:
    missing: list[str] = []

    def note(response: Response) -> None:
        if response.status >= 400:
            missing.append(response.url)

    page.on("response", note)

    for folder in ("", "en/"):
        for name in ("index", "taboo-topics", "contact"):
            page.goto(f"{served}{folder}{name}.html", wait_until="networkidle")

    assert missing == []


@pytest.fixture(params=["by-double-click", "from-a-server"])
def victim(request: pytest.FixtureRequest, site: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a copy of the site: other tests read the site meanwhile."""
    copy = shutil.copytree(site, tmp_path / "site")
    if request.param == "by-double-click":
        yield copy.as_uri() + "/"
    else:
        with serving(copy) as address:
            yield address


@pytest.mark.parametrize(
    "injected",
    [
        "<script>window.hacked = true</script>",
        '<img src="x" onerror="window.hacked = true">',
        '<script src="https://evil.example/x.js"></script>',
        '<iframe srcdoc="<script>parent.hacked = true</script>"></iframe>',
        '<a href="javascript:window.hacked = true" id="bait">.</a>',
    ],
)
def test_the_policy_blocks_what_was_smuggled_into_a_page(
    browser: Browser, victim: str, tmp_path: Path, injected: str
) -> None:
    path = tmp_path / "site/contact.html"
    text = path.read_text("utf-8")
    path.write_text(text.replace("</h1>", f"</h1>{injected}"), encoding="utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))

        page.goto(f"{victim}contact.html")
        page.locator(".gg-colors").wait_for()
        if "bait" in injected:
            page.locator("#bait").click()
            page.wait_for_timeout(200)

        assert page.evaluate("window.hacked") is None
        assert any("Content Security Policy" in line for line in refused)


def test_the_policy_comes_before_everything_else(site: Path) -> None:
    for path in site.rglob("*.html"):
        head = path.read_text("utf-8").partition("<head>")[2].lstrip()

        assert head.startswith('<meta http-equiv="Content-Security-Policy"'), path
        assert "unsafe-" not in head.partition(">")[0]


def test_nothing_is_written_into_a_page_that_runs_or_paints(
    sites: Path, companies: Path
) -> None:
    paths = [*sites.rglob("*.html"), *companies.glob("*/site/**/*.html")]
    for path in paths:
        text = path.read_text("utf-8")
        scripts = re.findall(r"<script\b([^>]*)>", text)

        assert [
            each for each in scripts if "src=" not in each and "json" not in each
        ] == [], path
        assert not re.search(r"<style\b|<[^>]+\s(style|on\w+)=", text), path
        assert not re.search(r"(src|srcset|data)=[\"']?(https?:)?//", text), path
    assert len(paths) > 50


def test_styles_are_small_and_a_language_is_too(companies: Path) -> None:
    for site in companies.glob("*/site"):
        styles = site / "assets/guidegen/site.css"
        own = [path for path in site.rglob("*") if path.is_file()]
        languages = 1 + len([*site.glob("??/index.html")])

        assert styles.stat().st_size < 40_000
        assert "@import" not in styles.read_text("utf-8")
        assert sum(path.stat().st_size for path in own) <= 600_000 * languages, site
