from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from pathlib import Path

import pytest
from tests.samples import NAMES, sample_project
from tests.wording import raises

from guidegen.errors import (
    FilesError,
    GuidegenError,
    PackError,
    ProblemsError,
    RenderError,
)
from guidegen.files.digest import sha256
from guidegen.model.project import Project, find_project
from guidegen.pack.find import builtin_packs
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.demo import make_demo
from guidegen.pipeline.up_to_date import (
    have_answers_changed,
    known_sources,
    read_build_record,
    remember_sources,
    sources,
    unmanaged_file,
)

pytestmark = pytest.mark.slow

LITTER = (
    *("._index.html", ".DS_Store", "Thumbs.db", "desktop.ini", ".directory"),
    *("@eaDir/index.html/SYNO@.fileindexdb", ".~lock.index.html#", "~$index.html"),
    *("index.html~", ".index.html.swp", ".nfs0000000001", ".fuse_hidden0000000001"),
)
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'


def _snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return each file's time of change and content."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mtime_ns,
            path.read_bytes(),
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def _replace(project: Project, old: str, new: str) -> None:
    text = project.answers.read_text("utf-8")
    assert old in text
    project.answers.write_text(text.replace(old, new), encoding="utf-8")


def _is_rebuilt(project: Project, pack: Path | None = None) -> bool:
    return not build_project(Job(project=project, pack=pack)).unchanged


# --- what a build makes


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_sample_company_gets_its_site_and_a_pdf_for_each_language(
    name: str, tmp_path: Path
) -> None:
    project = sample_project(name, tmp_path / name)
    steps: list[str] = []

    built = build_project(Job(project=project, progress=steps.append))

    languages = {"small": ["de"], "listed": ["de", "en"], "agency": ["en"]}[name]
    site = project.site
    assert built.site == site
    assert [pdf.name for pdf in built.pdfs] == [
        f"guideline-{language}.pdf" for language in languages
    ]
    assert all(pdf.read_bytes().startswith(b"%PDF-") for pdf in built.pdfs)
    assert built.pages[0] == site / "index.html"
    assert built.pages[1:] == tuple(
        site / language / "index.html" for language in languages[1:]
    )
    assert all("</html>" in page.read_text("utf-8") for page in built.pages)
    assert not built.unchanged
    assert steps == ["build-pages", "build-outputs"]
    assert unmanaged_file(site) is None
    assert not list(project.work.glob("staging-*"))
    assert build_project(Job(project=project)).unchanged


# --- unchanged


@pytest.mark.slow
def test_unchanged_input_writes_nothing_and_says_so(built: Project) -> None:
    before = _snapshot(built.folder)
    steps: list[str] = []

    result = build_project(Job(project=built, progress=steps.append))

    assert result.unchanged
    assert result.pages == (built.site / "index.html",)
    assert result.pdfs == (built.site / "guideline-de.pdf",)
    assert _snapshot(built.folder) == before
    assert steps == []


@pytest.mark.slow
def test_a_project_in_another_place_is_still_current(built: Project) -> None:
    moved = Project(built.folder.rename(built.folder.with_name("moved")))

    assert not _is_rebuilt(moved)


def test_a_site_that_came_along_is_built_anew_even_if_its_record_fits(
    built: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    index = built.site / "index.html"
    theirs = index.read_bytes().replace(b"</head>", b"<script>x</script></head>")
    index.write_bytes(theirs)
    record = built.site / ".guidegen.json"
    content = json.loads(record.read_text("utf-8"))
    content["files"]["index.html"] = sha256(theirs)
    record.write_text(json.dumps(content), encoding="utf-8")

    assert _is_rebuilt(built)
    assert b"<script>x</script>" not in index.read_bytes()
    assert not _is_rebuilt(built)

    # Another computer's cache knows nothing of it.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert _is_rebuilt(built)


def test_what_a_file_manager_leaves_is_no_change(built: Project) -> None:
    for folder in (built.site, built.site / "assets", built.sections, built.work):
        for name in LITTER:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("a file manager's", encoding="utf-8")
    (built.sections / "en").mkdir(exist_ok=True)
    (built.sections / "en" / ".#nice.md").symlink_to("mira@host.4711:1700000000")
    (built.sections / "en" / "._nice.md").write_bytes(b"\0\5\x16\7\xff")

    assert not _is_rebuilt(built)

    _replace(built, "owner: ", "owner: Dr. ")
    again = build_project(Job(project=built))
    assert again.notes == ()
    assert not (built.site / "assets" / LITTER[0]).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_file_s_name_need_not_be_utf_8(built: Project) -> None:
    (built.sections / "en").mkdir(parents=True, exist_ok=True)
    name = b"caf\xe9.md".decode("utf-8", "surrogateescape")
    (built.sections / "en" / name).write_text("Nobody reads this.\n")

    assert _is_rebuilt(built)
    assert not _is_rebuilt(built)


@pytest.mark.slow
def test_force_builds_all_the_same(built: Project) -> None:
    assert not build_project(Job(project=built, force=True)).unchanged


# --- changed


def test_a_changed_answer_is_built(built: Project) -> None:
    _replace(built, "short_name: Brandt", "short_name: Brandner")

    assert _is_rebuilt(built)
    assert "Brandner" in (built.site / "index.html").read_text("utf-8")
    assert not _is_rebuilt(built)


@pytest.mark.slow
def test_an_own_section_is_built_and_so_is_its_removal(built: Project) -> None:
    section = built.folder / "sections" / "de" / "nice.md"
    section.parent.mkdir(parents=True)
    section.write_text("## Sei höflich {: #nice }\n", encoding="utf-8")

    assert _is_rebuilt(built)
    assert "Sei höflich" in (built.site / "index.html").read_text("utf-8")

    section.unlink()

    assert _is_rebuilt(built)
    assert "Sei höflich" not in (built.site / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_what_changes_while_it_is_built_is_built_next_time(built: Project) -> None:
    _replace(built, "short_name: Brandt", "short_name: Brandner")

    def progress(message: str) -> None:
        # All is read by then, and the file claims to have been there long before.
        if message == "build-outputs":
            section = built.sections / "de" / "nice.md"
            section.parent.mkdir(parents=True)
            section.write_text("## Sei nett {: #nice }\n", encoding="utf-8")
            os.utime(section, (1, 1))

    build_project(Job(project=built, progress=progress))

    assert not build_project(Job(project=built)).unchanged
    assert build_project(Job(project=built)).unchanged


def test_whether_the_answers_have_changed_is_known_before_all_else(
    built: Project,
) -> None:
    assert not have_answers_changed(built)
    _replace(built, "short_name: Brandt", "short_name: Brandner")
    assert have_answers_changed(built)
    build_project(Job(project=built))
    assert not have_answers_changed(built)

    built.sources.write_text("{}", encoding="utf-8")
    assert not have_answers_changed(built)


def test_a_logo_that_cannot_be_seen_is_named(built: Project) -> None:
    drawn = LOGO.replace(b"></svg>", b'><path fill="#fff" d="M2 2h5v5h-5z"/></svg>')
    (built.folder / "logo.svg").write_bytes(drawn)
    text = built.answers.read_text("utf-8")
    built.answers.write_text(f"{text}brand:\n  logo: logo.svg\n", "utf-8")

    notes = build_project(Job(project=built)).notes

    assert "logo-lost" in [note.message for note in notes]


@pytest.mark.slow
def test_an_own_section_that_no_page_takes_is_named(built: Project) -> None:
    for name in ("welcome.md", "de/welcom.md", "en/nice.md", "de/nice.md"):
        file = built.folder / "sections" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("## Own words {: #nice }\n", encoding="utf-8")

    notes = build_project(Job(project=built)).notes

    unused = [note for note in notes if note.message == "compose-section-unused"]
    assert [note.values["file"] for note in unused] == [
        "sections/de/welcom.md",
        "sections/en/nice.md",
        "sections/welcome.md",
    ]
    assert unused[0].values["example"] == "sections/de/abroad.md"


@pytest.mark.slow
def test_a_changed_logo_is_built_wherever_it_lies(built: Project) -> None:
    logo = built.folder / "bilder" / "logo.svg"
    logo.parent.mkdir()
    logo.write_bytes(LOGO)
    text = built.answers.read_text("utf-8")
    built.answers.write_text(f"{text}brand:\n  logo: bilder/logo.svg\n", "utf-8")

    assert _is_rebuilt(built)
    assert not _is_rebuilt(built)

    logo.write_bytes(LOGO.replace(b"9 9", b"8 8"))

    assert _is_rebuilt(built)
    assert not _is_rebuilt(built)


@pytest.mark.slow
def test_a_changed_pack_is_built(built: Project, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    text = "format: 1\nname: own\nversion: 1.0.0\nextends: dell\n"
    (pack / "pack.yml").write_text(text, encoding="utf-8")
    _replace(built, "pack: dell", "pack: ../pack")

    assert _is_rebuilt(built)
    assert not _is_rebuilt(built)

    (pack / "pack.yml").write_text(f"{text}title: Unsere Regeln\n", encoding="utf-8")

    assert _is_rebuilt(built)
    assert "Unsere Regeln" in (built.site / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_another_pack_on_the_command_line_is_built(
    built: Project, tmp_path: Path
) -> None:
    pack = tmp_path / "copy"
    shutil.copytree(builtin_packs() / "dell", pack)
    (pack / "labels.yml").write_text(
        (pack / "labels.yml").read_text("utf-8").replace("Pressestelle", "Presse"),
        encoding="utf-8",
    )

    assert _is_rebuilt(built, pack)
    assert not _is_rebuilt(built, pack)
    assert _is_rebuilt(built)


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["edit", "remove", "stamp"])
def test_a_site_that_was_damaged_is_made_again(damage: str, built: Project) -> None:
    page = built.site / "index.html"
    good = page.read_bytes()
    if damage == "edit":
        page.write_bytes(b"edited by hand")
    elif damage == "remove":
        page.unlink()
    else:
        (built.site / ".guidegen.json").write_bytes(b"")

    assert _is_rebuilt(built)
    assert page.read_bytes() == good


@pytest.mark.slow
def test_a_site_that_is_gone_is_made_again(built: Project) -> None:
    shutil.rmtree(built.site)
    shutil.rmtree(built.work)

    assert _is_rebuilt(built)


# --- what is not ours


@pytest.mark.parametrize("name", ["notes.txt", "assets/own/notes.txt"])
def test_a_file_that_guidegen_did_not_make_is_never_taken_away(
    name: str, built: Project
) -> None:
    notes = built.site / name
    notes.parent.mkdir(exist_ok=True)
    notes.write_text("mine", encoding="utf-8")
    before = _snapshot(built.site)

    with raises(FilesError, match="guidegen did not make this") as caught:
        build_project(Job(project=built, force=True))

    assert caught.value.path == notes
    assert _snapshot(built.site) == before


def test_a_foreign_site_is_refused(tmp_path: Path) -> None:
    project = sample_project("small", tmp_path)
    project.site.mkdir()
    (project.site / "index.html").write_text("somebody's", encoding="utf-8")

    with pytest.raises(FilesError) as caught:
        build_project(Job(project=project))

    assert caught.value.path == project.site / "index.html"
    assert (project.site / "index.html").read_text("utf-8") == "somebody's"


def test_a_file_or_a_link_called_site_is_refused(tmp_path: Path) -> None:
    project = sample_project("small", tmp_path)
    project.site.touch()
    with raises(FilesError, match="guidegen did not make this"):
        build_project(Job(project=project))
    project.site.unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    project.site.symlink_to(elsewhere)

    with raises(FilesError, match="guidegen did not make this") as caught:
        build_project(Job(project=project))

    assert caught.value.path == project.site
    assert list(elsewhere.iterdir()) == []


def test_an_empty_folder_called_site_is_used(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()

    assert unmanaged_file(tmp_path / "site") is None
    assert unmanaged_file(tmp_path / "no-site") is None


# --- a step that fails


@pytest.mark.parametrize(
    ("section", "error"),
    [
        ("## {{ compny }}\n", RenderError),
        ("## Film {: #nice }\n\n<video src='x.mp4'></video>\n", GuidegenError),
    ],
)
def test_a_step_that_fails_leaves_the_last_good_site(
    section: str, error: type[GuidegenError], built: Project
) -> None:
    before = _snapshot(built.site)
    own = built.folder / "sections" / "de" / "nice.md"
    own.parent.mkdir(parents=True)
    own.write_text(section, encoding="utf-8")

    with pytest.raises(error):
        build_project(Job(project=built))

    assert _snapshot(built.site) == before
    assert not list(built.work.glob("staging-*"))

    own.unlink()

    assert not _is_rebuilt(built)


def test_wrong_answers_leave_the_last_good_site(built: Project) -> None:
    before = _snapshot(built.site)
    _replace(built, "languages: [de]", "languages: [xx]")

    with pytest.raises(ProblemsError):
        build_project(Job(project=built))

    assert _snapshot(built.site) == before


def test_a_pack_that_is_not_there_names_the_line_of_the_answers(built: Project) -> None:
    _replace(built, "pack: dell", "pack: ../nowhere")

    with pytest.raises(PackError) as caught:
        build_project(Job(project=built))

    assert (caught.value.path, caught.value.line) == (built.answers, 3)


# --- two at once


@pytest.mark.slow
def test_a_second_build_at_the_same_time_is_refused(built: Project) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait(_: str) -> None:
        begun.set()
        assert go_on.wait(30)

    first = threading.Thread(
        target=build_project,
        args=(Job(project=built, force=True, progress=wait),),
    )
    first.start()
    try:
        assert begun.wait(30)
        with raises(FilesError, match="another guidegen is working"):
            build_project(Job(project=built, force=True))
    finally:
        go_on.set()
        first.join()

    assert not _is_rebuilt(built)


# --- what is watched


def test_the_sources_are_the_answers_the_sections_the_logo_and_the_pack(
    built: Project,
) -> None:
    (built.folder / "logo.svg").write_bytes(LOGO)

    assert set(sources(built, None)) == {
        built.answers,
        built.folder / "sections",
        built.folder / "training",
        built.folder / "pack.lock",
        built.folder / "inside/items.json",
        built.folder / "logo.svg",
        builtin_packs() / "dell",
    }


def test_a_pack_that_is_too_broken_to_be_read_is_watched(tmp_path: Path) -> None:
    project = sample_project("small", tmp_path / "small")
    _replace(project, "pack: dell", 'pack: "../pack"  # ours')
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.yml").write_text("name: [", encoding="utf-8")

    assert project.folder / "../pack" in sources(project, None)
    assert pack in sources(project, pack)


def test_what_cannot_be_read_is_watched_as_far_as_it_is_known(tmp_path: Path) -> None:
    project = Project(tmp_path / "gone")

    assert sources(project, None) == (
        project.answers,
        project.folder / "sections",
        project.folder / "training",
        project.folder / "pack.lock",
        project.folder / "inside/items.json",
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"asked": null}', '{"named": 1}'])
def test_a_broken_note_of_the_sources_is_no_note(text: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.work.mkdir()
    remember_sources(project, None, [tmp_path])
    assert known_sources(project, None) == (tmp_path,)

    project.sources.write_text(text, encoding="utf-8")

    assert known_sources(project, None) is None


def test_a_site_without_a_digest_of_its_inputs_is_never_current(built: Project) -> None:
    stamp = built.site / ".guidegen.json"
    content = json.loads(stamp.read_text("utf-8"))
    stamp.write_text(json.dumps({**content, "inputs": ""}), encoding="utf-8")

    assert not read_build_record(built.site).is_current(built.site, "")


# --- projects


def test_a_project_is_the_folder_that_has_the_answers(built: Project) -> None:
    assert find_project(built.folder) == built

    with raises(GuidegenError, match=r"no guideline\.yml here") as caught:
        find_project(built.site)

    assert caught.value.path == built.site


def test_a_demo_is_made_once_and_what_was_changed_in_it_stays(tmp_path: Path) -> None:
    project = make_demo(tmp_path)
    assert (tmp_path / ".gitignore").read_text("utf-8") == "/site/\n/.guidegen/\n"
    project.answers.write_text("changed", encoding="utf-8")

    assert make_demo(tmp_path) == project
    assert project.answers.read_text("utf-8") == "changed"


def test_a_demo_that_was_interrupted_is_completed(tmp_path: Path) -> None:
    whole = _snapshot(make_demo(tmp_path).folder)
    (tmp_path / "guideline.yml").unlink()

    again = _snapshot(make_demo(tmp_path).folder)

    assert {name: each[1] for name, each in again.items()} == {
        name: each[1] for name, each in whole.items()
    }


@pytest.mark.parametrize("name", ["notes.txt", "logo.svg"])
def test_a_demo_never_touches_somebody_s_files(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")

    with raises(FilesError, match="not empty and has no demo in it"):
        make_demo(tmp_path)

    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == ["mine"]


def test_a_rule_that_was_emptied_is_named_at_each_build(tmp_path: Path) -> None:
    project = sample_project("small", tmp_path)
    own = project.section("de", "law")
    own.parent.mkdir(parents=True)
    own.write_text("", encoding="utf-8")

    for _ in range(2):
        built = build_project(Job(project=project))

        (note,) = (each for each in built.notes if each.message == "rule-empty")
        assert note.path == own
        assert (note.values["number"], note.values["count"]) == (3, 4)
