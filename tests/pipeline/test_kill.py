"""A build that is killed at any moment leaves the last good site."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from tests.forked import start_guidegen
from tests.samples import sample_project
from tests.soak import counts

from guidegen.model.project import Project

KILLS = counts(soak=120, sample=8)
"""Over all projects; half of them around the exchange of the two folders."""
AT_ONCE = 2


def _start(project: Project, name: str) -> BaseProcess:
    """Start a build of a company of this name."""
    lines = project.answers.read_text("utf-8").splitlines()
    changed = [
        f"  short_name: {name}" if line.startswith("  short_name:") else line
        for line in lines
    ]
    project.answers.write_text("\n".join(changed) + "\n", encoding="utf-8")
    return start_guidegen("build", "-q", str(project.folder), says=_said(project))


def _said(project: Project) -> Path:
    return project.folder.with_name(f"{project.folder.name}.txt")


def _finish(project: Project, name: str) -> float:
    begun = time.monotonic()
    process = _start(project, name)
    process.join(60)
    said = _said(project).read_text("utf-8")
    assert (process.exitcode, said.count("error:")) == (0, 0), said
    return time.monotonic() - begun


def _assert_is_good(site: Path) -> str:
    """Check a site against the digests in its stamp; return the company it is for."""
    stamp = json.loads((site / ".guidegen.json").read_text("utf-8"))
    assert stamp["files"] == {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file() and path.name != ".guidegen.json"
    }
    text = (site / "index.html").read_text("utf-8")
    return text.partition("ich arbeite für ")[2].partition(".")[0]


def _wait_for_the_exchange(project: Project, process: BaseProcess) -> None:
    """Wait until the stamp is written: the exchange is what comes next."""
    stamps: list[Path] = []
    while process.is_alive():
        if any(stamp.exists() for stamp in stamps):
            return
        if stamps:
            time.sleep(0.0002)  # leave the processor to the build
        else:
            sites = project.work.glob("staging-*/site")
            stamps = [site / ".guidegen.json" for site in sites]
            time.sleep(0.002)


def _kill_again_and_again(
    project: Project, kills: int, seed: int
) -> tuple[int, int, int]:
    """Kill builds; return how many, how many at work, and how many had exchanged."""
    chance = random.Random(seed)  # noqa: S311  # moments, no secrets
    # The quickest: a kill is meant to come while the build is still at work, and the
    # first one also fills the caches.
    duration = min(_finish(project, f"Start{n}") for n in range(2))
    alive = exchanged = place = 0
    last = _assert_is_good(project.site)
    # On a busy machine many end before their moment, and the moment after the exchange
    # is short; then more are begun.
    for place in range(10 * kills):
        if place >= kills and alive > kills // 2 and exchanged:
            break
        process = _start(project, f"Firma{place}")
        if place % 2:
            _wait_for_the_exchange(project, process)
            time.sleep(chance.uniform(0, 0.002))
        else:
            time.sleep(chance.uniform(0, duration))
        process.kill()
        process.join()
        alive += process.exitcode == -signal.SIGKILL
        now = _assert_is_good(project.site)
        assert now in {last, f"Firma{place}"}
        exchanged += now != last
        last = now
        if place % 10 == 9:
            duration = min(duration, _finish(project, f"Danach{place}"))
            last = _assert_is_good(project.site)
            assert last == f"Danach{place}"
            assert not list(project.work.glob("staging-*"))
    return place, alive, exchanged


@pytest.mark.long
@pytest.mark.soak
@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_last_good_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    projects = [sample_project("small", tmp_path / str(n)) for n in range(AT_ONCE)]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(
            pool.map(
                _kill_again_and_again,
                projects,
                [KILLS // AT_ONCE] * AT_ONCE,
                range(AT_ONCE),
            )
        )

    kills, alive, exchanged = map(sum, zip(*results, strict=True))
    with capsys.disabled():
        print(  # noqa: T201  # the count is what the test is about
            f"\nkilled {kills} builds: {alive} while running, {exchanged} after the"
            f" new site was in its place; the site was good {kills} times"
        )
    assert alive > KILLS // 2
    assert 0 < exchanged < kills


@pytest.mark.long
@pytest.mark.slow
def test_a_first_build_that_is_killed_leaves_no_half_site(tmp_path: Path) -> None:
    project = sample_project("small", tmp_path / "small")
    duration = _finish(project, "Start")
    for part in (0.3, 0.6, 0.8, 0.9, 0.95):
        shutil.rmtree(project.site, ignore_errors=True)
        process = _start(project, "Firma")
        time.sleep(duration * part)
        process.kill()
        process.join()

        if project.site.exists():
            assert _assert_is_good(project.site) == "Firma"

    _finish(project, "Danach")

    assert _assert_is_good(project.site) == "Danach"
