"""Narrow or low windows, paper, forced colours, the other direction, wide spacing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from tests.installed import once
from tests.samples import SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.model.text import LocalText
from guidegen.pipeline.working_copy import compose_documents
from guidegen.site import Look, build_site

pytestmark = pytest.mark.slow

PAGES = [
    f"released/{name}.html"
    for name in (
        *("index", "taboo-topics", "details", "contact", "acknowledgement"),
        *("changes", "en/index", "versions/1.0.0/index"),
    )
]
OPEN = "all => all.forEach(it => { it.open = true })"
LONG = "Norddeutsche Gesellschaft für Antriebstechnik, Getriebebau und Wartung"
LEGAL_FORM = "mbH & Co. KGaA"
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
"""What WCAG 2.2, 1.4.12 lets readers set."""
STICKING_OUT = """() => [...document.body.querySelectorAll("*")]
    .filter(it => it.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .filter(it => !it.closest(
        ".gg-spoken, .md-search, .md-skip, .md-toggle, .md-dialog, .md-overlay, svg"))
    .filter(it => {
        const box = it.getBoundingClientRect()
        return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1)
    })
    .map(it => it.outerHTML.slice(0, 120))"""
CUT_OFF = """() => [...document.querySelectorAll("body *")]
    .filter(it => it.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .filter(it => !it.closest(".gg-spoken, .md-search, .md-skip, [aria-hidden=true]"))
    .filter(it => /hidden|clip/.test(getComputedStyle(it).overflow))
    .filter(it => it.textContent.trim() && it.clientHeight > 1
        && (it.scrollHeight > it.clientHeight + 2
            || it.scrollWidth > it.clientWidth + 2))
    .map(it => it.outerHTML.slice(0, 120))"""
STICKY = """() => [...document.querySelectorAll("body *")]
    .filter(it => /sticky|fixed/.test(getComputedStyle(it).position))
    .filter(it => it.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .filter(it => it.getBoundingClientRect().height > 1)
    .filter(it => !it.closest(".md-search, .md-skip, .md-overlay, .md-dialog"))
    .map(it => it.outerHTML.slice(0, 120))"""

BROKEN_WORDS = """all => all.flatMap(title => {
    const text = title.firstChild
    return [...text.data.matchAll(/[\\p{L}]+/gu)].filter(word => {
        const range = document.createRange()
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        return range.getClientRects().length > 1
    }).map(word => word[0])
})"""


@pytest.fixture(scope="module")
def loose(browser: Browser) -> Iterator[Page]:
    """A tab in which styles may be added, as a reader's own style sheet would."""
    with browser.new_context(bypass_csp=True, reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def long_name(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site whose company has a very long name."""
    return once(tmp_path_factory, "long-name", _build_long_name)


def _build_long_name(folder: Path) -> None:
    answers, pack = read_answers(SCENARIOS / "manufacturer" / "guideline.yml")
    company = replace(answers.company, name=LocalText.of(f"{LONG} {LEGAL_FORM}"))
    documents = compose_documents(replace(answers, company=company), pack)
    look = Look(folders=tuple(place / "site" for place in pack.folders))
    build_site(documents, look=look, into=folder)


def test_a_very_long_name_fits(tab: Page, long_name: Path) -> None:
    for path in sorted(long_name.rglob("*.html")):
        tab.goto(path.as_uri())
        tab.locator("details").evaluate_all(OPEN)
        for width in (320, 390, 600, 960):
            tab.set_viewport_size({"width": width, "height": 800})

            seen = (path, width)
            assert tab.evaluate(STICKING_OUT) == [], seen
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, seen


@pytest.mark.parametrize("name", PAGES)
def test_text_may_be_spaced_out_on_a_narrow_phone(
    loose: Page, sites: Path, name: str
) -> None:
    loose.set_viewport_size({"width": 320, "height": 800})
    loose.goto((sites / name).as_uri())
    loose.locator("details").evaluate_all(OPEN)
    loose.add_style_tag(content=SPACING)

    assert loose.evaluate("document.documentElement.scrollWidth") <= 320
    assert loose.evaluate(STICKING_OUT) == []
    assert loose.evaluate(CUT_OFF) == []


def test_from_right_to_left_nothing_sticks_out(tab: Page, sites: Path) -> None:
    for name in PAGES:
        tab.goto((sites / name).as_uri())
        tab.locator("details").evaluate_all(OPEN)
        tab.evaluate("document.documentElement.dir = 'rtl'; document.body.dir = 'rtl'")
        for width in (320, 390, 768, 1280):
            tab.set_viewport_size({"width": width, "height": 800})

            seen = (name, width)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, seen
            assert tab.evaluate(STICKING_OUT) == [], seen


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_in_a_low_window(tab: Page, sites: Path, name: str) -> None:
    tab.goto((sites / name).as_uri())
    for width in (320, 800):
        tab.set_viewport_size({"width": width, "height": 400})

        assert tab.evaluate(STICKY) == [], width


def test_the_contact_is_in_reach_and_covers_nothing_at_the_end(
    tab: Page, sites: Path
) -> None:
    tab.emulate_media(reduced_motion="reduce")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto((sites / "released/index.html").as_uri())
    bar = tab.locator(".gg-contact__bar")

    for place in (0, 0.5):
        tab.evaluate("at => scrollTo(0, at * document.body.scrollHeight)", place)
        box = bar.bounding_box()
        assert box
        assert abs(box["y"] + box["height"] - 844) < 1, place
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    footer = tab.get_by_role("contentinfo").bounding_box()
    rest = tab.locator(".gg-contact__rest").bounding_box()
    box = bar.bounding_box()
    assert footer
    assert rest
    assert box
    assert box["y"] + box["height"] <= rest["y"] + 1
    assert rest["y"] + rest["height"] <= footer["y"] + 1


def test_forced_colours_keep_edges_and_signs(tab: Page, sites: Path) -> None:
    tab.emulate_media(forced_colors="active")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto((sites / "released/index.html").as_uri())
    tab.locator("details").evaluate_all(OPEN)
    bare = tab.evaluate(
        """() => [...document.querySelectorAll(
            ".gg-magic, .gg-magic blockquote, .gg-card, .gg-level, .gg-box, .gg-say,"
            + ".gg-num, .gg-contact__bar")]
            .filter(it => !it.closest(".gg-magic")
                || it.matches(".gg-magic"))
            .filter(it => {
                const own = [it, ...it.querySelectorAll("*")].flatMap(
                    each => ["", "::before", "::after"].map(
                        part => getComputedStyle(each, part || null)))
                return !own.some(style => /solid|dashed|double/.test(
                    style.borderTopStyle + style.borderBottomStyle
                    + style.borderInlineStartStyle))
            })
            .map(it => it.outerHTML.slice(0, 120))"""
    )

    assert bare == []


def test_nothing_moves_for_who_wants_it_still(tab: Page, sites: Path) -> None:
    tab.emulate_media(reduced_motion="reduce")
    tab.goto((sites / "released/index.html").as_uri())

    moving = tab.evaluate(
        """() => [...document.querySelectorAll("html, body *")].flatMap(it =>
            [null, "::before", "::after"].map(part => getComputedStyle(it, part))
            .filter(style => style.scrollBehavior === "smooth"
                || parseFloat(style.transitionDuration) > 0.011
                || parseFloat(style.animationDuration) > 0.011)
            .map(() => it.outerHTML.slice(0, 120)))"""
    )

    assert moving == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_the_demo_needs_three_sheets_and_leaves_nothing_folded(
    page: Page, companies: Path, tmp_path: Path, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto((companies / "demo/site/index.html").as_uri())
    folded = page.locator("details p").all_text_contents()
    page.pdf(path=tmp_path / "paper.pdf", format="A4")

    sheets = PdfReader(tmp_path / "paper.pdf").pages
    printed = _letters("".join(sheet.extract_text() for sheet in sheets))
    assert len(folded) > 10
    assert [text for text in folded if _letters(text) not in printed] == []
    assert len(sheets) <= 3


def _letters(text: str) -> str:
    """Return the letters and digits, for lines break and letters join anywhere."""
    return re.sub(r"\W", "", normalize("NFKC", text))


def test_no_rule_has_a_word_broken_in_its_title(loose: Page, companies: Path) -> None:
    loose.goto((companies / "hospital" / "site" / "index.html").as_uri())
    loose.add_style_tag(content="* { hyphens: none !important }")
    titles = loose.locator(".gg-card__title")

    assert titles.count() == 5
    for width in (320, 390, 600, 640, 670, 768, 960, 1024, 1280):
        loose.set_viewport_size({"width": width, "height": 800})

        assert titles.evaluate_all(BROKEN_WORDS) == [], width
