from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Guidegen

from guidegen.cli.localize import known_messages
from guidegen.cli.manual import GROUPS, pages, write_for_browser

DOCS = Path(__file__).parents[2] / "docs"


def test_all_pages_for_authors_are_listed(guidegen: Guidegen) -> None:
    result = guidegen("docs")

    assert (result.code, result.err) == (0, "")
    for group in GROUPS:
        for path in (DOCS / group).glob("*.md"):
            assert re.search(rf"^  {path.stem} +\S", result.out, re.MULTILINE)
    assert "architecture" not in result.out


def test_a_page_is_printed_as_it_is(guidegen: Guidegen) -> None:
    result = guidegen("docs", "exit-codes")

    assert (result.code, result.err) == (0, "")
    assert result.out == (DOCS / "reference/exit-codes.md").read_text("utf-8")


def test_german_readers_are_told_that_it_is_in_english(guidegen: Guidegen) -> None:
    result = guidegen("docs", "exit-codes", "--lang", "de")

    assert result.out.startswith("# Exit codes\n")
    assert result.err == "Das Handbuch gibt es nur auf Englisch.\n"


@pytest.mark.parametrize("typed", ["publsh", "../../etc/passwd", "how-to/publish"])
def test_an_unknown_page_is_wrong_usage(typed: str, guidegen: Guidegen) -> None:
    result = guidegen("docs", typed)

    assert (result.code, result.out) == (2, "")
    assert f"“{typed}” is no page of the manual" in result.err
    assert ("publish" in result.err.partition("hint:")[2]) == (
        typed != "../../etc/passwd"
    )


@pytest.mark.slow
@pytest.mark.usefixtures("own_cache")
def test_a_page_opens_in_the_browser(
    guidegen: Guidegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)

    result = guidegen("docs", "publish", "--open")

    assert result.code == 0
    [address] = opened
    assert address.startswith("file://")
    assert address.endswith("/publish.html")


class _Links(HTMLParser):
    """Collects where a page's links lead, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if found.get("id"):
            self.anchors.add(str(found["id"]))
        assert tag not in {"script", "img", "link"}


@pytest.mark.slow
def test_in_the_browser_no_link_is_broken(tmp_path: Path) -> None:
    write_for_browser("publish", tmp_path)

    written = {
        path.name: _Links(path.read_text("utf-8")) for path in tmp_path.iterdir()
    }
    assert written.keys() == {f"{topic}.html" for topic in pages()}
    for name, page in written.items():
        for link in page.links:
            path, _, anchor = link.partition("#")
            if "://" not in link:
                target = written[path or name]
                assert not anchor or anchor in target.anchors, (name, link)


def test_messages_name_pages_that_exist_and_no_path_of_a_checkout() -> None:
    named: set[str] = set()
    for message, texts in known_messages().items():
        for language, text in texts.texts:
            assert "docs/" not in text, (message, language)
            named |= set(re.findall(r"guidegen docs ([a-z-]+)", text))
    assert {"publish", "publish-remote"} <= named
    assert named <= pages().keys()
