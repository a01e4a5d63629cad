"""The guideline as one file, opened by double-click."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from tests.axe import violations

from guidegen.model.project import Project
from guidegen.pipeline.export import ExportJob, Form, export_project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def exported(site: Path) -> dict[str, str]:
    """The addresses of the files by language."""
    job = ExportJob(project=Project(site.parent), form=Form.HTML)
    paths = export_project(job).paths
    return {path.stem.partition("-")[2]: path.resolve().as_uri() for path in paths}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "width"), [("de", 320), ("de", 1280), ("en", 1280)]
)
def test_axe_finds_nothing(
    page: Page,
    exported: dict[str, str],
    language: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(exported[language])

    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_its_policy_refuses_nothing_of_its_own(
    page: Page, exported: dict[str, str]
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(exported["de"])

    pictures = page.evaluate(
        "[...document.images].map(each => each.complete && each.naturalWidth > 0)"
    )
    band = page.evaluate("getComputedStyle(document.body).borderTopColor")
    assert pictures == [True] * len(pictures)
    assert len(pictures) >= 2
    assert band != "rgb(0, 0, 0)"
    assert said == []


def test_the_contents_lead_to_the_sections(
    page: Page, exported: dict[str, str]
) -> None:
    page.goto(exported["de"])
    page.get_by_role("navigation").get_by_role(
        "link", name="Kontakt", exact=True
    ).click()

    page.wait_for_function("scrollY > 500")
    assert page.url.startswith(exported["de"] + "#contact")


def test_on_paper_it_is_dark_on_white_and_short(
    page: Page, exported: dict[str, str], tmp_path: Path
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(exported["de"])
    page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 36, 48)"
    sheets = PdfReader(tmp_path / "paper.pdf").pages
    assert 3 <= len(sheets) <= 7
