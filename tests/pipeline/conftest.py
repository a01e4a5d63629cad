"""A sample company's project, built once and copied for each test."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.samples import sample_project

from guidegen.pipeline import Job, Project, build_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what builds keep between runs away from the user's own cache."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = sample_project("small", tmp_path_factory.mktemp("built"))
    build_project(Job(project=project))
    return project


@pytest.fixture
def built(_built_once: Project, tmp_path: Path) -> Project:
    """Return a project of its own that is built and current."""
    folder = tmp_path / "small"
    shutil.copytree(_built_once.folder, folder)
    return Project(folder)
