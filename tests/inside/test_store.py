"""The files of items and feeds: readable, the same bytes each time, not believed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from tests.wording import text_of

from guidegen.errors import InsideError
from guidegen.inside.addresses import item_id
from guidegen.inside.store import (
    read_feed_states,
    read_items,
    write_feed_states,
    write_items,
)
from guidegen.model.inside import FeedState, Item, Items, ItemState
from guidegen.model.project import Project


def item(number: int = 1, **values: Any) -> Item:  # noqa: ANN401  # any field
    url = f"https://news.example/{number}"
    known = {
        "id": item_id(url),
        "state": ItemState.WAITING,
        "title": f"Nordlicht wins prize {number}",
        "source": "The News",
        "date": dt.date(2026, 11, 23),
        "url": url,
    }
    return Item(**{**known, **values})


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_what_was_written_is_read(project: Project) -> None:
    items = Items(
        items=(
            item(1, state=ItemState.APPROVED, language="en", guid="0" * 16),
            item(2, own=True, feed="https://news.example/rss"),
        ),
        gone={"a" * 16: dt.date(2026, 8, 1)},
    )
    write_items(project, items)

    read = read_items(project)
    assert {*read.items} == {*items.items}
    assert read.gone == items.gone


def test_the_order_of_items_changes_no_byte(project: Project) -> None:
    each = tuple(item(number) for number in range(20))
    write_items(project, Items(items=each))
    before = project.inside_items.read_bytes()
    write_items(project, Items(items=each[::-1]))

    assert project.inside_items.read_bytes() == before


def test_each_item_has_lines_of_its_own(project: Project) -> None:
    write_items(project, Items(items=(item(1), item(2))))

    lines = project.inside_items.read_text().splitlines()
    assert sum(line.strip().startswith('"title"') for line in lines) == 2


def test_without_a_file_there_is_nothing(project: Project) -> None:
    assert read_items(project) == Items()
    assert read_feed_states(project) == {}


def _refused(project: Project) -> InsideError:
    with pytest.raises(InsideError) as raised:
        read_items(project)
    return raised.value


def _with(project: Project, **values: object) -> None:
    """Write the file as somebody else might."""
    write_items(project, Items(items=(item(1),)))
    data = json.loads(project.inside_items.read_text())
    data["items"][0].update(values)
    project.inside_items.write_text(json.dumps(data))


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "https://news.example/1?utm_source=x"),
        ("url", "http://10.0.0.1/"),
        ("id", "0" * 10),
        ("title", "<b>\u202e"),
        ("title", ""),
        ("title", "x" * 201),
        ("source", "a\nb"),
        ("language", 'de" onload="x'),
        ("guid", "../x"),
    ],
)
def test_an_item_that_no_feed_could_bring_is_refused(
    project: Project, entry: str, value: str
) -> None:
    _with(project, **{entry: value})

    error = _refused(project)
    assert error.problem.message == "error-inside-item"
    assert (error.path, error.problem.values["entry"]) == (project.inside_items, entry)
    assert text_of(error)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"format": 2, "items": []}',
        '{"format": 1, "items": {}}',
        '{"format": 1, "items": [{}]}',
        '{"format": 1, "items": [], "gone": {"../x": "2026-01-01"}}',
        "[" * 100_000,
    ],
)
def test_a_broken_file_is_named(project: Project, text: str) -> None:
    project.inside.mkdir()
    project.inside_items.write_text(text)

    error = _refused(project)
    assert error.problem.message == "error-inside-broken"
    assert error.path == project.inside_items


def test_a_conflict_is_named_with_its_line(project: Project) -> None:
    write_items(project, Items(items=(item(1),)))
    text = project.inside_items.read_text().splitlines(keepends=True)
    project.inside_items.write_text("".join([*text[:3], "<<<<<<< HEAD\n", *text[3:]]))

    error = _refused(project)
    assert (error.problem.message, error.line) == ("error-inside-conflict", 4)


def test_a_file_of_gigabytes_is_not_read(project: Project) -> None:
    project.inside.mkdir()
    with project.inside_items.open("wb") as file:
        file.truncate(3 * 2**30)

    assert _refused(project).problem.message == "error-inside-large"


def test_what_is_known_of_feeds_is_read_again(project: Project) -> None:
    states = {
        "https://a.example/": FeedState(etag='"1"', modified="Mon, 23 Nov 2026"),
        "https://b.example/": FeedState(
            failing=dt.date(2026, 11, 1),
            gone=True,
            moved="https://c.example/",
            wait=dt.datetime(2026, 11, 30, tzinfo=dt.UTC),
        ),
    }
    write_feed_states(project, states)

    assert read_feed_states(project) == states


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< HEAD\n{}",
        "[]",
        '{"format": 1, "feeds": []}',
        '{"format": 1, "feeds": {"https://a.example/": {"etag": "a\\r\\nHost: b"}}}',
        '{"format": 1, "feeds": {"https://a.example/": {"wait": "2026-11-30"}}}',
    ],
)
def test_what_is_known_of_feeds_may_be_lost(project: Project, text: str) -> None:
    project.inside.mkdir()
    project.inside_feeds.write_text(text)

    assert read_feed_states(project) == {}
