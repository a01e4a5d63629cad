from __future__ import annotations

import errno
import json
import os
import pickle
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.pack.conftest import small_pack
from tests.wording import raises

from guidegen.errors import PackError
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.pack.build import build_pack
from guidegen.pack.cache import _in_memory, cached_pack
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack
from guidegen.pack.pin import Pin, find_pin, keep_pack, pin_pack
from guidegen.pack.read import read_data
from guidegen.schema.scalars import Plain


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where packs are kept: an empty folder."""
    home = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the folders of the packs that are really read, in order."""
    folders: list[Path] = []

    def counted(folder: Path, pin: Pin | None) -> dict[str, Plain]:
        folders.append(folder)
        return read_data(folder, pin)

    monkeypatch.setattr("guidegen.pack.read.read_data", counted)
    return folders


class _Known(NamedTuple):
    """A pack that was read before."""

    folder: Path
    pack: Pack
    cache: Path
    """Where it is kept."""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> _Known:
    """Read a pack, once for all tests that look at what is kept of it."""
    base = tmp_path_factory.mktemp("known")
    folder, cache = small_pack(base / "acme-pack"), base / "cache"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache))
        return _Known(folder, load_pack(folder), cache)


def _keep(known: _Known, cache: Path) -> list[Path]:
    """Let a cache keep what was read; return its files."""
    shutil.copytree(known.cache, cache)
    return _kept(cache)


def _kept(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("packs/*") if path.is_file()]


@pytest.mark.usefixtures("cache")
def test_a_pack_that_has_not_changed_is_read_once(
    pack: Path, reads: list[Path]
) -> None:
    first = load_pack(pack)

    assert load_pack(pack) == first
    assert load_pack("dell").name == "dell"
    assert load_pack(pack) == first
    assert reads == [pack, builtin_packs() / "dell"]


@pytest.fixture
def child(tmp_path: Path) -> Path:
    """Return a pack that extends one that may be changed."""
    shutil.copytree(builtin_packs() / "dell", tmp_path / "parent")
    child = tmp_path / "child"
    child.mkdir()
    (child / "pack.yml").write_text("name: child\nextends: ../parent\n", "utf-8")
    return child


@pytest.mark.slow
@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("name", ["pack.yml", "catalogue.yml", "labels.yml"])
def test_a_change_in_any_of_its_files_is_seen(name: str, child: Path) -> None:
    before = load_pack(child)
    file = child.parent / "parent" / name
    text = file.read_text("utf-8")
    file.write_text(text.replace('en: "', 'en: "My '), encoding="utf-8")

    assert load_pack(child) != before


@pytest.mark.slow
@pytest.mark.usefixtures("cache")
def test_a_section_that_is_gone_is_missed(child: Path) -> None:
    load_pack(child)
    (child.parent / "parent" / "sections" / "en" / "nice.md").unlink()

    with raises(PackError, match="“nice” has no text in sections/en/"):
        load_pack(child)


def _pinned(folder: Path) -> Project:
    """Return a project that stays with the installed texts."""
    folder.mkdir()
    project, pack = Project(folder), load_pack("dell")
    pin_pack(project, pack, keep_pack(pack, project))
    return project


@pytest.mark.slow
@pytest.mark.usefixtures("cache")
def test_texts_that_projects_stay_with_are_read_once_wherever_they_lie(
    tmp_path: Path, reads: list[Path]
) -> None:
    projects = [_pinned(tmp_path / name) for name in ("one", "two")]
    packs = [load_pack("dell", beside=project.folder) for project in projects]
    _in_memory.clear()
    packs += [load_pack("dell", beside=project.folder) for project in projects]

    assert len(reads) == 2  # the installed ones, and those that both stay with
    for pack, project in zip(packs, projects * 2, strict=True):
        pin = find_pin(project)
        assert pin
        assert pack == build_pack(read_data(builtin_packs() / "dell", pin))
        assert pack.text_folders == (pin.folder,)
        assert pack.folders == (pin.folder, builtin_packs() / "dell")


@pytest.mark.slow
@pytest.mark.usefixtures("cache")
def test_other_texts_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    one, two = (_pinned(tmp_path / name) for name in ("one", "two"))
    pins = [find_pin(each) for each in (one, two)]
    assert pins[0]
    assert pins[1]
    labels = pins[1].folder / "labels.yml"
    labels.write_text(labels.read_text("utf-8").replace('en: "', 'en: "My '), "utf-8")

    for _ in range(2):
        for pin in pins:
            pack = cached_pack(builtin_packs() / "dell", pin)
            assert pack == build_pack(read_data(builtin_packs() / "dell", pin))
    assert pack.labels != cached_pack(builtin_packs() / "dell", pins[0]).labels


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", b"[]", b'{"data": {}, "digest": ""}', pickle.dumps(("x", "y"))],
)
def test_what_is_kept_may_be_broken(
    content: bytes, known: _Known, cache: Path, reads: list[Path]
) -> None:
    files = _keep(known, cache)
    for file in files:
        file.write_bytes(content)

    assert load_pack(known.folder) == known.pack
    assert len(files) == len(reads) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("pack", "title", {"de": 1}),
        ("pack", "title", []),
        ("pack", "pages", [{"id": "index", "title": "x", "sections": [["nice"]]}]),
        ("pack", "pages", None),
        ("pack", "sectors", ["other"]),
        ("pack", "roles", {}),
        ("catalogue", "topics", [{"id": "plans"}]),
        ("questions", "questions", [{"id": "a", "key": "a", "kind": "?", "text": "a"}]),
        ("labels", "and", None),
        ("labels", "and", {}),
    ],
)
def test_what_somebody_changed_in_it_is_not_used(
    section: str, key: str, value: object, known: _Known, cache: Path, reads: list[Path]
) -> None:
    (file,) = _keep(known, cache)
    content = json.loads(file.read_text("utf-8"))
    content["data"][section][key] = value
    file.write_text(json.dumps(content), encoding="utf-8")

    assert load_pack(known.folder) == known.pack
    assert len(reads) == 1


@pytest.mark.slow
def test_what_nobody_changed_in_it_is_used(
    known: _Known, cache: Path, reads: list[Path]
) -> None:
    _keep(known, cache)

    assert load_pack(known.folder) == known.pack
    assert reads == []


@pytest.mark.slow
def test_a_broken_pack_is_not_kept(pack: Path, cache: Path) -> None:
    (pack / "pack.yml").write_text("titel: x\nextends: dell\n", encoding="utf-8")

    for _ in range(2):
        with raises(
            PackError, match="titel: “titel” is not known here; did you mean “title”"
        ):
            load_pack(pack)

    assert _kept(cache) == []


@pytest.mark.slow
def test_where_nothing_can_be_kept_the_pack_is_read_all_the_same(
    pack: Path,
    cache: Path,
    reads: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        assert load_pack(pack).name == "acme-pack"
    shutil.rmtree(cache)
    cache.touch()

    assert load_pack(pack).name == "acme-pack"
    assert len(reads) == 2


@pytest.mark.slow
@pytest.mark.usefixtures("cache")
def test_a_file_that_can_no_longer_be_read_is_named(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_pack(pack)

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    read = Path.read_bytes
    monkeypatch.setattr(
        Path,
        "read_bytes",
        lambda path: refuse(path) if path.suffix == ".yml" else read(path),
    )
    monkeypatch.setattr(Path, "open", refuse)

    with raises(
        PackError, match=r"pack\.yml: the file cannot be read \(Permission denied\)"
    ):
        load_pack(pack)
