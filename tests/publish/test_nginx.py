"""What readers get from a real web server while publishers come, go and are killed."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.publish.killing import Way, finish, kill, moments, prepare, whole
from tests.publish.nginx import fetch, serve
from tests.publish.samples import (
    NOW,
    asset_of,
    live,
    make_site,
    publish,
    settings,
    version_of,
)
from tests.soak import counts

pytestmark = [pytest.mark.slow, pytest.mark.proof, pytest.mark.soak]

SWITCHES = counts(soak={True: 500, False: 500}, sample={True: 60, False: 30})
KILLS = counts(soak={True: 200, False: 200}, sample={True: 24, False: 16})
"""With links, and without."""
KILLS_ASIDE = counts(soak=30, sample=6)
READERS = 2
WHILE_READ = 5
"""Publications within the hour for which a page that is open finds its style."""


@dataclass
class Reading:
    """What readers have seen."""

    site: int = 0
    """Which publication there was when the page was asked for that is being read."""
    pages: int = 0
    versions: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)


def _read(
    port: int, stop: threading.Event, published: list[int], seen: Reading
) -> None:
    """Load pages with what they need, each through a connection of its own."""
    names = ("index.html", "page-1.html", "page-2.html")
    while not stop.is_set():
        for name in names:
            seen.site = published[-1]
            page = fetch(port, name)
            if page.status != 200:
                seen.missing.append(f"{name}: {page.status}")
                continue
            text = page.body.decode()
            version = version_of(text)
            seen.pages += 1
            seen.versions.add(version)
            style = fetch(port, asset_of(text))
            if style.status != 200:
                seen.missing.append(f"{asset_of(text)}: {style.status}")
            elif version_of(style.body.decode()) != version:
                seen.mixed.append(version)


def _let_them_read(number: int, readings: list[Reading]) -> None:
    """Wait until nobody reads a page from more than an hour before a publication.

    Publications are ten minutes apart by their clock, and milliseconds by that of
    readers, who on a busy machine may get no turn for an hour of the other.
    """
    until = time.monotonic() + 60
    while any(number - seen.site > WHILE_READ for seen in readings):
        assert time.monotonic() < until, "a reader reads no more"
        time.sleep(0.001)


def _named(*, links: bool) -> str:
    return "links" if links else "no links"


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_readers_never_get_a_mixed_or_missing_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, links: bool
) -> None:
    target = settings(tmp_path, path="www", symlinks=links)
    site = make_site(tmp_path / "site", "0.0.0")
    publish(target, site, "0.0.0")
    stop, readings = threading.Event(), [Reading() for _ in range(READERS)]
    published = [0]

    with serve(tmp_path / "www/current", tmp_path / "nginx") as port:
        readers = [
            threading.Thread(target=_read, args=(port, stop, published, seen))
            for seen in readings
        ]
        for reader in readers:
            reader.start()
        for number in range(1, SWITCHES[links] + 1):
            make_site(site, f"0.0.{number}")
            now = NOW + dt.timedelta(minutes=10 * number)
            _let_them_read(number, readings)
            publish(target, site, f"0.0.{number}", now=now)
            published.append(number)
        stop.set()
        for reader in readers:
            reader.join()

    pages = sum(seen.pages for seen in readings)
    versions = set.union(*(seen.versions for seen in readings))
    missing = [each for seen in readings for each in seen.missing]
    mixed = [each for seen in readings for each in seen.mixed]
    with capsys.disabled():
        print(  # noqa: T201  # the counts are what the test is about
            f"\n{SWITCHES[links]} switches ({_named(links=links)}): {pages} pages read"
            f" with their styles, {len(versions)} versions seen;"
            f" {len(mixed)} mixed, {len(missing)} missing"
        )
    assert (missing, mixed) == ([], [])
    assert len(versions) > SWITCHES[links] // 10


def _assert_is_whole(tmp_path: Path, port: int, way: Way) -> str:
    """Check that one complete version is served; return which."""
    manifest = live(way.target)
    assert manifest
    assert whole(tmp_path / "www/current", manifest)
    for name in ("index.html", "page-7.html", f"assets/style.{manifest.version}.css"):
        answer = fetch(port, name)
        assert answer.status == 200
        digest = hashlib.sha256(answer.body).hexdigest()
        assert digest == manifest.files[name].digest
    return manifest.version


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_publisher_that_is_killed_leaves_one_complete_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, links: bool
) -> None:
    way = Way(settings(tmp_path, path="www", symlinks=links))
    site = tmp_path / "site"
    start = [finish(way, prepare(site, f"0.{n}.0"), f"0.{n}.0") for n in range(5)]
    alive = switched = number = 0
    last = "0.4.0"

    with serve(tmp_path / "www/current", tmp_path / "nginx") as port:
        # On a busy machine many end before their moment; then more are begun.
        for number, moment in enumerate(
            moments(5 * KILLS[links], min(start), seed=links)
        ):
            if number >= KILLS[links] and alive > KILLS[links] // 4:
                break
            version = f"1.{number}.0"
            alive += kill(way, prepare(site, version), version, moment).alive
            now = _assert_is_whole(tmp_path, port, way)
            assert now in {last, version}
            switched += now != last
            last = now
            if number % 10 == 9:
                last = f"2.{number}.0"
                finish(way, prepare(site, last), last)
                assert _assert_is_whole(tmp_path, port, way) == last
                _assert_is_tidy(tmp_path / "www")

    with capsys.disabled():
        print(  # noqa: T201  # the counts are what the test is about
            f"\nkilled {number} publishers ({_named(links=links)}): {alive} at"
            f" work, {switched} after the switch; one complete version was served"
            f" {number} times"
        )
    assert alive > KILLS[links] // 4
    assert 0 < switched < number


def _assert_is_tidy(www: Path) -> None:
    own = {path.name for path in (www / ".guidegen").iterdir()}
    assert own <= {"lock", "publications"}
    assert len(list((www / ".guidegen/publications").iterdir())) <= 5


def test_where_nothing_switches_in_one_step_the_next_run_brings_the_site_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    way = Way(settings(tmp_path, path="www", symlinks=False), exchanges=False)
    site, current = tmp_path / "site", tmp_path / "www/current"
    start = [finish(way, prepare(site, f"0.{n}.0"), f"0.{n}.0") for n in range(5)]
    gone = 0

    for number, moment in enumerate(moments(KILLS_ASIDE, sorted(start)[2], seed=2)):
        version = f"1.{number}.0"
        kill(way, prepare(site, version), version, moment)
        gone += not current.exists()
        finish(way, site, version)
        manifest = live(way.target)
        assert manifest
        assert manifest.version == version
        assert whole(current, manifest)
        _assert_is_tidy(tmp_path / "www")

    with capsys.disabled():
        print(  # noqa: T201  # the counts are what the test is about
            f"\nkilled {KILLS_ASIDE} publishers where nothing switches in one step:"
            f" {gone} left no site until the next run, which brought it back"
        )
