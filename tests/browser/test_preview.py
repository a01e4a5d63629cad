"""The preview in a browser: what it serves runs nothing, and nobody else reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import serving

from guidegen.preview import Preview, serve

pytestmark = pytest.mark.slow

HEAD = "<!doctype html><html><head><title>x</title></head>"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg"><script>'
    "document.documentElement.setAttribute('data-run', 'yes')</script></svg>"
)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a preview with a script in each kind of file."""
    site = tmp_path / "site"
    (site / "search").mkdir(parents=True)
    (site / "search" / "search_index.js").write_text("var __index = 'SECRET'", "utf-8")
    (site / "logo.svg").write_text(SVG, encoding="utf-8")
    page = (
        f"{HEAD}<body onload='this.dataset.run=1'><script>run()</script></body></html>"
    )
    (site / "index.html").write_text(page, encoding="utf-8")
    preview = Preview(site=site, build=lambda: None, watched=tuple, port=0)
    with serve(preview) as address:
        yield address


@pytest.mark.parametrize("name", ["", "logo.svg"])
def test_no_script_of_a_page_or_a_picture_runs(
    name: str, address: str, browser: Browser
) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))

    page.goto(address + name)

    assert page.locator("[data-run]").count() == 0
    assert any("Content Security Policy" in text for text in refused)
    page.close()


def test_another_server_s_page_cannot_take_in_what_is_previewed(
    address: str, browser: Browser, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    body = (
        f'<body><script src="{address}search/search_index.js"></script><script>'
        "document.title = typeof __index</script></body></html>"
    )
    (other / "index.html").write_text(HEAD + body, encoding="utf-8")
    page = browser.new_page()

    failed: list[str | None] = []
    page.on("requestfailed", lambda request: failed.append(request.failure))

    with serving(other) as elsewhere:
        page.goto(elsewhere)
        title = page.title()
    page.close()

    assert title == "undefined"
    assert failed == ["net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin"]
