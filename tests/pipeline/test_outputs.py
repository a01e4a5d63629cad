"""How PDFs and site are made beside each other."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.samples import sample_project

from guidegen.errors import PdfError
from guidegen.files.digest import sha256
from guidegen.model.document import Document
from guidegen.model.note import Note
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.page.normalise import NormalPage
from guidegen.pipeline import outputs
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release
from guidegen.site import build_pages, build_site

pytestmark = pytest.mark.slow

NOON = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
WAIT = 60
"""Seconds after which somebody waits in vain."""

BUILD = """
import sys
from pathlib import Path
from guidegen.cli import main
from guidegen.pdf import build

def too_early(*_, **__):
    loaded = [name for name in ("mkdocs", "guidegen.site", "filelock")
              if name in sys.modules]
    print(f"loaded: {loaded}", file=sys.stderr)
    raise SystemExit(7)

build.prepare_pdf = too_early
main()
"""
"""A build that ends where it would begin to typeset, and says what it has imported."""


def typeset_by(
    monkeypatch: pytest.MonkeyPatch, typeset: Callable[[str], bytes]
) -> dict[str, bool]:
    """Let a function typeset; return whether a language's folder is gone."""
    gone: dict[str, bool] = {}

    @contextmanager
    def prepare(
        document: Document, pack: Pack, pages: tuple[NormalPage, ...]
    ) -> Iterator[Callable[[], tuple[bytes, tuple[Note, ...]]]]:
        del pack, pages
        gone[document.language] = False
        try:
            yield lambda: (typeset(document.language), ())
        finally:
            gone[document.language] = True

    monkeypatch.setattr(outputs, "prepare_pdf", prepare)
    return gone


@pytest.fixture
def first_run() -> None:
    """Let the next run be the first of this process."""
    outputs._typesetter.cache_clear()  # noqa: SLF001


@pytest.fixture
def both(tmp_path: Path) -> Project:
    """Return a project in two languages."""
    return sample_project("listed", tmp_path / "listed")


@pytest.mark.usefixtures("first_run")
def test_the_site_is_written_while_both_languages_are_typeset(
    both: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each comes in only when all three are there.
    meeting = threading.Barrier(3)

    def typeset(language: str) -> bytes:
        meeting.wait(WAIT)
        return language.encode()

    def site(*arguments: object, **more: object) -> object:
        meeting.wait(WAIT)
        return build_site(*arguments, **more)  # type: ignore[arg-type]

    typeset_by(monkeypatch, typeset)
    monkeypatch.setattr("guidegen.site.build_site", site)

    build_project(Job(project=both))

    pdfs = {path.name: path.read_text() for path in both.site.glob("*.pdf")}
    assert pdfs == {"guideline-de.pdf": "de", "guideline-en.pdf": "en"}


@pytest.mark.usefixtures("first_run")
def test_a_releases_site_is_written_while_it_is_typeset(
    both: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = threading.Barrier(3)

    def typeset(language: str) -> bytes:
        meeting.wait(WAIT)
        return language.encode()

    def pages(*arguments: object, **more: object) -> object:
        meeting.wait(WAIT)
        return build_pages(*arguments, **more)  # type: ignore[arg-type]

    typeset_by(monkeypatch, typeset)
    monkeypatch.setattr("guidegen.site.build_pages", pages)
    job = Job(project=both)

    made = make_release(job, preview_release(job), ReleaseRequest(now=NOON))

    frozen = made.release.folder / "guideline-de.pdf"
    assert frozen.read_text() == "de"
    assert (both.site / "guideline-de.pdf").read_text() == "de"
    assert made.release.files["guideline-de.pdf"] == sha256(b"de")


def test_later_builds_of_a_process_are_typeset_by_one_and_the_same_thread(
    both: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[threading.Thread] = set()

    def typeset(language: str) -> bytes:
        threads.add(threading.current_thread())
        return language.encode()

    typeset_by(monkeypatch, typeset)
    build_project(Job(project=both, force=True))
    threads.clear()
    for _ in range(3):
        build_project(Job(project=both, force=True))

    # New ones would each leave memory behind.
    assert len(threads) == 1


def test_a_build_that_fails_waits_for_what_is_being_typeset(
    both: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, failed = threading.Event(), threading.Event()
    seen: list[bool] = []

    def typeset(language: str) -> bytes:
        begun.set()
        assert failed.wait(WAIT)
        seen.append(gone[language])
        return b""

    def site(*_: object, **__: object) -> object:
        assert begun.wait(WAIT)
        # What it reads must be there for as long as it works.
        threading.Timer(0.2, failed.set).start()
        raise PdfError("error-pdf-font", font="x")

    gone = typeset_by(monkeypatch, typeset)
    monkeypatch.setattr("guidegen.site.build_site", site)

    with pytest.raises(PdfError):
        build_project(Job(project=both))

    assert seen
    assert not any(seen)
    assert all(gone.values())


def test_typesetting_begins_before_the_site_is_even_imported(both: Project) -> None:
    begun = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", BUILD, "build", "-q", str(both.folder)],
        check=False,
        capture_output=True,
        text=True,
    )

    assert "loaded: []" in begun.stderr
