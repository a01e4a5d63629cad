from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.samples import sample_project
from tests.wording import raises

from guidegen.errors import ExportError, GuidegenError, ProblemsError
from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.pipeline.build import Job
from guidegen.pipeline.export import ExportJob, Form, export_project
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release

pytestmark = pytest.mark.slow

MKDOCS = (
    "import sys; sys.modules['guidegen'] = None;"
    " from mkdocs.__main__ import cli; cli(['build', '--strict', '--quiet'])"
)
"""MkDocs, in a Python that cannot import guidegen."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return sample_project("listed", tmp_path / "listed")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (Form.HTML, ["guideline-de.html", "guideline-en.html"]),
        (Form.MD, ["guideline-de-md", "guideline-en-md"]),
    ],
)
def test_each_language_is_a_file_or_folder_of_its_own(
    project: Project, form: Form, names: list[str]
) -> None:
    exported = export_project(ExportJob(project=project, form=form))
    again = export_project(ExportJob(project=project, form=form))

    assert [path.name for path in exported.paths] == names
    assert _names(project.folder / "export") == names
    assert again.paths == exported.paths
    assert exported.edition.state is State.DRAFT


def test_one_language_and_another_folder_can_be_asked_for(project: Project) -> None:
    into = project.folder / "for" / "the board"
    exported = export_project(
        ExportJob(project=project, form=Form.DOCX, language="en", into=into)
    )

    assert exported.paths == (into / "guideline-en.docx",)
    assert _names(into) == ["guideline-en.docx"]


def test_a_language_that_there_is_not_is_named(project: Project) -> None:
    with pytest.raises(ProblemsError) as raised:
        export_project(ExportJob(project=project, form=Form.MD, language="fr"))

    assert raised.value.problems[0].values == {"value": "fr", "known": "de, en"}
    assert not (project.folder / "export").exists()


def test_nothing_is_written_if_something_is_wrong(project: Project) -> None:
    section = project.folder / "sections" / "en" / "nice.md"
    section.parent.mkdir(parents=True)
    section.write_text("## Nice\n\n[away](javascript:alert(1))\n", "utf-8")

    for form in (Form.HTML, Form.DOCX, Form.MD):
        with raises(GuidegenError, match="not allowed"):
            export_project(ExportJob(project=project, form=form))

    assert not (project.folder / "export").exists()


def test_what_somebody_changed_stays_unless_they_say_otherwise(
    project: Project,
) -> None:
    job = ExportJob(project=project, form=Form.HTML)
    file = export_project(job).paths[0]
    file.write_text("changed", "utf-8")

    with raises(ExportError, match="somebody has changed"):
        export_project(job)
    assert file.read_text("utf-8") == "changed"
    export_project(ExportJob(project=project, form=Form.HTML, force=True))

    assert "Nordlicht" in file.read_text("utf-8")


def test_the_author_hears_of_a_page_too_large_to_be_mailed(project: Project) -> None:
    logo = project.folder / "logo.svg"
    text = logo.read_text("utf-8")
    padding = f"<desc>{'x' * 400_000}</desc></svg>"
    logo.write_text(text.replace("</svg>", padding), "utf-8")

    notes = export_project(ExportJob(project=project, form=Form.HTML)).notes

    assert [note.message for note in notes] == ["export-large", "export-large"]
    assert notes[0].values["file"] == "guideline-de.html"


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "true", "PYTHONWARNINGS": "ignore"}


@pytest.mark.slow
def test_mkdocs_builds_the_project_without_guidegen_and_zensical_does_too(
    project: Project,
) -> None:
    exported = export_project(ExportJob(project=project, form=Form.MKDOCS))

    zensical = Path(sys.executable).with_name("zensical")
    for folder in exported.paths:
        assert yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
        wanted = (folder / "requirements.txt").read_text("utf-8").split()
        assert [line.split("==")[0] for line in wanted] == ["mkdocs", "mkdocs-material"]
        for command in (
            [sys.executable, "-c", MKDOCS],
            [str(zensical), "build", "--strict"],
        ):
            done = subprocess.run(  # noqa: S603  # the two that are to build it
                command,
                cwd=folder,
                env=_environment(),
                capture_output=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            site = folder / "site"
            index = (site / "index.html").read_text("utf-8")
            assert "Nordlicht" in index
            assert 'class="gg-' in index
            language = folder.name.split("-")[1]
            pdf = site / f"guideline-{language}.pdf"
            assert pdf.read_bytes().startswith(b"%PDF-")
            assert f'href="guideline-{language}.pdf"' in index.replace("./", "")
            assert (site / "images" / "contact-1.vcf").is_file()
            shutil.rmtree(site)


@pytest.mark.slow
def test_a_release_is_exported_with_the_pdf_that_was_released(
    project: Project,
) -> None:
    job = Job(project=project)
    note = LocalText.of("Die erste Fassung.")
    moment = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
    make_release(job, preview_release(job), ReleaseRequest(now=moment, notes=note))

    page = export_project(ExportJob(project=project, form=Form.HTML))
    plain = export_project(ExportJob(project=project, form=Form.MKDOCS, language="de"))

    assert page.edition.state is State.RELEASED
    assert "Entwurf" not in page.paths[0].read_text("utf-8")
    name = "guideline-de.pdf"
    released = (project.releases / "1.0.0" / name).read_bytes()
    assert (plain.paths[0] / "docs" / name).read_bytes() == released
