"""News and the site: built from the store alone, and no part of a release."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path
from typing import NoReturn

import pytest
from tests.inside.samples import follow, hide, item, many
from tests.samples import sample_project

from guidegen.errors import InsideError
from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release
from guidegen.pipeline.status import find_status

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with news that was built."""
    project = sample_project("small", tmp_path_factory.mktemp("inside") / "small")
    follow(project, item(1), item(2))
    build_project(Job(project=project))
    return project


def _page(project: Project) -> str:
    return (project.site / "inside.html").read_text("utf-8")


def test_a_build_shows_what_was_approved_and_asks_nobody(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("GUIDEGEN_TODAY", "2031-01-01")
    build_project(Job(project=project, force=True))

    # However old they are: items age when feeds are fetched.
    assert "Nordlicht wins prize 1" in _page(project)
    assert "Nordlicht wins prize 2" in _page(project)
    assert "Nordlicht wins prize 1" in (project.site / "index.html").read_text("utf-8")


def test_a_build_sees_that_an_item_was_hidden(project: Project) -> None:
    follow(project, item(1), item(2))
    build_project(Job(project=project))
    assert build_project(Job(project=project)).unchanged
    hide(project, item(2))
    built = build_project(Job(project=project))

    assert not built.unchanged
    assert "prize 2" not in _page(project)


def test_equal_items_give_equal_bytes(project: Project, tmp_path: Path) -> None:
    follow(project, *many(30))
    build_project(Job(project=project))
    copy = sample_project("small", tmp_path / "copy")
    copy.answers.write_bytes(project.answers.read_bytes())
    follow(copy, *many(30)[::-1])
    build_project(Job(project=copy))

    for name in ("inside.html", "inside.xml", "index.html"):
        assert (copy.site / name).read_bytes() == (project.site / name).read_bytes()


@pytest.mark.parametrize(
    "answers", ["inside:\n  days: 90\n", ""], ids=["nothing-yet", "not-wanted"]
)
def test_without_news_there_is_no_page(tmp_path: Path, answers: str) -> None:
    project = sample_project("small", tmp_path / "small")
    text = project.answers.read_text("utf-8")
    if not answers:
        follow(project, item(1))
    project.answers.write_text(text + answers, "utf-8")
    build_project(Job(project=project))

    assert not list(project.site.rglob("inside.*ml"))


def test_items_of_a_stranger_stop_the_build(tmp_path: Path) -> None:
    project = follow(sample_project("small", tmp_path / "small"), item(1))
    text = project.inside_items.read_text("utf-8")
    project.inside_items.write_text(
        text.replace("https://news.example/1", "javascript:alert(1)"), "utf-8"
    )

    with pytest.raises(InsideError):
        build_project(Job(project=project))
    assert not project.site.exists()


def test_news_make_no_draft_and_no_version(tmp_path: Path) -> None:
    project = sample_project("small", tmp_path / "small")
    now = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    job = Job(project=project)
    request = ReleaseRequest(now=now, approved_by="J")
    released = make_release(job, preview_release(job), request)
    digest = released.release.digest
    follow(project, item(1))
    built = build_project(Job(project=project))
    status = find_status(project, on=now.date())

    assert (built.edition.version, built.edition.state) == ("1.0.0", State.RELEASED)
    assert not status.is_changed
    assert status.is_good
    assert status.current
    assert status.current.digest == digest
    assert "Nordlicht wins prize 1" in _page(project)
