"""A sample company's site, built by the whole pipeline, in a real browser."""

from __future__ import annotations

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from guidegen.pipeline import Job, Project, build_project

if TYPE_CHECKING:
    from collections.abc import Iterator

SCENARIO = Path(__file__).parents[1] / "scenarios" / "listed"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
PREFIX = "/intranet/rules/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site in German (Sie) and English, PDFs included."""
    folder = tmp_path_factory.mktemp("listed") / "project"
    shutil.copytree(SCENARIO, folder, ignore=shutil.ignore_patterns("expected"))
    return build_project(Job(project=Project(folder))).site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: where `GUIDEGEN_CHROMIUM` says, else from the PATH."""
    found = [os.environ.get("GUIDEGEN_CHROMIUM"), *map(shutil.which, NAMES)]
    program = next(filter(None, found), None)
    if program is None:
        pytest.fail(
            "the browser tests need Chromium: install it, or name it in"
            " GUIDEGEN_CHROMIUM; `make fast` runs the tests that need none"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh reader: no storage, a desktop's window."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab whose scripts must not fail."""
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on(
        "console",
        lambda message: (
            failures.append(message.text) if message.type == "error" else None
        ),
    )
    yield page
    assert failures == []


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def translate_path(self, path: str) -> str:
        """Serve the site below a prefix only."""
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "nothing-here")
        return super().translate_path(path.removeprefix(PREFIX[:-1]))


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a web server, below a path."""
    handler = partial(_Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["by-double-click", "from-a-server"])
def base(request: pytest.FixtureRequest, site: Path) -> str:
    """The site's address, once as files and once on a web server."""
    if request.param == "by-double-click":
        return site.as_uri() + "/"
    served: str = request.getfixturevalue("served")
    return served
