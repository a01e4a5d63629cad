"""What a link leads to opens, and paper shows all: on today's pages and old ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow

PAGES = ("index.html", "versions/1.0.0/index.html")


@pytest.fixture(params=PAGES)
def front(request: pytest.FixtureRequest, sites: Path, page: Page) -> str:
    """The address of a front page, today's and an old version's, seen on a phone."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 844})
    name: str = request.param
    return (sites / "draft" / name).as_uri()


def test_an_address_opens_the_small_print_below_its_heading(
    page: Page, front: str
) -> None:
    page.goto(front)
    text = page.locator("section:has(> #training) .gg-fold__text")
    expect(text).to_be_hidden()

    page.goto(f"{front}#training")

    expect(text).to_be_in_viewport()


def test_a_link_opens_a_topic_again_that_was_closed(page: Page, front: str) -> None:
    topic = page.locator("details.gg-topic").nth(1)
    page.goto(front)
    name = topic.get_attribute("id")
    page.goto(f"{front}#{name}")
    expect(topic).to_have_attribute("open", "")

    topic.locator("summary").click()
    expect(topic).not_to_have_attribute("open", "")
    page.evaluate(
        """name => {
            const link = document.createElement("a")
            link.href = "#" + name
            document.querySelector("main").prepend(link)
            link.click()
        }""",
        name,
    )

    expect(topic).to_have_attribute("open", "")


def test_paper_shows_all_and_the_screen_what_it_showed_before(
    page: Page, front: str
) -> None:
    page.goto(front)
    topics = page.locator("details.gg-topic")
    topics.nth(1).locator("summary").click()
    opened = "all => all.map(each => each.open)"
    before = page.locator("details").evaluate_all(opened)

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    on_paper = page.locator("details").evaluate_all(opened)
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert before.count(True) == 1
    assert all(on_paper)
    assert page.locator("details").evaluate_all(opened) == before
