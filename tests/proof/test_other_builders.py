"""The ways out when Material's maintenance ends: others build what we export, too."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]
from tests.installed import once
from tests.samples import NAMES, sample_project

from guidegen.pipeline.export import ExportJob, Form, export_project

pytestmark = [pytest.mark.slow, pytest.mark.proof]

PROPERDOCS = "properdocs==1.6.7"


def _run(
    *command: str | Path, cwd: Path, variables: Mapping[str, str] | None = None
) -> None:
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "true",
        "PYTHONWARNINGS": "ignore",
        **(variables or {}),
    }
    done = subprocess.run(  # noqa: S603  # our own command lines
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def properdocs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install ProperDocs beside MkDocs, whose libraries it shares; return where."""

    def install(folder: Path) -> None:
        pip = (sys.executable, "-m", "pip", "install", "-qq", "--no-deps")
        _run(*pip, "--target", folder, PROPERDOCS, cwd=folder)

    return once(tmp_path_factory, "properdocs", install)


@pytest.fixture(scope="module", params=NAMES)
def projects(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, ...]:
    """Return a sample company's exported projects, built by MkDocs."""
    project = sample_project(request.param, tmp_path_factory.mktemp("sample"))
    exported: tuple[Path, ...]
    exported = export_project(ExportJob(project=project, form=Form.MKDOCS)).paths
    for folder in exported:
        _run(sys.executable, "-m", "mkdocs", "build", "--strict", cwd=folder)
    return exported


def _bytes(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file() and not path.name.startswith("sitemap.xml")  # has the day
    }


def _article(page: Path) -> tuple[str, list[str], list[str]]:
    """Return an article's text, and where its links and pictures lead."""
    [article] = html.fromstring(page.read_text("utf-8")).xpath("//article")
    text = " ".join(article.text_content().split())
    links = [*article.xpath(".//a/@href"), *article.xpath(".//img/@src")]
    headings = [each.get("id") for each in article.xpath(".//*[self::h2 or self::h3]")]
    return text, [link.removeprefix("./") for link in links], headings


def test_properdocs_builds_the_same_bytes(
    projects: tuple[Path, ...], properdocs: Path
) -> None:
    path = os.pathsep.join((str(properdocs), os.environ.get("PYTHONPATH", "")))

    for folder in projects:
        other = folder.parent / f"{folder.name}-properdocs"
        _run(
            *(sys.executable, "-m", "properdocs", "build", "--strict", "-d", other),
            cwd=folder,
            variables={"PYTHONPATH": path},
        )

        assert _bytes(other) == _bytes(folder / "site")


def test_zensical_builds_the_same_articles(projects: tuple[Path, ...]) -> None:
    zensical = Path(sys.executable).with_name("zensical")

    for folder in projects:
        built = folder / "site"
        ours = {page.name: _article(page) for page in built.glob("*.html")}
        kept = built.rename(folder.parent / f"{folder.name}-mkdocs")
        _run(zensical, "build", "--strict", cwd=folder)
        theirs = {page.name: _article(page) for page in built.glob("*.html")}
        built.rename(folder.parent / f"{folder.name}-zensical")
        kept.rename(built)

        assert theirs == ours
        assert len(ours) > 3
