"""An upgrade killed at any moment loses nothing, and the next one finishes it."""

from __future__ import annotations

import random
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.pack.newer import start
from tests.pack.packs import change, newer_packs
from tests.samples import sample_project
from tests.soak import counts
from tests.wording import raises

from guidegen.errors import FilesError, PackError
from guidegen.model.project import Project
from guidegen.pack.load import load_pack
from guidegen.pack.pin import keep_pack, pin_pack
from guidegen.pipeline.customize import customize
from guidegen.pipeline.upgrade import carry_out, find_upgrade, plan_upgrade

pytestmark = pytest.mark.slow

RANDOM_KILLS = counts(soak=24, sample=4)
"""Those at any moment; others come around the writes."""
AROUND = counts(soak=((0, 1), (0.5, 1)), sample=((0.5, 2),))
"""Before (0) or after (0.5) a write, and whether each or each second one."""
LEAST_KILLS = counts(soak=40, sample=8)
QUESTION = """\
  - id: night
    key: extra.night
    kind: text
    text: {de: Bis wann antworten Sie?, en: Until when do you answer?}
"""


class Company(NamedTuple):
    """A project before an upgrade, and the packs of the guidegen that it is for."""

    project: Project
    packs: Path


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """Return a company with own texts: two that join, one in conflict, one by hand."""
    project = sample_project("listed", tmp_path / "company")
    pack = load_pack("dell")
    record = keep_pack(pack, project)
    pin_pack(project, pack, record)
    for section in ("law", "nice"):
        customize(project, section)
    own = project.folder / "sections"
    for variant in ("de-formal", "en"):
        law = own / variant / "law.md"
        law.write_text(law.read_text("utf-8") + "\n\nUnser Satz.\n", encoding="utf-8")
    change(own / "en" / "nice.md", "## ", "## Number: ")
    (own / "en" / "mistakes.md").write_text("## All our own\n", encoding="utf-8")
    shutil.rmtree(project.work)

    dell = newer_packs(tmp_path / "newer")
    for path in dell.glob("sections/*/law.md"):
        change(path, "## ", "## Neu: ")
    for path in dell.glob("sections/*/nice.md"):
        change(path, "## ", "## Neu: ")
    for path in dell.glob("sections/*/mistakes.md"):
        change(path, "## ", "## Neu: ")
    with (dell / "questions.yml").open("a", encoding="utf-8") as file:
        file.write(QUESTION)
    return Company(project=project, packs=dell.parent)


def _start(project: Path, packs: Path, moment: float = 0) -> BaseProcess:
    arguments = ("upgrade", "--yes", "--set", "extra.night=18 Uhr")
    return start(packs, *arguments, project=project, moment=moment)


def _run(project: Path, packs: Path) -> int | None:
    process = _start(project, packs)
    process.join(60)
    return process.exitcode


def _files(project: Path) -> dict[str, bytes]:
    """Return all of a project but what is safe to delete."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and ".guidegen" not in path.parts
    }


class _Killing(NamedTuple):
    """What a kill must leave: what there was, or what there is to be."""

    company: Company
    before: dict[str, bytes]
    after: dict[str, bytes]
    places: Path

    def kill(self, name: str, *, moment: float = 0, delay: float = 0) -> bool:
        """Kill an upgrade, check what is left, finish it; whether it was killed."""
        project = self.places / name
        shutil.copytree(self.company.project.folder, project)
        process = _start(project, self.company.packs, moment)
        if delay:
            time.sleep(delay)
            process.kill()
        process.join(60)
        left = _files(project)
        for path, content in self.before.items():
            assert left[path] in {content, self.after[path]}, path
        for path, content in self.after.items():
            if path in left and path not in self.before:
                assert left[path] == content, path
        if delay == 0 and int(moment) % 2:
            # `.guidegen` is safe to delete, also now.
            shutil.rmtree(project / ".guidegen", ignore_errors=True)
        assert _run(project, self.company.packs) == 1
        assert _no_rests(_files(project)) == self.after
        shutil.rmtree(project)
        return process.exitcode == -signal.SIGKILL


def _no_rests(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what a kill has left of a file that was being written beside it."""
    return {path: files[path] for path in files if not path.endswith(_rests(files))}


def _rests(files: dict[str, bytes]) -> tuple[str, ...]:
    return tuple(
        name
        for name in (path.rpartition("/")[2] for path in files)
        if name.startswith(".") and name[-9] == "."
    ) or ("/",)


@pytest.mark.long
@pytest.mark.soak
def test_an_upgrade_killed_at_any_moment_is_finished_by_the_next(
    company: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "model"
    shutil.copytree(company.project.folder, model)
    _run(model, company.packs)  # fills the cache
    shutil.rmtree(model)
    shutil.copytree(company.project.folder, model)
    begun = time.monotonic()
    assert _run(model, company.packs) == 1
    duration = time.monotonic() - begun
    killing = _Killing(
        company=company,
        before=_files(company.project.folder),
        after=_files(model),
        places=tmp_path,
    )
    assert set(killing.before) < set(killing.after)
    assert "sections/en/nice.proposal.md" in killing.after
    assert b"Unser Satz" in killing.after["sections/en/law.md"]
    chance = random.Random(7)  # noqa: S311  # moments, no secrets

    def around_the_writes(which: tuple[float, int]) -> int:
        half, step = which
        for kills, number in enumerate(count(1, step)):
            if not killing.kill(f"w{number}{half}", moment=number + half):
                return kills
        raise AssertionError

    def at_any_moment(number: int) -> int:
        return killing.kill(f"r{number}", delay=chance.uniform(0.01, duration))

    with ThreadPoolExecutor(2) as pool:
        kills = sum(pool.map(around_the_writes, AROUND))
        kills += sum(pool.map(at_any_moment, range(RANDOM_KILLS)))
    with capsys.disabled():
        print(f"\nkilled {kills} upgrades; nothing was lost")  # noqa: T201
    assert kills >= LEAST_KILLS


def test_what_somebody_changes_while_it_asks_is_not_overwritten(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidegen.TEMPLATE_PACKS", (company.packs,))
    plan = plan_upgrade(
        find_upgrade(company.project), {"extra.night": "18 Uhr"}, lambda *_, **__: "x"
    )
    law = company.project.folder / "sections" / "en" / "law.md"
    law.write_text("## Just now\n", encoding="utf-8")
    before = _files(company.project.folder)

    with raises(FilesError, match="changed in the meantime") as caught:
        carry_out(plan)

    assert caught.value.path == law
    assert _files(company.project.folder) == before | {
        path: content
        for path, content in _files(company.project.folder).items()
        if path.startswith("releases/packs/")
    }


def test_a_section_that_cannot_be_read_stops_it_before_anything_is_written(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidegen.TEMPLATE_PACKS", (company.packs,))
    law = company.project.folder / "sections" / "en" / "law.md"
    law.write_bytes("## Größe".encode("latin-1"))

    with raises(PackError, match="cannot be read as UTF-8") as caught:
        plan_upgrade(find_upgrade(company.project), {}, lambda *_, **__: "x")

    assert caught.value.path == law
