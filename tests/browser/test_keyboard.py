"""The keyboard and the finger reach everything, and see where they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.slow

PAGES = ("index", "taboo-topics", "details", "contact", "acknowledgement", "changes")
OPEN = "all => all.forEach(it => { it.open = true })"
WATCH = """() => {
    const all = [...document.querySelectorAll("a[href], button, input, summary")]
    window.wanted = new Set(all.filter(it => it.tabIndex >= 0 && it.checkVisibility(
        {opacityProperty: true, visibilityProperty: true})))
    window.unseen = []
}"""
LOOK = """async () => {
    const it = document.activeElement
    window.wanted.delete(it)
    if (it === document.body || it.matches(".md-search *")) return
    // A busy machine may need a moment to scroll to it.
    for (let still = 0, place = scrollY; still < 10; still++) {
        const box = it.getBoundingClientRect()
        if (box.top >= 0 && box.bottom <= innerHeight) break
        await new Promise(requestAnimationFrame)
        if (place !== scrollY) still = 0
        place = scrollY
    }
    const short = it.outerHTML.slice(0, 120)
    const drawn = [null, "::before", "::after"].map(part => getComputedStyle(it, part))
    if (drawn.every(style => style.outlineStyle === "none"))
        window.unseen.push("no outline: " + short)
    for (const box of it.getClientRects()) {
        // The middle of each side and of the whole, just within its edge.
        const wide = Math.max(0, box.width / 2 - 3)
        const high = Math.max(0, box.height / 2 - 3)
        for (const [right, below] of [[0, 0], [0, -1], [0, 1], [-1, 0], [1, 0]]) {
            const x = box.x + box.width / 2 + right * wide
            const y = box.y + box.height / 2 + below * high
            const top = document.elementFromPoint(x, y)
            if (!top || !(it.contains(top) || top.contains(it)))
                window.unseen.push(`covered at ${x} ${y}: ${short}`)
        }
    }
}"""
SMALL = """least => {
    const inSentence = it => {
        const style = getComputedStyle(it)
        if (!style.display.startsWith("inline")) return false
        const block = it.closest("p, li, dd, td, div, h2, h3")
        return block && block.textContent.trim() !== it.textContent.trim()
    }
    const all = [...document.querySelectorAll("a[href], button, input, summary")]
        .filter(it => it.tabIndex >= 0 && !it.closest(".md-search, .md-skip, .gg-fold"))
        .filter(it => it.checkVisibility(
            {opacityProperty: true, visibilityProperty: true}))
    const small = it => {
        const box = it.getBoundingClientRect()
        return Math.min(box.width, box.height) < least
    }
    // A circle around the middle of a small one meets no other one, nor its circle.
    const alone = it => {
        const box = it.getBoundingClientRect()
        const x = box.x + box.width / 2, y = box.y + box.height / 2
        return all.every(other => {
            if (other === it) return true
            const its = other.getBoundingClientRect()
            const nearX = small(other) ? its.x + its.width / 2
                : Math.max(its.left, Math.min(x, its.right))
            const nearY = small(other) ? its.y + its.height / 2
                : Math.max(its.top, Math.min(y, its.bottom))
            const room = small(other) ? least : least / 2
            return Math.hypot(nearX - x, nearY - y) >= room
        })
    }
    return all.filter(it => small(it) && !inSentence(it) && !alone(it))
        .map(it => it.outerHTML.slice(0, 120))
}"""


def open_page(page: Page, path: Path, width: int, *, opened: bool) -> None:
    """Show a page whose scrolling does not have to be waited for."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path.as_uri())
    page.locator(".gg-colors").wait_for()
    if opened:
        page.locator("details").evaluate_all(OPEN)


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
@pytest.mark.parametrize(
    ("name", "width", "opened"),
    [
        *((name, 390, name != "changes") for name in PAGES),
        ("index", 320, False),
        ("index", 1280, True),
        ("taboo-topics", 1280, False),
        ("contact", 1280, False),
    ],
)
def test_the_keyboard_reaches_everything_and_nothing_covers_it(
    tab: Page, sites: Path, name: str, width: int, *, opened: bool, backwards: bool
) -> None:
    open_page(tab, sites / "released" / f"{name}.html", width, opened=opened)
    tab.evaluate(WATCH)
    count = tab.evaluate("window.wanted.size")
    assert count > 5

    for _ in range(count + 10):
        tab.keyboard.press("Shift+Tab" if backwards else "Tab")
        tab.evaluate(LOOK)

    missed = tab.evaluate("[...window.wanted].map(it => it.outerHTML.slice(0, 120))")
    assert missed == []
    assert tab.evaluate("window.unseen") == []


def test_everything_to_touch_is_large_enough(tab: Page, sites: Path) -> None:
    small = {}
    for name in PAGES:
        open_page(tab, sites / "released" / f"{name}.html", 320, opened=True)
        for width in (320, 390, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            small[name, width] = tab.evaluate(SMALL, 24)

    assert {seen: found for seen, found in small.items() if found} == {}


def test_what_is_touched_most_is_as_large_as_a_finger(tab: Page, sites: Path) -> None:
    open_page(tab, sites / "released" / "index.html", 390, opened=False)

    touched = tab.locator(".gg-way, .gg-copy__button, summary:visible, .gg-fold")
    assert touched.count() >= 3 + 1 + 6 + 2
    for box in [each.bounding_box() for each in touched.all()]:
        assert box
        assert min(box["width"], box["height"]) >= 44
