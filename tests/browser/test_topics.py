"""Topics under their levels, optional parts, several contacts and a register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.axe import Round, findings, rounds
from tests.browser.conftest import serving
from tests.installed import once

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
PAINTED = """it => [it, it.parentElement].flatMap(each =>
    ["::before", "::after"].map(part => getComputedStyle(each, part))
    .filter(style => style.content !== "none")
    .map(style => style.backgroundColor))"""


@pytest.fixture(scope="module")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a hospital's site."""
    return Project(once(tmp_path_factory, "topics", _build_hospital)).site


def _build_hospital(folder: Path) -> None:
    (folder / "guideline.yml").write_text(ANSWERS, "utf-8")
    build_project(Job(project=Project(folder)))


@pytest.fixture(scope="module")
def address(hospital: Path) -> Iterator[str]:
    """The address of its site on a web server."""
    with serving(hospital) as found:
        yield found


@pytest.mark.parametrize(("name", "looks"), rounds(PAGES), ids=PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    tab: Page, address: str, name: str, looks: list[Round]
) -> None:
    tab.goto(f"{address}{name}.html")
    found = findings(tab, looks)

    assert not found, found


def test_each_topic_of_the_overview_is_a_heading_with_the_same_id(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}index.html")
    topics = tab.locator("details.gg-topic")
    names = topics.locator(".gg-topic__name").all_inner_texts()
    ids = [topic.get_attribute("id") or "" for topic in topics.all()]
    tab.goto(f"{address}taboo-topics.html")

    assert len(names) == 4
    for name, topic in zip(names, ids, strict=True):
        heading = tab.locator(f'[id="{topic}"]')
        assert heading.evaluate("it => it.tagName") == "H3"
        expect(heading).to_have_text(re.compile(re.escape(name)))


def test_an_address_opens_its_topic_in_place(page: Page, address: str) -> None:
    page.goto(f"{address}index.html#topic-patients")
    first = page.locator("details#topic-patients")
    expect(first).to_have_attribute("open", "")
    expect(first).to_be_in_viewport()
    expect(page.locator("details.gg-topic[open]")).to_have_count(1)

    page.evaluate("location.hash = '#topic-premises'")

    expect(page.locator("details#topic-premises")).to_have_attribute("open", "")
    # Opening one closes no other.
    expect(first).to_have_attribute("open", "")


@pytest.mark.parametrize("start", ["index", "taboo-topics"])
def test_search_finds_a_topic_once_and_leads_to_it_open(
    page: Page, address: str, start: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}{start}.html")

    page.locator(".gg-search-button").click()
    page.keyboard.type("Angehörigen")
    results = page.locator('.md-search-result__link[href*="#topic-patients"]')
    expect(results.first).to_be_visible()
    expect(results).to_have_count(1)
    results.first.click()

    page.wait_for_url("**/*.html?h=*#topic-patients")
    topic = page.locator("#topic-patients")
    expect(topic).to_be_in_viewport()
    reason = page.locator(
        "details#topic-patients[open] .gg-topic__why,"
        " .gg-topic--open:has(#topic-patients) .gg-topic__why"
    )
    expect(reason.first).to_be_visible()


@pytest.mark.parametrize(("width", "beside"), [(390, False), (768, True), (1280, True)])
def test_posts_stand_side_by_side_where_there_is_room(
    tab: Page, address: str, width: int, *, beside: bool
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{address}taboo-topics.html")
    dont = tab.locator(".gg-say--no").first.bounding_box()
    do = tab.locator(".gg-say--yes").first.bounding_box()

    assert dont
    assert do
    assert (dont["y"] == do["y"]) == beside
    assert (dont["x"] < do["x"]) == beside


def test_levels_keep_their_signs_in_forced_colours(tab: Page, address: str) -> None:
    tab.emulate_media(forced_colors="active")
    tab.goto(f"{address}taboo-topics.html")
    page_ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")

    signs = tab.locator(".gg-level__name, .gg-say strong")
    assert signs.count() == 4 + 2 * 4
    for sign in signs.all():
        painted = sign.evaluate(PAINTED)
        assert set(painted) - {page_ground, "rgba(0, 0, 0, 0)"}, sign.inner_html()


@pytest.mark.parametrize(
    ("folder", "first", "second"),
    [
        ("", "Team Kommunikation", "Team Nordamerika"),
        ("en/", "Team North America", "Communications team"),
    ],
)
def test_first_is_a_contact_who_answers_in_the_language_of_the_page(
    tab: Page, address: str, folder: str, first: str, second: str
) -> None:
    tab.goto(f"{address}{folder}contact.html")
    cards = tab.locator(".gg-person")

    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text(first)
    expect(cards.last).to_contain_text(second)
    tab.goto(f"{address}{folder}taboo-topics.html")
    expect(tab.locator(".gg-contact")).to_contain_text(first)


def test_the_end_of_a_page_says_how_soon_and_where_in_the_evening(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}taboo-topics.html")
    box = tab.locator(".gg-contact")

    expect(box).to_contain_text("Antwort: am selben Arbeitstag")
    expect(box).to_contain_text("Abends und am Wochenende: +49 170 1234567")
    expect(box.locator('a[href="tel:+491701234567"]')).to_be_visible()


def test_every_page_says_who_may_read_it_and_its_foot_the_register(
    tab: Page, address: str
) -> None:
    for name in PAGES:
        tab.goto(f"{address}{name}.html")

        expect(tab.locator(".gg-classification")).to_have_text(
            re.compile("Einstufung: Nur für den Dienstgebrauch")
        )
        footer = tab.locator(".gg-footer")
        for value in ("Dienstanweisung Social Media", "DA 3.5", "Der Vorstand"):
            expect(footer).to_contain_text(value)
