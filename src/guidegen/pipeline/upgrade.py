"""Moves a project to the installed pack's texts, and joins its own wording with them.

What is written is planned as a whole and noted before the first file changes: a run
that was killed is finished by the next one.
"""

from __future__ import annotations

import shutil
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers.build import build
from guidegen.answers.data import answers_data, left_out
from guidegen.answers.edit import edited_text
from guidegen.answers.read import check_text, read_pack, read_text
from guidegen.compare.comparison import Comparison, Snapshot
from guidegen.compose.sections import pack_section
from guidegen.errors import GuidegenError, Problem, ProblemsError
from guidegen.files import project_lock, write_atomic
from guidegen.merge.sections import open_conflicts, own_texts
from guidegen.merge.upgrade import Outcome, upgrade_text
from guidegen.merge.writes import (
    finish_writes,
    is_unfinished,
    plan_write,
    write_together,
)
from guidegen.model.answers import Answers
from guidegen.model.document import Document, Edition
from guidegen.model.pack import Pack
from guidegen.model.project import ANSWERS, PACK_LOCK, SECTIONS, Project
from guidegen.model.question import Question
from guidegen.model.redline import PageRedline
from guidegen.pack.pin import keep_pack, pack_digest, pin_text
from guidegen.pack.update import other_texts
from guidegen.page.tree import PageParser
from guidegen.pipeline.versioning import draft_edition
from guidegen.pipeline.working_copy import WorkingCopy
from guidegen.release.history import read_history
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.answers.read import PlainAnswers
    from guidegen.merge.sections import OwnText
    from guidegen.merge.upgrade import Choice, Say, Upgraded
    from guidegen.merge.writes import Write
    from guidegen.model.release import Change
    from guidegen.schema.scalars import Plain


class Upgrade(Value):
    """A project, the pack that it uses, and the one that it could use."""

    project: Project
    read: PlainAnswers
    """The answers as they are; `read.pack` is the pack that the project uses."""
    pack: Pack
    """What the installed guidegen makes of it."""
    open: tuple[Path, ...]
    """Proposals of an earlier upgrade that nobody has decided about."""

    @property
    def old(self) -> Pack:
        """The pack that the project uses."""
        return self.read.pack

    # All texts of both packs are read for it, and each step asks.
    @cached_property
    def is_newer(self) -> bool:
        """Whether the installed texts differ."""
        return pack_digest(self.old) != pack_digest(self.pack)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that only the new pack has, or that only it asks everybody."""
        known = {question.id: question for question in self.old.questions}
        return tuple(
            question
            for question in self.pack.questions
            if question.id not in known
            or (question.by_default and not known[question.id].by_default)
        )


class UpgradePlan(Value):
    """What an upgrade will do, and what readers will see of it."""

    upgrade: Upgrade
    redlines: Mapping[str, tuple[PageRedline, ...]]
    """By language, those that change."""
    labels: Mapping[str, str]
    """The languages' names."""
    changes: tuple[Change, ...]
    """What changes about topics and answers, a sentence each."""
    answers: tuple[str, ...]
    """The keys of the answers that are added."""
    texts: tuple[Upgraded, ...]
    """The company's own texts that are concerned."""
    writes: tuple[Write, ...]
    """All of it but the pin."""
    edition: Edition
    """Which edition the guideline will be a draft of."""

    @property
    def conflicts(self) -> tuple[Upgraded, ...]:
        """The own texts that somebody has to decide about."""
        return tuple(each for each in self.texts if each.outcome is Outcome.CONFLICT)

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to do."""
        return self.upgrade.is_newer or bool(self.writes)

    @property
    def undecided(self) -> tuple[Path, ...]:
        """Proposals of an earlier upgrade for texts that this one concerns, too.

        One that this upgrade makes again comes from a run that was killed.
        """
        folder = self.upgrade.project.folder
        concerned = {folder / each.own.proposal_name for each in self.texts}
        same = {folder / write.name for write in self.writes if write.is_done}
        return tuple(path for path in self.upgrade.open if path in concerned - same)


def finish_upgrade(project: Project) -> None:
    """Finish an upgrade that was killed while it wrote, if one was.

    Raises:
        FilesError: The system refuses.
    """
    if is_unfinished(project):
        with project_lock(project.work):
            finish_writes(project)


def find_upgrade(project: Project) -> Upgrade:
    """Return what a project could be upgraded to.

    Raises:
        ProblemsError: The installed guidegen is older than the project's texts.
        GuidegenError: The answers, the pack or `pack.lock` are wrong.
    """
    other = other_texts(project)
    # An older guidegen would take back texts that the company has accepted.
    if other and other.is_older:
        values = {"name": other.name, "old": other.old, "new": other.new}
        raise ProblemsError((Problem(message="upgrade-older", values=values),))
    used = read_pack(project.answers)
    pack = read_pack(project.answers, pinned=False)
    return Upgrade(
        project=project,
        read=_read(project, used, pack),
        pack=pack,
        open=open_conflicts(project),
    )


def _read(project: Project, used: Pack, new: Pack) -> PlainAnswers:
    text = read_text(project.answers)
    try:
        return check_text(text, project.answers, pack=used)
    except ProblemsError as error:
        # An upgrade that was killed and forgotten has answered what only the new pack
        # asks.
        with suppress(ProblemsError):
            read = check_text(text, project.answers, pack=new)
            return replace(read, pack=used)
        raise error from None


def own_wording(
    upgrade: Upgrade, changes: Mapping[str, Plain | None], say: Say
) -> tuple[Upgraded, ...]:
    """Return the company's own texts that an upgrade concerns; nothing is written.

    Args:
        upgrade: What `find_upgrade` has returned.
        changes: Answers to be set, by dotted key.
        say: Says a message in the author's language.

    Raises:
        ProblemsError: The answers do not fit the new pack.
    """
    return tuple(_upgraded(upgrade, states_of(upgrade, changes), say, {}))


def plan_upgrade(
    upgrade: Upgrade,
    changes: Mapping[str, Plain | None],
    say: Say,
    choices: Mapping[str, Choice] | None = None,
    assumed: Sequence[str] = (),
    edition: Edition | None = None,
) -> UpgradePlan:
    """Return what an upgrade will do; nothing is written yet.

    Args:
        upgrade: What `find_upgrade` has returned.
        changes: Answers to be set, by dotted key.
        say: Says a message in the author's language.
        choices: What somebody has decided about own texts, by their names.
        assumed: Keys of changes that only stand in for an answer; nobody is told.
        edition: That of a plan with the same answers, which takes a while to find out.

    Raises:
        ProblemsError: The answers do not fit the new pack.
        GuidegenError: The guideline cannot be composed.
    """
    states = states_of(upgrade, changes)
    old, new = states.old, states.new
    texts = tuple(_upgraded(upgrade, states, say, choices or {}))
    writes = tuple(write for each in texts for write in each.writes)
    if changes:
        # After the texts: until the pin follows, the pack does not know new answers.
        writes = (*writes, _answers(upgrade.project, states.text))
    present = WorkingCopy(answers=old, pack=upgrade.old)
    digests = {each.language: each.digest for each in present.drafts}
    # Composed before anything is written: a section that cannot be read stops the
    # upgrade while the project is still whole.
    after = _composed(new, upgrade, writes, digests, edition)
    # As the same edition: what pages print of it would be a change everywhere.
    before = present.as_edition(after[0].edition)
    comparison = Comparison(
        old=_snapshot(old, upgrade.old, before),
        new=_snapshot(new, upgrade.pack, after, without=assumed),
    )
    return UpgradePlan(
        upgrade=upgrade,
        redlines=comparison.redlines(PageParser(upgrade.pack.markdown_extensions)),
        labels={each.language: each.labels[each.language] for each in after},
        changes=comparison.changes,
        answers=tuple(changes),
        texts=texts,
        writes=writes,
        edition=after[0].edition,
    )


class States(Value):
    """The answers before an upgrade and after it."""

    old: Answers
    new: Answers
    text: str
    """That of `guideline.yml` afterwards."""


def states_of(upgrade: Upgrade, changes: Mapping[str, Plain | None]) -> States:
    """Return the answers before an upgrade and after it.

    Raises:
        ProblemsError: They do not fit the new pack.
    """
    project = upgrade.project
    text = edited_text(
        read_text(project.answers), changes, upgrade.pack, project.answers
    )
    checked = check_text(text, project.answers, pack=upgrade.pack)
    return States(
        old=build(upgrade.read.data, project.folder, upgrade.read.pack),
        new=build(checked.data, project.folder, checked.pack),
        text=text,
    )


def carry_out(plan: UpgradePlan) -> None:
    """Write what was planned: answers, own texts, and last which texts are used.

    Raises:
        FilesError: A file was changed in the meantime: nothing is written. Or the
            system refuses: the next run finishes it.
        PackError: The pack's texts cannot be kept.
    """
    project, pack = plan.upgrade.project, plan.upgrade.pack
    with project_lock(project.work):
        writes = list(plan.writes)
        # Without a release nothing is pinned: the project uses the installed texts.
        if project.pack_lock.exists():
            record = keep_pack(pack, project)
            pin = pin_text(pack, record)
            # The last write: until the pin, the project builds with the old texts.
            writes += [plan_write(project, PACK_LOCK, pin)] if pin else []
        write_together(project, writes)


def _answers(project: Project, text: str) -> Write:
    """Return the write of `guideline.yml`; its mark of UTF-8 stays if it has one."""
    mark = project.answers.read_bytes()[: len(BOM_UTF8)]
    start = "\ufeff" if mark == BOM_UTF8 else ""
    return plan_write(project, ANSWERS, start + text)


def _upgraded(
    upgrade: Upgrade, states: States, say: Say, choices: Mapping[str, Choice]
) -> Iterator[Upgraded]:
    old, new = states.old, states.new
    for own in own_texts(upgrade.project):
        # A recorded base says which variant the text was taken from; one written by
        # hand is compared with what readers would get without it.
        variant = own.variant if own.base() is not None else _served(own, new)
        upgraded = upgrade_text(
            own,
            pack_section(old, upgrade.old, variant, own.section),
            pack_section(new, upgrade.pack, variant, own.section),
            say,
            choices.get(own.name),
        )
        if upgraded:
            yield upgraded


def _served(own: OwnText, answers: Answers) -> str:
    """Return the variant that readers get this text for: `de` may serve `de-formal`."""
    variants = map(answers.variant, answers.languages)
    served = (v for v in variants if own.variant in {v, v.partition("-")[0]})
    return next(served, own.variant)


def _composed(
    answers: Answers,
    upgrade: Upgrade,
    writes: tuple[Write, ...],
    digests: Mapping[str, str],
    edition: Edition | None,
) -> tuple[Document, ...]:
    """Return the documents as they will be, without writing into the project.

    They are a draft of the next version. What pages print of their own digest is as
    before: it would be a change everywhere.
    """
    folder = answers.folder
    with tempfile.TemporaryDirectory() as name:
        future = Path(name)
        if (folder / SECTIONS).is_dir():
            # All of them: pages also need the own texts that are not written.
            shutil.copytree(folder / SECTIONS, future / SECTIONS)
        for write in writes:
            if write.name.startswith(f"{SECTIONS}/"):
                write_atomic(future / write.name, write.text.encode())
        try:
            future_copy = WorkingCopy(
                answers=replace(answers, folder=future), pack=upgrade.pack
            )
            edition = edition or _next_edition(answers, upgrade)
            return future_copy.as_edition(edition, digests)
        except GuidegenError as error:
            if error.path and error.path.is_relative_to(future):
                # The author has no such file: the copy is gone with this run.
                path = folder / error.path.relative_to(future)
                raise error.at(path, error.line) from error
            raise


def _next_edition(answers: Answers, upgrade: Upgrade) -> Edition:
    """Return the edition that the guideline will be a draft of, if that can be told."""
    # What is wrong with releases, `verify` says: an upgrade changes none of them. What
    # is wrong with the texts has been said when they were composed.
    with suppress(GuidegenError):
        history = read_history(upgrade.project.releases)
        # With the company's own texts as they are now, which hardly changes how far the
        # release goes; those of the future lie apart from the logos.
        copy = WorkingCopy(answers=answers, pack=upgrade.pack, history=history)
        if copy.last:
            return draft_edition(copy.next_version, copy.proposal, history)
    return Edition()


def _snapshot(
    answers: Answers,
    pack: Pack,
    documents: tuple[Document, ...],
    without: Sequence[str] = (),
) -> Snapshot:
    data = answers_data(answers)
    for key in without:
        data = left_out(data, key)
    return Snapshot(
        answers=data,
        pack=pack,
        pages={document.language: document.pages for document in documents},
    )
