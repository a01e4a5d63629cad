"""The sample companies of `tests/scenarios/`, as projects and as answers."""

from __future__ import annotations

import shutil
from pathlib import Path

from guidegen.pipeline import Project

SCENARIOS = Path(__file__).parent / "scenarios"
NAMES = tuple(sorted(path.name for path in SCENARIOS.iterdir() if path.is_dir()))


def sample_project(name: str, folder: Path) -> Project:
    """Copy a sample company's answers into a folder and return the project."""
    shutil.copytree(
        SCENARIOS / name,
        folder,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("expected"),
    )
    return Project(folder)
