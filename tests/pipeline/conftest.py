"""A sample company's project, built once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.quick_pdf import use_quick_pdf
from tests.samples import sample_project

from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project


@pytest.fixture(autouse=True)
def _own_cache(own_cache: None) -> None:
    """Build with a cache of the tests' own."""


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Project:
    project = sample_project("small", tmp_path_factory.mktemp("built"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache_home))
        build_project(Job(project=project))
    return project


@pytest.fixture
def built(
    _built_once: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """Return a project of its own that is built and current.

    What is built of it from then on has PDFs that nobody can read.
    """
    use_quick_pdf(monkeypatch)
    folder = tmp_path / "small"
    shutil.copytree(_built_once.folder, folder)
    return Project(folder)
