"""What the working guideline changes about a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.model.note import Note
from guidegen.model.own_text import Missing
from guidegen.model.project import Project
from guidegen.model.redline import PageRedline
from guidegen.model.release import Change, Proposal, Release
from guidegen.model.text import LocalText
from guidegen.pipeline.kept_draft import kept_draft
from guidegen.pipeline.named_release import named_release
from guidegen.pipeline.undecided import undecided_notes
from guidegen.release.history import read_history, released_pages
from guidegen.value import Value

if TYPE_CHECKING:  # after a build, nothing need be composed
    from guidegen.pipeline.working_copy import WorkingCopy


class Difference(Value):
    """What the working guideline changes about a release."""

    old: Release | None
    """The release it is compared with; None before the first one."""
    version: str
    """The last released one, or the one that the working guideline would become."""
    changed: bool
    messages: Mapping[str, LocalText]
    """The words for changes."""
    names: Mapping[str, str]
    """What each language calls itself."""
    changes: tuple[Change, ...] = ()
    """What changed in the answers."""
    redlines: Mapping[str, tuple[PageRedline, ...]] = field(default_factory=dict)
    """By language, those that both have and that differ, the front page's first."""
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Own texts that are behind: path → the languages in which they are."""
    missing: tuple[Missing, ...] = ()
    """Own texts that lack a language or form of address."""
    working_copy: WorkingCopy | None = field(default=None, compare=False)
    """What was compared, to go on with; None if the last build knew what to say."""
    proposal: Proposal | None = None
    """How far a release would go; None if compared with another than the last one."""


def diff_project(
    project: Project,
    from_version: str | None = None,
    *,
    pack: Path | None = None,
    whole: bool = False,
) -> Difference:
    """Compare the working guideline with a release.

    Args:
        project: The project.
        from_version: A released version; None for the one that readers follow.
        pack: A pack's folder that wins over the one the answers name.
        whole: Whether the working copy is needed, too.

    Raises:
        ProblemsError: There is no such release.
        GuidegenError: Answers, pack, a section or a record of a release is wrong.
    """
    if from_version is None and not whole:
        built = _as_built(project, pack)
        if built:
            return built
    return _as_composed(project, from_version, pack)


def _as_built(project: Project, pack: Path | None) -> Difference | None:
    """Return what changed since the last release, if the last build knows the draft."""
    draft = kept_draft(project, pack)
    if draft is None:
        return None
    old = read_history(project.releases).base
    if old is None:
        return None
    # All of them, so that none that has been altered goes unnoticed.
    pages = {language: released_pages(old, language) for language in old.documents}
    redlines: Mapping[str, tuple[PageRedline, ...]] = {}
    if draft.kept:
        # Both bring in the parser of Markdown.
        from guidegen.compare.redline import redlines as compared  # noqa: PLC0415
        from guidegen.page.tree import parser_of_run  # noqa: PLC0415

        redlines = compared(pages, draft.pages, parser_of_run(draft.extensions))
    return Difference(
        old=old,
        version=draft.version,
        changed=True,
        messages=draft.messages,
        names=draft.names,
        changes=draft.changes,
        redlines=redlines,
        proposal=draft.proposal,
    )


def _as_composed(
    project: Project, from_version: str | None, pack: Path | None
) -> Difference:
    from guidegen.pipeline.working_copy import load_working_copy  # noqa: PLC0415

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
        messages=working_copy.pack.messages,
        names={
            each.language: each.labels[each.language] for each in working_copy.drafts
        },
        missing=working_copy.missing,
        stale=working_copy.stale if old is working_copy.last else {},
        working_copy=working_copy,
    )
    if old is None or not difference.changed:
        return difference
    comparison = working_copy.compare_with(old)
    difference = replace(
        difference,
        changes=comparison.changes,
        redlines=working_copy.redlines(comparison, difference.version),
    )
    # Which version comes next follows from the last release alone.
    if old is not working_copy.last:
        return difference
    return replace(difference, proposal=working_copy.proposal)


def difference_notes(project: Project, difference: Difference) -> tuple[Note, ...]:
    """Return all that keeps the company's texts from being released, as notes."""
    if not difference.missing and not difference.stale:
        return undecided_notes(project)
    from guidegen.pipeline.own_texts import open_notes  # noqa: PLC0415  # as above

    return open_notes(project, difference.missing, difference.stale)
