"""What `inside:` of guideline.yml may say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guidegen.answers.data import answers_data
from guidegen.answers.json_schema import json_schema
from guidegen.answers.read import read_answers
from guidegen.errors import ProblemsError
from guidegen.model.inside import Feed, InsideAnswers
from guidegen.model.pack import Pack

BASE = """\
languages: [en]
company: {name: A, sector: other}
contacts:
  - {name: M, email: m@x.example}
taboo_topics: [strategy]
version: {owner: Jana, valid_from: 2026-12-01}
"""
FEED = "{{url: 'https://n.example/{0}.xml', label: News {0}}}"


def _inside(text: str) -> str:
    return f"{BASE}inside: {text}\n"


def test_all_that_it_may_say(write: Callable[[str | bytes], Path]) -> None:
    text = """
  days: 30
  approve: false
  feeds:
    - url: https://news.example/rss.xml
      label: The News
      language: en-GB
      keep: [Nordlicht, "Baltic 3"]
      block: [football]
    - {url: "https://b.example/atom", label: B}
"""
    answers, _ = read_answers(write(_inside(text)))

    assert answers.inside == InsideAnswers(
        feeds=(
            Feed(
                url="https://news.example/rss.xml",
                label="The News",
                language="en-GB",
                keep=("Nordlicht", "Baltic 3"),
                block=("football",),
            ),
            Feed(url="https://b.example/atom", label="B"),
        ),
        days=30,
        approve=False,
    )


def test_without_it_nobody_follows_anything(
    write: Callable[[str | bytes], Path],
) -> None:
    answers, _ = read_answers(write(BASE))

    assert answers.inside is None


def test_an_empty_one_is_for_what_is_added_by_hand(
    write: Callable[[str | bytes], Path],
) -> None:
    answers, _ = read_answers(write(_inside("")))

    assert answers.inside == InsideAnswers(feeds=(), days=90, approve=True)


def test_it_is_no_part_of_what_is_released(
    write: Callable[[str | bytes], Path],
) -> None:
    without, _ = read_answers(write(BASE))
    with_it, _ = read_answers(write(_inside(f"{{feeds: [{FEED.format(1)}]}}")))

    assert answers_data(with_it) == answers_data(without)


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("{days: 0}", "inside.days", "value-number-range"),
        ("{days: 367}", "inside.days", "value-number-range"),
        ("{approve: perhaps}", "inside.approve", "value-confirm"),
        ("{feeds: [{label: A}]}", "inside.feeds.0.url", "entry-missing"),
        (
            "{feeds: [{url: 'http://n.example/', label: A}]}",
            "inside.feeds.0.url",
            "inside-https",
        ),
        (
            "{feeds: [{url: 'https://u:p@n.example/', label: A}]}",
            "inside.feeds.0.url",
            "value-url-password",
        ),
        (
            "{feeds: [{url: 'https://n.example/', label: A, language: German}]}",
            "inside.feeds.0.language",
            "inside-language",
        ),
        (
            f"{{feeds: [{{url: 'https://n.example/', label: {'A' * 81}}}]}}",
            "inside.feeds.0.label",
            "value-too-long",
        ),
        (
            f"{{feeds: [{', '.join(FEED.format(n) for n in range(51))}]}}",
            "inside.feeds",
            "entry-too-many",
        ),
        (
            "{feeds: [{url: 'https://n.example/', label: A, keep: ["
            + ", ".join(f"w{n}" for n in range(51))
            + "]}]}",
            "inside.feeds.0.keep",
            "entry-too-many",
        ),
        (
            f"{{feeds: [{FEED.format(1)}, {FEED.format(1).replace('News', 'B')}]}}",
            "inside.feeds.1.url",
            "inside-feed-twice",
        ),
    ],
    ids=[
        *("no-days", "many-days", "approve", "no-url", "http", "password", "language"),
        *("label", "many-feeds", "many-words", "twice"),
    ],
)
def test_what_it_may_not_say(
    write: Callable[[str | bytes], Path], text: str, key: str, message: str
) -> None:
    with pytest.raises(ProblemsError) as raised:
        read_answers(write(_inside(text)))

    (problem,) = raised.value.problems
    assert (problem.values["key"], problem.message) == (key, message)
    assert problem.line


def test_editors_can_complete_it(pack: Pack) -> None:
    inside = json_schema(pack)["properties"]["inside"]["properties"]

    assert {*inside} == {"feeds", "days", "approve"}
    assert inside["days"] == {"type": "integer", "minimum": 1, "maximum": 366}
    assert inside["feeds"]["items"]["required"] == ["url", "label"]
