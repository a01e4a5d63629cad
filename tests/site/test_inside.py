"""What is said about the company, as its people see it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from tests.archives import released
from tests.inside.samples import SUNDAY, item, many
from tests.site.test_feed_and_calendar import assert_valid

from guidegen.inside.addresses import article_address
from guidegen.inside.titles import plain_line
from guidegen.model.document import Document
from guidegen.model.inside import Item, ShownItems
from guidegen.site import Alive
from guidegen.site.configuration import configuration
from guidegen.site.inside import inside_feed, inside_page

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def documents(german: Document, english: Document) -> tuple[Document, ...]:
    return (released(german, "1.0.0"), released(english, "1.0.0"))


def _alive(*items: Item) -> Alive:
    changed = items[0].date if items else SUNDAY
    return Alive(inside=ShownItems(items=items, changed=changed))


def _page(document: Document, *items: Item) -> dict[str, Any]:
    return cast("dict[str, Any]", inside_page(document, _alive(*items)))


def test_items_are_grouped_by_week(documents: tuple[Document, ...]) -> None:
    days = [dt.date(2026, 11, day) for day in (29, 23, 22, 2)]
    items = [item(n, date=day) for n, day in enumerate(days)]
    german, english = (_page(each, *items) for each in documents)

    assert [(week["title"], len(week["items"])) for week in german["weeks"]] == [
        ("Woche vom 23. November 2026", 2),
        ("Woche vom 16. November 2026", 1),
        ("Woche vom 2. November 2026", 1),
    ]
    assert english["weeks"][0]["title"] == "Week of 23 November 2026"
    assert len({week["id"] for week in german["weeks"]}) == 3


def test_an_item_is_marked_where_it_is_in_another_language(
    documents: tuple[Document, ...],
) -> None:
    items = [
        item(n, language=code, date=SUNDAY)
        for n, code in enumerate(("de", "en-GB", "fr", None))
    ]
    german, english = (
        [
            (each["lang"], each["code"])
            for each in _page(document, *items)["weeks"][0]["items"]
        ]
        for document in documents
    )

    nothing = (None, None)
    assert german == [nothing, ("en-GB", "EN"), ("fr", "FR"), nothing]
    assert english == [("de", "DE"), nothing, ("fr", "FR"), nothing]


def test_without_news_there_is_no_page(documents: tuple[Document, ...]) -> None:
    german = documents[0]

    assert inside_page(german, Alive()) is None
    assert inside_feed(german, documents, Alive()) is None
    assert _page(german)["weeks"] == []
    assert _page(german)["empty"] == "Zurzeit gibt es nichts Neues."


def test_a_feed_is_valid(documents: tuple[Document, ...]) -> None:
    items = tuple(sorted(many(60), key=lambda each: each.date, reverse=True))
    for document in documents:
        root = assert_valid(inside_feed(document, documents, _alive(*items)) or "")

        assert len(root.findall(f"{ATOM}entry")) == 50
        entry = root.find(f"{ATOM}entry")
        assert entry.find(f"{ATOM}link").get("href") == items[0].url
        assert entry.findtext(f"{ATOM}title") == items[0].title


def test_an_empty_feed_is_valid_too(documents: tuple[Document, ...]) -> None:
    text = inside_feed(documents[0], documents, _alive()) or ""
    grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))

    assert grammar.validate(etree.fromstring(text.encode()))


def test_both_languages_call_an_item_the_same(documents: tuple[Document, ...]) -> None:
    alive = _alive(item(1), item(2))
    german, english = (
        assert_valid(inside_feed(each, documents, alive) or "") for each in documents
    )

    def ids(root: Any) -> list[str]:  # noqa: ANN401
        return [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]

    assert ids(german) == ids(english)
    assert german.findtext(f"{ATOM}id") != english.findtext(f"{ATOM}id")


@settings(max_examples=30)
@example("", "100%")
@given(st.text(max_size=60), st.text(max_size=40))
def test_whatever_a_headline_says_it_is_text(
    documents: tuple[Document, ...], title: str, path: str
) -> None:
    url = article_address(f"https://news.example/{path}")
    title = plain_line(f"<b onload='x'>&amp;{title}")
    found = item(1, title=title, url=url or "https://news.example/")
    shown = _page(documents[0], found)["weeks"][0]["items"][0]

    assert "<" not in shown["title"]
    assert set(shown["href"]).isdisjoint("<>\"'")
    assert_valid(inside_feed(documents[0], documents, _alive(found)) or "")


def test_the_navigation_names_the_page(documents: tuple[Document, ...]) -> None:
    settings = configuration(documents[0], documents, alive=_alive(item(1)))
    without = configuration(documents[0], documents)

    assert {"Im Gespräch": "inside.md"} in settings["nav"]
    assert {"Im Gespräch": "inside.md"} not in without["nav"]
    assert settings["extra"]["guidegen"]["inside_box"]["href"] == "inside.html"
    assert "inside.html" in settings["extra"]["guidegen"]["languages"][1]["pages"]


def test_the_front_page_shows_the_last_three(documents: tuple[Document, ...]) -> None:
    items = [item(n) for n in range(5)]
    box = configuration(documents[0], documents, alive=_alive(*items))["extra"][
        "guidegen"
    ]["inside_box"]

    assert [each["title"] for each in box["items"]] == [
        each.title for each in items[:3]
    ]
