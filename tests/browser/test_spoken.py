"""What a screen reader makes of the pages: Chromium's accessibility tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.slow

PAGES = [
    f"{folder}{name}.html"
    for folder in ("released/", "released/en/", "released/versions/1.0.0/")
    for name in ("index", "taboo-topics", "details", "contact", "acknowledgement")
] + ["released/changes.html", "draft/index.html"]


class Spoken(NamedTuple):
    """Something of the page that has a name."""

    role: str
    name: str
    level: int
    """Of a heading, else 0."""


def spoken(page: Page) -> list[Spoken]:
    """Return what is announced, in order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[Spoken] = []
    waiting = [nodes[0]["nodeId"]]
    while waiting:
        node = by_id[waiting.pop()]
        waiting += reversed([each for each in node["childIds"] if each in by_id])
        if node.get("ignored"):
            continue
        properties = {
            each["name"]: each["value"].get("value") for each in node["properties"]
        }
        found.append(
            Spoken(
                role=node["role"]["value"],
                name=" ".join(node.get("name", {}).get("value", "").split()),
                level=int(properties.get("level") or 0),
            )
        )
    return found


Heard = Callable[[str], dict[int, list[Spoken]]]
PHONE, DESKTOP = 390, 1280


@pytest.fixture(scope="module")
def known() -> dict[str, dict[int, list[Spoken]]]:
    """What the pages that were opened so far say, in each width."""
    return {}


@pytest.fixture
def heard(known: dict[str, dict[int, list[Spoken]]], tab: Page, sites: Path) -> Heard:
    """What a page says in each width; a page is opened once in a module."""

    def listen(name: str) -> dict[int, list[Spoken]]:
        if name not in known:
            tab.goto((sites / name).as_uri())
            found = {}
            for width in (DESKTOP, PHONE):
                tab.set_viewport_size({"width": width, "height": 844})
                found[width] = spoken(tab)
            known[name] = found
        return known[name]

    return listen


@pytest.mark.parametrize("name", PAGES)
def test_headings_start_at_one_and_leave_no_level_out(heard: Heard, name: str) -> None:
    levels = [each.level for each in heard(name)[PHONE] if each.role == "heading"]

    assert levels[0] == 1
    assert levels.count(1) == 1
    steps = [below - above for above, below in pairwise(levels)]
    assert max(steps) <= 1


@pytest.mark.parametrize("width", [390, 1280])
def test_rules_are_announced_with_their_numbers(
    tab: Page, sites: Path, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto((sites / "released/index.html").as_uri())

    names = [each.name for each in spoken(tab) if each.level == 2]

    numbered = [name for name in names if re.match(r"\d", name)]
    assert [name[:3] for name in numbered] == ["1. ", "2. ", "3. ", "4. ", "5. "]
    assert numbered[0] == "1. Schützen Sie Informationen"
    assert names[-1] == "Fragen?"


def test_levels_and_topics_are_announced_in_order(tab: Page, sites: Path) -> None:
    tab.goto((sites / "released/index.html").as_uri())

    heard = spoken(tab)
    levels = [each.name for each in heard if each.level == 3]
    topics = [each.name for each in heard if each.role == "DisclosureTriangle"]

    assert levels == tab.locator("h3.gg-level__name").all_inner_texts()
    assert 2 <= len(levels) <= 3
    expected = tab.locator(".gg-topic > summary").all_inner_texts()
    assert topics == [" ".join(text.split()) for text in expected]
    assert any(name.startswith("Windpark Baltic 3") for name in topics)
    # Each level is the name of its region, and so is each rule of its card.
    regions = [each.name for each in heard if each.role == "region"]
    assert set(levels) <= set(regions)


def test_small_print_is_announced_as_folded_on_a_phone(tab: Page, sites: Path) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto((sites / "released/index.html").as_uri())
    folds = tab.locator(".gg-fold")
    titles = folds.locator("h2").all_inner_texts()

    names = [each.name for each in spoken(tab) if each.role == "DisclosureTriangle"]

    assert len(titles) >= 2
    assert [f"Mehr: {title}" for title in titles] == names[-len(titles) :]


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_magic_sentence_is_read_once(tab: Page, sites: Path, folder: str) -> None:
    tab.goto((sites / "released" / folder / "index.html").as_uri())
    sentence = " ".join(tab.locator(".magic-sentence").inner_text().split())

    text = " ".join(tab.locator("main").inner_text().split())

    assert sentence
    assert text.count(sentence) == 1


def test_signs_are_silent(tab: Page, sites: Path) -> None:
    tab.goto((sites / "released/index.html").as_uri())

    pictures = [each for each in spoken(tab) if each.role in {"image", "img"}]

    # The company's logo is the only one that is named.
    assert [each.name for each in pictures if each.name] == ["Nordlicht Technik AG"]
    # And no lamp, tile or icon of the text is a picture at all.
    assert tab.locator("article svg, article img").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_landmarks(heard: Heard, name: str) -> None:
    roles = [each.role for each in heard(name)[DESKTOP]]

    for role in ("banner", "main", "contentinfo"):
        assert roles.count(role) == 1, role
    assert "navigation" in roles
