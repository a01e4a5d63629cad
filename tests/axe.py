"""What axe-core finds on a page against WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from axe_playwright_python.base import (  # type: ignore[import-untyped]
    AXE_SCRIPT,
    AxeResults,
)
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    # Of what is in order, axe would describe each element as well.
    "resultTypes": ["violations"],
}
WIDTHS = (320, 390, 768, 1280)
HEIGHT = 800
_RUN = "options => axe.run(options).then(results => results.violations)"
_FOLD = "all => all.forEach(it => { it.open = %s })"


class Round(NamedTuple):
    """How a page is looked at."""

    width: int
    scheme: Literal["light", "dark"]
    opened: bool
    """Whether everything that folds is open."""


def violations(page: Page) -> str:
    """Return a report of what axe finds, empty if it finds nothing."""
    # A page keeps axe, and with it what the browser has compiled of it.
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN, OPTIONS)
    results = AxeResults({"violations": found})
    return str(results.generate_report()) if found else ""


def rounds(pages: Sequence[str]) -> list[tuple[str, list[Round]]]:
    """Return each page with four rounds, one in each width.

    All sixteen combinations of width, scheme and folds on every page would take
    minutes. Each page is seen twice in either scheme and twice in either state, and
    any four pages in a row have all sixteen.
    """
    return [
        (
            page,
            [
                Round(width, "dark" if (at + row) % 2 else "light", bool(step))
                for at, width in enumerate(WIDTHS)
                for step in [(at // 2 + row // 2) % 2]
            ],
        )
        for row, page in enumerate(pages)
    ]


def findings(page: Page, looks: Sequence[Round]) -> str:
    """Return what axe finds on an open page in each round, empty if it finds nothing.

    Something that sticks out sideways counts, too.
    """
    page.locator(".gg-colors").wait_for()
    found = []
    for look in looks:
        page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": look.width, "height": HEIGHT})
        page.locator("details").evaluate_all(_FOLD % str(look.opened).lower())
        # What lies under the bar at the bottom of a phone counts as covered, wherever
        # one may scroll to: in a window as high as the page, nothing does by chance.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": look.width, "height": height})
        wrong = violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > look.width:
            wrong += "The page scrolls sideways."
        if wrong:
            found.append(f"{look}\n{wrong}")
    return "\n".join(found)
