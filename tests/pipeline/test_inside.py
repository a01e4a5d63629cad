"""From feeds to what readers see: fetched, decided about, added, remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.inside.feed_server import (
    FeedServer,
    feed_server,
    of_tests,
    redirected,
    rss,
    rss_item,
    sent,
)

from guidegen.errors import InsideError
from guidegen.inside.store import read_feed_states, read_items
from guidegen.model.inside import Item, ItemState
from guidegen.model.project import Project
from guidegen.pipeline.inside import (
    Added,
    FetchJob,
    FetchReport,
    add_item,
    dead_feeds,
    decide,
    fetch_inside,
)

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ANSWERS = """\
languages: [en]
company: {{name: Nordlicht, sector: other}}
contacts:
  - {{name: M, email: m@x.example}}
taboo_topics: [strategy]
version: {{owner: Jana, valid_from: 2026-12-01}}
inside:
{inside}"""


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_server() as running:
        yield running


@pytest.fixture
def project(tmp_path: Path, server: FeedServer) -> Project:
    project = Project(tmp_path)
    _answer(project, server, "/feed")
    return project


def _answer(
    project: Project, server: FeedServer, *paths: str, more: str = "", words: str = ""
) -> None:
    feeds = "".join(
        f"    - url: {server.url(path, scheme='https')}\n      label: N{path}\n{words}"
        for path in paths
    )
    text = ANSWERS.format(inside=f"{more}  feeds:\n{feeds}")
    project.answers.write_text(text, "utf-8")


def _fetched(project: Project, now: dt.datetime = NOW) -> FetchReport:
    return fetch_inside(FetchJob(project=project, now=now, reach=of_tests()))


def _items(project: Project) -> dict[str, Item]:
    return {each.title: each for each in read_items(project).items}


def test_what_is_fetched_waits_until_somebody_decides(
    project: Project, server: FeedServer
) -> None:
    server.routes["/feed"] = sent(rss(rss_item(1), rss_item(2)))
    report = _fetched(project)

    assert report.new == 2
    first, second = read_items(project).items
    decide(project, [first.id[:5]], ItemState.APPROVED)
    decide(project, [second.id], ItemState.HIDDEN)
    assert [each.state for each in read_items(project).items] == [
        ItemState.APPROVED,
        ItemState.HIDDEN,
    ]
    # And it stays as it was decided.
    server.routes["/feed"] = sent(rss(rss_item(1), rss_item(2), rss_item(3)))
    assert _fetched(project).new == 1


@pytest.mark.slow
def test_a_second_fetch_changes_no_byte(project: Project, server: FeedServer) -> None:
    server.routes["/feed"] = sent(rss(rss_item(1)), ETag='"1"')
    _fetched(project)
    before = project.inside_items.read_bytes(), project.inside_feeds.read_bytes()
    server.routes["/feed"] = sent(b"", status=304)
    report = _fetched(project, NOW + DAY)

    assert (report.new, report.feeds[0].problem) == (0, None)
    assert before == (
        project.inside_items.read_bytes(),
        project.inside_feeds.read_bytes(),
    )
    assert server.asked[1][1]["If-None-Match"] == '"1"'


@pytest.mark.slow
def test_with_other_words_a_feed_is_read_as_a_whole(
    project: Project, server: FeedServer
) -> None:
    server.routes["/feed"] = sent(rss(rss_item(1)), ETag='"1"')
    _fetched(project)
    _answer(project, server, "/feed", words="      block: [plant]\n")
    report = _fetched(project)

    assert "If-None-Match" not in server.asked[1][1]
    assert report.dropped == 1
    assert report.items.items == ()


@pytest.mark.slow
def test_a_dead_feed_costs_the_others_nothing(
    project: Project, server: FeedServer
) -> None:
    _answer(project, server, "/dead", "/html", "/feed")
    server.routes |= {"/feed": sent(rss(rss_item(1))), "/html": sent("<html>")}
    dead, html, good = _fetched(project).feeds

    assert dead.problem
    assert (dead.problem.message, dead.line) == ("inside-status", 9)
    assert html.problem
    assert html.problem.message == "inside-html"
    assert good.count
    assert good.count.new == 1


@pytest.mark.slow
def test_a_feed_that_has_been_dead_for_a_week_is_named(
    project: Project, server: FeedServer
) -> None:
    for day in range(8):
        _fetched(project, NOW + day * DAY)
        notes = dead_feeds(project, (NOW + day * DAY).date())
        assert bool(notes) is (day == 7)

    assert (notes[0].message, notes[0].line) == ("inside-status-dead", 9)
    assert notes[0].values["day"] == NOW.date()
    server.routes["/feed"] = sent(rss())
    _fetched(project, NOW + 8 * DAY)
    assert dead_feeds(project, (NOW + 8 * DAY).date()) == ()


def test_a_feed_that_is_gone_is_named_at_once(
    project: Project, server: FeedServer
) -> None:
    server.routes["/feed"] = sent(b"", status=410)
    _fetched(project)

    (note,) = dead_feeds(project, NOW.date())
    assert note.message == "inside-status-gone"


def test_who_wants_to_be_left_alone_is(project: Project, server: FeedServer) -> None:
    server.routes["/feed"] = sent(b"", status=503, Retry_After="7200")
    _fetched(project)
    (feed,) = _fetched(project, NOW + dt.timedelta(hours=1)).feeds

    assert len(server.asked) == 1
    assert feed.problem
    assert feed.problem.message == "inside-waits"
    _fetched(project, NOW + dt.timedelta(hours=3))
    assert len(server.asked) == 2


def test_a_feed_that_has_moved_says_where(project: Project, server: FeedServer) -> None:
    new = server.url("/new", scheme="https")
    server.routes |= {"/feed": redirected(new, 301), "/new": sent(rss(rss_item(1)))}
    (feed,) = _fetched(project).feeds

    assert (feed.moved, feed.line) == (new, 9)
    assert read_feed_states(project)[feed.feed.url].moved == new


@pytest.mark.slow
def test_without_approval_what_comes_is_shown(
    project: Project, server: FeedServer
) -> None:
    _answer(project, server, "/feed", more="  approve: false\n")
    server.routes["/feed"] = sent(rss(rss_item(1)))
    _fetched(project)

    (found,) = read_items(project).items
    assert found.state is ItemState.APPROVED


@pytest.mark.slow
def test_what_is_hidden_stays_so_when_it_has_aged(
    project: Project, server: FeedServer
) -> None:
    # Without a day, an entry looks new for ever.
    undated = rss(rss_item(1).replace("<pubDate>", "<x>").replace("</pubDate>", "</x>"))
    server.routes["/feed"] = sent(undated)
    _fetched(project)
    decide(project, ["all"], ItemState.HIDDEN)
    report = _fetched(project, NOW + 91 * DAY)

    assert (report.aged, report.new, report.items.items) == (1, 0, ())
    assert "Nordlicht" not in project.inside_items.read_text("utf-8")
    assert _fetched(project, NOW + 92 * DAY).new == 0


@pytest.mark.slow
def test_all_means_all_that_wait(project: Project, server: FeedServer) -> None:
    server.routes["/feed"] = sent(rss(*map(rss_item, range(4))))
    _fetched(project)
    first = read_items(project).items[0]
    decide(project, [first.id], ItemState.HIDDEN)
    decided = decide(project, ["all"], ItemState.APPROVED)

    assert (len(decided.changed), decided.waiting) == (3, 0)
    assert _items(project)[first.title].state is ItemState.HIDDEN


@pytest.mark.slow
def test_a_line_of_one_s_own_takes_the_headline_s_place(
    project: Project, server: FeedServer
) -> None:
    server.routes["/feed"] = sent(rss(rss_item(1), rss_item(2)))
    _fetched(project)
    first, second = read_items(project).items
    decide(project, [first.id], ItemState.APPROVED, title=" Our\nplant ")

    assert _items(project)["Our plant"].own
    with pytest.raises(InsideError) as raised:
        decide(project, [first.id, second.id], ItemState.APPROVED, title="x")
    assert raised.value.problem.message == "error-inside-title-one"
    with pytest.raises(InsideError) as raised:
        decide(project, [first.id], ItemState.APPROVED, title="\u200b")
    assert raised.value.problem.message == "error-inside-title"


@pytest.mark.parametrize("wanted", ["", "zzzz", "../x", "123"])
def test_an_item_that_nobody_knows(project: Project, wanted: str) -> None:
    with pytest.raises(InsideError) as raised:
        decide(project, [wanted], ItemState.APPROVED)

    assert raised.value.problem.message == "error-inside-unknown"


def test_what_is_added_by_hand_is_shown(project: Project) -> None:
    wish = Added(
        url="https://www.blog.example/x?utm_source=a",
        title="A blog on <Nordlicht>",
        date=dt.date(2031, 1, 1),
    )
    found = add_item(project, wish, NOW.date())

    assert read_items(project).items == (found,)
    assert (found.title, found.source) == ("A blog on <Nordlicht>", "blog.example")
    assert (found.state, found.date) == (ItemState.APPROVED, NOW.date())
    with pytest.raises(InsideError) as raised:
        add_item(project, wish, NOW.date())
    assert raised.value.problem.message == "error-inside-there"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://localhost/", "x", "http://10.0.0.1/"]
)
def test_nobody_is_sent_to_a_strange_address(project: Project, url: str) -> None:
    with pytest.raises(InsideError) as raised:
        add_item(project, Added(url=url, title="t"), NOW.date())

    assert raised.value.problem.message == "error-inside-address"


def test_who_has_no_feeds_is_told_how_to_begin(project: Project) -> None:
    text = project.answers.read_text("utf-8").partition("inside:")[0]
    project.answers.write_text(text, "utf-8")

    with pytest.raises(InsideError) as raised:
        _fetched(project)
    assert raised.value.problem.message == "error-inside-none"


def test_nothing_is_fetched_into_a_broken_file(
    project: Project, server: FeedServer
) -> None:
    project.inside.mkdir()
    project.inside_items.write_text("<<<<<<< HEAD\n", "utf-8")

    with pytest.raises(InsideError):
        _fetched(project)
    assert server.asked == []
    assert project.inside_items.read_text("utf-8") == "<<<<<<< HEAD\n"
