"""What the proof shares: programs of others that read what guidegen writes."""

from __future__ import annotations

import shutil
import subprocess
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import chromium
from tests.installed import once, run_away, scripts_of

_LOCKED = Path(__file__).parent / "npm"
_PLATFORM = Path(__file__).parent / "lms.txt"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, let go with each module."""
    with chromium() as found:
        yield found


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


@pytest.fixture(scope="session")
def lms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install a learning platform into an environment of its own; return its Python."""

    def install(folder: Path) -> None:
        venv.create(folder, with_pip=True)
        pip = (scripts_of(folder) / "python", "-m", "pip", "install", "-qq")
        run_away(*pip, "--no-deps", "--requirement", _PLATFORM, cwd=folder)

    return scripts_of(once(tmp_path_factory, "lms", install)) / "python"
