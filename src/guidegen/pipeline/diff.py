"""What the working guideline changes about a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers import read_answers
from guidegen.errors import Problem, ProblemsError
from guidegen.model.document import Document, Edition, Page, State
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.redline import PageRedline
from guidegen.model.release import (
    FIRST_VERSION,
    Change,
    History,
    Proposal,
    Release,
    next_version,
)
from guidegen.pipeline.composition import compose_all
from guidegen.pipeline.edition import (
    answers_changes,
    is_released,
    pages_as_released,
    propose,
)
from guidegen.pipeline.own import own_files, stale_since
from guidegen.release import read_history, released_pages

if TYPE_CHECKING:
    from guidegen.pipeline.composition import Composition


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
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
    """Own texts that are behind: place → the languages in which they are."""
    proposal: Proposal | None = None
    """How far a release would go; None if compared with another than the last one."""


def diff_project(
    project: Project, from_version: str | None = None, *, pack: Path | None = None
) -> Difference:
    """Compare the working guideline with a release.

    Args:
        project: The project.
        from_version: A released version; None for the last one.
        pack: A pack's folder that wins over the one the answers name.

    Raises:
        ProblemsError: There is no such release.
        GuidegenError: Answers, pack, a section or a record of a release is wrong.
    """
    answers, used = read_answers(project.answers, pack=pack)
    composition = compose_all(answers, used)
    history = read_history(project.releases)
    old, last = _release(history, from_version, project), history.last
    proposal = None
    if last is None or not is_released(composition, last):
        proposal = propose(composition, last)
    difference = Difference(
        old=old,
        version=_version(last, proposal),
        changed=old is None or not is_released(composition, old),
        company=composition.documents[0].company,
        pack=composition.pack,
        documents={each.language: each for each in composition.documents},
    )
    if old is None or not difference.changed:
        return difference
    difference = replace(
        difference,
        changes=answers_changes(composition, old),
        redlines=redlines(composition, old, difference.version),
    )
    if old is not last:
        return difference
    own = own_files(project, answers.brand.logo)
    return replace(difference, stale=stale_since(old, answers, own), proposal=proposal)


def _version(last: Release | None, proposal: Proposal | None) -> str:
    if last is None:
        return FIRST_VERSION
    return next_version(last.version, proposal.step) if proposal else last.version


def redlines(
    composition: Composition, release: Release, version: str
) -> dict[str, tuple[PageRedline, ...]]:
    """Return what changed in the text since a release, by language.

    Languages that only one of both has are left out, and those without a change.

    Args:
        composition: The guideline as it is now.
        release: As it was.
        version: The version that it has, or would have: a new page may print it.

    Raises:
        GuidegenError: A section is wrong, or a page is not what was released.
    """
    found = {}
    for language, pages in pages_as_released(composition, release).items():
        old = released_pages(release, language)
        if language not in release.documents or old == pages:
            continue
        from guidegen.compare import redline  # noqa: PLC0415  # only for changed text

        known = {page.id for page in old}
        new = pages
        if any(page.stamped and page.id not in known for page in pages):
            new = _with_new(pages, known, composition, language, version)
        changed = redline(old, new, composition.parser)
        if changed:
            found[language] = changed
    return found


def _with_new(
    pages: tuple[Page, ...],
    known: set[str],
    composition: Composition,
    language: str,
    version: str,
) -> tuple[Page, ...]:
    """Return pages, those that are new with the version that they will print."""
    edition = Edition(version=version, state=State.RELEASED)
    document = next(
        each for each in composition.as_edition(edition) if each.language == language
    )
    coming = {page.id: page for page in document.pages if page.id not in known}
    return tuple(coming.get(page.id, page) for page in pages)


def _release(history: History, version: str | None, project: Project) -> Release | None:
    if version is None:
        return history.last
    for release in history.releases:
        if release.version == version:
            return release
    known = ", ".join(release.version for release in history.releases)
    message = "diff-no-version" if known else "diff-no-releases"
    values = {"version": version, "known": known}
    raise ProblemsError((Problem(message=message, values=values, path=project.folder),))
