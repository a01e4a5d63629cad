"""`guidegen inside` brings what is said about the company to its people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.inside.feed_server import (
    FeedServer,
    feed_server,
    of_tests,
    redirected,
    rss,
    rss_item,
    sent,
)

Guidegen = Callable[..., Result]

ANSWERS = """\
languages: [en]
company: {{name: Nordlicht, sector: other}}
contacts:
  - {{name: M, email: m@x.example}}
taboo_topics: [strategy]
version: {{owner: Jana, valid_from: 2026-12-01}}
inside:
  feeds:
    - {{url: "{0}", label: The News}}
    - {{url: "{1}", label: Others}}
"""


@pytest.fixture
def server(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    """Run a server whose feeds are those of the project in this folder."""
    monkeypatch.setenv("GUIDEGEN_TODAY", "2026-11-30")
    monkeypatch.setattr("guidegen.inside.fetch.Reach", of_tests)
    with feed_server() as running:
        urls = [running.url(path, scheme="https") for path in ("/news", "/others")]
        (here / "guideline.yml").write_text(ANSWERS.format(*urls), "utf-8")
        running.routes["/news"] = sent(rss(rss_item(1), rss_item(2)))
        yield running


def _ids(guidegen: Guidegen, state: str = "waiting") -> list[str]:
    data = json.loads(guidegen("inside", "list", "--json").out)
    return [each["id"] for each in data[state]]


def test_a_fetch_says_what_came_and_what_did_not(
    server: FeedServer, guidegen: Guidegen
) -> None:
    assert server.routes
    result = guidegen("inside", "fetch")

    assert result.code == 0
    assert result.out.splitlines() == [
        "✓ The News: new: 2",
        "✗ Others: the server answers with HTTP 404",
        "Waiting: 2 (“guidegen inside approve” asks about them)",
    ]


@pytest.mark.slow
def test_it_speaks_german(server: FeedServer, guidegen: Guidegen) -> None:
    server.routes["/others"] = sent("<html>")
    out = guidegen("inside", "fetch", "--lang", "de").out

    assert "✓ The News: neu: 2" in out
    assert "das ist eine Webseite, kein Feed" in out


@pytest.mark.usefixtures("server")
def test_for_programs_it_is_data(guidegen: Guidegen) -> None:
    result = guidegen("inside", "fetch", "--json")

    data = json.loads(result.out)
    assert (result.code, data["new"], data["waiting"]) == (0, 2, 2)
    assert data["feeds"][1]["problem"]["id"] == "inside-status"
    assert data["feeds"][1]["line"] == 10


@pytest.mark.slow
@pytest.mark.usefixtures("server")
def test_for_cron_it_is_silent(guidegen: Guidegen) -> None:
    assert guidegen("inside", "fetch", "--quiet") == Result(0, "", "")


@pytest.mark.slow
def test_who_has_moved_is_named_with_the_line(
    server: FeedServer, guidegen: Guidegen
) -> None:
    new = server.url("/new", scheme="https")
    server.routes |= {"/news": redirected(new, 308), "/new": sent(rss())}
    out = guidegen("inside", "fetch").out

    assert f"The feed has moved to {new}; change the address" in out
    assert "guideline.yml, line 9." in out


@pytest.mark.slow
def test_a_feed_steers_no_terminal(server: FeedServer, guidegen: Guidegen) -> None:
    title = "\x9b31mred &#27;[2J\u202e::add-mask::x"
    server.routes["/news"] = sent(rss(rss_item(1, title=title)))
    guidegen("inside", "fetch")
    out = guidegen("inside", "list").out

    assert "\x1b[2J" not in out
    assert "\u202e" not in out


@pytest.mark.usefixtures("server")
def test_items_are_listed_approved_and_hidden(guidegen: Guidegen) -> None:
    assert "No items yet" in guidegen("inside", "list").out
    guidegen("inside", "fetch")
    first, second = _ids(guidegen)
    approved = guidegen("inside", "approve", first[:5])
    hidden = guidegen("inside", "hide", second)

    assert "Approved: 1\n" in approved.out
    assert "Hidden: 1\n" in hidden.out
    one, line, two, other = guidegen("inside", "list").out.splitlines()
    assert (one, two) == ("Approved: 1", "Hidden: 1")
    assert line.startswith(f"  {first}  2026-11-23  The News: Nordlicht opens plant ")
    assert other.startswith(f"  {second}  ")
    assert line.endswith(" [en]")
    assert (_ids(guidegen, "approved"), _ids(guidegen, "hidden")) == ([first], [second])


@pytest.mark.usefixtures("server")
def test_an_item_is_added_by_hand(guidegen: Guidegen) -> None:
    result = guidegen(
        *("inside", "add", "https://blog.example/1", "--title", "Über uns"),
        *("--source", "A blog", "--date", "2026-11-02", "--language", "de", "--json"),
    )

    data = json.loads(result.out)
    assert data["title"] == "Über uns"
    assert (data["source"], data["date"]) == ("A blog", "2026-11-02")
    assert _ids(guidegen, "approved") == [data["id"]]


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["fetch", "x"], "x"),
        (["list", "--title", "x"], "--title: this option is only for: approve, add"),
        (["approve", "--date", "2026-11-02"], "--date: this option is only for: add"),
        (["hide"], "ID"),
        (["add", "https://x.example/"], "--title"),
        (["add", "--title", "x"], "URL"),
        (["add", "https://x.example/", "y", "--title", "x"], "y"),
        (
            ["add", "https://x.example/", "--title", "x", "--language", "German"],
            "de-AT",
        ),
        (["fetsh"], "fetch"),
    ],
)
def test_wrong_usage_is_explained(
    arguments: list[str], text: str, guidegen: Guidegen
) -> None:
    result = guidegen("inside", *arguments)

    assert (result.code, result.out) == (2, "")
    assert text in result.err


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    "arguments",
    [["approve"], ["fetch", "--approve"], ["approve", "--json"]],
    ids=" ".join,
)
def test_nobody_is_asked_without_a_terminal(
    arguments: list[str], guidegen: Guidegen
) -> None:
    result = guidegen("inside", *arguments)

    assert (result.code, result.out) == (1, "")
    assert "there is no terminal to ask in" in result.err
    assert "“guidegen inside list” shows them" in result.err


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that types lines into the terminal."""

    def type_lines(*lines: str) -> None:
        monkeypatch.setattr("guidegen.cli.inside.is_terminal", lambda: True)
        rest = iter(lines)

        def read(prompt: str) -> str:
            del prompt
            try:
                return next(rest)
            except StopIteration:
                raise KeyboardInterrupt from None

        monkeypatch.setattr("guidegen.cli.dialogs._read_line", read)

    return type_lines


def test_somebody_decides_line_by_line(
    server: FeedServer, guidegen: Guidegen, typed: Callable[..., None]
) -> None:
    assert server.routes
    typed("2", "1")
    result = guidegen("inside", "fetch", "--approve", "--plain")

    assert result.code == 0
    assert "Do not approve a headline that names a private person" in result.out
    assert "Approved: 1, hidden: 1" in result.out
    assert len(_ids(guidegen, "approved")) == len(_ids(guidegen, "hidden")) == 1
    assert "Nothing is waiting." in guidegen("inside", "approve", "--plain").out


@pytest.mark.slow
@pytest.mark.usefixtures("server")
def test_what_is_not_ticked_may_wait(
    guidegen: Guidegen, typed: Callable[..., None]
) -> None:
    guidegen("inside", "fetch")
    typed("1", "2")
    guidegen("inside", "approve", "--plain")

    assert len(_ids(guidegen)) == 1


@pytest.mark.slow
def test_what_was_decided_before_somebody_stops_is_kept(
    server: FeedServer, guidegen: Guidegen, typed: Callable[..., None]
) -> None:
    server.routes["/news"] = sent(rss(*map(rss_item, range(20))))
    guidegen("inside", "fetch")
    typed("1, 2, 3", "1")
    result = guidegen("inside", "approve", "--plain")

    assert result.code == 130
    assert "Approved: 3, hidden: 12" in result.out
    assert len(_ids(guidegen)) == 5


def test_status_names_a_feed_that_has_been_dead_for_a_week(
    server: FeedServer, guidegen: Guidegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    guidegen("inside", "fetch")
    assert "Feed" not in guidegen("status").err
    monkeypatch.setenv("GUIDEGEN_TODAY", "2026-12-07")
    result = guidegen("status")

    url = server.url("/others", scheme="https")
    assert result.code == 0
    assert (
        f"guideline.yml:10: the feed {url} has not been readable since 30 November 2026"
        in result.err
    )
    (dead,) = json.loads(guidegen("status", "--json").out)["dead_feeds"]
    assert (dead["url"], dead["line"]) == (url, 10)


@pytest.mark.usefixtures("server")
def test_no_link_leads_out_of_the_project(guidegen: Guidegen, here: Path) -> None:
    (here / "elsewhere").mkdir()
    (here / "inside").symlink_to(here / "elsewhere")
    result = guidegen("inside", "fetch")

    assert result.code == 1
    assert not list((here / "elsewhere").iterdir())
