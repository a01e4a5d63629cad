"""What the proof shares: programs of others that read what guidegen writes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.installed import once

_LOCKED = Path(__file__).parent / "npm"


@pytest.fixture(scope="session")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the locked npm packages, which run nothing; return `node_modules`."""

    def install(folder: Path) -> None:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(_LOCKED / name, folder / name)
        command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        done = subprocess.run(  # noqa: S603  # our own command line
            command, cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return once(tmp_path_factory, "npm", install) / "node_modules"
