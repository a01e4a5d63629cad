from __future__ import annotations

import ast
import re
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from tests.installed import run_away, scripts_of

import guidegen
from guidegen.cli.manual import GROUPS

ROOT = Path(__file__).parents[1]
PACKS = ROOT / "guideline_templates"


@pytest.fixture
def scripts(environment: Path) -> Path:
    return scripts_of(environment)


@pytest.mark.proof
@pytest.mark.slow
def test_the_wheel_works_away_from_the_checkout(scripts: Path, tmp_path: Path) -> None:
    guidegen_ = scripts / "guidegen"
    where = run_away(
        scripts / "python",
        "-c",
        "import guidegen; print(guidegen.__file__)",
        cwd=tmp_path,
    )
    assert ROOT not in Path(where.strip()).parents

    assert guidegen.__version__ in run_away(guidegen_, "--version", cwd=tmp_path)
    assert "# Exit codes" in run_away(guidegen_, "docs", "exit-codes", cwd=tmp_path)
    run_away(guidegen_, "demo", "sample", cwd=tmp_path)

    site = tmp_path / "sample" / "site"
    assert "<h1" in (site / "index.html").read_text("utf-8")
    assert {pdf.name for pdf in site.glob("*.pdf")} == {
        "guideline-de.pdf",
        "guideline-en.pdf",
    }


@pytest.mark.proof
@pytest.mark.slow
def test_the_wheel_holds_the_whole_pack_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packs = {
        f"guidegen/guideline_templates/{path.relative_to(PACKS).as_posix()}"
        for path in PACKS.rglob("*")
        if path.is_file() and path.name != ".DS_Store"
    }

    manual = {
        f"guidegen/docs/{path.relative_to(ROOT / 'docs').as_posix()}"
        for group in GROUPS
        for path in (ROOT / "docs" / group).rglob("*.md")
    }

    assert {name for name in names if "guideline_templates" in name} == packs
    # What `guidegen docs` shows, and no pages for developers.
    assert {name for name in names if name.startswith("guidegen/docs/")} == manual
    assert {name.split("/")[0] for name in names} == {
        "guidegen",
        f"guidegen-{guidegen.__version__}.dist-info",
    }
    assert "guidegen/py.typed" in names


@pytest.mark.proof
@pytest.mark.slow
def test_the_source_archive_holds_the_tests_and_no_leftovers(packages: Path) -> None:
    [sdist] = packages.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        folders = {name.split("/")[1] for name in archive.getnames() if "/" in name}

    assert {"src", "guideline_templates", "tests", "docs", "Makefile"} <= folders
    assert folders.isdisjoint({".venv", "demo", "manual", "dist", ".cache"})


def test_a_template_pack_holds_no_python() -> None:
    assert [path for path in PACKS.rglob("*.py*") if path.is_file()] == []


def _imported(folder: Path) -> Iterator[str]:
    """Yield the top modules that the code under a folder imports."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.slow
def test_every_library_that_the_code_imports_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {
        _normal(re.split(r"[^\w.-]", requirement)[0])
        for requirements in (
            project["dependencies"],
            *project["optional-dependencies"].values(),
        )
        for requirement in requirements
    }
    known = packages_distributions()
    used = set(_imported(ROOT / "src")) - sys.stdlib_module_names - {"guidegen"}

    assert used
    for module in used:
        assert {_normal(name) for name in known[module]} & declared, module
