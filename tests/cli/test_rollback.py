from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.model.project import Project
from guidegen.pipeline.publish import PublishJob, publish_project
from guidegen.publish.last_publications import last_publications

Guidegen = Callable[..., Result]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_cache")]

KINDS = {
    "folder": "kind: folder\n    path: www",
    "git": "kind: git\n    repository: ../pages.git",
}


@pytest.fixture(scope="module", params=sorted(KINDS))
def published(
    tmp_path_factory: pytest.TempPathFactory,
    cache_home: Path,
    request: pytest.FixtureRequest,
) -> Path:
    """Return a project that was published three times, by three owners."""
    folder = tmp_path_factory.mktemp("published")
    git = ["git", "init", "--quiet", "--bare", str(folder / "pages.git")]
    subprocess.run(git, check=True)  # noqa: S603  # our own
    project = sample_project("small", folder / "project")
    text = project.answers.read_text("utf-8")
    text += f"publish:\n  intranet:\n    {KINDS[request.param]}\n"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache_home))
        environment.setenv("GUIDEGEN_PLACE", f"file://{folder}/pages.git")
        for day, name in enumerate(("Anna", "Bert", "Cleo"), 1):
            project.answers.write_text(text.replace("Svea Brandt", name), "utf-8")
            now = dt.datetime(2026, 12, day, tzinfo=dt.UTC)
            publish_project(PublishJob(project=project, now=now, agree=lambda _: True))
    return folder


@pytest.fixture
def project(here: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a copy of it."""
    shutil.copytree(published, here, symlinks=True, dirs_exist_ok=True)
    monkeypatch.chdir(here / "project")
    monkeypatch.setenv("GUIDEGEN_PLACE", f"file://{here}/pages.git")
    return Project(here / "project")


def _shown(project: Project) -> str:
    """Return who is named on the page that readers see."""
    if (project.folder / "www").exists():
        text = (project.folder / "www/current/index.html").read_text("utf-8")
    else:
        repository = str(project.folder.parent / "pages.git")
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
    assert "nothing earlier is kept at " in third.err
    (publication,) = last_publications(project)
    assert publication.when.isoformat() == data["when"]


def test_what_was_rolled_back_comes_again_only_on_purpose(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen("rollback", "-q")
    assert _shown(project) == "Bert"

    refused = guidegen("publish", "--yes")
    assert refused.code == 1
    assert refused.err.startswith("error: version 1.0.0, as you want to publish it, ")
    assert "readers now see version 1.0.0, published" in refused.err
    assert refused.err.splitlines()[1].endswith("--again shows the old one again")
    assert _shown(project) == "Bert"
    again = guidegen("publish", "--yes", "--again")
    later = guidegen("publish", "--yes")

    assert (again.code, later.code) == (0, 0)
    assert _shown(project) == "Cleo"


def test_what_was_mended_after_a_rollback_needs_no_consent(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen("rollback", "-q")
    text = project.answers.read_text("utf-8")
    project.answers.write_text(text.replace("Cleo", "Anna"), "utf-8")

    result = guidegen("publish", "--yes")

    assert result.code == 0, result.err
    assert _shown(project) == "Anna"


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
    assert result.err.startswith("error: version 7.0.0 is not kept at ")
    assert result.err.splitlines()[1].endswith("; choose from: 1.0.0")
    assert _shown(project) == "Cleo"


def test_where_nothing_is_kept_nothing_is_named(
    guidegen: Guidegen, project: Project
) -> None:
    shutil.rmtree(project.folder / "www", ignore_errors=True)
    shutil.rmtree(project.folder.parent / "pages.git/refs/heads")
    (project.folder.parent / "pages.git/refs/heads").mkdir()

    result = guidegen("rollback")

    assert result.code == 1
    assert result.err.startswith("error: nothing earlier is kept at ")
    assert "hint:" not in result.err


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
