"""`guidegen topics` lists the catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result

from guidegen.pack.load import load_pack

Guidegen = Callable[..., Result]

ANSWERS = (
    "format: 1\nlanguages: [en]\ntaboo_topics:\n"
    "  - financial-figures\n  - {id: mergers, why: Because.}\n"
    "  - {name: Ours, speakers: [press], why: a, dont: b, do: c}\n"
)


def test_every_topic_is_listed_with_its_level_and_sectors(guidegen: Guidegen) -> None:
    result = guidegen("topics")

    head, *rows, how = result.out.splitlines()
    catalogue = load_pack("dell").catalogue
    assert (result.code, result.err) == (0, "")
    assert head == "The taboo topics in the catalogue, with their ids on the left:"
    assert [row.split()[0] for row in rows] == list(catalogue)
    assert "  Business figures " in rows[0]
    levels = {
        key: spec.title.get("en") for key, spec in load_pack("dell").levels.items()
    }
    width = max(map(len, levels.values()))
    assert rows[0].endswith(
        f"  {levels['only']:<{width}}  all sectors except: "
        "Public administration, Education and research"
    )
    assert f"  {levels['ask']:<{width}}  all sectors\n" in result.out
    assert re.search(
        rf"  patients .*  {levels['never']} +Health and care\n", result.out
    )
    assert how == "To add a topic: “guidegen set taboo_topics+=ID”."


def test_it_speaks_german(guidegen: Guidegen) -> None:
    out = guidegen("topics", "--lang", "de").out

    assert out.startswith("Die Tabuthemen des Katalogs, links ihr Name:\n")
    assert "Wirtschaftliche Kennzahlen" in out
    assert "  Nie  " in out
    assert "alle Branchen" in out


@pytest.mark.parametrize("word", ["MERGER", "Fusion", "mergers"])
def test_a_word_is_looked_for_in_both_languages(word: str, guidegen: Guidegen) -> None:
    out = guidegen("topics", word).out

    assert "  mergers" in out
    assert "financial-figures" not in out


def test_a_word_without_a_topic_says_so(guidegen: Guidegen) -> None:
    result = guidegen("topics", "xyzzy")

    assert (result.code, result.out) == (
        0,
        "The catalogue has no topic for “xyzzy”.\n",
    )
    assert json.loads(guidegen("topics", "xyzzy", "--json").out) == []


def test_what_the_guideline_has_is_marked(guidegen: Guidegen, here: Path) -> None:
    (here / "acme").mkdir()
    (here / "acme/guideline.yml").write_text(ANSWERS, "utf-8")

    out = guidegen("topics", "-C", "acme").out
    data = json.loads(guidegen("topics", "-C", "acme", "--json").out)

    marked = [line.split()[1] for line in out.splitlines() if line.startswith("✓")]
    assert marked == ["financial-figures", "mergers"]
    assert "“guidegen set -C acme taboo_topics+=ID”" in out
    assert [each["id"] for each in data if each["chosen"]] == marked


def test_a_hospital_finds_its_own_topics_first_and_in_its_words(
    guidegen: Guidegen, here: Path
) -> None:
    answers = f"{ANSWERS}company: {{name: Klinikum, sector: health}}\n"
    (here / "guideline.yml").write_text(answers, "utf-8")

    data = json.loads(guidegen("topics", "--json").out)

    pack = load_pack("dell")
    first = pack.sector("health").topics
    assert [each["id"] for each in data][: len(first)] == [*first]
    assert {each["id"] for each in data} == {*pack.catalogue}
    own = {
        key: topic.overrides["health"].name.get("en")
        for key, topic in pack.catalogue.items()
        if "health" in topic.overrides and topic.overrides["health"].name
    }
    assert own
    assert {each["id"]: each["name"] for each in data if each["id"] in own} == own


def test_a_folder_that_is_named_must_have_a_guideline(guidegen: Guidegen) -> None:
    assert guidegen("topics", "-C", "gone").code == 1


def test_as_data_a_topic_has_its_texts(guidegen: Guidegen) -> None:
    first, *_ = json.loads(guidegen("topics", "--json").out)

    topic = load_pack("dell").catalogue["financial-figures"]
    assert first == {
        "id": topic.id,
        "name": topic.name.get("en"),
        "level": "only",
        "light": "red",
        "sectors": list(topic.sectors),
        "unsuited": list(topic.unsuited),
        "speakers": list(topic.speakers),
        "preselected": True,
        "preselected_for": [
            *("manufacturing", "software", "retail", "bank", "association", "other")
        ],
        "why": topic.why.get("en"),
        "dont": topic.dont.get("en"),
        "do": topic.do.get("en"),
        "chosen": False,
    }


def test_a_topic_that_there_is_not_points_to_the_list(
    guidegen: Guidegen, here: Path
) -> None:
    (here / "acme").mkdir()
    (here / "acme/guideline.yml").write_text(ANSWERS, "utf-8")

    result = guidegen("set", "-C", "acme", "taboo_topics+=xyzzy")

    assert result.code == 1
    assert result.err.startswith("error: taboo_topics.0: “xyzzy” is not possible here")
    assert result.err.endswith("…; “guidegen topics -C acme” lists them all\n")
