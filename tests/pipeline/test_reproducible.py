"""The same answers give the same bytes, whenever, wherever and by whomever built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.samples import NAMES, sample_project

BUILD = """
import datetime, sys, time

DAYS = int(sys.argv[1])
clock, now, day = time.time, datetime.datetime.now, datetime.date.today

class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return now(tz) + datetime.timedelta(days=DAYS)

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)

class LaterDay(datetime.date):
    @classmethod
    def today(cls):
        return day() + datetime.timedelta(days=DAYS)

time.time = lambda: clock() + DAYS * 86_400
datetime.datetime, datetime.date = Later, LaterDay

from guidegen.cli import main
sys.argv = ["guidegen", "build", "-q", sys.argv[2]]
main()
"""


def _build(folder: Path, name: str, *, days: int, umask: int, **env: str) -> bytes:
    """Build a sample company in a process of its own; return what it prints."""
    project = sample_project(name, folder)
    without = {"SOURCE_DATE_EPOCH", "TZ", "PYTHONHASHSEED", "LC_ALL", "LANG"}
    kept = {key: value for key, value in os.environ.items() if key not in without}
    result = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", BUILD, str(days), str(project.folder)],
        env=kept | env | {"XDG_CACHE_HOME": str(folder / "cache")},
        umask=umask,
        check=False,
        capture_output=True,
    )
    assert result.returncode == 0, result.stderr.decode()
    return result.stderr


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_same_answers_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "another folder" / "größer"

    _build(one, name, days=0, umask=0o022, TZ="Pacific/Kiritimati", PYTHONHASHSEED="1")
    _build(
        two,
        name,
        days=400,
        umask=0o077,
        TZ="America/Adak",
        PYTHONHASHSEED="2",
        LANG="C",
    )

    first, second = _files(one / "site"), _files(two / "site")
    assert sorted(first) == sorted(second)
    assert [path for path, content in first.items() if second[path] != content] == []
