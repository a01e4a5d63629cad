"""The arranged pages in the site: what a search finds, where links lead."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]
from tests.samples import SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.pipeline.working_copy import compose_documents
from guidegen.site import Look, build_site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sample company's site."""
    folder = tmp_path_factory.mktemp("site")
    answers, pack = read_answers(SCENARIOS / "manufacturer" / "guideline.yml")
    documents = compose_documents(answers, pack)
    look = Look(folders=tuple(each / "site" for each in pack.folders))
    build_site(documents, look=look, into=folder)
    return folder


def _article(page: Path) -> html.HtmlElement:
    [article] = html.fromstring(page.read_text("utf-8")).xpath("//article")
    return article


def _indexed(site: Path) -> list[dict[str, str]]:
    text = (site / "search" / "search_index.json").read_text("utf-8")
    entries: list[dict[str, str]] = json.loads(text)["docs"]
    return entries


def test_a_search_finds_every_text_of_a_topic_once(site: Path) -> None:
    found = "\n".join(each["text"] for each in _indexed(site))
    body = ".//div[@class='gg-topic__body']//*[self::p or self::span]"
    texts = {
        " ".join(each.itertext())
        for each in _article(site / "index.html").xpath(body)
        if not len(each)
    }

    assert len(texts) > 12
    assert [each for each in texts if found.count(escape(each, quote=False)) != 1] == []


def test_a_search_finds_each_section_by_its_heading(site: Path) -> None:
    places = {each["location"]: each for each in _indexed(site)}

    assert places["index.html#protect"]["title"].startswith("1. ")
    assert places["index.html#level-only"]["text"]
    [topic] = [
        each for each in places if each.startswith("taboo-topics.html#topic-fin")
    ]
    assert "gg-" not in json.dumps([*places.values()])
    assert places[topic]["text"]
    # What unfolds and the bar only repeat what stands below.
    contact = places["index.html#questions"]["text"]
    assert contact.count("Jonas Albers") == 1
    assert "Mehr: " not in json.dumps([*places.values()])


def test_links_of_a_page_of_topics_lead_there_from_the_guide(site: Path) -> None:
    article = _article(site / "index.html")

    links = article.xpath(".//a/@href")
    assert "taboo-topics.html" in links
    assert not [each for each in links if ".md" in each]
