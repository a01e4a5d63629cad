"""What axe-core finds on a page against WCAG 2.2 AA."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]
    Axe,
)
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}}


def violations(page: Page) -> str:
    """Return a report of what axe finds, empty if it finds nothing."""
    results = Axe().run(page, options=OPTIONS)
    return results.generate_report() if results.violations_count else ""
