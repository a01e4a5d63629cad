from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.samples import NOW
from tests.wording import raises

from guidegen.errors import PublishError
from guidegen.model.document import State
from guidegen.model.publication import FileRecord, Manifest
from guidegen.publish import make_manifest, next_moment, site_files
from guidegen.publish.content import checked
from guidegen.publish.manifest import read_manifest, write_manifest

RECORD = FileRecord("0" * 64, 3)
PARTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]), min_size=1
)


def _manifest(*names: str) -> Manifest:
    files = dict.fromkeys(names, RECORD)
    return make_manifest(files, when=NOW, version="1.0.0", state=State.RELEASED)


def _data(**changes: object) -> bytes:
    data: dict[str, Any] = json.loads(write_manifest(_manifest("index.html")))
    return json.dumps({**data, **changes}).encode()


def test_a_manifest_is_read_as_it_was_written() -> None:
    manifest = Manifest(
        files={"index.html": RECORD, "en/ä ö.html": FileRecord("f" * 64, 0)},
        when=NOW,
        version="1.2.3",
        state=State.DRAFT,
        guidegen="0.1.0",
        grace_files={"old.css": RECORD},
        since={"old.css": NOW - dt.timedelta(minutes=3)},
        restored="20261101T090000000000Z",
        adopted=True,
    )

    assert read_manifest(write_manifest(manifest), "here") == manifest


@given(st.lists(st.lists(PARTS, min_size=1, max_size=3).map("/".join), max_size=5))
def test_whatever_names_are_accepted_stay_within_the_target(names: list[str]) -> None:
    try:
        manifest = _manifest(*names)
    except PublishError:
        return

    again = read_manifest(write_manifest(manifest), "here")
    assert again.files == manifest.files
    for name in names:
        assert not name.startswith(("/", ".guidegen"))
        assert not {"", ".", ".."} & set(name.split("/"))
        assert not set(name) & set('\\:*?"<>|')
    assert len({name.casefold() for name in names}) == len(set(names))


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b",
        "a//b",
        "",
        ".",
        "C:/x",
        "C:x",
        "a\\b",
        "a\0b",
        "a\nb",
        "a\u202eb",
        "x.",
        "x ",
        ".guidegen/lock",
        ".GUIDEGEN/x",
        ".guidegen-manifest.json",
        "x" * 2000,
    ],
)
def test_a_manifest_that_names_something_elsewhere_is_not_trusted(name: str) -> None:
    with raises(PublishError, match="cannot be trusted"):
        read_manifest(_data(files={name: ["0" * 64, 1]}), "here")
    with raises(PublishError, match="cannot be trusted"):
        read_manifest(_data(lingering={name: ["0" * 64, 1]}), "here")


@pytest.mark.parametrize(
    "names",
    [("a.html", "A.html"), ("ä.html", "a\u0308.html"), ("a", "a/b"), ("A", "a/b")],
)
def test_names_that_are_one_file_elsewhere_are_refused(names: tuple[str, ...]) -> None:
    with raises(PublishError, match="cannot be published"):
        _manifest(*names)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        _data(format=2),
        _data(files=[]),
        _data(files={"a": ["0" * 63, 1]}),
        _data(files={"a": ["g" * 64, 1]}),
        _data(files={"a": ["0" * 64, -1]}),
        _data(files={"a": ["0" * 64, True]}),
        _data(files={"a": 1}),
        _data(when="yesterday"),
        _data(when="2026-12-01T09:00:00"),
        _data(when="2026-12-01T09:00:00+02:00"),
        _data(version="\x1b[31m1.0.0"),
        _data(version="1" * 99),
        _data(state="gone"),
        _data(since={}, lingering={"a.css": ["0" * 64, 1]}),
        b" " * 50_000_001,
    ],
    ids=range(20),
)
def test_a_manifest_that_is_damaged_is_an_error_that_names_the_place(
    content: bytes,
) -> None:
    with raises(PublishError, match=r"at here cannot be trusted"):
        read_manifest(content, "here")


def test_every_publication_is_later_than_the_one_before() -> None:
    live = _manifest("index.html")

    assert next_moment(NOW, None) == NOW
    assert next_moment(NOW, live) > NOW
    assert next_moment(NOW - dt.timedelta(days=9), live) > NOW
    assert next_moment(NOW + dt.timedelta(days=9), live) > next_moment(NOW, live)


class _Files:
    def __init__(self, content: bytes | None) -> None:
        self.content = content

    def open(self, name: str) -> BinaryIO:
        if self.content is None:
            raise FileNotFoundError(name)
        return io.BytesIO(self.content)


@pytest.mark.parametrize("content", [b"other", None])
def test_content_that_is_not_what_the_manifest_says_is_noticed(
    content: bytes | None,
) -> None:
    record = FileRecord(hashlib.sha256(b"right").hexdigest(), 5)
    assert b"".join(checked(_Files(b"right"), "a.html", record)) == b"right"

    with raises(PublishError, match=r"a\.html. changed while"):
        list(checked(_Files(content), "a.html", record))


def test_a_link_in_the_site_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "index.html").symlink_to("/etc/passwd")

    with raises(PublishError, match="only plain files"):
        site_files(tmp_path, without=".guidegen.json")
