from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.wording import raises

from guidegen.errors import PublishError
from guidegen.model.publication import FileRecord
from guidegen.publish.publication_files import checked, is_ignored, site_files


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


def test_litter_is_not_published_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "@eaDir").mkdir()
    for name in ("index.html", "._index.html", "@eaDir/index.html", "index.html~"):
        (tmp_path / name).touch()

    assert [*site_files(tmp_path, without="")] == ["index.html"]
    assert is_ignored("de/@eaDir/x")
    assert is_ignored("lost+found")
    assert not is_ignored("de/x.html")


def test_a_pipe_in_the_site_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "index.html")

    with raises(PublishError, match="only plain files"):
        site_files(tmp_path, without="")


def test_a_link_in_the_site_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "index.html").symlink_to("/etc/passwd")

    with raises(PublishError, match="only plain files"):
        site_files(tmp_path, without=".guidegen.json")
