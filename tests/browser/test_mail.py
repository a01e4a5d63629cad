"""What goes out by mail and to managers, as a browser shows it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page
from tests.announce.kits import kits
from tests.axe import violations

from guidegen.announce import kit_files
from guidegen.pack.find import builtin_packs

pytestmark = pytest.mark.slow

DELL = (builtin_packs() / "dell",)
PAGES = ("mail.html", "faq.html")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("company", ["agency", "hospital", "listed"])
def test_everybody_can_read_it_in_any_width_and_it_asks_for_nothing(
    page: Page, tmp_path: Path, company: str
) -> None:
    files = kit_files(kits(company, "major")[0], DELL)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in PAGES:
        path = tmp_path / name
        path.write_bytes(files[name])
        page.goto(path.as_uri())
        for scheme, width in product(SCHEMES, (320, 600)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})

            assert violations(page) == "", (name, scheme, width)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (name, scheme)

    assert asked == [(tmp_path / name).as_uri() for name in PAGES]
