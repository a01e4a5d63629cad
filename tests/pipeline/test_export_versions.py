"""Any released version can be exported, as it was released."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import docx
import pytest
from tests.samples import sample_project
from tests.wording import raises

from guidegen.errors import ProblemsError
from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.pipeline.build import Job
from guidegen.pipeline.export import Exported, ExportJob, Form, export_project
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release

pytestmark = pytest.mark.slow

TODAY = dt.date(2027, 6, 15)


def _release(project: Project, day: dt.date) -> None:
    job = Job(project=project)
    note = LocalText.of("A new version.")
    moment = dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC)
    make_release(job, preview_release(job), ReleaseRequest(now=moment, notes=note))


def _edit(project: Project, old: str, new: str) -> None:
    text = project.answers.read_text(encoding="utf-8")
    assert old in text
    project.answers.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two releases, and a draft that has changed since."""
    project = sample_project("agency", tmp_path_factory.mktemp("twice"))
    _release(project, dt.date(2027, 2, 1))
    _edit(project, "valid_from: 2027-02-01", "valid_from: 2027-05-01")
    _edit(project, "owner: ", "owner: The second ")
    _release(project, dt.date(2027, 4, 20))
    _edit(project, "owner: The second ", "owner: The third ")
    return project.folder


@pytest.fixture
def project(twice: Path, tmp_path: Path) -> Project:
    folder = tmp_path / "project"
    shutil.copytree(twice, folder)
    return Project(folder)


def _export(project: Project, form: Form, version: str | None = None) -> Exported:
    return export_project(
        ExportJob(project=project, form=form, version=version, today=TODAY)
    )


def test_an_old_version_says_what_it_said_and_when_it_applied(
    project: Project,
) -> None:
    exported = _export(project, Form.HTML, "1.0.0")
    text = exported.paths[0].read_text("utf-8")

    assert exported.paths[0].name == "guideline-1.0.0-en.html"
    assert exported.edition.state is State.OUTDATED
    assert exported.notice == "Valid until 30 April 2027."
    assert exported.notice in text
    assert "The second" not in text
    assert "1 February 2027" in text
    assert "Draft" not in text


def test_the_current_version_has_no_mark(project: Project) -> None:
    exported = _export(project, Form.MD, "1.1.0")
    text = (exported.paths[0] / "index.md").read_text("utf-8")

    assert exported.notice == ""
    assert "version: 1.1.0" in text
    assert "state: released" in text
    assert "owner: The second" in text
    assert "valid_from: 2027-05-01" in text


def test_word_has_the_old_version_s_facts(project: Project) -> None:
    exported = _export(project, Form.DOCX, "1.0.0")
    word = docx.Document(str(exported.paths[0]))
    header = word.sections[0].header.paragraphs[0].text
    footer = word.sections[0].footer.paragraphs[0].text

    assert "Valid until 30 April 2027." in header.replace("\N{NO-BREAK SPACE}", " ")
    assert footer.startswith("Version: 1.0.0 (")
    # Not when today's version will be reviewed.
    released = (project.releases / "1.0.0" / "release.json").read_text("utf-8")
    review = footer.split("Next review: ")[1].split("\t")[0]
    assert review in released


@pytest.mark.parametrize("form", [Form.PDF, Form.MKDOCS])
def test_the_pdf_is_the_released_one(project: Project, form: Form) -> None:
    (path,) = _export(project, form, "1.0.0").paths
    made = path if form is Form.PDF else path / "docs" / "guideline-en.pdf"

    released = project.releases / "1.0.0" / "guideline-en.pdf"
    assert made.read_bytes() == released.read_bytes()


def test_a_draft_s_pdf_is_made(project: Project) -> None:
    (path,) = _export(project, Form.PDF).paths

    assert path.name == "guideline-en.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_versions_stand_beside_each_other(project: Project) -> None:
    for version in (None, "1.0.0", "1.1.0"):
        _export(project, Form.MD, version)

    assert sorted(path.name for path in (project.folder / "export").iterdir()) == [
        "guideline-1.0.0-en-md",
        "guideline-1.1.0-en-md",
        "guideline-en-md",
    ]


@pytest.mark.parametrize("form", [Form.HTML, Form.MD, Form.DOCX])
def test_a_draft_names_no_day_that_has_passed(project: Project, form: Form) -> None:
    (path,) = _export(project, form).paths
    if form is Form.DOCX:
        word = docx.Document(str(path))
        text = word.sections[0].footer.paragraphs[0].text + word.paragraphs[-1].text
        text += word.core_properties.subject
    else:
        files = [path] if path.is_file() else [*path.rglob("*.md")]
        text = "".join(each.read_text("utf-8") for each in files)

    assert "1 May 2027" not in text
    assert "2027-05-01" not in text
    if form is not Form.MD:  # which has no such fact then
        plain = re.sub(r"<[^>]*>", "", text).replace(":", "")
        assert "Valid from its release" in plain


def test_a_draft_with_a_day_to_come_names_it(project: Project) -> None:
    _edit(project, "valid_from: 2027-05-01", "valid_from: 2027-07-01")

    text = _export(project, Form.HTML).paths[0].read_text("utf-8")

    assert "1 July 2027" in text


def test_a_version_that_there_is_not_is_named_with_those_that_are(
    project: Project,
) -> None:
    known = "there is no release 3.0.0; choose from: 1.0.0, 1.1.0"
    with raises(ProblemsError, match=known):
        _export(project, Form.HTML, "3.0.0")
