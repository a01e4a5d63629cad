from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.samples import NOW
from tests.wording import raises, text_of

from guidegen.errors import PublishError
from guidegen.model.document import State
from guidegen.model.publication import FileRecord, Manifest, Origin
from guidegen.publish.manifest import (
    NAME,
    OWN,
    make_manifest,
    next_moment,
    read_manifest,
    write_manifest,
)

RECORD = FileRecord("0" * 64, 3)
PARTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]), min_size=1
)


RELEASE = {"version": "1.0.0", "digest": "0" * 64, "chain": ["0" * 64]}


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
        origin=Origin(
            version="1.2.2",
            digest="a" * 64,
            chain=("b" * 64, "a" * 64),
            withdrawn=("b" * 64,),
            reviews="c" * 64,
            taken_back=("d" * 64,),
            by="Änne Groß",
            at=NOW,
        ),
    )

    assert read_manifest(write_manifest(manifest), "here") == manifest


def test_older_versions_of_guidegen_can_read_what_this_one_writes() -> None:
    """They read these keys, and pass over the others."""
    data = json.loads(write_manifest(_manifest("index.html")))

    assert data.keys() == {
        *("format", "when", "version", "state", "guidegen", "restored", "adopted"),
        *("files", "lingering", "since"),
    }
    known = replace(_manifest("index.html"), origin=Origin(version="", digest=""))
    added = json.loads(write_manifest(known)).keys() - data.keys()
    assert added == {"release"}


@pytest.mark.slow
@given(st.lists(st.lists(PARTS, min_size=1, max_size=3).map("/".join), max_size=5))
def test_whatever_names_are_accepted_stay_within_the_target(names: list[str]) -> None:
    try:
        manifest = _manifest(*names)
    except PublishError:
        return

    again = read_manifest(write_manifest(manifest), "here")
    assert again.files == manifest.files
    for name in names:
        assert name.partition("/")[0].casefold() not in {"", OWN, NAME}
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
        # The next publication would be after the last moment that there is.
        _data(when="9999-12-31T23:59:59.999999+00:00"),
        _data(release=[]),
        _data(release={**RELEASE, "digest": "0" * 63}),
        _data(release={**RELEASE, "chain": "0" * 64}),
        _data(release={**RELEASE, "chain": ["../up"]}),
        _data(release={**RELEASE, "taken_back": ["0" * 64] * 10_001}),
        _data(release={**RELEASE, "published_by": "\x1b[2J"}),
        _data(release={**RELEASE, "published_at": "today"}),
        _data(version="\x1b[31m1.0.0"),
        _data(version="1" * 99),
        _data(state="gone"),
        _data(since={}, lingering={"a.css": ["0" * 64, 1]}),
        b" " * 50_000_001,
    ],
    ids=range(28),
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


@pytest.mark.parametrize(
    ("content", "english", "german"),
    [
        (b"{", "it is damaged", "es ist beschädigt"),
        (_data(format=2), "in another format", "ein anderes Format"),
        (_data(files=[]), "it lists no files", "es nennt keine Dateien"),
        (_data(files={"a": ["0", 1]}), "a digest or a size", "eine Prüfsumme oder"),
        (_data(version="1" * 99), "a value in it", "ein Wert darin"),
        (_data(when="2026-12-01T09:00:00+02:00"), "not in UTC", "nicht in UTC"),
        (_data(files={"/etc/x": ["0" * 64, 1]}), "“/etc/x” leads", "„/etc/x“ führt"),
    ],
    ids=range(7),
)
def test_why_a_manifest_is_not_trusted_is_said_in_both_languages(
    content: bytes, english: str, german: str
) -> None:
    with pytest.raises(PublishError) as raised:
        read_manifest(content, "here")

    assert english in text_of(raised.value, "en")
    assert german in text_of(raised.value, "de")


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("a.html", "A.html"), "“A.html” and “a.html” are the same file"),
        (("a", "a/b"), "“a” would have to be both a file and a folder"),
        ((".guidegen/x",), "“.guidegen/x” is a name that guidegen needs for itself"),
    ],
)
def test_which_names_cannot_be_published_is_said(
    names: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(PublishError) as raised:
        _manifest(*names)

    assert text_of(raised.value) == f"the site cannot be published: {reason}" + (
        " on many systems" if "same" in reason else ""
    )
