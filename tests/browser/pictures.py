"""Comparing pictures of pages by what stands where, not by their letters' edges."""

from __future__ import annotations

import base64
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageChops
from playwright.sync_api import Page

BLOCK = 6
"""The side of the squares that are compared, in pixels."""
SHADE = 10
"""How far a square's mean may be off in any channel, of 255."""
OFF = 0.003
"""The share of squares that may be further off."""

_FONT = files("fontpkg_source_sans_3") / "files" / "SourceSans3[wght].ttf"
_STYLE = """\
@font-face {{ font-family: "Proof"; font-weight: 200 900; src: url("{font}") }}
* {{ font-family: "Proof" !important; hyphens: manual !important;
    transition: none !important; animation: none !important }}
"""


def picture_of(page: Page) -> Image.Image:
    """Return what the window shows, set in a font that every machine has: the PDF's.

    The page's policy must be off, for it lets no page load a font.
    """
    font = base64.b64encode(_FONT.read_bytes()).decode()
    page.add_style_tag(
        content=_STYLE.format(font=f"data:font/ttf;base64,{font}"),
    )
    page.evaluate(
        "Promise.all([400, 800].map("
        "weight => document.fonts.load(`${weight} 1em Proof`)))"
    )
    return shot(page)


def shot(page: Page) -> Image.Image:
    """Return what the window shows."""
    picture = page.screenshot(animations="disabled", caret="hide")
    return Image.open(BytesIO(picture)).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of squares that differ, from 0 to 1; 1 for other sizes."""
    if one.size != other.size:
        return 1.0
    across, down = (side // BLOCK for side in one.size)
    small = [each.resize((across, down), Image.Resampling.BOX) for each in (one, other)]
    apart = ImageChops.difference(*small)
    # The channel that is furthest off counts.
    worst = Image.new("L", apart.size)
    for channel in apart.split():
        worst = ImageChops.lighter(worst, channel)
    off = sum(worst.histogram()[SHADE + 1 :])
    return off / (across * down)
