"""Words of another language: marked in every output, and nothing of the mark itself."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.pdf.reading import read_pdf
from tests.samples import sample_project

from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.export import ExportJob, Form, export_project

pytestmark = pytest.mark.slow

OWN = {
    "Geschäftsführerin": "role",
    "Häuser unserer Kunden von innen": "topic",
    "Schaut mal, diese Villa am See!": "example",
    "Trag die Weste": "section",
    "Außenauftritt": "speaker",
    "am selben Arbeitstag": "answer",
    "nur intern": "classification",
    "Tischlerleitung": "owner",
}
SIGNS = ("\ue010", "\ue011", "\ue012")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a company's German guideline that has gained English, as a draft."""
    project = sample_project("small", tmp_path_factory.mktemp("project"))
    text = project.answers.read_text("utf-8")
    for old, new in (
        ("speaker: management", "speaker: [management, Team Außenauftritt]"),
        ("    phone:", "    answers_within: am selben Arbeitstag\n    phone:"),
        ("owner: Svea Brandt", "owner: Tischlerleitung"),
        ("version:\n", "document: {classification: nur intern}\nversion:\n"),
        ("version:\n", "sections: [{id: dress, as: rule}]\nversion:\n"),
    ):
        assert old in text
        text = text.replace(old, new)
    project.answers.write_text(text, encoding="utf-8")
    own = project.section("de", "dress")
    own.parent.mkdir(parents=True)
    own.write_text("## Trag die Weste\n\n1. Immer.\n\n> Auch kurz.\n", encoding="utf-8")
    build_project(Job(project=project))
    text = text.replace("languages: [de]", "languages: [de, en]")
    project.answers.write_text(text, encoding="utf-8")
    build_project(Job(project=project))
    return project


def test_the_site_marks_each_of_them(project: Project) -> None:
    pages = "".join(
        path.read_text("utf-8") for path in (project.site / "en").glob("*.html")
    )

    for words in OWN:
        before = [each.rpartition("<")[2] for each in pages.split(words)[:-1]]
        assert before, words
        assert any('lang="de"' in each for each in before), words
    assert '<div lang="de">' in pages


def test_no_output_shows_a_sign(project: Project, tmp_path: Path) -> None:
    for form in (Form.HTML, Form.DOCX, Form.MD):
        export_project(ExportJob(project=project, form=form, into=tmp_path))
    texts = [read_pdf(project.site / "guideline-en.pdf").text]
    for path in (*project.site.rglob("*"), *tmp_path.rglob("*")):
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as file:
                texts.append(file.read("word/document.xml").decode())
        elif path.is_file() and path.suffix not in {".pdf", ".woff2", ".png"}:
            texts.append(path.read_bytes().decode(errors="ignore"))

    assert not [sign for sign in SIGNS for text in texts if sign in text]
    word = next(text for text in texts if "w:document" in text and "Weste" in text)
    assert 'w:lang w:val="de' in word
