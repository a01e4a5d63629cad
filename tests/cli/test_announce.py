"""`guidegen announce` says what it wrote, and that nothing has been sent."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.model.project import Project
from guidegen.pipeline import announce
from guidegen.pipeline.build import Job
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release

pytestmark = pytest.mark.slow

Guidegen = Callable[..., Result]
ADDRESS = "https://intranet.company.example/social-media/"


@pytest.fixture(scope="module")
def _released_once(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Path:
    project = sample_project("agency", tmp_path_factory.mktemp("released"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache_home))
        job, moment = Job(project=project), dt.datetime(2027, 2, 1, tzinfo=dt.UTC)
        make_release(job, preview_release(job), ReleaseRequest(now=moment))
    return project.folder


@pytest.fixture
def project(
    _released_once: Path, here: Path, own_cache: None, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """Return a released project; what is typeset is for other tests."""
    del own_cache
    monkeypatch.setattr(announce, "SHEETS", {})
    shutil.copytree(_released_once, here, dirs_exist_ok=True)
    return Project(here)


@pytest.mark.usefixtures("project")
def test_it_says_what_it_wrote_and_what_the_code_opens(guidegen: Guidegen) -> None:
    result = guidegen("announce", "--url", ADDRESS)
    quiet = guidegen("announce", "--url", ADDRESS, "-q")

    assert result.code == 0
    assert result.out == (
        "Done. Everything for version 1.0.0:\n  announce/en\n"
        f"Nothing has been sent. The QR code opens:\n  {ADDRESS}\n"
    )
    assert quiet == (0, "", "")


@pytest.mark.usefixtures("project")
def test_machines_get_json(guidegen: Guidegen) -> None:
    result = guidegen("announce", "--url", ADDRESS, "--json", "--into", "out")

    assert json.loads(result.out) == {
        "paths": ["out/en"],
        "version": "1.0.0",
        "step": "first",
        "addresses": {"en": ADDRESS},
        "notes": [],
    }


@pytest.mark.usefixtures("project")
def test_without_a_terminal_nobody_is_asked_for_the_address(
    guidegen: Guidegen,
) -> None:
    result = guidegen("announce")

    assert result.code == 1
    assert "the address at which the guideline is published is not known" in result.err
    assert "--url https://" in result.err


def test_in_a_terminal_the_address_is_asked_for_and_how_to_keep_it_is_said(
    project: Project, guidegen: Guidegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter(["intranet", ADDRESS])
    monkeypatch.setattr("guidegen.cli.announce.is_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    monkeypatch.setenv("TERM", "dumb")
    result = guidegen("announce")

    assert result.code == 0
    assert "At which address is the guideline published?" in result.out
    assert "set it as “address” of the target" in " ".join(result.out.split())
    assert (project.announcements / "en" / "mail.eml").is_file()


def test_a_draft_is_refused_before_anything_is_asked(
    here: Path, guidegen: Guidegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample_project("agency", here)
    monkeypatch.setattr("guidegen.cli.announce.is_terminal", lambda: True)
    result = guidegen("announce")

    assert result.code == 1
    assert "nothing is released yet" in result.err
