"""`guidegen set`: one value, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.answers.conftest import ANSWERS
from tests.cli.conftest import Result
from tests.test_released_before import released_project

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


def test_a_topic_is_changed_by_its_name(guidegen: Guidegen, answers: Path) -> None:
    result = guidegen(
        "set",
        "taboo_topics.strategy.speakers=press",
        "taboo_topics.financial-figures.level=ask",
    )

    assert (result.code, result.err) == (0, "")
    assert answers.read_text(encoding="utf-8") == ANSWERS.replace(
        "speakers: [management]", "speakers: press"
    ).replace(
        "  - financial-figures            # the first\n",
        "  - id: financial-figures\n    level: ask\n",
    )


def test_a_role_that_nobody_knows_changes_nothing(
    guidegen: Guidegen, answers: Path
) -> None:
    result = guidegen("set", "company.speaker=managment", "--lang", "en")

    assert result.code == 1
    assert "“managment” is not a role; did you mean “management”?" in result.err
    assert answers.read_text(encoding="utf-8") == ANSWERS


def test_what_the_projects_texts_cannot_say_points_to_the_upgrade(
    guidegen: Guidegen, here: Path
) -> None:
    project = released_project("hospital", here / "clinic")
    before = (project / "guideline.yml").read_bytes()

    for setting in (
        "taboo_topics.patients.level=never",
        "company.seat=AT",
        "company.listed=true",
        "company.sector=education",
        "sections=crisis",
        "links.about_us=https://klinik.example",
    ):
        result = guidegen("set", setting, "-C", "clinic", "--lang", "en")

        assert result.code == 1
        assert "the texts of this project cannot say this yet" in result.err, setting
        assert "“guidegen upgrade -C clinic” fetches" in result.err

    wrong = guidegen("set", "company.sector=hospital", "-C", "clinic", "--lang", "en")
    assert "“hospital” is not possible here" in wrong.err
    assert (project / "guideline.yml").read_bytes() == before


@pytest.mark.slow
def test_a_new_key_written_by_hand_points_to_the_upgrade_and_is_kept_by_it(
    guidegen: Guidegen, here: Path
) -> None:
    project = released_project("craft", here / "craft")
    shutil.rmtree(project / "sections")  # wording of its own would have to be merged
    path = project / "guideline.yml"
    path.write_text(path.read_text("utf-8") + "sections: [crisis]\n", "utf-8")

    refused = guidegen("build", "-C", "craft", "--lang", "en")
    upgraded = guidegen("upgrade", "-C", "craft", "--lang", "en", "--yes")

    assert refused.code == 1
    assert "sections: the texts of this project cannot say this yet" in refused.err
    assert upgraded.code == 0, upgraded.err
    assert path.read_text("utf-8").endswith("sections: [crisis]\n")
