"""Whatever is done to a project in whatever order, what was released stays."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.pipeline.killing import Killed, killed_after
from tests.quick_pdf import use_quick_pdf
from tests.samples import sample_project
from tests.soak import counts

from guidegen.errors import GuidegenError
from guidegen.model.document import Document, State
from guidegen.model.project import Project
from guidegen.model.release import History, Release
from guidegen.model.text import LocalText
from guidegen.pack.find import builtin_packs
from guidegen.pipeline.build import Built, Job, build_project
from guidegen.pipeline.customize import customize
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release
from guidegen.pipeline.status import find_status, review_project
from guidegen.pipeline.upgrade import (
    carry_out,
    find_upgrade,
    finish_upgrade,
    plan_upgrade,
)
from guidegen.pipeline.withdraw import withdraw_release
from guidegen.pipeline.working_copy import WorkingCopy
from guidegen.release.history import read_history
from guidegen.release.verify import examine, verify
from guidegen.site import BuiltSite

TOPICS = ("mergers", "inside-information")
EXAMPLES, STEPS = counts(soak=(60, 25), sample=(8, 25))
OF_EACH = counts(soak=EXAMPLES // 4, sample=0)
"""More kills and reviews than that there must have been."""
ROUNDS = counts(soak=1, sample=5)
"""So often at most are so many examples tried, until there was one of each."""

TOLD: Counter[str] = Counter()
"""What has happened in all sequences together."""

MOMENTS = st.none() | st.integers(0, 60)
"""After how many writes a run is killed, if it is."""


def _quick_site(
    working_copy: WorkingCopy,
    documents: tuple[Document, ...],
    history: History,
    project: Project,
    into: Path,
) -> Callable[[Release], BuiltSite]:
    del working_copy, project
    said = f"{documents[0].edition} {len(history.releases)}</html>"
    (into / "index.html").write_text(said, encoding="utf-8")
    return lambda _: BuiltSite(notes=(), digests={})


def _state(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Company(RuleBasedStateMachine):
    """A company over the years: everything that its people and their computers do."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.patch = self.undo.enter_context(pytest.MonkeyPatch.context())
        place = Path(self.undo.enter_context(tempfile.TemporaryDirectory()))
        for module in ("outputs", "release"):
            path = f"guidegen.pipeline.{module}.make_site"
            self.patch.setattr(path, _quick_site)
        use_quick_pdf(self.patch)
        self.place = place
        self.project = sample_project("small", place / "company")
        self.written = self.project.answers.read_bytes()
        self.now = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
        self.released: dict[str, dict[str, str]] = {}
        self.reviews = self.withdrawals = 0
        self.packs = 0
        self.edits = 0

    @initialize()
    def begin(self) -> None:
        self.patch.setattr("guidegen.TEMPLATE_PACKS", (builtin_packs(),))
        self.release(None)

    def teardown(self) -> None:
        self.undo.close()

    # --- what people do

    def _write(self, text: str) -> None:
        self.written = text.encode()
        self.project.answers.write_bytes(self.written)

    @rule(topic=st.sampled_from(TOPICS))
    def change_topics(self, topic: str) -> None:
        text, line = self.written.decode(), f"  - {topic}\n"
        if line in text:
            self._write(text.replace(line, ""))
        else:
            self._write(text.replace("taboo_topics:\n", f"taboo_topics:\n{line}"))

    @rule()
    def change_wording(self) -> None:
        self.edits += 1
        new = f"Diese {self.edits}. Treppe"
        self._write(re.sub(r"Diese( \d+\.)? Treppe", new, self.written.decode()))

    @rule()
    def say_nothing_new(self) -> None:
        self._write(f"{self.written.decode()}# kept in mind\n")

    @rule(months=st.sampled_from([1, 6, 24]))
    def change_the_clock(self, months: int) -> None:
        text = self.written.decode()
        kept = [line for line in text.splitlines() if "review_months" not in line]
        kept.insert(kept.index("version:") + 1, f"  review_months: {months}")
        self._write("\n".join(kept) + "\n")

    @rule(section=st.sampled_from(["law", "nice"]))
    def take_over_a_text(self, section: str) -> None:
        own = self.project.sections / "de" / f"{section}.md"
        if not own.exists() and not self._run(
            None, partial(customize, self.project, section)
        ):
            return
        own.write_text(f"{own.read_text('utf-8')}\nUnser Satz.\n", encoding="utf-8")

    @rule()
    def decide_about_proposals(self) -> None:
        for path in self.project.sections.glob("*/*.proposal.md"):
            path.unlink()

    # --- what guidegen does, and is killed at

    @rule(days=st.integers(0, 200))
    def wait(self, days: int) -> None:
        self.now += dt.timedelta(days=days)

    @rule(kill=MOMENTS)
    def build(self, kill: int | None) -> None:
        built: list[Built] = []
        if self._run(
            kill, lambda: built.append(build_project(Job(project=self.project)))
        ):
            self._is_right(built[0])

    def _is_right(self, built: Built) -> None:
        """Assert that the root is the version that applies, where that is not open."""
        history = read_history(self.project.releases)
        current = history.current
        if current is None:
            assert built.edition.state is State.DRAFT
        elif current is not history.last:
            edition = built.edition
            assert (edition.version, edition.state) == (current.version, State.RELEASED)
            name = "guideline-de.pdf"
            kept = self.project.releases / current.version / name
            assert (self.project.site / name).read_bytes() == kept.read_bytes()
        # Whatever was killed before it: the record of the newest release is mended.
        notes = {note.message for note in examine(self.project.releases).notes}
        assert "verify-head-behind" not in notes or built.unchanged

    @rule(kill=MOMENTS)
    def reword_and_release(self, kill: int | None) -> None:
        self.change_wording()
        self.release(kill)

    @rule(kill=MOMENTS)
    def release(self, kill: int | None) -> None:
        finished = self._run(kill, self._release)
        made = self._versions() - set(self.released)
        assert len(made) <= 1
        for version in made:
            self.released[version] = _state(self.project.releases / version)
        TOLD["released"] += len(made)
        if finished and made:
            built = build_project(Job(project=self.project))
            assert built.unchanged
            assert built.edition.state is State.RELEASED

    def _release(self) -> None:
        job = Job(project=self.project)
        preview = preview_release(job)
        if not preview.problems:
            notes = LocalText.of({"de": "Neu"})
            make_release(job, preview, ReleaseRequest(now=self.now, notes=notes))

    @precondition(lambda self: self.released)
    @rule(kill=MOMENTS)
    def review(self, kill: int | None) -> None:
        day = self.now.date()
        review = partial(review_project, self.project, by="Svea", on=day, note=None)
        finished = self._run(kill, review)
        reviews = len(read_history(self.project.releases).reviews)
        assert self.reviews + finished <= reviews <= self.reviews + 1
        TOLD["reviewed"] += reviews - self.reviews
        self.reviews = reviews
        due = find_status(self.project, on=day).due
        assert due
        assert due > day or not finished

    @precondition(lambda self: self.released)
    @rule(kill=MOMENTS, which=st.integers(0, 2))
    def withdraw(self, kill: int | None, which: int) -> None:
        history = read_history(self.project.releases)
        kept = [each for each in history.releases if not history.withdrawal_of(each)]
        if not kept:
            return
        withdraw = partial(
            withdraw_release,
            self.project,
            kept[-1 - which % len(kept)].version,
            by="Svea",
            on=self.now.date(),
            reason=LocalText.of({"de": "Falsch"}),
        )
        finished = self._run(kill, withdraw)
        withdrawals = len(read_history(self.project.releases).withdrawals)
        assert self.withdrawals + finished <= withdrawals <= self.withdrawals + 1
        TOLD["withdrawn"] += withdrawals - self.withdrawals
        self.withdrawals = withdrawals

    @rule(text=st.sampled_from(["law", "nice"]))
    def install_a_newer_guidegen(self, text: str) -> None:
        self.packs += 1
        packs = self.place / f"packs-{self.packs}"
        shutil.copytree(builtin_packs(), packs)
        for path in (packs / "dell" / "sections").glob(f"*/{text}.md"):
            path.write_text(
                path.read_text("utf-8") + f"\nNeu {self.packs}.\n", encoding="utf-8"
            )
        self.patch.setattr("guidegen.TEMPLATE_PACKS", (packs,))

    @rule(kill=MOMENTS)
    def upgrade(self, kill: int | None) -> None:
        def run() -> None:
            finish_upgrade(self.project)
            upgrade = find_upgrade(self.project)
            carry_out(plan_upgrade(upgrade, {}, lambda message, **_: message))

        self._run(kill, run)

    def _run(self, kill: int | None, run: Callable[[], object]) -> bool:
        """Run something; return whether it came to its end: not killed, not refused."""
        try:
            if kill is None:
                run()
            else:
                with killed_after(self.project.folder, kill):
                    run()
        except Killed:
            TOLD["killed"] += 1
            return False
        except GuidegenError:
            TOLD["refused"] += 1
            return False
        return True

    def _versions(self) -> set[str]:
        releases = self.project.releases
        return {path.name for path in releases.glob("*.*.*") if path.is_dir()}

    # --- what holds at any time

    @invariant()
    def nothing_differs(self) -> None:
        assert verify(self.project.releases) == ()

    @invariant()
    def releases_are_what_they_were(self) -> None:
        assert self._versions() == set(self.released)
        for version, state in self.released.items():
            assert _state(self.project.releases / version) == state

    @invariant()
    def answers_are_what_was_last_written(self) -> None:
        assert self.project.answers.read_bytes() == self.written

    @invariant()
    def reviews_and_withdrawals_are_kept(self) -> None:
        history = read_history(self.project.releases)
        assert len(history.reviews) == self.reviews
        assert len(history.withdrawals) == self.withdrawals


@pytest.mark.long
@pytest.mark.soak
@pytest.mark.no_cover
@pytest.mark.slow
def test_any_sequence_of_edits_releases_and_kills_keeps_what_was_released(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for _ in range(ROUNDS):
        run_state_machine_as_test(
            Company,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                print_blob=True,
            ),
        )
        fewest = min(TOLD["killed"], TOLD["reviewed"], TOLD["withdrawn"])
        if fewest > OF_EACH:
            break

    with capsys.disabled():
        print(f"\n{dict(TOLD)}")  # noqa: T201  # the counts are what the test is about
    assert TOLD["released"] > EXAMPLES
    assert fewest > OF_EACH
