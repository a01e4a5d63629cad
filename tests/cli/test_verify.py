from __future__ import annotations

import json
import shutil
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
def test_what_is_not_as_it_was_released_is_named(
    guidegen: Guidegen, project: Project
) -> None:
    before = guidegen("verify")
    guidegen("release", "-y", "-q")
    good = guidegen("verify")
    quiet = guidegen("verify", "-q")
    (project.releases / "1.0.0" / "en" / "index.md").unlink()
    (project.releases / "1.0.0" / "note.txt").touch()
    bad = guidegen("verify")
    data = json.loads(guidegen("verify", "--json").out)

    assert before == (
        0,
        "Nothing has been released yet, so there is nothing to check.\n",
        "",
    )
    assert (good.code, good.err) == (0, "")
    assert good.out.startswith("Everything is unchanged. Releases: 1, reviews: 0.\n")
    assert quiet == (0, "", "")
    assert bad.code == 1
    assert "releases/1.0.0/note.txt: was added after the release" in bad.out
    assert "releases/1.0.0/en/index.md: is missing\n" in bad.out
    assert bad.err.startswith("Differences: 2. ")
    assert data["unchanged"] is False
    assert [each["id"] for each in data["differences"]] == [
        "verify-added",
        "verify-missing",
    ]


@pytest.mark.slow
def test_while_something_differs_nothing_is_released_or_reviewed(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen("release", "-y", "-q")
    shutil.rmtree(project.releases / "1.0.0" / "en")

    release = guidegen("release", "-y", "--note", "x")
    review = guidegen("review", "--by", "Sam Lee")
    build = guidegen("build", "--force")

    for result in (release, review):
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith(
            "error: releases: as long as anything here differs from what was "
        )
        assert "error: releases/1.0.0/en/index.html: is missing\n" in result.err
    assert build.code in {0, 1}
    assert build.code == 0 or "releases/1.0.0" in build.err
