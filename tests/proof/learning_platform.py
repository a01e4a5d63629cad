"""Starts the learning platform of `lms.py`, and asks it what it has noted."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, Page
from tests.installed import run_away

_PROGRAM = Path(__file__).parent / "lms.py"
_PATIENCE = 120.0
PATIENCE_MS = 120_000
"""A platform is slow to answer while other tests run."""


@dataclass(frozen=True)
class Platform:
    """A platform that runs, with one course and one learner."""

    address: str
    told: dict[str, Any]
    """What it has read from the package."""
    python: Path
    folder: Path

    @property
    def lesson(self) -> str:
        """Where the course is played."""
        return f"{self.address}lms/scorm-lesson/{self.told['lesson']}/play/"

    def result(self) -> dict[str, Any]:
        """Return what its database says of the learner."""
        text = run_away(self.python, _PROGRAM, "result", cwd=self.folder)
        found: dict[str, Any] = json.loads(text)
        return found


@contextmanager
def platform_with(package: Path, python: Path, folder: Path) -> Iterator[Platform]:
    """Upload a package to a new platform, and run it."""
    folder.mkdir(exist_ok=True)
    told = json.loads(run_away(python, _PROGRAM, "prepare", package, cwd=folder))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(  # noqa: S603  # our own command line
            (python, _PROGRAM, "serve", str(port)), cwd=folder, stdout=log, stderr=log
        )
        try:
            _wait_for(f"{address}login/", folder / "log")
            yield Platform(address=address, told=told, python=python, folder=folder)
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            urlopen(address).close()  # noqa: S310  # our own server
        except URLError:
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        else:
            return


def enter(context: BrowserContext, platform: Platform) -> Page:
    """Log the learner in, and open the course."""
    page = context.new_page()
    lesson = platform.lesson.removeprefix(platform.address)
    page.goto(f"{platform.address}login/?next=/{lesson}")
    page.fill("[name=username]", "learner")
    page.fill("[name=password]", "learner")
    page.click("button")
    return page
