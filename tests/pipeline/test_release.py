from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from pathlib import Path

import pytest
from tests.pack.packs import change, install, newer_packs
from tests.quick_pdf import use_quick_pdf
from tests.samples import sample_project
from tests.wording import raises

from guidegen.errors import ProblemsError, ReleaseError, SiteError
from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.model.release import ReleaseId
from guidegen.model.text import LocalText
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.release import Released, ReleaseRequest, make_release
from guidegen.pipeline.release_preview import (
    ReleasePreview,
    preview_release,
)
from guidegen.pipeline.status import find_status, review_project
from guidegen.release.history import read_history
from guidegen.release.verify import verify

pytestmark = pytest.mark.slow

NOON = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
TOPIC = "taboo_topics:\n  - mergers\n"


def _release(
    project: Project,
    *,
    now: dt.datetime = NOON,
    note: str | None = None,
    version: str | None = None,
) -> Released:
    job = Job(project=project)
    preview = preview_release(job)
    assert preview.problems == ()
    notes = LocalText.of({"de": note}) if note else None
    return make_release(
        job, preview, ReleaseRequest(now=now, notes=notes, version=version)
    )


def _edit(project: Project, old: str, new: str) -> None:
    text = project.answers.read_text("utf-8")
    assert old in text
    project.answers.write_text(text.replace(old, new, 1), encoding="utf-8")


def _preview(project: Project) -> ReleasePreview:
    return preview_release(Job(project=project))


def _messages(preview: ReleasePreview) -> list[str]:
    return [problem.message for problem in preview.problems]


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(autouse=True)
def _no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typeset only what is released once: those are the PDFs that are looked at."""
    use_quick_pdf(monkeypatch)


@pytest.fixture(scope="session")
def _released_once(
    tmp_path_factory: pytest.TempPathFactory, cache_home: Path
) -> Project:
    project = sample_project("small", tmp_path_factory.mktemp("released"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache_home))
        _release(project)
    return project


@pytest.fixture
def released(_released_once: Project, tmp_path: Path) -> Project:
    """Return a project of its own that was released once."""
    folder = tmp_path / "small"
    shutil.copytree(_released_once.folder, folder)
    return Project(folder)


# --- which edition a build is


def test_before_the_first_release_a_build_is_a_draft_of_it(built: Project) -> None:
    edition = build_project(Job(project=built)).edition

    assert (edition.version, edition.state) == ("1.0.0", State.DRAFT)


def test_a_site_made_from_a_release_is_current_and_says_so(released: Project) -> None:
    built = build_project(Job(project=released))

    assert built.unchanged
    assert (built.edition.version, built.edition.state) == ("1.0.0", State.RELEASED)
    assert "draft" not in (released.site / "index.html").read_text("utf-8").lower()


def test_a_build_of_a_release_is_the_release_to_the_byte(released: Project) -> None:
    before = _digests(released.site)

    built = build_project(Job(project=released, force=True))

    assert not built.unchanged
    assert _digests(released.site) == before
    for pdf in built.pdfs:
        frozen = released.releases / "1.0.0" / pdf.name
        assert pdf.read_bytes() == frozen.read_bytes()


def test_comments_and_touched_files_make_no_draft(released: Project) -> None:
    _edit(released, "format: 1", "format: 1  # as ever")
    os.utime(released.releases / "1.0.0" / "release.json")

    built = build_project(Job(project=released))

    assert built.edition.state is State.RELEASED


@pytest.mark.parametrize(
    ("old", "new", "version"),
    [
        ("taboo_topics:\n", TOPIC, "2.0.0"),
        ("+49 4321 98765", "+49 4321 98766", "1.1.0"),
        ("2027-01-01", "2027-01-02", "1.0.1"),
        ("valid_from:", "review_months: 6\n  valid_from:", "1.0.1"),
    ],
)
def test_a_change_makes_a_draft_of_the_version_it_would_become(
    released: Project, old: str, new: str, version: str
) -> None:
    _edit(released, old, new)

    edition = build_project(Job(project=released)).edition

    assert (edition.version, edition.state) == (version, State.DRAFT)


def test_taking_a_change_back_brings_the_release_back(released: Project) -> None:
    before = _digests(released.site)
    _edit(released, "taboo_topics:\n", TOPIC)
    build_project(Job(project=released))
    _edit(released, TOPIC, "taboo_topics:\n")

    build_project(Job(project=released))

    assert _digests(released.site) == before


@pytest.mark.parametrize("changed", ["logo.svg", "white.svg"])
def test_another_picture_in_a_logo_is_a_change(changed: str, released: Project) -> None:
    for name in ("logo.svg", "white.svg"):
        (released.folder / name).write_text(DRAWING, encoding="utf-8")
    brand = "brand:\n  logo: logo.svg\n  logo_dark: white.svg\n"
    _edit(released, "version:\n", f"{brand}version:\n")
    _release(released, now=NOON + DAY, note="Logo")
    assert not find_status(released, on=NOON.date()).is_changed

    (released.folder / changed).write_text(DRAWING.replace("9", "8"), "utf-8")

    assert find_status(released, on=NOON.date()).is_changed


def test_a_release_keeps_both_logos_and_old_versions_show_them(
    released: Project,
) -> None:
    for name, side in (("logo.svg", "7"), ("white.svg", "8")):
        (released.folder / name).write_text(DRAWING.replace("9", side), "utf-8")
    brand = "brand:\n  logo: logo.svg\n  logo_dark: white.svg\n"
    _edit(released, "version:\n", f"{brand}version:\n")
    _release(released, now=NOON + DAY, note="Logo")
    (released.folder / "white.svg").write_text(DRAWING, encoding="utf-8")
    _release(released, now=NOON + 2 * DAY, note="Logo")

    release = read_history(released.releases).releases[1]
    assert {"logo.svg", "white.svg"} <= release.files.keys()
    assert release.documents["de"].logo_dark == "images/logo-dark.svg"
    frozen = release.folder / "de" / "images" / "logo-dark.svg"
    assert "8" in frozen.read_text("utf-8")
    shown = [
        path.read_bytes()
        for path in (released.site / "versions" / "files").iterdir()
        if path.suffix == ".svg"
    ]
    assert frozen.read_bytes() in shown


def test_a_release_without_a_logo_for_dark_backgrounds_says_nothing_of_it(
    released: Project,
) -> None:
    record = read_history(released.releases).releases[0].folder / "release.json"

    # Records of earlier guidegens keep their bytes, and so their digests.
    assert "logo_dark" not in record.read_text("utf-8")


# --- what a release is


def test_a_release_pins_the_pack_and_records_what_it_was_made_from(
    released: Project,
) -> None:
    release = read_history(released.releases).last

    assert release
    assert release.step == "major"
    assert release.previous is None
    assert release.valid_from == dt.date(2027, 1, 1)
    assert release.pack.name == "dell"
    assert released.pack_lock.is_file()
    assert (released.releases / release.pack.folder / "pack.yml").is_file()
    frozen = release.folder / "guideline.yml"
    assert frozen.read_bytes() == released.answers.read_bytes()


def test_the_next_release_says_what_has_changed(released: Project) -> None:
    _edit(released, "taboo_topics:\n", TOPIC)
    made = _release(released, now=NOON + DAY, note="Fusionen sind jetzt tabu.")
    release = made.release

    first = read_history(released.releases).releases[0]
    assert (release.version, release.step) == ("2.0.0", "major")
    assert release.previous == ReleaseId(version="1.0.0", digest=first.digest)
    assert [each.message for each in release.changes] == ["compare-topic-new"]
    assert "ins" in (release.folder / "de" / "redline.json").read_text("utf-8")
    assert verify(released.releases) == ()
    page = (released.site / "index.html").read_text("utf-8")
    assert "Fusionen sind jetzt tabu." in page
    assert (released.site / "versions" / "1.0.0" / "index.html").is_file()
    assert build_project(Job(project=released)).unchanged


def test_a_new_page_that_prints_its_version_prints_its_own_in_the_redline(
    released: Project,
) -> None:
    with released.answers.open("a", encoding="utf-8") as answers:
        answers.write("\nacknowledgement:\n  email: hr@example.com\n")
    release = _release(released, note="Bitte bestätigen.", version="1.1.0").release

    digest = release.documents["de"].digest[:8]
    redline = (release.folder / "de" / "redline.json").read_text("utf-8")
    page = (release.folder / "de" / "acknowledgement.html").read_text("utf-8")
    assert f"1.1.0 (Prüfsumme {digest})" in page
    assert f"1.1.0 (Prüfsumme {digest})" in redline
    assert "1.0.0 (" not in redline


def test_the_news_of_a_major_release_is_told_until_the_next_one(
    released: Project,
) -> None:
    _edit(released, "taboo_topics:\n", TOPIC)
    _release(released, now=NOON + DAY, note="Fusionen sind jetzt tabu.")
    _edit(released, "2027-01-01", "2027-02-01")

    _release(released, now=NOON + 2 * DAY)

    page = (released.site / "index.html").read_text("utf-8")
    assert "Fusionen sind jetzt tabu." not in page


def test_own_texts_are_kept_with_the_release(released: Project) -> None:
    own = released.sections / "de" / "nice.md"
    own.parent.mkdir(parents=True)
    own.write_text("## Nett\n\nUnser Satz.\n", encoding="utf-8")

    made = _release(released, now=NOON + DAY, note="Neu")

    frozen = made.release.folder / "sections" / "de" / "nice.md"
    assert frozen.read_bytes() == own.read_bytes()


def test_another_version_can_be_chosen_if_it_is_a_higher_one(
    released: Project,
) -> None:
    _edit(released, "2027-01-01", "2027-01-02")
    preview = _preview(released)

    refused = {}
    for version in ("1.0.0", "0.9.0", "1.2", "eins", "1.0.01"):
        problem = preview.version_problem(version)
        refused[version] = problem.message if problem else None
    steps = {each: preview.step_to(each) for each in (None, "1.0.7", "1.4.0", "3.0.0")}

    assert refused == {
        "1.0.0": "release-version-exists",
        "0.9.0": "release-version-lower",
        "1.2": "release-version-form",
        "eins": "release-version-form",
        "1.0.01": "release-version-form",
    }
    assert steps == {
        None: "patch",
        "1.0.7": "patch",
        "1.4.0": "minor",
        "3.0.0": "major",
    }
    jumps = [
        each
        for each in ("1.0.1", "1.1.0", "2.0.0", "1.0.2", "1.2.0", "2.0.1", "3.0.0")
        if preview.is_jump(each)
    ]
    assert jumps == ["1.0.2", "1.2.0", "2.0.1", "3.0.0"]
    made = _release(released, now=NOON + DAY, version="1.4.0")
    assert (made.release.version, made.release.step) == ("1.4.0", "minor")


# --- what stands against a release


def test_all_that_stands_against_a_release_is_said_at_once(released: Project) -> None:
    _edit(released, "2027-01-01", "2026-12-31")
    folder = released.sections / "de"
    folder.mkdir(parents=True)
    (folder / "nice.proposal.md").write_text("x", encoding="utf-8")
    (released.releases / "1.0.0" / "new").touch()

    assert _messages(_preview(released)) == [
        "verify-refused",
        "verify-added",
        "release-conflict",
        "release-earlier",
    ]


def test_nothing_new_is_not_released(released: Project) -> None:
    _edit(released, "format: 1", "format: 1  # as ever")

    assert _messages(_preview(released)) == ["release-nothing-new"]


def test_broken_records_are_named_file_by_file(released: Project) -> None:
    (released.releases / "1.0.0" / "release.json").write_text("{", encoding="utf-8")

    with pytest.raises(ProblemsError) as raised:
        _preview(released)

    assert [problem.message for problem in raised.value.problems] == [
        "verify-refused",
        "verify-manifest-broken",
    ]


def test_what_changes_while_somebody_thinks_is_not_released(
    released: Project,
) -> None:
    _edit(released, "taboo_topics:\n", TOPIC)
    job = Job(project=released)
    preview = preview_release(job)
    _edit(released, "2027-01-01", "2027-01-02")

    with raises(ReleaseError, match="changed in the meantime"):
        make_release(job, preview, ReleaseRequest(now=NOON))

    assert [each.version for each in read_history(released.releases).releases] == [
        "1.0.0"
    ]


def test_files_from_the_future_can_be_released(released: Project) -> None:
    _edit(released, "2027-01-01", "2027-01-02")
    later = released.answers.stat().st_mtime + 3600
    os.utime(released.answers, (later, later))

    made = _release(released, now=NOON + DAY)

    assert made.release.version == "1.0.1"


def test_a_site_that_cannot_be_built_is_not_released(
    released: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise SiteError("no")

    _edit(released, "taboo_topics:\n", TOPIC)
    before = _digests(released.releases), _digests(released.site)
    monkeypatch.setattr("guidegen.pipeline.release.make_site", refuse)

    with pytest.raises(SiteError):
        _release(released, note="Neu")

    assert (_digests(released.releases), _digests(released.site)) == before


def test_a_changed_pdf_is_not_built_into_the_site(released: Project) -> None:
    before = _digests(released.site)
    pdf = released.releases / "1.0.0" / "guideline-de.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"\n")

    with raises(ReleaseError, match="not what was released") as raised:
        build_project(Job(project=released, force=True))

    assert raised.value.path == pdf
    assert _digests(released.site) == before


# --- the pack


def test_a_newer_guidegen_leaves_the_released_text_alone(
    released: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dell = newer_packs(tmp_path / "newer")
    change(dell / "sections" / "de" / "nice.md", "## ", "## Neu: ")
    install(dell.parent, monkeypatch)

    status = find_status(released, on=NOON.date())

    assert not status.is_changed
    assert status.update
    assert (status.update.old, status.update.new) == ("2.0.0", "2.1.0")
    assert build_project(Job(project=released)).edition.state is State.RELEASED


# --- status and review


def test_nothing_but_a_review_makes_an_overdue_guideline_green(
    released: Project,
) -> None:
    late = dt.date(2028, 1, 11)
    assert find_status(released, on=dt.date(2028, 1, 10)).is_good
    assert find_status(released, on=late).overdue

    # An edit of the dates.
    _edit(released, "2027-01-01", "2028-01-01\n  review_months: 60")
    assert find_status(released, on=late).overdue
    # Files that are touched.
    for path in released.folder.rglob("*"):
        os.utime(path)
    assert find_status(released, on=late).overdue
    # A release, be it with those dates.
    noon = dt.datetime(2028, 1, 11, 12, tzinfo=dt.UTC)
    made = _release(released, now=noon)
    assert made.release.step == "patch"
    assert find_status(released, on=late).overdue
    # A build.
    build_project(Job(project=released, force=True))
    assert find_status(released, on=late).overdue

    review_project(released, by="Svea Brandt", on=late, note=None)

    status = find_status(released, on=late)
    assert status.is_good
    assert status.due == dt.date(2033, 1, 11)


def test_a_review_can_neither_be_edited_nor_copied_in(released: Project) -> None:
    late = dt.date(2028, 1, 11)
    review_project(released, by="Svea Brandt", on=dt.date(2027, 1, 11), note=None)
    path = released.releases / "reviews.json"
    path.write_text(
        path.read_text("utf-8").replace("2027-01-11", "2028-01-11"), encoding="utf-8"
    )

    status = find_status(released, on=late)

    assert not status.is_good
    assert [problem.message for problem in status.problems] == ["verify-review-changed"]


def test_what_was_tampered_with_is_not_reviewed(released: Project) -> None:
    (released.releases / "1.0.0" / "new").touch()

    with pytest.raises(ProblemsError):
        review_project(released, by="Svea", on=NOON.date(), note=None)

    assert not (released.releases / "reviews.json").exists()


def test_a_review_shows_readers_the_next_date(released: Project) -> None:
    review_project(released, by="Svea", on=dt.date(2027, 6, 1), note=None)

    built = build_project(Job(project=released))

    assert not built.unchanged
    assert "1. Juni 2028" in (released.site / "index.html").read_text("utf-8")


def test_status_of_a_draft_that_cannot_be_built_still_tells_the_rest(
    released: Project,
) -> None:
    _edit(released, "format: 1", "format: x")

    status = find_status(released, on=NOON.date())

    assert status.edition is None
    assert status.due == dt.date(2028, 1, 10)
    assert status.is_good


@pytest.fixture(scope="module")
def _listed_once(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Project:
    project = sample_project("listed", tmp_path_factory.mktemp("listed") / "listed")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache_home))
        use_quick_pdf(environment)
        _release(project)
    return project


@pytest.fixture
def listed(_listed_once: Project, tmp_path: Path) -> Project:
    """Return a project of its own in two languages that was released once."""
    return Project(shutil.copytree(_listed_once.folder, tmp_path / "listed"))


def test_a_build_names_own_texts_that_are_behind_in_a_language(listed: Project) -> None:
    before = build_project(Job(project=listed, force=True)).notes
    _edit(listed, "de: Social-Media-Beraterin", "de: Beraterin")

    notes = build_project(Job(project=listed)).notes

    (note,) = (note for note in notes if note not in before)
    assert note.message == "stale-text"
    assert note.values["languages"] == "en"


def test_a_text_that_is_right_as_it_is_need_not_be_changed_in_each_language(
    listed: Project,
) -> None:
    _edit(listed, "de: Social-Media-Beraterin", "de: Beraterin")

    preview = _preview(listed)
    notes = LocalText.of({"de": "Neu.", "en": "New."})
    request = ReleaseRequest(now=NOON, notes=notes, texts_agree=True)
    make_release(Job(project=listed), preview, request)

    assert read_history(listed.releases).releases[-1].stale == {}
