"""The company's colour in a real browser: text on it, beside it and in it."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from itertools import product
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import SCENARIO

from guidegen.answers.read import read_answers
from guidegen.colour import MINIMUM, Colours, colours
from guidegen.model.document import Asset
from guidegen.pipeline.working_copy import compose_documents
from guidegen.site import Look, build_site

pytestmark = pytest.mark.slow

BRANDS = (
    *("#ffe600", "#000000", "#ffffff", "#7a0019", "#0088cc", "#0b5fa5"),
    None,
)
PAGES = (
    *("released/index", "released/taboo-topics", "released/details"),
    *("released/contact", "released/acknowledgement", "released/changes"),
    *("released/versions/1.0.0/index", "draft/index"),
)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

_PUT_ON = """roles => {
  for (const [role, color] of Object.entries(roles)) {
    document.documentElement.style.setProperty(`--gg-${role}`, color);
  }
  document.getAnimations().forEach(it => it.finish());
}"""

# Each text that is shown, with its contrast to the ground below it (WCAG 2.2, 1.4.3).
_MEASURE = """() => {
  const parse = text => {
    const parts = text.match(/[\\d.]+(?:e-?\\d+)?/g).map(Number);
    const scale = text.startsWith("color(") ? 1 : 255;
    return [...parts.slice(0, 3).map(part => part / scale), parts[3] ?? 1];
  };
  const over = ([r, g, b, a], under) =>
    [r, g, b].map((part, at) => part * a + under[at] * (1 - a));
  const linear = part =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) =>
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const groundOf = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none" && style.maskImage === "none") {
        layers.push(style.backgroundImage);
      }
      const color = parse(style.backgroundColor);
      if (color[3]) layers.push(color);
      if (color[3] === 1) break;
    }
    if (layers.some(layer => typeof layer === "string")) return null;
    return layers.reverse().reduce((under, layer) => over(layer, under), [1, 1, 1]);
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    const box = element.getBoundingClientRect();
    const shown =
      element.checkVisibility({opacityProperty: true, visibilityProperty: true});
    // What is only read out is a dot in a corner.
    if (!text.data.trim() || !shown || box.width < 2 || box.height < 2) continue;
    const ground = groundOf(element);
    const color = parse(getComputedStyle(element).color);
    for (let at = element; at; at = at.parentElement) {
      color[3] *= Number(getComputedStyle(at).opacity);
    }
    const [dark, light] = ground
      ? [over(color, ground), ground].map(luminance).sort((one, other) => one - other)
      : [0, 0];
    found.push({
      text: text.data.trim().slice(0, 40),
      contrast: (light + 0.05) / (dark + 0.05),
      inside: element.closest("[class]")?.className ?? element.tagName,
    });
  }
  return found;
}"""


def _texts(page: Page, color: Colours) -> list[dict[str, Any]]:
    """Return the texts of an open page in a company's colour, hardest to read first."""
    roles = {role.replace("_", "-"): value for role, value in asdict(color).items()}
    page.evaluate(_PUT_ON, roles)
    texts: list[dict[str, Any]] = page.evaluate(_MEASURE)
    return sorted(texts, key=lambda each: float(each["contrast"]))


def test_every_text_is_readable_in_any_colour(tab: Page, served_sites: str) -> None:
    unreadable = []
    for name in PAGES:
        tab.goto(f"{served_sites}{name}.html")
        tab.locator("details").evaluate_all("all => all.forEach(it => it.open = true)")
        for scheme, width in product(SCHEMES, (390, 1280)):
            tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            tab.set_viewport_size({"width": width, "height": 900})
            for brand in BRANDS:
                texts = _texts(tab, colours(brand))
                assert len(texts) > 20
                unreadable += [
                    (name, scheme, width, brand, each)
                    for each in texts
                    if each["contrast"] < MINIMUM
                ]

    assert unreadable == []


def test_an_unreadable_colour_is_found(tab: Page, served_sites: str) -> None:
    tab.goto(f"{served_sites}released/index.html")
    wrong = replace(colours("#0088cc"), on_brand="#ffffff")

    worst = _texts(tab, wrong)[0]

    assert 3.8 < worst["contrast"] < 4
    assert "gg-magic" in worst["inside"] or "magic-sentence" in worst["inside"]


@pytest.fixture(scope="module")
def with_two_logos(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a guideline whose company has a logo for dark backgrounds."""
    answers, pack = read_answers(SCENARIO / "guideline.yml")
    drawing = (SCENARIO / "logo.svg").read_bytes()
    document = replace(
        compose_documents(answers, pack)[0],
        logo_dark=Asset(path="images/logo-dark.svg", content=drawing),
    )
    folder = tmp_path_factory.mktemp("logos") / "site"
    look = Look(folders=tuple(place / "site" for place in pack.folders))
    build_site((document,), look=look, into=folder)
    return f"{folder.as_uri()}/index.html"


def test_dark_pages_have_the_logo_for_them(page: Page, with_two_logos: str) -> None:
    def shown() -> list[str | None]:
        logos = page.get_by_role("banner").locator("img:visible")
        return [each.get_attribute("src") for each in logos.all()]

    page.emulate_media(color_scheme="light")
    page.goto(with_two_logos)
    assert shown() == ["images/logo.svg"]

    page.emulate_media(color_scheme="dark")
    assert shown() == ["images/logo-dark.svg"]
    # It is named once.
    home = page.get_by_role("banner").get_by_role("link").first
    expect(home).to_have_accessible_name(re.compile("^Nordlicht[^N]*$"))

    # Paper is white.
    page.emulate_media(color_scheme="dark", media="print")
    assert shown() == ["images/logo.svg"]

    page.emulate_media(color_scheme="dark", media="screen")
    page.locator(".gg-colors").click()
    assert shown() == ["images/logo.svg"]
