from __future__ import annotations

import datetime as dt
import json
import random
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.release.conftest import MakeRelease

from guidegen.errors import Problem, ReleaseError
from guidegen.model.json_records import LARGEST, canonical
from guidegen.release.history import read_history
from guidegen.release.manifest import release_digest
from guidegen.release.reviews import record_review
from guidegen.release.verify import verify

pytestmark = pytest.mark.slow


class Found(NamedTuple):
    """A problem without its values."""

    message: str
    name: str


def _found(problems: tuple[Problem, ...], releases: Path) -> set[Found]:
    return {
        Found(each.message, each.path.relative_to(releases).as_posix())
        for each in problems
        if each.path
    }


@pytest.fixture
def three(release: MakeRelease, releases: Path) -> Path:
    """Return the folder of three releases, one of them reviewed."""
    release("1.0.0", "eins")
    release("1.1.0", "zwei")
    record_review(
        releases, read_history(releases), by="Jana", on=dt.date(2027, 1, 1), note=None
    )
    release("2.0.0", "drei")
    record_review(
        releases, read_history(releases), by="Jana", on=dt.date(2027, 2, 1), note="gut"
    )
    assert verify(releases) == ()
    return releases


def test_without_releases_there_is_nothing_wrong(tmp_path: Path) -> None:
    assert verify(tmp_path / "releases") == ()


def test_each_file_that_differs_is_missing_or_was_added_is_named(three: Path) -> None:
    (three / "1.0.0" / "de" / "index.md").write_text("x", encoding="utf-8")
    (three / "1.1.0" / "guideline-de.pdf").unlink()
    (three / "2.0.0" / "new.txt").touch()
    (three / "2.0.0" / "de" / "deep" / "er").mkdir(parents=True)
    (three / "2.0.0" / "de" / "deep" / "er" / "x").touch()
    (three / "3.0.0").touch()

    assert _found(verify(three), three) == {
        Found("verify-changed", "1.0.0/de/index.md"),
        Found("verify-missing", "1.1.0/guideline-de.pdf"),
        Found("verify-added", "2.0.0/new.txt"),
        Found("verify-added", "2.0.0/de/deep/er/x"),
        Found("verify-added", "3.0.0"),
    }


def test_what_a_file_manager_leaves_is_no_difference(three: Path) -> None:
    pack = next((three / "packs").iterdir())
    for folder in (three, three / "1.0.0", three / "1.0.0" / "de", pack / "sections"):
        for name in (".DS_Store", "Thumbs.db", "._index.md", ".~lock.index.md#", "x~"):
            (folder / name).write_text("a file manager's", encoding="utf-8")
        (folder / "@eaDir").mkdir()
        (folder / "@eaDir" / "index.md").touch()
    (next((pack / "sections").glob("[a-z][a-z]")) / "._nice.md").touch()

    assert verify(three) == ()


def test_a_link_in_place_of_a_file_is_a_difference(three: Path, tmp_path: Path) -> None:
    path = three / "1.0.0" / "de" / "index.md"
    path.rename(tmp_path / "elsewhere.md")
    path.symlink_to(tmp_path / "elsewhere.md")

    assert _found(verify(three), three) == {
        Found("verify-changed", "1.0.0/de/index.md")
    }


def test_every_changed_byte_of_every_file_is_found(three: Path) -> None:
    chance = random.Random(7)  # noqa: S311  # places, no secrets
    for path in sorted(three.rglob("*")):
        if not path.is_file() or path.name == ".gitattributes":
            continue
        content = path.read_bytes()
        place = chance.randrange(len(content))
        changed = bytearray(content)
        changed[place] ^= 1
        path.write_bytes(changed)

        assert verify(three), path

        path.write_bytes(content)
    assert verify(three) == ()


def test_a_manifest_that_was_changed_is_named(three: Path) -> None:
    path = three / "1.1.0" / "release.json"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Jana Petersen", "Jana Peters"), encoding="utf-8")

    assert Found("verify-manifest-changed", "1.1.0/release.json") in _found(
        verify(three), three
    )


def test_a_release_made_over_breaks_the_chain(three: Path) -> None:
    path = three / "1.1.0" / "release.json"
    data = json.loads(path.read_text("utf-8"))
    data["owner"] = "Somebody"
    data["digest"] = release_digest(data)
    path.write_bytes(canonical(data))

    assert _found(verify(three), three) == {
        Found("verify-replaced", "1.1.0/release.json"),
        Found("verify-review-unknown", "reviews.json"),
    }


def test_a_release_that_is_gone_is_named(three: Path) -> None:
    shutil.rmtree(three / "1.0.0")

    assert _found(verify(three), three) == {Found("verify-version-missing", "1.0.0")}

    shutil.rmtree(three / "1.1.0")

    assert _found(verify(three), three) == {
        Found("verify-version-missing", "1.1.0"),
        Found("verify-review-unknown", "reviews.json"),
    }


def test_the_newest_release_being_gone_shows_in_its_review(three: Path) -> None:
    shutil.rmtree(three / "2.0.0")

    assert _found(verify(three), three) == {
        Found("verify-review-unknown", "reviews.json")
    }


def test_a_release_slipped_in_is_named(three: Path, release: MakeRelease) -> None:
    release("1.5.0", "dazwischen")

    assert Found("verify-slipped-in", "1.5.0") in _found(verify(three), three)


def test_a_second_first_release_is_named(three: Path, release: MakeRelease) -> None:
    release("3.0.0", "neu", previous=None)

    assert _found(verify(three), three) == {
        Found("verify-not-first", "3.0.0/release.json")
    }


def test_manifests_that_are_broken_or_gone_are_named(three: Path) -> None:
    (three / "1.0.0" / "release.json").write_text("{", encoding="utf-8")
    (three / "2.0.0" / "release.json").unlink()

    found = _found(verify(three), three)

    assert Found("verify-manifest-broken", "1.0.0/release.json") in found
    assert Found("verify-missing", "2.0.0/release.json") in found


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("1.0.0/release.json", "verify-manifest-broken"),
        ("reviews.json", "verify-reviews-broken"),
    ],
)
def test_a_record_that_is_larger_than_any_of_ours_is_named(
    three: Path, name: str, message: str
) -> None:
    with (three / name).open("ab") as file:
        file.truncate(LARGEST + 1)

    assert Found(message, name) in _found(verify(three), three)
    with pytest.raises(ReleaseError):
        read_history(three)


def test_a_broken_manifest_makes_no_suspects_of_its_neighbours(three: Path) -> None:
    (three / "1.1.0" / "release.json").write_text("{", encoding="utf-8")

    assert {each.message for each in _found(verify(three), three)} == {
        "verify-manifest-broken",
        "verify-review-unknown",
    }


def test_the_pack_s_kept_texts_are_looked_at(three: Path) -> None:
    folder = "packs/dell-1.0.0-00000000"
    section = three / folder / "sections" / "de" / "nice.md"
    text = section.read_text("utf-8")
    section.write_text("Böse\n", encoding="utf-8")

    assert _found(verify(three), three) == {Found("verify-pack-changed", folder)}

    section.write_text(text, encoding="utf-8")
    (section.parent / "new.md").touch()

    assert _found(verify(three), three) == {Found("verify-pack-changed", folder)}

    shutil.rmtree(three / folder)

    assert _found(verify(three), three) == {Found("verify-missing", folder)}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2027-01-01", "2028-01-01", "verify-review-changed"),
        ("Jana", "Jona", "verify-review-changed"),
        ("[", "{", "verify-reviews-broken"),
    ],
)
def test_a_review_that_was_changed_is_named(
    three: Path, old: str, new: str, message: str
) -> None:
    path = three / "reviews.json"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")

    assert _found(verify(three), three) == {Found(message, "reviews.json")}


def test_a_review_that_was_taken_out_is_noticed(three: Path) -> None:
    path = three / "reviews.json"
    path.write_bytes(canonical(json.loads(path.read_text("utf-8"))[1:]))

    assert _found(verify(three), three) == {
        Found("verify-review-changed", "reviews.json")
    }


def test_a_slow_disk_is_asked_for_many_files_at_once_and_all_are_looked_at(
    three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("1.0.0", "1.1.0", "2.0.0"):
        (three / version / "guideline-de.pdf").write_bytes(b"other")
    expected = _found(verify(three), three)

    monkeypatch.setattr("guidegen.release.verify._SLOW", 0.0)

    assert len(expected) == 3
    assert _found(verify(three), three) == expected
