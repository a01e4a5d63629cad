from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return the folder of a git repository with a guideline in `docs/guideline`."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs/guideline").mkdir(parents=True)
    return tmp_path
