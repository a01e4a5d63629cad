from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.model.project import Project

Guidegen = Callable[..., Result]

DONE = """\
{said}
  site/index.html
  site/guideline-en.pdf
This is a draft of version 1.0.0. When everything is right: guidegen release
"""


@pytest.fixture
def project(here: Path) -> Project:
    return sample_project("agency", here)


@pytest.mark.slow
@pytest.mark.usefixtures("project")
def test_a_build_says_what_it_made_and_the_next_one_that_nothing_changed(
    guidegen: Guidegen,
) -> None:
    first = guidegen("build")
    second = guidegen("build")
    verbose = guidegen("build", "--force", "-v")
    quiet = guidegen("build", "--force", "-q")

    assert (first.code, first.out) == (0, DONE.format(said="Done. Your guideline:"))
    assert second.code == 0
    assert second.out == DONE.format(said="Nothing has changed. Your guideline:")
    assert second.err == ""
    assert verbose.out == first.out
    assert verbose.err.startswith("Writing the pages …\nBuilding the website")
    assert quiet == (0, "", "")


@pytest.mark.slow
def test_machines_get_json(guidegen: Guidegen, project: Project) -> None:
    first = guidegen("build", "--json")
    second = guidegen("build", "--json")

    data = json.loads(first.out)
    assert first.err == ""
    assert data["site"] == "site"
    assert data["pages"] == ["site/index.html"]
    assert data["pdfs"] == ["site/guideline-en.pdf"]
    assert data["unchanged"] is False
    assert data["edition"] == {"version": "1.0.0", "state": "draft"}
    assert all(note["id"] and note["text"] for note in data["notes"])
    assert json.loads(second.out)["unchanged"] is True
    assert (project.site / "index.html").is_file()


def test_a_folder_without_answers_says_how_to_make_them(
    guidegen: Guidegen, here: Path
) -> None:
    result = guidegen("build")

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "error: there is no guideline.yml here\n"
        "hint: run “guidegen init” to make one,"
        " or name the folder that has it with -C\n"
    )
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("project")
def test_every_wrong_answer_is_named_in_one_run(
    guidegen: Guidegen, project: Project
) -> None:
    text = project.answers.read_text("utf-8")
    text = text.replace("languages: [en]", "languages: [xx]").replace("2027-02-01", "x")
    project.answers.write_text(text, encoding="utf-8")

    result = guidegen("build")

    lines = result.err.splitlines()
    assert result.code == 1
    assert len(lines) == 2
    assert lines[0].startswith("error: guideline.yml:4: ")
    assert lines[1].startswith("error: guideline.yml:")
    assert not project.site.exists()


@pytest.mark.usefixtures("project")
def test_a_broken_pack_is_named_with_file_and_line(
    guidegen: Guidegen, here: Path
) -> None:
    pack = here / "pack"
    pack.mkdir()
    (pack / "pack.yml").write_text("extends: dell\ntitel: x\n", encoding="utf-8")

    result = guidegen("build", "--pack", "pack")

    assert result.code == 1
    assert "error: pack/pack.yml:2: titel: “titel” is not known here" in result.err


@pytest.mark.usefixtures("project")
def test_a_broken_section_is_named_with_file_and_line(
    guidegen: Guidegen, here: Path
) -> None:
    section = here / "sections" / "en" / "nice.md"
    section.parent.mkdir(parents=True)
    section.write_text("## Nice\n\n{{ compny.name }}\n", encoding="utf-8")

    result = guidegen("build")

    assert result.code == 1
    assert result.err.startswith(
        "error: sections/en/nice.md:3: there is no name “compny” here"
        " ('compny' is undefined)\nhint: "
    )


@pytest.mark.usefixtures("project")
def test_files_that_are_not_guidegen_s_are_named(
    guidegen: Guidegen, here: Path
) -> None:
    (here / "site").mkdir()
    (here / "site" / "notes.txt").touch()

    result = guidegen("build")

    assert result.code == 1
    assert result.err.startswith("error: site/notes.txt: guidegen did not make this")


@pytest.mark.slow
def test_a_demo_is_built_and_said(guidegen: Guidegen, here: Path) -> None:
    first = guidegen("demo")
    quiet = guidegen("demo", "-q")
    second = guidegen("demo", "guidegen-demo")

    assert first.code == 0
    assert "  guidegen-demo/site/index.html\n" in first.out
    assert first.out.endswith("A sample company's guideline is in guidegen-demo.\n")
    assert (here / "guidegen-demo" / "guideline.yml").is_file()
    assert quiet == (0, "", "")
    assert second.out.startswith("Nothing has changed.")
