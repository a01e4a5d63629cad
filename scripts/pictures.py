"""Take the README's pictures from the real demo: docs/assets/site.webp and pdf.webp."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from subprocess import run

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, sync_playwright

ASSETS = Path(__file__).parents[1] / "docs/assets"
CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
ARGUMENTS = ["--no-sandbox", "--font-render-hinting=slight"]
"""Letters as wide as in a window, also in the headless shell."""
DESK, PHONE = (1200, 900), (360, 720)
PAPER_HEIGHT = 900
PAPER = (255, 255, 255)
SHADOW = (0, 0, 0, 110)


def main() -> None:
    """Build the demo and take both pictures."""
    ASSETS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder, "demo")
        run([sys.executable, "-m", "guidegen", "demo", demo, "--quiet"], check=True)
        with sync_playwright() as playwright:
            named = os.environ.get("GUIDEGEN_CHROMIUM")
            program = named or next(filter(None, map(shutil.which, CHROMIUM)))
            browser = playwright.chromium.launch(
                executable_path=program, args=ARGUMENTS
            )
            front = demo / "site/en/index.html"
            desk = _screenshot(browser, front, DESK)
            phone = _screenshot(browser, front, PHONE, ".gg-lights")
            browser.close()
        _save(_beside(desk, phone), "site")
        pages = pypdfium2.PdfDocument(demo / "site/guideline-en.pdf")
        _save(_row([page.render(scale=1.5).to_pil() for page in pages]), "pdf")


def _screenshot(
    browser: Browser, page: Path, size: tuple[int, int], first: str = "body"
) -> Image.Image:
    """Return what a window of that size shows when `first` is at its top.

    The first topic below a level is open.
    """
    tab = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="light",
        reduced_motion="reduce",
    )
    tab.goto(page.as_uri())
    tab.wait_for_load_state("networkidle")
    tab.locator("details.gg-topic").first.evaluate("it => { it.open = true }")
    tab.locator(first).first.evaluate("it => it.scrollIntoView()")
    tab.wait_for_timeout(500)
    picture = tab.screenshot()
    tab.close()
    return Image.open(BytesIO(picture)).convert("RGB")


def _beside(desk: Image.Image, phone: Image.Image) -> Image.Image:
    """Return the wide picture with the phone's over its edge, where no text is."""
    margin = 40
    left = margin + desk.width - margin
    canvas = Image.new(
        "RGB", (left + phone.width + margin, desk.height + 2 * margin), PAPER
    )
    _paste(canvas, desk, (margin, margin))
    _paste(canvas, phone, (left, (canvas.height - phone.height) // 2))
    return canvas


def _row(pages: list[Image.Image]) -> Image.Image:
    """Return sheets of paper side by side."""
    sheets = [
        page.convert("RGB").resize(
            (page.width * PAPER_HEIGHT // page.height, PAPER_HEIGHT)
        )
        for page in pages
    ]
    margin = 40
    width = sum(sheet.width + margin for sheet in sheets) + margin
    canvas = Image.new("RGB", (width, PAPER_HEIGHT + 2 * margin), PAPER)
    left = margin
    for sheet in sheets:
        _paste(canvas, sheet, (left, margin))
        left += sheet.width + margin
    return canvas


def _paste(canvas: Image.Image, picture: Image.Image, at: tuple[int, int]) -> None:
    """Put a picture down with a soft shadow."""
    shadow = Image.new("RGBA", canvas.size)
    shadow.paste(
        SHADOW, (at[0], at[1] + 3, at[0] + picture.width, at[1] + picture.height + 3)
    )
    shadow = shadow.filter(ImageFilter.GaussianBlur(8))
    canvas.paste(shadow, mask=shadow)
    canvas.paste(picture, at)


def _save(picture: Image.Image, name: str) -> None:
    path = ASSETS / f"{name}.webp"
    picture.save(path, quality=88, method=6)
    print(f"{path.relative_to(ASSETS.parents[1])}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
