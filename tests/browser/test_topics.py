"""Topics under their levels, optional parts, several contacts and a register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.axe import Round, findings, rounds
from tests.browser.conftest import serving

from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project

pytestmark = pytest.mark.slow

ANSWERS = """\
format: 1
pack: dell
languages: [de, en]
address: sie
title: {de: Dienstanweisung Social Media, en: Social media policy}
document:
  number: DA 3.5
  classification: {de: Nur für den Dienstgebrauch, en: For official use only}
  approved_by: {de: Der Vorstand, en: The board}
company:
  name: Städtisches Klinikum Nordheide
  sector: health
  countries: [DE, AT]
contacts:
  - name: {de: Team Nordamerika, en: Team North America}
    email: na@nordheide.example
    languages: [en]
  - name: {de: Team Kommunikation, en: Communications team}
    role: {de: Pressestelle, en: Press office}
    phone: "+49 40 1234567"
    languages: [de]
    countries: [DE]
    answers_within: {de: am selben Arbeitstag, en: on the same working day}
    out_of_hours: "+49 170 1234567"
taboo_topics: [patients, accidents, premises, colleagues-images]
sections: [crisis, harassment]
version: {owner: {de: Stabsstelle, en: Executive office}, valid_from: 2027-03-01}
"""
PAGES = ("index", "taboo-topics", "details", "contact")


@pytest.fixture(scope="module")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a hospital's site."""
    folder = tmp_path_factory.mktemp("hospital")
    (folder / "guideline.yml").write_text(ANSWERS, "utf-8")
    return build_project(Job(project=Project(folder))).site


@pytest.fixture(scope="module")
def address(hospital: Path) -> Iterator[str]:
    """The address of its site on a web server."""
    with serving(hospital) as found:
        yield found


@pytest.mark.parametrize(("name", "looks"), rounds(PAGES), ids=PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, address: str, name: str, looks: list[Round]
) -> None:
    page.goto(f"{address}{name}.html")

    assert findings(page, looks) == {}


def test_each_topic_of_the_overview_leads_to_its_heading(
    page: Page, address: str
) -> None:
    page.goto(f"{address}index.html")
    links = page.locator('a[href^="taboo-topics.html#topic-"]')
    names = links.all_inner_texts()
    targets = [link.get_attribute("href") or "" for link in links.all()]
    page.goto(f"{address}taboo-topics.html")

    assert len(names) == 4
    for name, target in zip(names, targets, strict=True):
        heading = page.locator(f'[id="{target.partition("#")[2]}"]')
        assert heading.evaluate("it => it.tagName") == "H3"
        expect(heading).to_have_text(re.compile(re.escape(name)))


def test_search_finds_a_topic_and_leads_to_it(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")

    page.get_by_role("textbox", name="Suche").press_sequentially("Angehörigen")
    result = page.locator('.md-search-result__link[href*="#topic-patients"]').first
    expect(result).to_be_visible()
    result.click()

    page.wait_for_url("**/taboo-topics.html?h=*#topic-patients")


@pytest.mark.parametrize(("width", "beside"), [(390, False), (768, True), (1280, True)])
def test_posts_stand_side_by_side_where_there_is_room(
    page: Page, address: str, width: int, *, beside: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}taboo-topics.html")
    dont = page.locator("dt.dont").first.bounding_box()
    do = page.locator("dt.do").first.bounding_box()

    assert dont
    assert do
    assert (dont["y"] == do["y"]) == beside
    assert (dont["x"] < do["x"]) == beside


def test_levels_keep_their_signs_in_forced_colours(page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{address}taboo-topics.html")
    paint = "it => getComputedStyle(it, '::before').backgroundColor"
    page_ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    signs = page.locator(":is(.level-never, .level-only, .level-ask, dt.dont, dt.do)")
    assert signs.count() == 3 + 2 * 4
    for sign in signs.all():
        assert sign.evaluate(paint) not in {page_ground, "rgba(0, 0, 0, 0)"}


@pytest.mark.parametrize(
    ("folder", "first", "second"),
    [
        ("", "Team Kommunikation", "Team Nordamerika"),
        ("en/", "Team North America", "Communications team"),
    ],
)
def test_first_is_a_contact_who_answers_in_the_language_of_the_page(
    page: Page, address: str, folder: str, first: str, second: str
) -> None:
    page.goto(f"{address}{folder}contact.html")
    cards = page.locator(".contact-card")

    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text(first)
    expect(cards.last).to_contain_text(second)
    page.goto(f"{address}{folder}taboo-topics.html")
    expect(page.locator(".gg-questions")).to_contain_text(first)


def test_the_end_of_a_page_says_how_soon_and_where_in_the_evening(
    page: Page, address: str
) -> None:
    page.goto(f"{address}taboo-topics.html")
    box = page.locator(".gg-questions")

    expect(box).to_contain_text("Antwort: am selben Arbeitstag")
    expect(box.get_by_role("link", name="Abends und am Wochenende")).to_have_attribute(
        "href", "tel:+491701234567"
    )


def test_every_page_says_who_may_read_it_and_its_foot_the_register(
    page: Page, address: str
) -> None:
    for name in PAGES:
        page.goto(f"{address}{name}.html")

        expect(page.locator(".gg-classification")).to_have_text(
            re.compile("Einstufung: Nur für den Dienstgebrauch")
        )
        footer = page.locator(".gg-footer")
        for value in ("Dienstanweisung Social Media", "DA 3.5", "Der Vorstand"):
            expect(footer).to_contain_text(value)
