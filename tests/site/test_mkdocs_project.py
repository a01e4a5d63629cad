from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from guidegen.colour import DEFAULT
from guidegen.model.document import Document
from guidegen.site import Look, build_site, write_mkdocs_project
from guidegen.site.mkdocs_project import docs_files


@pytest.mark.slow
def test_bare_mkdocs_builds_the_same_pages_from_the_project(
    german: Document, english: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    documents = (german, english)
    build_site(documents, look=Look(folders=theme), into=tmp_path / "site")
    project = tmp_path / "project"

    write_mkdocs_project(english, documents, theme=theme, into=project)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=project,
        check=True,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": str(english.valid_from),
            "NO_MKDOCS_2_WARNING": "1",
        },
    )

    built = tmp_path / "site" / "en"
    files = [path.relative_to(built) for path in built.rglob("*") if path.is_file()]
    assert files
    for name in files:
        assert (project / "site" / name).read_bytes() == (built / name).read_bytes()


def test_the_project_has_no_hooks_and_no_foreign_plugins(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    write_mkdocs_project(german, (german,), theme=theme, into=tmp_path)

    settings = yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8"))
    assert "hooks" not in settings
    assert settings["plugins"] == ["search", "offline"]
    assert (tmp_path / "overrides" / "main.html").is_file()
    assert (tmp_path / "docs" / "index.md").is_file()


def test_a_company_without_a_colour_has_the_default_one(german: Document) -> None:
    files = docs_files(replace(german, brand_color=None))

    assert f"--gg-brand: {DEFAULT};" in files["assets/brand.css"].decode()
    assert f'fill="{DEFAULT}"' in files["assets/favicon.svg"].decode()
