"""What tells everybody of a release is written for what was released, or not at all."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.samples import sample_project
from tests.wording import raises

from guidegen.announce import SHEETS
from guidegen.errors import AnnounceError, ExportError, ProblemsError
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.pipeline import announce
from guidegen.pipeline.announce import AnnounceJob, announce_project
from guidegen.pipeline.build import Job
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release
from guidegen.pipeline.withdraw import withdraw_release

pytestmark = pytest.mark.slow

ADDRESS = "https://intranet.company.example/social-media/"
FILES = {
    *SHEETS,
    *("mail.html", "mail.txt", "mail.eml", "teams.json", "slack.json"),
    *("teaser.html", "teaser.txt", "faq.md", "faq.html"),
}


def _release(project: Project, day: dt.date, note: str | None = None) -> None:
    job = Job(project=project)
    moment = dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC)
    notes = LocalText.of(note) if note else None
    make_release(job, preview_release(job), ReleaseRequest(now=moment, notes=notes))


def _edit(project: Project, old: str, new: str) -> None:
    text = project.answers.read_text(encoding="utf-8")
    assert old in text
    project.answers.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Path:
    """A project with a first release, a later one, and a draft that goes on."""
    project = sample_project("agency", tmp_path_factory.mktemp("released"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache_home))
        _release(project, dt.date(2027, 2, 1))
        _edit(project, "owner: ", "owner: The second ")
        _release(project, dt.date(2027, 4, 20), "We have a new owner.")
        _edit(project, "owner: The second ", "owner: The third ")
        _edit(project, "hello@brightearly.example", "new@brightearly.example")
    return project.folder


@pytest.fixture
def project(released: Path, tmp_path: Path) -> Project:
    folder = tmp_path / "project"
    shutil.copytree(released, folder)
    return Project(folder)


@pytest.fixture
def no_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what is typeset: it takes most of the time."""
    monkeypatch.setattr(announce, "SHEETS", {})


def _job(project: Project, **asked: Any) -> AnnounceJob:  # noqa: ANN401  # any field
    return AnnounceJob(project=project, **{"url": ADDRESS, **asked})


def test_the_kit_tells_of_the_release_and_not_of_the_draft(project: Project) -> None:
    made = announce_project(_job(project))
    [folder] = made.paths

    assert folder == project.folder / "announce" / "en"
    assert {path.name for path in folder.iterdir()} == FILES
    assert dict(made.addresses) == {"en": ADDRESS}
    assert made.version != "1.0.0"
    assert made.step in {"minor", "patch"}
    text = (folder / "mail.txt").read_text(encoding="utf-8")
    assert "We have a new owner." in text
    assert "nothing you need to do" in " ".join(text.split())
    assert "hello@brightearly.example" in text
    assert "new@brightearly.example" not in text


@pytest.mark.usefixtures("no_sheets")
def test_an_earlier_version_is_told_of_with_links_to_its_own_pages(
    project: Project,
) -> None:
    made = announce_project(_job(project, version="1.0.0"))

    assert made.step == "first"
    assert made.addresses["en"] == f"{ADDRESS}versions/1.0.0/"


def test_the_same_release_gives_the_same_bytes(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files() -> dict[str, bytes]:
        [folder] = announce_project(_job(project)).paths
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    once = files()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert files() == once


def test_without_an_address_nothing_is_written(project: Project) -> None:
    with raises(AnnounceError, match="is not known"):
        announce_project(_job(project, url=None))
    for url in ("ftp://x.example/", "javascript:alert(1)", "intranet.x.example"):
        with raises(AnnounceError, match="does not begin with http"):
            announce_project(_job(project, url=url))
    for url in ("https://user:pw@x.example/", "https:// x", "https://x .example/"):
        with pytest.raises(AnnounceError):
            announce_project(_job(project, url=url))
    assert not project.announcements.exists()


@pytest.mark.usefixtures("no_sheets")
def test_the_address_may_stand_with_the_target(project: Project) -> None:
    target = "{kind: folder, path: ../www, address: 'https://a.example/'}"
    with project.answers.open("a", encoding="utf-8") as file:
        file.write(f"\npublish:\n  one: {target}\n")
    assert announce_project(_job(project, url=None)).addresses == {
        "en": "https://a.example/"
    }

    with project.answers.open("a", encoding="utf-8") as file:
        file.write(f"  two: {target.replace('//a', '//b').replace('www', 'w')}\n")
    with raises(AnnounceError, match="several addresses"):
        announce_project(_job(project, url=None))
    assert announce_project(_job(project)).addresses == {"en": ADDRESS}


@pytest.mark.usefixtures("no_sheets")
def test_a_host_that_looks_like_another_one_is_noted(project: Project) -> None:
    made = announce_project(_job(project, url="https://аррӏе.example/"))

    assert [note.message for note in made.notes] == ["lookalike-answer"]


@pytest.mark.usefixtures("no_sheets")
def test_a_draft_and_a_withdrawn_version_are_not_announced(
    project: Project, tmp_path: Path
) -> None:
    draft = sample_project("agency", tmp_path / "draft")
    with raises(AnnounceError, match="nothing is released yet"):
        announce_project(_job(draft))
    assert not draft.announcements.exists()

    last = announce_project(_job(project)).version
    withdraw_release(
        project,
        last,
        by="Jana",
        on=dt.date(2027, 5, 1),
        reason=LocalText.of({"en": "A mistake."}),
    )
    with raises(AnnounceError, match="is withdrawn"):
        announce_project(_job(project, version=last, force=True))
    # Readers follow the one before again.
    assert announce_project(_job(project, force=True)).version == "1.0.0"
    with pytest.raises(ProblemsError):
        announce_project(_job(project, version="9.9.9"))


@pytest.mark.usefixtures("no_sheets")
def test_what_others_have_changed_is_replaced_only_if_that_is_wanted(
    project: Project,
) -> None:
    [folder] = announce_project(_job(project)).paths
    announce_project(_job(project))
    (folder / "mail.txt").write_text("mine", encoding="utf-8")

    with raises(ExportError, match="changed"):
        announce_project(_job(project))
    assert (folder / "mail.txt").read_text(encoding="utf-8") == "mine"
    announce_project(_job(project, force=True))
    assert (folder / "mail.txt").read_text(encoding="utf-8") != "mine"


def test_a_folder_that_has_another_use_is_refused(project: Project) -> None:
    for folder in (project.releases, project.site, project.sections / "x"):
        with raises(ExportError, match="keeps other things"):
            announce_project(_job(project, into=folder))


@pytest.mark.usefixtures("no_sheets")
def test_a_language_that_was_not_released_is_refused(project: Project) -> None:
    with raises(AnnounceError, match="de"):
        announce_project(_job(project, language="de"))
    assert announce_project(_job(project, language="en")).paths


def test_if_one_sheet_fails_nothing_is_left(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> dict[str, bytes]:
        raise AnnounceError("error-announce-text", key="x")

    monkeypatch.setattr(announce, "kit_files", fail)
    with raises(AnnounceError, match="lacks the text"):
        announce_project(_job(project))
    assert not project.announcements.exists()
