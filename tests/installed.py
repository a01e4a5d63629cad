"""guidegen as users install it: packages and a fresh environment, made once a run."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]


def run_away(
    *command: str | Path, cwd: Path, variables: Mapping[str, str] | None = None
) -> str:
    """Run a program that must succeed, away from the checkout's own packages."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONPATH"
    }
    done = subprocess.run(  # noqa: S603  # our own command lines
        command,
        cwd=cwd,
        env={**environment, **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build_packages(folder: Path) -> None:
    """Build the sdist and, from it, the wheel, as for a release."""
    build = (sys.executable, "-m", "hatchling", "build", "-d", folder, "-t")
    run_away(*build, "sdist", cwd=ROOT)
    [sdist] = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    [source] = (folder / "unpacked").iterdir()
    run_away(*build, "wheel", cwd=source)


def install(wheel: Path, folder: Path) -> None:
    """Install the wheel into a fresh environment, with the libraries that it names."""
    venv.create(folder, with_pip=True)
    pip = (scripts_of(folder) / "python", "-m", "pip", "install", "-qq")
    run_away(*pip, "--constraint", ROOT / "requirements/run.txt", wheel, cwd=folder)


def scripts_of(environment: Path) -> Path:
    """Return the folder of an environment's programs."""
    return environment / ("Scripts" if os.name == "nt" else "bin")


def once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """Return a folder that is made once in a run, also if several workers ask."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            folder.mkdir()
            make(folder)
    return folder
