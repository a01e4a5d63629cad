from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.wording import hint_of, raises, text_of

from guidegen.errors import FilesError
from guidegen.files import translate_os_errors, write_atomic


def _refusing(number: int) -> Callable[..., None]:
    """Return a call of the operating system that fails with this number."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_file_and_its_folder_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "guideline.yml"

    write_atomic(path, b"one")
    write_atomic(path, b"two")

    assert path.read_bytes() == b"two"
    assert [each.name for each in path.parent.iterdir()] == ["guideline.yml"]


@pytest.mark.parametrize(
    ("call", "number", "what"),
    [
        ("fsync", errno.ENOSPC, "the disk is full"),
        ("fsync", errno.EDQUOT, "your disk quota is used up"),
        ("replace", errno.EACCES, "you are not allowed to write there"),
        ("replace", errno.EPERM, "you are not allowed to write there"),
        (
            "replace",
            errno.EIO,
            f"the operating system does not allow this ({os.strerror(errno.EIO)})",
        ),
    ],
)
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    call: str,
    number: int,
    what: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "guideline.yml"
    write_atomic(path, b"old")
    monkeypatch.setattr(os, call, _refusing(number))

    with pytest.raises(FilesError) as caught:
        write_atomic(path, b"new")

    assert text_of(caught.value) == what
    assert caught.value.path == path
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "guideline.yml"
    write_atomic(path, b"old")
    monkeypatch.setattr(os, "replace", interrupt)

    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_nobody_waits_for_the_disk_where_a_file_need_not_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []
    monkeypatch.setattr(os, "fsync", waited.append)

    write_atomic(tmp_path / "record.json", b"{}", lasting=False)
    assert (tmp_path / "record.json").read_bytes() == b"{}"
    assert not waited
    write_atomic(tmp_path / "answers.yml", b"a: 1\n")
    assert waited


def test_a_read_only_disk_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "mkdir", _refusing(errno.EROFS))

    with raises(FilesError, match="the disk is read-only") as caught:
        write_atomic(tmp_path / "new" / "guideline.yml", b"x")

    assert hint_of(caught.value) == "work in a folder you may write to"


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "guideline.yml"
    place.mkdir()

    with pytest.raises(FilesError):
        write_atomic(place, b"x")

    assert list(tmp_path.iterdir()) == [place]


def test_permissions_and_links_stay_as_they_are(tmp_path: Path) -> None:
    real = tmp_path / "real.yml"
    write_atomic(real, b"old", mode=0o600)
    link = tmp_path / "guideline.yml"
    link.symlink_to(real)

    write_atomic(link, b"new")

    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert sorted(tmp_path.iterdir()) == [link, real]


def test_the_error_names_the_file_the_system_names(tmp_path: Path) -> None:
    missing = tmp_path / "missing"

    with (
        raises(FilesError, match="there is no such file") as caught,
        translate_os_errors(tmp_path),
    ):
        missing.read_bytes()

    assert caught.value.path == missing
    assert isinstance(caught.value.__cause__, OSError)


def test_an_error_without_a_number_is_told_in_its_own_words() -> None:
    with raises(FilesError, match="odd") as caught, translate_os_errors(Path("x")):
        raise OSError("odd")

    assert caught.value.path == Path("x")
    hint = hint_of(caught.value)
    assert hint is None
