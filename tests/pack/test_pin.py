"""A project stays with the texts that its releases keep."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from tests.pack.packs import change, install, newer_packs
from tests.samples import SCENARIOS
from tests.wording import hint_of, raises

from guidegen.answers.read import read_answers
from guidegen.errors import PackError
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.release import PackRecord
from guidegen.pack.find import builtin_packs, section_file
from guidegen.pack.load import load_pack
from guidegen.pack.pin import find_pin, keep_pack, kept_digest, pack_digest, pin_pack
from guidegen.pack.update import Update, update_available

pytestmark = pytest.mark.slow

NICE = "sections/de/nice.md"


def _pin(folder: Path, pack: Pack) -> PackRecord:
    project = Project(folder)
    record = keep_pack(pack, project)
    pin_pack(project, pack, record)
    return record


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project's folder that is pinned to the installed pack."""
    folder = tmp_path / "project"
    folder.mkdir()
    _pin(folder, load_pack("dell"))
    return folder


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the built-in pack of a newer guidegen, which is installed."""
    dell = newer_packs(tmp_path / "newer")
    change(dell / NICE, "## ", "## Neu: ")
    install(dell.parent, monkeypatch)
    return dell


def test_the_texts_are_kept_once_and_have_the_pack_s_digest(project: Path) -> None:
    pack = load_pack("dell")
    kept = project / "releases" / "packs"
    digest = pack_digest(pack)
    folder = kept / f"dell-{pack.version}-{digest[:8]}"
    before = folder.stat().st_ino

    record = _pin(project, pack)

    assert [*kept.iterdir()] == [folder]
    assert folder.stat().st_ino == before
    assert (record.name, record.version, record.digest) == (
        "dell",
        pack.version,
        digest,
    )
    assert project / "releases" / record.folder == folder
    assert kept_digest(folder) == digest
    assert sorted(path.name for path in folder.iterdir()) == [
        *("cards", "catalogue.yml", "countries", "labels.yml", "names.yml", "pack.yml"),
        *("questions.yml", "sections", "sectors.yml"),
    ]


def test_a_pinned_project_keeps_its_texts_when_a_newer_guidegen_is_installed(
    project: Path, newer: Path
) -> None:
    change(newer / "labels.yml", "month_1:", "brand_new: {de: Neu, en: New}\nmonth_1:")
    change(newer / "messages.yml", "\n# build\n", '\nbrand-new: {de: "A", en: "B"}\n')

    pack = load_pack("dell", beside=project)

    nice = section_file(pack.folders, "de", "nice")
    assert nice
    assert "Neu: " not in nice.read_text("utf-8")
    assert pack.version == "2.0.0"
    assert pack.labels["brand_new"].get("de") == "Neu"
    assert pack.messages["brand-new"].get("en") == "B"
    assert pack.folders[-1] == newer
    assert pack.folders[:-1] == pack.text_folders
    assert pack_digest(pack) == load_record(project)["digest"]
    assert load_pack("dell", beside=project, pinned=False).version == "2.1.0"
    assert load_pack("dell").version == "2.1.0"


def load_record(project: Path) -> dict[str, str]:
    """Return what is written in a project's lock."""
    content: dict[str, str] = json.loads((project / "pack.lock").read_text("utf-8"))
    return content


def test_releasing_with_the_pinned_pack_keeps_the_same_copy(
    project: Path, newer: Path
) -> None:
    before = (project / "pack.lock").read_bytes()
    assert newer.is_dir()

    record = _pin(project, load_pack("dell", beside=project))

    assert record.folder == load_record(project)["folder"]
    assert (project / "pack.lock").read_bytes() == before
    assert len([*(project / "releases" / "packs").iterdir()]) == 1


def test_a_key_that_only_the_newer_pack_has_completes_the_kept_one(
    project: Path, newer: Path
) -> None:
    kept = project / "releases" / load_record(project)["folder"]
    change(kept / "pack.yml", "\nlinks:", "\n# links:")
    lock = load_record(project) | {"digest": kept_digest(kept)}
    (project / "pack.lock").write_text(json.dumps(lock), encoding="utf-8")
    change(newer / "pack.yml", "[code_of_conduct,", "[new_link, code_of_conduct,")

    assert "new_link" in load_pack("dell", beside=project).links


def test_status_hears_of_an_update_only_if_the_texts_differ(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert update_available(Project(tmp_path)) is None
    assert update_available(Project(project)) is None
    dell = newer_packs(tmp_path / "newer")
    install(dell.parent, monkeypatch)

    assert update_available(Project(project)) == Update(
        name="dell", old="2.0.0", new="2.1.0"
    )

    shutil.rmtree(dell)
    assert update_available(Project(project)) is None


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a company's own pack that extends another one, and that the built-in."""
    for name, parent in (("acme", "../group"), ("group", "dell")):
        folder = tmp_path / name / "sections" / "de"
        folder.mkdir(parents=True)
        (tmp_path / name / "pack.yml").write_text(
            f"name: {name}\nversion: 2.0.0\nextends: {parent}\n", encoding="utf-8"
        )
        (folder / "law.md").write_text(f"## {name}\n", encoding="utf-8")
    return tmp_path / "acme"


def test_of_a_company_s_own_pack_the_built_in_one_that_it_extends_is_pinned(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    pack = load_pack("../acme", beside=project)
    record = _pin(project, pack)
    dell = newer_packs(tmp_path / "newer")
    change(dell / NICE, "## ", "## Neu: ")
    change(own / "sections" / "de" / "law.md", "acme", "Unser Recht")
    install(dell.parent, monkeypatch)

    pinned = load_pack("../acme", beside=project)

    assert load_record(project)["name"] == "dell"
    assert load_record(project)["folder"] == f"{record.folder}/extends/extends"
    assert load_record(project)["version"] == "2.0.0"
    assert [folder.name for folder in pinned.folders] == [
        *("acme", "group", "extends", "dell"),
    ]
    assert pinned.text_folders == pinned.folders[:3]
    nice = section_file(pinned.folders, "de", "nice")
    law = section_file(pinned.folders, "de", "law")
    assert nice
    assert law
    assert "Neu: " not in nice.read_text("utf-8")
    assert "Unser Recht" in law.read_text("utf-8")
    assert pack_digest(pinned) != record.digest
    assert kept_digest(project / "releases" / record.folder) == record.digest
    again = _pin(project, pinned)
    assert again.digest == pack_digest(pinned)
    assert load_record(project)["folder"] == f"{record.folder}/extends/extends"
    assert update_available(Project(project))


def test_a_pack_that_extends_no_built_in_one_is_kept_but_not_pinned(
    tmp_path: Path,
) -> None:
    shutil.copytree(builtin_packs() / "dell", tmp_path / "whole")

    record = _pin(tmp_path, load_pack(tmp_path / "whole"))

    assert (tmp_path / "releases" / record.folder / "pack.yml").is_file()
    assert not (tmp_path / "pack.lock").exists()


def test_the_pack_on_the_command_line_wins(project: Path, newer: Path) -> None:
    shutil.copytree(SCENARIOS / "small", project, dirs_exist_ok=True)

    _, pack = read_answers(project / "guideline.yml", pack=newer)
    _, pinned = read_answers(project / "guideline.yml")

    assert (pack.version, pinned.version) == ("2.1.0", "2.0.0")


def test_a_name_that_is_no_folder_s_is_kept_all_the_same(
    pack: Path, tmp_path: Path
) -> None:
    change(pack / "pack.yml", "name: acme-pack", 'name: "../Ä/b:c"')

    record = _pin(tmp_path, load_pack(pack))

    assert record.folder.startswith("packs/_.._") or "/../" not in record.folder
    assert (tmp_path / "releases" / record.folder / "pack.yml").is_file()
    assert find_pin(Project(tmp_path))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"format": 2}',
        "[" * 100_000,
        '{"format": 1, "name": "dell", "version": "1", "digest": "x"}',
        '{"format": 1, "name": "dell", "version": "1", "digest": "x", "folder": 1}',
        *(
            json.dumps(
                {
                    "format": 1,
                    "name": "dell",
                    "version": "1",
                    "digest": "x",
                    "folder": folder,
                }
            )
            for folder in ("", "/etc", "packs/../../x", "packs\\..\\x", "else/x")
        ),
    ],
)
def test_a_broken_lock_is_named(content: str, project: Path) -> None:
    (project / "pack.lock").write_text(content, encoding="utf-8")

    with raises(PackError, match=r"pack\.lock is broken") as caught:
        load_pack("dell", beside=project)

    assert caught.value.path == project / "pack.lock"
    assert "delete it" in str(hint_of(caught.value))


def test_missing_texts_are_named_with_what_to_do(project: Path) -> None:
    shutil.rmtree(project / "releases")

    with raises(PackError, match="pack.lock names are missing from") as caught:
        load_pack("dell", beside=project)

    assert caught.value.path == project / "pack.lock"
    assert "version control" in str(hint_of(caught.value))


def test_changed_texts_are_named_with_what_to_do(project: Path) -> None:
    pack = load_pack("dell", beside=project)
    change(pack.text_folders[0] / NICE, "## ", "## Anders: ")

    with raises(
        PackError, match="kept texts of the template pack were changed"
    ) as first:
        load_pack("dell", beside=project)
    with raises(
        PackError, match="kept texts of the template pack were changed"
    ) as other:
        keep_pack(load_pack("dell"), Project(project))

    assert first.value.path == other.value.path == pack.text_folders[0]


def _with_french(value: object) -> object:
    """Add a French text to each text that is there in German and English."""
    if isinstance(value, list):
        return [_with_french(each) for each in value]
    if not isinstance(value, dict):
        return value
    is_text = "de" in value and isinstance(value.get("en"), str)
    french = {"fr": value["en"]} if is_text else {}
    return {key: _with_french(each) for key, each in value.items()} | french


@pytest.mark.parametrize("name", ["labels", "messages"])
def test_a_company_s_own_pack_gets_the_texts_that_are_new(
    name: str, tmp_path: Path, newer: Path
) -> None:
    own = tmp_path / "whole"
    shutil.copytree(builtin_packs() / "dell", own)
    change(own / "pack.yml", "languages: [de,", "languages: [fr, de,")
    change(own / "pack.yml", "variants: [de,", "variants: [fr, de,")
    shutil.copytree(own / "sections" / "en", own / "sections" / "fr")
    for file in own.rglob("*.yml"):
        content = _with_french(yaml.load(file.read_text("utf-8"), yaml.CSafeLoader))
        text = yaml.dump(content, Dumper=yaml.CSafeDumper)
        file.write_text(text, encoding="utf-8")
    file = newer / f"{name}.yml"
    file.write_text(file.read_text("utf-8") + 'brand-new: {de: "Neu", en: "New"}\n')

    pack = load_pack(own)

    text = getattr(pack, name)["brand-new"]
    assert [text.get(language) for language in ("de", "en")] == ["Neu", "New"]
    if name == "labels":
        assert text.get("fr") == "New"
