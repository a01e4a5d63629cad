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

for folder in sys.argv[2:]:
    sys.argv = ["guidegen", "build", "-q", folder]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise
"""


def _build(folder: Path, *, days: int, umask: int, **env: str) -> Path:
    """Build the sample companies in a process of its own; return the folder."""
    projects = [sample_project(name, folder / name) for name in NAMES]
    without = {"SOURCE_DATE_EPOCH", "TZ", "PYTHONHASHSEED", "LC_ALL", "LANG"}
    kept = {key: value for key, value in os.environ.items() if key not in without}
    result = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", BUILD, str(days), *(str(it.folder) for it in projects)],
        env=kept | env | {"XDG_CACHE_HOME": str(folder / "cache")},
        umask=umask,
        check=False,
        capture_output=True,
    )
    assert result.returncode == 0, result.stderr.decode()
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two folders with the sample companies, built at two times and places."""
    folder = tmp_path_factory.mktemp("same")
    zone = "Pacific/Kiritimati"
    one = _build(folder / "a", days=0, umask=0o022, TZ=zone, PYTHONHASHSEED="1")
    two = _build(
        folder / "another folder" / "größer",
        days=400,
        umask=0o077,
        TZ="America/Adak",
        PYTHONHASHSEED="2",
        LANG="C",
    )
    return one, two


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_same_answers_give_the_same_bytes(
    name: str, built: tuple[Path, Path]
) -> None:
    first, second = (_files(folder / name / "site") for folder in built)

    assert "index.html" in first
    assert sorted(first) == sorted(second)
    assert [path for path, content in first.items() if second[path] != content] == []
