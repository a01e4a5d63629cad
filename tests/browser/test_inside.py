"""The page of what is said about the company, in a browser."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Request
from tests import axe
from tests.inside.samples import SUNDAY, follow, item
from tests.samples import sample_project

from guidegen.pipeline.build import Job, build_project

pytestmark = pytest.mark.slow

LONG = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
)


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with items of three languages; return its folder."""
    project = sample_project("manufacturer", tmp_path_factory.mktemp("inside") / "p")
    follow(
        project,
        item(0, date=SUNDAY, title="Neues Werk eröffnet", language="de"),
        item(1, title=f"{LONG} liefert <b>aus</b>", language="de"),
        item(2, title="Union wins award", language="en", source="Trade & Co"),
        item(9, title="إطلاق مصنع جديد في الشمال", language="ar"),
    )
    build_project(Job(project=project))
    return project.site


def _note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


ROUNDS: list[tuple[str, int, Literal["light", "dark"]]] = [
    ("inside", 320, "light"),
    ("inside", 1280, "dark"),
    ("en/inside", 390, "dark"),
    ("index", 320, "dark"),
]


def test_everybody_can_read_it(inside: Path, browser: Browser) -> None:
    for name, width, scheme in ROUNDS:
        page = browser.new_page(
            viewport={"width": width, "height": axe.HEIGHT}, color_scheme=scheme
        )
        asked: list[str] = []
        page.on("request", partial(_note, asked))
        page.goto(f"{inside.as_uri()}/{name}.html")

        assert axe.violations(page) == ""
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert all(url.startswith("file:") for url in asked)
        page.close()


def test_links_say_nothing_of_who_follows_them(inside: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{inside.as_uri()}/inside.html")
    links = page.locator(".gg-week a").all()

    assert len(links) == 4
    for link in links:
        assert link.get_attribute("rel") == "noopener noreferrer external"
        assert (link.get_attribute("href") or "").startswith("https://news.example/")
    assert page.locator(".gg-week [lang=en]").inner_text() == "Union wins award"
    assert page.locator(".gg-week [lang=de]").count() == 0
    page.close()


def test_the_switch_of_languages_stays_on_the_page(
    inside: Path, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"{inside.as_uri()}/inside.html")
    page.get_by_role("link", name="EN", exact=True).first.click()

    assert page.url.endswith("/en/inside.html")
    assert page.locator("h1").inner_text() == "What is said about us"
    page.close()
