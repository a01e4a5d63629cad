"""What goes out by mail and to managers, as a browser shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser
from tests.announce.kits import kits
from tests.axe import violations

from guidegen.announce import kit_files
from guidegen.pack.find import builtin_packs

pytestmark = pytest.mark.slow

DELL = (builtin_packs() / "dell",)
PAGES = ("mail.html", "faq.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 600])
@pytest.mark.parametrize("company", ["agency", "hospital", "listed"])
def test_everybody_can_read_it_in_any_width_and_it_asks_for_nothing(
    browser: Browser,
    tmp_path: Path,
    company: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    files = kit_files(kits(company, "major")[0], DELL)
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in PAGES:
        path = tmp_path / name
        path.write_bytes(files[name])
        page.goto(path.as_uri())

        assert violations(page) == ""
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
    context.close()

    assert asked == [(tmp_path / name).as_uri() for name in PAGES]
