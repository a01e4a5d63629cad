from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.samples import NAMES, sample_project

from guidegen.export.scorm_manifest import Course, manifest
from guidegen.pipeline.export import ExportJob, Form, export_project
from guidegen.pipeline.working_copy import load_working_copy

NAMESPACE = {"i": "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}
LARGEST = 80_000


@pytest.fixture(scope="module", params=NAMES)
def packages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, ...]:
    """Return a sample company's packages."""
    project = sample_project(request.param, tmp_path_factory.mktemp("sample"))
    return export_project(ExportJob(project=project, form=Form.SCORM, mark=80)).paths


@pytest.mark.slow
def test_a_package_is_small_and_names_all_that_it_holds(
    packages: tuple[Path, ...],
) -> None:
    for path in packages:
        assert path.stat().st_size <= LARGEST
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            root = ET.fromstring(archive.read("imsmanifest.xml"))  # noqa: S314  # ours
        files = [each.get("href") for each in root.iterfind(".//i:file", NAMESPACE)]
        assert names[0] == "imsmanifest.xml"
        assert sorted(names[1:]) == files
        # Platforms of schools and offices unpack into folders of Windows.
        assert all(name.replace(".", "").isalnum() for name in names)


@pytest.mark.slow
def test_each_card_leads_to_its_rule_in_the_guideline(
    packages: tuple[Path, ...],
) -> None:
    for path in packages:
        with zipfile.ZipFile(path) as archive:
            page = archive.read("index.html").decode()
            guideline = archive.read("guideline.html").decode()
        links = {
            part.partition('"')[0] for part in page.split('href="guideline.html#')[1:]
        }
        assert links
        assert [each for each in links if f'id="{each}"' not in guideline] == []


@pytest.mark.slow
def test_the_same_project_gives_the_same_bytes_and_another_version_the_same_course(
    tmp_path: Path,
) -> None:
    project = sample_project("small", tmp_path)
    job = ExportJob(project=project, form=Form.SCORM, force=True)
    [first] = export_project(job).paths
    before = first.read_bytes()
    export_project(job)

    assert first.read_bytes() == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        root = ET.fromstring(archive.read("imsmanifest.xml"))  # noqa: S314  # ours
    deck = load_working_copy(project, None).decks["de"]
    assert root.get("version") == "1.0.0"
    assert deck.core >= min(10, len(deck.cards))


@pytest.mark.parametrize(
    "title",
    ["A & B <i>", '"quoted"', "x" * 300, "bell\x07", "line\nbreak", "\u202ertl"],
)
def test_no_title_breaks_the_manifest(title: str) -> None:
    course = Course(identifier="guidegen-1-de", version="1.0.0", title=title, mark=80)

    root = ET.fromstring(manifest(course, "index.html", ["index.html"]))  # noqa: S314

    [shown, again] = [each.text for each in root.iterfind(".//i:title", NAMESPACE)]
    assert shown == again
    assert shown is not None
    assert len(shown) <= 200
