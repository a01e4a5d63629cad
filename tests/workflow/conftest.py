from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return the folder of a git repository with a guideline in `docs/guideline`."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs/guideline").mkdir(parents=True)
    return tmp_path
