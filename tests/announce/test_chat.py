"""What goes to Teams, Slack and the intranet: within limits, and nothing but text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import markdown
import pytest
from tests.announce.kits import HOSTILE, SAMPLES, STEPS, hostile, kits

from guidegen.announce.files import kit_files
from guidegen.announce.inert import inert
from guidegen.announce.managers import managers_html, managers_markdown
from guidegen.announce.slack import slack_message
from guidegen.announce.teams import teams_card
from guidegen.announce.teaser import teaser_html
from guidegen.pack.find import builtin_packs

pytestmark = pytest.mark.slow  # reads all companies

DELL = (builtin_packs() / "dell",)
# docs.slack.dev, reference/block-kit: header, section, button, context, actions, text.
LIMITS = {"header": 150, "section": 3_000, "button": 75, "context": 2_000}
BLOCKS, ELEMENTS, URL, ACTION_ID = 50, 25, 3_000, 255
EVERYONE = re.compile(r"(?<![\w.+-])@\w|[@$]\{|<[!@#]")


def _within(value: Any, kind: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield each object of JSON with the type of what it is in."""
    if isinstance(value, dict):
        yield kind, value
        for each in value.values():
            yield from _within(each, value.get("type", kind))
    elif isinstance(value, list):
        for each in value:
            yield from _within(each, kind)


def _check_slack(message: dict[str, Any]) -> None:
    assert len(message["blocks"]) <= BLOCKS
    # The fallback is read as mrkdwn.
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", message["text"])
    for kind, each in _within(message["blocks"]):
        if each.get("type") == "plain_text":
            assert 1 <= len(each["text"]) <= LIMITS[kind]
            assert each["emoji"] is False
            assert not EVERYONE.search(each["text"])
        assert each.get("type") != "mrkdwn"
        if each.get("type") == "actions":
            assert len(each["elements"]) <= ELEMENTS
        if each.get("type") == "button":
            assert len(each["url"]) <= URL
            assert len(each["action_id"]) <= ACTION_ID


def _check_teams(card: dict[str, Any]) -> None:
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
    for _, each in _within(card["body"]):
        # Text blocks would read Markdown; runs do not.
        assert each["type"] in {"RichTextBlock", "TextRun"}
        assert not EVERYONE.search(each.get("text", ""))
    for action in card["actions"]:
        assert action["type"] == "Action.OpenUrl"
        assert action["url"].startswith("https://")


@pytest.mark.parametrize("step", STEPS)
def test_cards_and_messages_keep_to_the_limits(step: str) -> None:
    for name in SAMPLES:
        for kit in kits(name, step):
            _check_slack(slack_message(kit))
            _check_teams(teams_card(kit))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_answer_becomes_a_mention_or_a_formula(text: str) -> None:
    for step in ("first", "major"):
        kit = hostile(kits("listed", step)[0], text)
        _check_slack(slack_message(kit))
        _check_teams(teams_card(kit))
        for name in ("teams.json", "slack.json"):
            read = kit_files(kit, DELL)[name].decode()
            assert json.loads(read)
            assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f\0]", read)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_answer_becomes_an_element(text: str) -> None:
    plain, kit = (hostile(kits("listed", "major")[0], each) for each in ("Name", text))
    for made in (teaser_html, lambda one: managers_html(one, DELL)):
        tags = re.findall(r"</?\w+", made(kit))
        assert tags == re.findall(r"</?\w+", made(plain))
    rendered, usual = (
        re.findall(r"</?\w+", markdown.markdown(managers_markdown(each)))
        for each in (kit, plain)
    )
    assert rendered == usual


def test_addresses_of_mail_stay_as_they_are() -> None:
    assert inert("social@nordlicht.example") == "social@nordlicht.example"
    assert inert("@all") != "@all"
    assert inert("@all").replace("\u2060", "") == "@all"


def test_the_same_kit_gives_the_same_files() -> None:
    [kit] = kits("small")
    files = kit_files(kit, DELL)
    assert files == kit_files(kit, DELL)
    assert set(files) == {
        *("mail.html", "mail.txt", "mail.eml", "teams.json", "slack.json"),
        *("teaser.html", "teaser.txt", "faq.md", "faq.html"),
    }
    assert all(b"\r" not in text for name, text in files.items() if name != "mail.eml")
