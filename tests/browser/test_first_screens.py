"""The first screens of the three samples are as pictured.

Who changes the look on purpose takes the pictures anew and looks at each of them:
`pytest tests/browser/test_first_screens.py --rewrite`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from tests.browser.pictures import OFF, difference, picture_of, shot
from tests.samples import NAMES

pytestmark = pytest.mark.slow

PICTURES = Path(__file__).with_name("first_screens")
WINDOWS = {"phone": (390, 844), "desktop": (1280, 900)}
SCREENS = [(name, window) for name in NAMES for window in WINDOWS]
CHANGES = {
    "another shade of the bubble": """() => {
        const bubble = ".gg-magic, .gg-magic :not(button)"
        for (const it of document.querySelectorAll(bubble)) {
            const ground = getComputedStyle(it).backgroundColor
            const parts = ground.match(/[\\d.]+/g).map(Number)
            if (parts[3] === 0) continue
            const other = parts.slice(0, 3).map(part => part + (part < 128 ? 24 : -24))
            it.style.setProperty("background-color", `rgb(${other})`, "important")
        }
    }""",
    "the first two cards in another order": """() => {
        const [first, second] = document.querySelectorAll(".gg-card")
        first.before(second)
    }""",
    "a title a tenth smaller": """() => {
        const title = document.querySelector("h1")
        const size = parseFloat(getComputedStyle(title).fontSize)
        title.style.setProperty("font-size", `${size * 0.9}px`, "important")
    }""",
}


@pytest.fixture(params=SCREENS, ids="-".join)
def screen(
    request: pytest.FixtureRequest, browser: Browser, companies: Path
) -> Iterator[tuple[str, Page]]:
    """A front page in a window of each size, and the name of its picture."""
    name, window = request.param
    width, height = WINDOWS[window]
    with browser.new_context(
        viewport={"width": width, "height": height},
        bypass_csp=True,
        color_scheme="light",
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        page.goto((companies / name / "site" / "index.html").as_uri())
        page.locator(".gg-copy").wait_for()
        yield f"{name}-{window}.png", page


def test_the_first_screen_is_as_pictured(
    screen: tuple[str, Page], pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    name, page = screen
    now = picture_of(page)
    if pytestconfig.getoption("rewrite"):
        PICTURES.mkdir(exist_ok=True)
        now.quantize(256).save(PICTURES / name, optimize=True)
    now.save(tmp_path / name)

    with Image.open(PICTURES / name) as picture:
        off = difference(now, picture.convert("RGB"))

    assert off <= OFF, f"{off:.1%} of it is not as pictured: {tmp_path / name}"


def test_a_change_of_the_look_is_noticed(screen: tuple[str, Page]) -> None:
    name, page = screen
    picture_of(page)
    with Image.open(PICTURES / name) as picture:
        expected = picture.convert("RGB")
    noticed = {}

    for change, script in CHANGES.items():
        # The article as it was comes back before the next change.
        page.evaluate("window.was = document.querySelector('article').cloneNode(true)")
        page.evaluate(script)
        noticed[change] = difference(shot(page), expected)
        page.evaluate("document.querySelector('article').replaceWith(window.was)")

    assert min(noticed.values()) > 2 * OFF, noticed
