from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.model.project import Project

Guidegen = Callable[..., Result]


@pytest.fixture(autouse=True)
def _own_cache(own_cache: None) -> None:
    """Compose with a cache of the tests' own."""


@pytest.fixture
def project(here: Path) -> Project:
    return sample_project("agency", here)


@pytest.mark.usefixtures("project")
def test_an_export_says_what_it_wrote_and_that_it_is_a_draft(
    guidegen: Guidegen,
) -> None:
    result = guidegen("export", "html")
    quiet = guidegen("export", "html", "-q")

    assert result.code == 0
    assert result.out == (
        "Done. Written:\n  export/guideline-en.html\n"
        "This is a draft of version 1.0.0, and it says so.\n"
    )
    assert quiet == (0, "", "")


@pytest.mark.usefixtures("project")
def test_machines_get_json(guidegen: Guidegen) -> None:
    result = guidegen("export", "md", "--json", "--into", "out")

    assert json.loads(result.out) == {
        "paths": ["out/guideline-en-md"],
        "version": "1.0.0",
        "state": "draft",
        "notes": [],
    }
    assert result.err == ""


@pytest.mark.slow
@pytest.mark.usefixtures("project")
def test_a_mkdocs_project_comes_with_what_to_do_next(guidegen: Guidegen) -> None:
    result = guidegen("export", "mkdocs")

    assert result.code == 0
    assert result.out.endswith("  mkdocs build --strict\n")


@pytest.mark.slow
def test_a_changed_file_is_named_with_what_to_do(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen("export", "docx")
    (project.folder / "export" / "guideline-en.docx").write_bytes(b"comments")

    refused = guidegen("export", "docx")
    forced = guidegen("export", "docx", "--force", "-q")

    assert refused.code == 1
    assert refused.err == (
        "error: export/guideline-en.docx: somebody has changed this since guidegen"
        " wrote it\nhint: keep it under another name, or replace it with --force\n"
    )
    assert forced == (0, "", "")


@pytest.mark.usefixtures("project")
def test_a_form_or_language_that_there_is_not_is_refused(guidegen: Guidegen) -> None:
    form = guidegen("export", "odt")
    language = guidegen("export", "md", "--language", "fr")

    assert form.code == 2
    assert "“odt” is not possible here" in form.err
    assert language.code == 1
    assert language.err.startswith(
        "error: guideline.yml: the guideline is not written in “fr”"
    )


@pytest.mark.parametrize("into", ["site", "releases/1.0.0", "sections", ".guidegen"])
def test_nothing_is_written_among_what_guidegen_keeps(
    guidegen: Guidegen, project: Project, into: str
) -> None:
    result = guidegen("export", "md", "--into", into, "--force")

    assert result.code == 1
    assert "guidegen keeps other things in this folder" in result.err
    assert not (project.folder / into / "guideline-de-md").exists()
