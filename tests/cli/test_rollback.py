from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.samples import sample_project

from guidegen.publish import last_publications

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Result

    from guidegen.pipeline import Project

    Guidegen = Callable[..., Result]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_cache")]

KINDS = {
    "folder": "kind: folder\n    path: www",
    "git": "kind: git\n    repository: pages.git",
}


@pytest.fixture(params=sorted(KINDS))
def project(here: Path, guidegen: Guidegen, request: pytest.FixtureRequest) -> Project:
    """Return a project that was published three times, by three owners."""
    git = ["git", "init", "--quiet", "--bare", str(here / "pages.git")]
    subprocess.run(git, check=True)  # noqa: S603  # our own
    project = sample_project("small", here)
    text = project.answers.read_text("utf-8")
    text += f"publish:\n  intranet:\n    {KINDS[request.param]}\n"
    for name in ("Anna", "Bert", "Cleo"):
        project.answers.write_text(text.replace("Svea Brandt", name), "utf-8")
        assert guidegen("publish", "--yes", "-q").code == 0
    return project


def _shown(project: Project) -> str:
    """Return who is named on the page that readers see."""
    if (project.folder / "www").exists():
        text = (project.folder / "www/current/index.html").read_text("utf-8")
    else:
        repository = str(project.folder / "pages.git")
        show = ["git", "-C", repository, "show", "gh-pages:index.html"]
        text = subprocess.run(  # noqa: S603  # our own
            show, check=True, capture_output=True, text=True
        ).stdout
    return next(name for name in ("Anna", "Bert", "Cleo") if name in text)


def test_each_rollback_goes_one_publication_further_back(
    guidegen: Guidegen, project: Project
) -> None:
    assert _shown(project) == "Cleo"

    first = guidegen("rollback")
    assert _shown(project) == "Bert"
    second = guidegen("rollback", "intranet", "--json")
    assert _shown(project) == "Anna"
    third = guidegen("rollback")
    assert _shown(project) == "Anna"

    assert first.code == 0, first.err
    assert first.out.splitlines()[-1].startswith(
        "Shown again: Draft of version 1.0.0 ("
    )
    data = json.loads(second.out)
    assert data["published"] is True
    assert data["restored"]
    assert third.code == 1
    assert "there is no such earlier publication" in third.err
    (publication,) = last_publications(project.folder)
    assert publication.when.isoformat() == data["when"]


def test_the_next_publication_brings_back_what_the_project_says(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen("rollback", "-q")
    assert _shown(project) == "Bert"

    guidegen("publish", "--yes")

    assert _shown(project) == "Cleo"


def test_a_dry_run_only_shows_the_plan(guidegen: Guidegen, project: Project) -> None:
    result = guidegen("rollback", "--dry-run")

    assert result.code == 0
    assert "    ~ index.html\n" in result.out
    assert result.out.endswith("Only the plan; nothing was changed.\n")
    assert _shown(project) == "Cleo"


def test_a_version_that_is_not_kept_is_an_error(
    guidegen: Guidegen, project: Project
) -> None:
    result = guidegen("rollback", "--to", "7.0.0")

    assert result.code == 1
    assert result.err.splitlines()[1] == "hint: kept are: 1.0.0"
    assert _shown(project) == "Cleo"


def test_one_publication_can_be_named_by_version_or_id(
    guidegen: Guidegen, project: Project
) -> None:
    by_version = json.loads(guidegen("rollback", "--to", "1.0.0", "--json").out)
    assert _shown(project) == "Bert"
    guidegen("rollback", "-q")
    assert _shown(project) == "Anna"

    by_id = guidegen("rollback", "--to", by_version["restored"])

    assert by_id.code == 0
    assert _shown(project) == "Bert"
