from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from lxml import etree, html  # type: ignore[import-untyped]

from guidegen.colour import DEFAULT
from guidegen.model.document import Document
from guidegen.page.tree import INLINES
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
    assert Path("arrangement.yml") not in files
    assert not [*project.rglob("arrangement.yml")]
    for name in files:
        ours, theirs = built / name, project / "site" / name
        if name.suffix in {".html", ".json", ".js"}:
            assert _as_read(theirs) == _as_read(ours)
        else:
            assert theirs.read_bytes() == ours.read_bytes()


def _as_read(path: Path) -> object:
    """Return what a browser or a search makes of a file, whatever its white space."""
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        return _spelled(text)
    if path.parent.name != "search":
        return text
    index = json.loads(text[text.index("{") :].rstrip(";\n"))
    for entry in index["docs"]:
        entry["text"] = _spelled(entry["text"])
    return index


def _spelled(text: str) -> str:
    """Return HTML in one spelling."""
    tree = html.fromstring(f"<div>{text}</div>")
    for element in tree.iter():
        inline = element.tag in INLINES
        element.text = _collapsed(element.text, at_block=not inline)
        element.tail = _collapsed(element.tail, at_block=not inline)
    return str(etree.tostring(tree, method="c14n"), "utf-8")


def _collapsed(text: str | None, *, at_block: bool) -> str:
    collapsed = re.sub(r"[ \t\n\r\f]+", " ", text or "")
    return collapsed.strip() if at_block else collapsed


def test_the_project_has_no_hooks_and_no_foreign_plugins(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    write_mkdocs_project(german, (german,), theme=theme, into=tmp_path)

    settings = yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8"))
    assert "hooks" not in settings
    search, offline = settings["plugins"]
    assert [*search, offline] == ["search", "offline"]
    assert (tmp_path / "overrides" / "main.html").is_file()
    assert (tmp_path / "docs" / "index.md").is_file()


def test_a_company_without_a_colour_has_the_default_one(german: Document) -> None:
    files = docs_files(replace(german, brand_color=None))

    assert f"--gg-brand: {DEFAULT};" in files["assets/brand.css"].decode()
    assert f'fill="{DEFAULT}"' in files["assets/favicon.svg"].decode()
