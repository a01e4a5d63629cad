from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.model.project import Project

Guidegen = Callable[..., Result]


@pytest.fixture
def project(here: Path, own_cache: None, monkeypatch: pytest.MonkeyPatch) -> Project:  # noqa: ARG001
    monkeypatch.setenv("GUIDEGEN_TODAY", "2027-02-01")
    return sample_project("agency", here)


@pytest.mark.slow
def test_a_review_says_when_the_next_one_is_due(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    guidegen("release", "-y", "-q")
    monkeypatch.setenv("GUIDEGEN_TODAY", "2027-05-20")
    first = guidegen("review", "--by", "Sam  Lee", "--note", "Still right.")
    text = project.answers.read_text("utf-8")
    project.answers.write_text(
        text.replace("taboo_topics:\n", "taboo_topics:\n  - mergers\n"),
        encoding="utf-8",
    )
    second = guidegen("review", "--by", "Sam Lee")
    data = json.loads(guidegen("review", "--by", "Sam Lee", "--json").out)

    due = "20 November 2027"
    said = f"Reviewed: version 1.0.0, Sam Lee. The next review is due on {due}.\n"
    chain = "Checksum of the chain (write it down in another place):\n"
    assert (first.code, first.err) == (0, "")
    assert re.fullmatch(f"{re.escape(said + chain)}  [0-9a-f]{{64}}\n", first.out)
    assert second.out.startswith(said + chain)
    assert second.out.endswith(
        "\nThe review covers version 1.0.0, not your changes since.\n"
    )
    assert (data["by"], data["on"], data["note"]) == ("Sam Lee", "2027-05-20", None)
    assert data["next_review"] == "2027-11-20"
    reviews = json.loads((project.releases / "reviews.json").read_text("utf-8"))
    assert [review["note"] for review in reviews] == ["Still right.", None, None]


@pytest.mark.usefixtures("project")
def test_before_the_first_release_there_is_nothing_to_review(
    guidegen: Guidegen,
) -> None:
    result = guidegen("review", "--by", "Sam Lee")

    assert result == (
        1,
        "",
        (
            "error: there is no release to review yet\n"
            "hint: run “guidegen release” first\n"
        ),
    )


@pytest.mark.usefixtures("project")
def test_somebody_has_to_stand_up_for_a_review(guidegen: Guidegen) -> None:
    nobody = guidegen("review")
    empty = guidegen("review", "--by", " ", "--note", "\x00")

    assert nobody.code == empty.code == 1
    assert nobody.err.startswith("error: say who reviewed the guideline, ")
    assert [line.split(" ")[1] for line in empty.err.splitlines()] == [
        "--by:",
        "--note:",
    ]
