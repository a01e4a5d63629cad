"""What the working guideline changes about a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from guidegen.model.document import Document
from guidegen.model.own_text import Missing
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.redline import PageRedline
from guidegen.model.release import Change, Proposal, Release
from guidegen.pipeline.named_release import named_release
from guidegen.pipeline.working_copy import WorkingCopy, load_working_copy
from guidegen.value import Value


class Difference(Value):
    """What the working guideline changes about a release."""

    old: Release | None
    """The release it is compared with; None before the first one."""
    version: str
    """The last released one, or the one that the working guideline would become."""
    changed: bool
    company: str
    pack: Pack
    changes: tuple[Change, ...] = ()
    """What changed in the answers."""
    redlines: Mapping[str, tuple[PageRedline, ...]] = field(default_factory=dict)
    """By language, those that both have and that differ, the front page's first."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """The working guideline by language: its title and labels are its readers' own."""
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Own texts that are behind: path → the languages in which they are."""
    missing: tuple[Missing, ...] = ()
    """Own texts that lack a language or form of address."""
    working_copy: WorkingCopy | None = field(default=None, compare=False)
    """What was compared, to go on with; None before the first release."""
    proposal: Proposal | None = None
    """How far a release would go; None if compared with another than the last one."""


def diff_project(
    project: Project, from_version: str | None = None, *, pack: Path | None = None
) -> Difference:
    """Compare the working guideline with a release.

    Args:
        project: The project.
        from_version: A released version; None for the one that readers follow.
        pack: A pack's folder that wins over the one the answers name.

    Raises:
        ProblemsError: There is no such release.
        GuidegenError: Answers, pack, a section or a record of a release is wrong.
    """
    working_copy = load_working_copy(project, pack)
    history = working_copy.history
    old = working_copy.last
    if from_version is not None:
        old = named_release(history, from_version, project)
    difference = Difference(
        old=old,
        version=working_copy.edition.version,
        # By digests, which are at hand: without a change, nothing need be compared.
        changed=old is None or not working_copy.says_what(old),
        company=working_copy.drafts[0].company,
        pack=working_copy.pack,
        documents={each.language: each for each in working_copy.drafts},
        missing=working_copy.missing,
        stale=working_copy.stale if old is working_copy.last else {},
    )
    if old is None or not difference.changed:
        return difference
    comparison = working_copy.compare_with(old)
    difference = replace(
        difference,
        changes=comparison.changes,
        redlines=working_copy.redlines(comparison, difference.version),
        working_copy=working_copy,
    )
    # Which version comes next follows from the last release alone.
    if old is not working_copy.last:
        return difference
    return replace(difference, proposal=working_copy.proposal)
