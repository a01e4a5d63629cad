"""A release that is killed at any moment is there as a whole, or not at all."""

from __future__ import annotations

import json
import random
import signal
import time
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from tests.forked import start_guidegen
from tests.samples import sample_project
from tests.soak import counts

from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project
from guidegen.release.history import read_history
from guidegen.release.verify import examine, verify

KILLS = counts(soak=48, sample=4)
"""Half of them around the moment at which the release is moved to its place."""


def _start(project: Project, name: str) -> BaseProcess:
    """Start a release with an owner of this name."""
    text = project.answers.read_text("utf-8")
    kept = [line for line in text.splitlines() if "  owner:" not in line]
    kept.insert(kept.index("version:") + 1, f"  owner: {name}")
    project.answers.write_text("\n".join(kept) + "\n", encoding="utf-8")
    release = ("release", "-y", "-q", "--note", "Neu", str(project.folder))
    return start_guidegen(*release, says=_said(project))


def _said(project: Project) -> Path:
    return project.folder.with_name(f"{project.folder.name}.txt")


def _finish(project: Project, name: str) -> float:
    begun = time.monotonic()
    process = _start(project, name)
    process.join(60)
    assert process.exitcode == 0, _said(project).read_text("utf-8")
    return time.monotonic() - begun


def _wait_until_it_is_written(project: Project, process: BaseProcess) -> None:
    while process.is_alive():
        if any(project.work.glob("staging-*/release/release.json")):
            return
        time.sleep(0.001)  # leave the processor to the release


def _owners(project: Project) -> list[str]:
    """Return the owners that the releases name; each must be whole."""
    assert verify(project.releases) == ()
    return [release.owner for release in read_history(project.releases).releases]


@pytest.mark.long
@pytest.mark.soak
@pytest.mark.slow
def test_a_killed_release_is_whole_or_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = sample_project("small", tmp_path / "small")
    chance = random.Random(3)  # noqa: S311  # moments, no secrets
    _finish(project, "Anfang")
    duration = _finish(project, "Start")
    alive = released = 0
    # A release that ends before its moment was not killed: it is tried again. How many
    # do depends on how busy the machine is.
    for place in count():
        assert place < 5 * KILLS, f"only {alive} of {place} releases could be killed"
        if alive == KILLS:
            break
        before, name = _owners(project), f"Nr. {place}"
        process = _start(project, name)
        if place % 2:
            _wait_until_it_is_written(project, process)
            time.sleep(chance.uniform(0, duration / 3))
        else:
            time.sleep(chance.uniform(0, duration))
        process.kill()
        process.join()
        alive += process.exitcode == -signal.SIGKILL

        now = _owners(project)
        assert now in (before, [*before, name])
        released += now != before
        if place % 4 == 3:
            # An owner's name is in no sequence twice: there is something to release.
            _finish(project, f"Danach {place}")
            assert _owners(project) == [*now, f"Danach {place}"]
            assert not list(project.work.glob("staging-*"))

    with capsys.disabled():
        print(  # noqa: T201  # the count is what the test is about
            f"\nkilled {alive} releases of {place}, {released} releases were in their"
            " place; all were whole"
        )
    _finish(project, "Ende")
    # Whatever a killed release has left behind, the next one has mended.
    assert examine(project.releases).notes == ()
    built = build_project(Job(project=project))
    assert built.edition.state is State.RELEASED
    pdf = (project.site / "guideline-de.pdf").read_bytes()
    last = read_history(project.releases).last
    assert last
    assert pdf == (last.folder / "guideline-de.pdf").read_bytes()
    stamp = json.loads((project.site / ".guidegen.json").read_text("utf-8"))
    assert stamp["edition"] == {"state": "released", "version": last.version}
