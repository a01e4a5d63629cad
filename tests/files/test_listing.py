from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.files.digest import file_sha256, sha256
from guidegen.files.listing import is_litter, walk_files


def test_all_files_below_a_folder_are_named_from_it_on(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.md", "a/deep/d.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "empty").mkdir()

    found = {name: Path(entry.path) for name, entry in walk_files(tmp_path)}

    assert found == {name: tmp_path / name for name in found}
    assert sorted(found) == ["a/c.md", "a/deep/d.md", "b.md"]


def test_links_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "to-folder").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "to-nothing").symlink_to(tmp_path / "nothing")

    found = {name: entry.is_symlink() for name, entry in walk_files(tmp_path)}

    assert found == {"to-folder": True, "to-nothing": True}


def test_a_file_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    content = b"a\r\nb\x1a" * 300_000
    path = tmp_path / "file"
    path.write_bytes(content)

    assert file_sha256(path) == sha256(content)


@pytest.mark.parametrize(
    "name",
    [
        *("._nice.md", ".DS_Store", "a/.DS_Store", "__MACOSX/a/nice.md", "Icon\r"),
        *("Thumbs.db", "ehthumbs.db", "Desktop.ini", "desktop.ini", "~$Plan.docx"),
        *("@eaDir/nice.md/SYNO@.fileindexdb", "#recycle/nice.md", ".directory"),
        *(".~lock.Plan.odt#", ".#nice.md", "#nice.md#", "nice.md~", ".nice.md.swp"),
        *(".nfs000000000123", ".fuse_hidden0000001200000001", ".Trash-1000/x"),
    ],
)
def test_what_systems_editors_and_storages_leave_is_litter(name: str) -> None:
    assert is_litter(name)


@pytest.mark.parametrize(
    "name",
    [
        *("nice.md", "de/index.html", ".guidegen.json", ".gitattributes", ".htaccess"),
        *("nice (Konfliktkopie 2027-01-05).md", "nice.sync-conflict-20270105.md"),
        *("thumbs.dbx", "a~b.md", "de/#hash.md", "lost+found", ".well-known/x"),
    ],
)
def test_what_somebody_wrote_is_no_litter(name: str) -> None:
    assert not is_litter(name)
