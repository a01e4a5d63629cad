"""A sample company's site, built by the whole pipeline, in a real browser."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    sync_playwright,
)
from tests.archives import archive_of, draft, released
from tests.browser.before import write_page_before
from tests.installed import once
from tests.samples import COMPANIES, NAMES, SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.compare.redline import redline
from guidegen.compare.redline_as_html import redline_html
from guidegen.model.document import Document
from guidegen.model.project import Project
from guidegen.pack.find import find_pack
from guidegen.page.tree import PageParser
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.working_copy import WorkingCopy, compose_documents
from guidegen.site import Alive, Look, build_site
from guidegen.site.urls import current_folders

SCENARIO = SCENARIOS / "listed"
PROGRAMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    # No page stays open for as long as it takes to optimise its scripts.
    "--js-flags=--no-opt",
    # Letters as wide as in a window: the headless shell would round them to pixels.
    "--font-render-hinting=slight",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
VERSIONS = ["1.0.0", "1.1.0", "1.1.1", "2.0.0"]
NEWS = "Zum Windpark spricht nur noch die Pressestelle."
PREFIX = "/intranet/rules/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site in German (Sie) and English, PDFs included; made once."""
    return Project(once(tmp_path_factory, "listed", _build_listed) / "project").site


def _build_listed(folder: Path) -> None:
    project = Project(folder / "project")
    ignored = shutil.ignore_patterns("expected")
    shutil.copytree(SCENARIO, project.folder, ignore=ignored)
    build_project(Job(project=project))


@pytest.fixture(scope="session")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample companies and the demo, made once in a run.

    Each has its `site`, without PDFs, and in the same folders `before` its front page
    in the look of 498d616.
    """
    return once(tmp_path_factory, "companies", _build_companies)


def _build_companies(folder: Path) -> None:
    samples = {name: SCENARIOS / name for name in (*COMPANIES, *NAMES)}
    for name, place in {**samples, "demo": find_pack("dell") / "demo"}.items():
        answers, pack = read_answers(place / "guideline.yml")
        copy = WorkingCopy(answers=answers, pack=pack)
        documents = copy.documents
        look = Look(folders=tuple(each / "site" for each in pack.folders))
        alive = Alive(decks=copy.decks)
        build_site(documents, look=look, into=folder / name / "site", alive=alive)
        for document in documents:
            pages = current_folders(documents)[document.language].folder
            write_page_before(document, folder / name / "before" / pages)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium: where `GUIDEGEN_CHROMIUM` says, else from the PATH."""
    found = [os.environ.get("GUIDEGEN_CHROMIUM"), *map(shutil.which, PROGRAMS)]
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


_kept: list[tuple[Browser, ExitStack]] = []
"""The browser that runs, if one does, and what lets it go."""


@pytest.fixture(scope="module")
def browser() -> Browser:
    """The one headless Chromium of all browser tests that follow one another."""
    if _kept and not _kept[0][0].is_connected():
        _let_go()
    if not _kept:
        stack = ExitStack()
        _kept.append((stack.enter_context(chromium()), stack))
    return _kept[0][0]


def _let_go() -> None:
    while _kept:
        _kept.pop()[1].close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Iterator[None]:
    """Let the browser go before a test that is no browser test.

    While it runs, so does its event loop, in which the prompts of other tests would
    find themselves.
    """
    try:
        yield
    finally:
        if nextitem is None or nextitem.path.parent != item.path.parent:
            _let_go()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh reader: no storage, a desktop's window."""
    context = browser.new_context(viewport=DESKTOP)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab whose scripts must not fail."""
    page = context.new_page()
    with _unfailing(page):
        yield page


@pytest.fixture(scope="module")
def _tab(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def tab(_tab: Page) -> Iterator[Page]:
    """As `page`, for tests that only look: a module's tests have one between them.

    A tab of one's own costs as much as opening a page in it. Window and media are as
    of a fresh reader; whoever clicks, or follows an address to a place in a page, takes
    `page`.
    """
    _tab.set_viewport_size(DESKTOP)
    _tab.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
    )
    with _unfailing(_tab):
        yield _tab


@contextmanager
def _unfailing(page: Page) -> Iterator[None]:
    """Fail if a script of a tab does."""
    failures: list[str] = []

    def note_error(error: Error) -> None:
        failures.append(str(error))

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            failures.append(message.text)

    page.on("pageerror", note_error)
    page.on("console", note_message)
    yield
    page.remove_listener("pageerror", note_error)
    page.remove_listener("console", note_message)
    assert failures == []


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def translate_path(self, path: str) -> str:
        """Serve the site below a prefix only."""
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "nothing-here")
        return super().translate_path(path.removeprefix(PREFIX[:-1]))


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Give the address of a folder on a web server, below a path."""
    handler = partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a web server, below a path."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sites of one company: `released` for the fourth time, and with a `draft`."""
    return once(tmp_path_factory, "releases", _build_releases)


def _build_releases(folder: Path) -> None:
    answers, pack = read_answers(SCENARIO / "guideline.yml")
    documents = compose_documents(answers, pack)
    last = VERSIONS[-1]
    shown = [released(each, last, news=NEWS) for each in documents]
    drafts = [draft(each, "2.1.0") for each in documents]
    for name, each, version in (("released", shown, last), ("draft", drafts, None)):
        frozen = folder / "frozen"
        archive = archive_of(
            frozen, each, VERSIONS, shown=version, redline=_redline(documents[0])
        )
        build_site(
            each,
            look=Look(folders=tuple(place / "site" for place in pack.folders)),
            into=folder / name,
            archive=archive,
        )


def _redline(document: Document) -> str:
    """Return a redline of words, blocks, a table's rows and a page that is gone."""
    was = tuple(
        replace(page, markdown=re.sub(r"\bund\b", "sowie", page.markdown, count=3))
        for page in document.pages
    )
    gone = replace(document.pages[-1], id="gone", title="Weg", markdown="# Weg\n\nJa.")
    pages = redline(
        (*was, gone), document.pages, PageParser(document.markdown_extensions)
    )
    return redline_html(pages, document.labels, level=3)


@pytest.fixture(scope="session")
def served_sites(sites: Path) -> Iterator[str]:
    """The address of the two sites on a web server, below a path."""
    with serving(sites) as address:
        yield address


@pytest.fixture(params=["by-double-click", "from-a-server"])
def base(request: pytest.FixtureRequest, site: Path) -> str:
    """The site's address, once as files and once on a web server."""
    if request.param == "by-double-click":
        return site.as_uri() + "/"
    served: str = request.getfixturevalue("served")
    return served
