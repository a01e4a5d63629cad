from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from tests.release.conftest import MakeRelease
from tests.wording import raises

from guidegen.errors import ReleaseError
from guidegen.model.json_records import canonical
from guidegen.model.release import History
from guidegen.release.history import (
    frozen_file,
    is_version,
    read_history,
    released_pages,
)
from guidegen.release.manifest import release_digest

MANY = 100


def test_a_project_without_releases_has_no_history(tmp_path: Path) -> None:
    assert read_history(tmp_path / "releases") == History()


def test_releases_are_in_the_order_of_their_numbers(
    release: MakeRelease, releases: Path
) -> None:
    for version in ("1.0.0", "1.2.0", "1.10.0", "2.0.0"):
        release(version)
    (releases / "notes").mkdir()
    (releases / "1.0").mkdir()
    (releases / "1.1.0").touch()

    versions = [each.version for each in read_history(releases).releases]

    assert versions == ["1.0.0", "1.2.0", "1.10.0", "2.0.0"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.0.0", True),
        ("0.10.999999", True),
        ("1.0", False),
        ("1.0.0.0", False),
        ("01.0.0", False),
        ("1.0.0-rc", False),
        ("1.0.1000000", False),
        ("١.٠.٠", False),
        ("", False),
    ],
)
def test_a_version_is_three_plain_numbers(text: str, *, expected: bool) -> None:
    assert is_version(text) is expected


def test_pages_are_those_that_were_released(release: MakeRelease) -> None:
    made = release("1.0.0", "Hallo")

    pages = released_pages(made, "de")

    assert [page.id for page in pages] == ["index", "topics"]
    assert [page.stamped for page in pages] == [False, True]
    assert "Hallo" in pages[0].markdown
    assert released_pages(made, "fr") == ()


def test_a_page_that_was_changed_is_not_given_out(release: MakeRelease) -> None:
    made = release("1.0.0")
    path = made.folder / "de" / "index.md"
    path.write_bytes(path.read_bytes() + b" ")

    with raises(ReleaseError, match="not what was released") as raised:
        released_pages(made, "de")

    assert raised.value.path == path


def test_files_that_are_missing_or_were_never_there_are_errors(
    release: MakeRelease,
) -> None:
    made = release("1.0.0")
    (made.folder / "guideline-de.pdf").unlink()

    for name in ("guideline-de.pdf", "../../secret"):
        with raises(ReleaseError, match="no such file"):
            frozen_file(made, name)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_manifest_that_cannot_be_read_is_named(
    release: MakeRelease, releases: Path, text: bytes
) -> None:
    release("1.0.0")
    path = releases / "1.0.0" / "release.json"
    path.write_bytes(text)

    with raises(ReleaseError, match="manifest cannot be read") as raised:
        read_history(releases)

    assert raised.value.path == path


def test_a_time_without_a_zone_is_none(release: MakeRelease, releases: Path) -> None:
    release("1.0.0")
    path = releases / "1.0.0" / "release.json"
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**data, "released": "2026-12-01T12:00:00"}), "utf-8")

    with raises(ReleaseError, match="manifest cannot be read"):
        read_history(releases)


@pytest.mark.slow
@pytest.mark.parametrize(
    "key",
    ["version", "step", "released", "documents", "files", "pack", "previous", "notes"],
)
@pytest.mark.parametrize("value", [7, "../..", {"a": 7}, [[]], None])
def test_no_manifest_ends_in_a_traceback(
    release: MakeRelease, releases: Path, key: str, value: object
) -> None:
    release("1.0.0")
    path = releases / "1.0.0" / "release.json"
    data = json.loads(path.read_text("utf-8"))
    if value is None and key in {"previous", "notes"}:
        return
    path.write_text(json.dumps({**data, key: value}), encoding="utf-8")

    with raises(ReleaseError, match="manifest cannot be read"):
        read_history(releases)


def test_names_that_lead_out_of_the_folder_are_refused(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0")
    path = releases / "1.0.0" / "release.json"
    text = path.read_text("utf-8")
    for name in ("../guideline.yml", "/etc/passwd", "C:/x", "a\\\\b", "de/../../x"):
        path.write_text(text.replace('"guideline.yml"', f'"{name}"'), encoding="utf-8")

        with raises(ReleaseError, match="manifest cannot be read"):
            read_history(releases)


def test_a_manifest_that_was_changed_is_not_taken_for_what_was_released(
    release: MakeRelease, releases: Path
) -> None:
    path = release("1.0.0").folder / "release.json"
    data = json.loads(path.read_text("utf-8"))
    path.write_bytes(canonical({**data, "approved_by": "Somebody else"}))

    with raises(ReleaseError, match="not what was released") as raised:
        read_history(releases)

    assert raised.value.path == path


def test_a_release_without_a_manifest_is_named(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0")
    (releases / "1.0.0" / "release.json").unlink()

    with raises(ReleaseError, match="lost its manifest"):
        read_history(releases)


def test_reviews_that_cannot_be_read_are_named(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0")
    (releases / "reviews.json").write_text('{"by": 1}', encoding="utf-8")

    with raises(ReleaseError, match="reviews cannot be read"):
        read_history(releases)


@pytest.mark.slow
def test_a_hundred_releases_are_read_at_once(
    release: MakeRelease, releases: Path
) -> None:
    first = release("1.0.0")
    text = (first.folder / "release.json").read_text("utf-8")
    for number in range(1, MANY):
        folder = releases / f"1.{number}.0"
        folder.mkdir()
        data = json.loads(text.replace('"1.0.0"', f'"1.{number}.0"'))
        data["digest"] = release_digest(data)
        (folder / "release.json").write_bytes(canonical(data))

    begin = time.process_time()
    history = read_history(releases)
    duration = time.process_time() - begin

    assert len(history.releases) == MANY
    assert duration < 0.2  # some 15 ms; a busy machine may take longer
