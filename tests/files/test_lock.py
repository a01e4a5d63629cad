from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.wording import hint_of, raises

from guidegen.errors import FilesError
from guidegen.files import project_lock

HOLD = """
import sys
from pathlib import Path
from guidegen.files import project_lock
with project_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start another process that holds the project's lock."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / ".guidegen")]
    with subprocess.Popen(  # noqa: S603  # our own code
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        yield process
        process.kill()


def test_a_project_that_another_process_works_in_is_refused_at_once(
    other: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    assert other.poll() is None

    with (
        raises(FilesError, match="another guidegen is working") as caught,
        project_lock(tmp_path / ".guidegen"),
    ):
        pass

    assert caught.value.path == tmp_path
    assert hint_of(caught.value) == "wait until it is done, then try again"


def test_a_killed_process_releases_the_lock(
    other: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    other.kill()
    other.wait()

    with project_lock(tmp_path / ".guidegen"):
        held = True

    assert held


def test_the_lock_can_be_taken_again_and_again(tmp_path: Path) -> None:
    for _ in range(3):
        with project_lock(tmp_path):
            pass
    with pytest.raises(ZeroDivisionError), project_lock(tmp_path):
        raise ZeroDivisionError
    with project_lock(tmp_path):
        pass


def test_a_read_only_project_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)

    monkeypatch.setattr(os, "mkdir", refuse)

    with (
        raises(FilesError, match="the disk is read-only") as caught,
        project_lock(tmp_path / ".guidegen"),
    ):
        pass

    assert caught.value.path == tmp_path / ".guidegen"
    assert hint_of(caught.value) == "work in a folder you may write to"
