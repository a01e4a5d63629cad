"""The guideline as one file, opened by double-click."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.axe import violations
from tests.export.reading import squeezed
from tests.installed import once

from guidegen.model.project import Project
from guidegen.pipeline.export import ExportJob, Form, export_project

pytestmark = pytest.mark.slow

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="session")
def exported(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The addresses of the files by language."""

    def export(folder: Path) -> None:
        job = ExportJob(project=Project(site.parent), form=Form.HTML)
        for path in export_project(job).paths:
            shutil.copyfile(path, folder / path.name)

    # One project is exported by one worker at a time.
    paths = once(tmp_path_factory, "exported", export).iterdir()
    return {path.stem.partition("-")[2]: path.resolve().as_uri() for path in paths}


@pytest.mark.parametrize(("language", "widths"), [("de", (320, 1280)), ("en", (1280,))])
def test_axe_finds_nothing(
    tab: Page, exported: dict[str, str], language: str, widths: tuple[int, ...]
) -> None:
    tab.goto(exported[language])
    for opened, scheme, width in product((False, True), SCHEMES, widths):
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size({"width": width, "height": 800})
        tab.locator("details").evaluate_all(
            "(all, opened) => all.forEach(it => { it.open = opened })", opened
        )

        assert violations(tab) == "", (opened, scheme, width)
        assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_its_policy_refuses_nothing_of_its_own(
    tab: Page, exported: dict[str, str]
) -> None:
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(exported["de"])

    pictures = tab.evaluate(
        "[...document.images].map(each => each.complete && each.naturalWidth > 0)"
    )
    colours = tab.evaluate(
        """[".gg-magic", ".gg-num", ".gg-level--only .gg-level__name"].map(
            each => getComputedStyle(document.querySelector(each)).backgroundColor
        )"""
    )
    signs = tab.evaluate(
        """[".gg-level__name", ".gg-say"].map(each =>
            getComputedStyle(document.querySelector(each), "::before").content)"""
    )
    assert pictures == [True] * len(pictures)
    assert len(pictures) >= 2
    assert len(set(colours)) == 2
    assert "rgba(0, 0, 0, 0)" not in colours
    assert signs == ['""', '""']
    assert said == []


def test_a_phone_s_first_screen_has_the_sentence_and_whom_to_ask(
    tab: Page, exported: dict[str, str]
) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(exported["de"])

    for each in (".magic-sentence", ".gg-contact__bar"):
        box = tab.locator(each).first.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < box["y"] + box["height"] <= 844


def test_a_topic_opens_in_place_without_a_script(
    page: Page, exported: dict[str, str]
) -> None:
    page.goto(exported["de"])
    topic = page.locator("details.gg-topic").first
    post = topic.locator(".gg-say").first

    assert not post.is_visible()
    topic.locator("summary").click()
    assert post.is_visible()


def test_the_contents_lead_to_the_sections(
    page: Page, exported: dict[str, str]
) -> None:
    page.goto(exported["de"])
    page.get_by_role("navigation", name="Seiten").get_by_role(
        "link", name="Kontakt", exact=True
    ).click()

    expect(page.locator("#contact .gg-person").first).to_be_in_viewport()
    assert page.url.startswith(exported["de"] + "#contact")


def test_on_paper_it_is_dark_on_white_and_short(
    page: Page, exported: dict[str, str], tmp_path: Path
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(exported["de"])
    page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 32, 43)"
    sheets = PdfReader(tmp_path / "paper.pdf").pages
    assert 3 <= len(sheets) <= 7
    # The examples are printed once, in their own chapter.
    text = squeezed(" ".join(sheet.extract_text() for sheet in sheets))
    assert text.count(squeezed("Heute den Prototyp der X9 in der Hand gehabt")) == 1
