"""A stranger's project with links in it: nothing outside is read or written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from tests.cli.conftest import Result

from guidegen.model.project import Project

Guidegen = Callable[..., Result]
PRIVATE: Final = "what only its owner may read"
ANSWERS = """\
format: 1
languages: [en]
company: {name: Acme Ltd, sector: other}
contacts: [{name: Mira, email: social@acme.example}]
taboo_topics: [financial-figures]
version: {owner: Jana, valid_from: 2026-12-01}
"""
PLACES = (
    *("sections", "sections/en", "sections/en/nice.md", "sections/.base"),
    *("guideline.yml", "pack.lock", "site"),
    *("releases", "releases/1.0.0", "releases/reviews.json", "releases/packs"),
    *(".guidegen", ".guidegen/lock", ".guidegen/sources.json"),
    *(".guidegen/versions.json", ".guidegen/exports.json", ".guidegen/upgrade.json"),
    *(".guidegen/publications.json", ".guidegen/interview.jsonl"),
    *(".guidegen/guideline.schema.json", ".guidegen/packs", ".guidegen/any/depth"),
)
"""Whatever guidegen reads or writes in a project."""
VERBS = (
    *(("build",), ("status",), ("diff",), ("verify",), ("export", "md")),
    *(("upgrade", "--yes"), ("set", "company.name=Other"), ("customize", "nice")),
    *(
        ("release", "--yes"),
        ("publish", "--dry-run"),
        ("interview", "--all"),
        ("ci", "github"),
    ),
    *(("add",), ("explain",), ("review", "--by", "Mira")),
)


@pytest.fixture
def victim(here: Path) -> Path:
    """Return a folder of the person who runs guidegen, beside the project."""
    folder = here / "victim"
    folder.mkdir()
    (folder / "file").write_text(PRIVATE, encoding="utf-8")
    return folder


@pytest.fixture
def project(here: Path) -> Project:
    """Return the smallest project."""
    folder = here / "project"
    folder.mkdir()
    (folder / "guideline.yml").write_text(ANSWERS, encoding="utf-8")
    return Project(folder)


def _link(project: Project, place: str, victim: Path) -> None:
    path = project.folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    is_file = path.suffix in {".md", ".yml", ".json", ".jsonl", ".lock"}
    path.symlink_to(victim / "file" if is_file or path.name == "lock" else victim)


def _contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def test_a_section_of_gigabytes_is_not_read(
    guidegen: Guidegen, project: Project
) -> None:
    path = project.sections / "en" / "nice.md"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(2**40)  # takes no place on the disk

    for command in ("build", "status"):
        result = guidegen(command, "-C", str(project.folder))

        assert result.code == 1
        assert "nice.md: the file is larger than 1 MB" in result.err


@pytest.mark.parametrize("place", PLACES)
def test_a_link_anywhere_stops_a_build(
    place: str, guidegen: Guidegen, project: Project, victim: Path
) -> None:
    _link(project, place, victim)
    before = sorted(project.folder.rglob("*"))

    result = guidegen("build", str(project.folder))

    assert result.code == 1
    assert f"{place}: this is a link to “{victim}" in result.err
    assert PRIVATE not in result.out + result.err
    assert _contents(victim) == {"file": PRIVATE}
    assert sorted(project.folder.rglob("*")) == before


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
@pytest.mark.parametrize("place", ["sections", ".guidegen", "releases"])
def test_every_verb_stops_at_a_link(
    words: tuple[str, ...],
    place: str,
    guidegen: Guidegen,
    project: Project,
    victim: Path,
) -> None:
    _link(project, place, victim)

    result = guidegen(*words, "-C", str(project.folder))

    assert result.code == 1
    assert f"{place}: this is a link to" in result.err
    assert _contents(victim) == {"file": PRIVATE}


@pytest.mark.parametrize("place", [".guidegen", "sections", "site"])
def test_a_new_project_is_not_written_through_links(
    place: str, guidegen: Guidegen, project: Project, victim: Path
) -> None:
    project.answers.unlink()
    (project.folder / place).symlink_to(victim)
    answers = project.folder / "given.yml"
    answers.write_text(ANSWERS, encoding="utf-8")

    new = guidegen("init", str(project.folder), "--answers", str(answers), "--no-input")
    demo = guidegen("demo", str(project.folder))

    assert new.code == demo.code == 1
    assert f"{place}: this is a link to" in new.err
    assert _contents(victim) == {"file": PRIVATE}


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("export", ("export", "md")),
        ("diff.html", ("diff", "--html", "project/diff.html")),
        (".github", ("ci", "github")),
        (".github/workflows/guideline.yml", ("ci", "github", "--force")),
        (".gitlab-ci.yml", ("ci", "gitlab", "--force")),
        ("ci-requirements.txt", ("ci", "gitlab", "--force")),
    ],
)
@pytest.mark.usefixtures("asked")
def test_what_is_written_for_others_follows_no_link_either(
    place: str, words: tuple[str, ...], guidegen: Guidegen, project: Project, here: Path
) -> None:
    path, victim = project.folder / place, here / "victim"
    victim.mkdir()
    page = victim / "page.html"
    page.write_text("<!doctype html>mine", encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(page if path.suffix else victim)

    result = guidegen(*words, "-C", str(project.folder))

    assert result.code == 1
    assert f"{place}: this is a link to" in result.err
    assert _contents(victim) == {"page.html": "<!doctype html>mine"}


@pytest.mark.parametrize(
    "place",
    ["sections/en/nice.md", ".guidegen/lock", "pack.lock", ".guidegen/versions.json"],
)
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(
    place: str, guidegen: Guidegen, project: Project
) -> None:
    path = project.folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)

    result = guidegen("build", str(project.folder))

    assert result.code == 1
    assert f"{place}: this is neither a file nor a folder" in result.err


@pytest.mark.parametrize("place", ["look", "look/site/assets/x.css", "look/pdf/s.txt"])
def test_a_pack_in_the_project_has_no_links(
    place: str, guidegen: Guidegen, project: Project, victim: Path
) -> None:
    look = project.folder / "look"
    (look / "site" / "assets").mkdir(parents=True)
    (look / "pdf").mkdir()
    pack = "format: 1\nname: look\nversion: 1.0.0\nextends: dell\n"
    (look / "pack.yml").write_text(pack, encoding="utf-8")
    project.answers.write_text(f"{ANSWERS}pack: ./look\n", encoding="utf-8")
    if place == "look":
        look.rename(victim / "look")
        look.symlink_to(victim / "look")
    else:
        (project.folder / place).symlink_to(victim / "file")

    result = guidegen("build", str(project.folder))

    assert result.code == 1
    assert f"{place}: this is a link to" in result.err
    assert not project.site.exists()


@pytest.mark.parametrize("known", [("page.html",), ()])
def test_a_link_in_a_site_that_came_along_is_refused(
    known: tuple[str, ...], guidegen: Guidegen, project: Project, victim: Path
) -> None:
    project.site.mkdir()
    (project.site / "page.html").symlink_to(victim / "file")
    record = {"inputs": "x", "files": dict.fromkeys(known, "x")}
    (project.site / ".guidegen.json").write_text(json.dumps(record), "utf-8")

    result = guidegen("build", str(project.folder))

    assert result.code == 1
    assert "site/page.html: this is a link to" in result.err


@pytest.mark.parametrize("named", ["{victim}", "{victim}/file", "/", "/dev/zero"])
def test_a_note_of_what_was_read_names_nothing_outside(
    named: str, guidegen: Guidegen, project: Project, victim: Path
) -> None:
    project.work.mkdir()
    os.mkfifo(victim / "pipe")  # which whoever reads the folder would wait for
    named = named.format(victim=victim)
    note = {"asked": None, "named": [named]}
    project.sources.write_text(json.dumps(note), encoding="utf-8")

    status = guidegen("status", "-C", str(project.folder))

    assert status.code == 0, status.err


@pytest.mark.parametrize(
    "name",
    [
        *("sections/.bash_profile", "sections/en/../../x.md", "sections/en/x.sh"),
        *("sections/en/.git/x.md", "/etc/x.md", "site/index.html", ".git/config"),
        *("sections\\..\\x.md", "sections/en/x.md\n", ".guidegen/lock", "sections"),
    ],
)
def test_the_note_of_an_upgrade_writes_nothing_but_own_texts(
    name: str, guidegen: Guidegen, project: Project
) -> None:
    project.work.mkdir()
    entry = {"name": name, "before": None, "text": "touch /tmp/pwned\n"}
    project.upgrade_journal.write_text(json.dumps([entry]), encoding="utf-8")
    before = {*project.folder.rglob("*")} - {project.upgrade_journal}

    result = guidegen("upgrade", "--yes", "-C", str(project.folder))

    assert "could not be read, or named files" in result.err
    assert {*project.folder.rglob("*")} == before


def test_the_note_of_an_upgrade_writes_only_when_somebody_agrees(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.work.mkdir()
    entry = {"name": "sections/en/nice.md", "before": None, "text": "Theirs\n"}
    project.upgrade_journal.write_text(json.dumps([entry]), encoding="utf-8")
    text = project.section("en", "nice")

    alone = guidegen("upgrade", "-C", str(project.folder))
    monkeypatch.setattr("guidegen.cli.upgrade.is_terminal", lambda: True)
    monkeypatch.setattr("guidegen.cli.upgrade.confirm_typed", lambda _: False)
    asked = guidegen("upgrade", "-C", str(project.folder))

    assert (alone.code, asked.code) == (1, 1)
    assert "- sections/en/nice.md\n" in alone.err
    assert "--yes does it without asking" in alone.err
    assert "Nothing was written" in asked.err
    assert not text.exists()


def test_litter_in_sections_and_a_pack_is_nobody_s(
    guidegen: Guidegen, project: Project
) -> None:
    look = project.folder / "look"
    for folder in (look / "countries", project.sections / "en"):
        folder.mkdir(parents=True)
        for name in ("._DE.yml", "._nice.md", "nice.md~", ".~lock.nice.md#"):
            (folder / name).write_bytes(b"\0\5\x16\7\xff")
    (project.sections / "en" / ".#nice.md").symlink_to("mira@host.4711:1700000000")
    pack = "format: 1\nname: look\nversion: 1.0.0\nextends: dell\n"
    (look / "pack.yml").write_text(pack, encoding="utf-8")
    project.answers.write_text(f"{ANSWERS}pack: ./look\n", encoding="utf-8")

    result = guidegen("diff", "-C", str(project.folder))

    assert (result.code, result.err) == (0, "")
