"""`guidegen set`: one value, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.answers.conftest import ANSWERS
from tests.cli.conftest import Result

Guidegen = Callable[..., Result]


@pytest.fixture
def answers(here: Path) -> Path:
    """Return a project's answers."""
    path = here / "guideline.yml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


def test_a_value_is_changed(guidegen: Guidegen, answers: Path) -> None:
    result = guidegen("set", "version.owner=Al", "taboo_topics-=strategy")

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(
        "Changed: version.owner, taboo_topics. “guidegen build”"
    )
    assert answers.read_text(encoding="utf-8") == ANSWERS.replace(
        "Jana Petersen", "Al"
    ).replace("  - id: strategy\n    speakers: [management]\n", "")


def test_what_is_there_already_is_said(guidegen: Guidegen, answers: Path) -> None:
    result = guidegen("set", "version.owner=Jana Petersen", "--folder", ".")

    assert result.out == "Nothing changed: that is already there.\n"
    assert answers.read_text(encoding="utf-8") == ANSWERS


def test_a_wrong_value_changes_nothing(guidegen: Guidegen, answers: Path) -> None:
    result = guidegen("set", "version.owner=Al", "contacts.0.email=x")

    assert result.code == 1
    assert result.err.startswith("error: contacts.0.email: “x” is not an email")
    assert answers.read_text(encoding="utf-8") == ANSWERS


def test_a_wrong_value_in_the_file_can_be_mended(
    guidegen: Guidegen, answers: Path
) -> None:
    answers.write_text(ANSWERS.replace("2026-12-01", "soon"), encoding="utf-8")

    assert guidegen("set", "version.valid_from=2026-12-01").code == 0

    assert answers.read_text(encoding="utf-8") == ANSWERS


def test_without_a_project_it_says_so(guidegen: Guidegen) -> None:
    result = guidegen("set", "a=b")

    assert result.code == 1
    assert "there is no guideline.yml here" in result.err
