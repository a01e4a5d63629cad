"""Which edition the working guideline is: the last release, or a draft of the next."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers import answers_data
from guidegen.model.answers import Answers
from guidegen.model.document import Document, Edition, Page, State
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.release import (
    FIRST_VERSION,
    Change,
    History,
    Proposal,
    Release,
    next_version,
)
from guidegen.pack import load_released, pack_digest
from guidegen.pipeline.composition import compose_all
from guidegen.release import next_review, read_history, released_pages

if TYPE_CHECKING:
    from guidegen.compare import State as Side
    from guidegen.pipeline.composition import Composition


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The working guideline: composed, and compared with what was released."""

    composition: Composition
    history: History
    edition: Edition

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of all languages as the edition that they are."""
        return self.composition.as_edition(self.edition)


def find_standing(answers: Answers, pack: Pack, releases: Path) -> Standing:
    """Compose the working guideline and compare it with the releases.

    Raises:
        GuidegenError: The pack, a section or a record of the releases is wrong.
    """
    composition = compose_all(answers, pack)
    history = read_history(releases)
    return Standing(
        composition=composition,
        history=history,
        edition=find_edition(composition, history),
    )


def is_released(composition: Composition, last: Release) -> bool:
    """Return whether a composition says what the last release says.

    Answers, each language's text and the logo count; comments in `guideline.yml`, and
    what the site looks like, do not.
    """
    released = {each.language: each.digest for each in last.documents.values()}
    composed = {each.language: each.digest for each in composition.documents}
    return (
        composed == released
        and answers_data(composition.answers) == last.answers
        and _logo(composition) == _released_logo(last)
    )


def find_edition(composition: Composition, history: History) -> Edition:
    """Return which edition a composition is.

    Raises:
        ReleaseError: A page of the last release is not what was released.
    """
    last = history.last
    if last is None:
        return Edition()
    if is_released(composition, last):
        return released_edition(last, history)
    return Edition(
        version=version_of(propose(composition, last), last),
        next_review=next_review(history),
    )


def released_edition(last: Release, history: History) -> Edition:
    """Return the edition that the newest release is.

    A major release is news until the next one; the first has nobody to tell it to.
    """
    is_news = last.step == "major" and last.previous is not None
    return Edition(
        version=last.version,
        state=State.RELEASED,
        news=last.notes if is_news else None,
        next_review=next_review(history),
    )


def propose(composition: Composition, last: Release | None) -> Proposal:
    """Return how far a release of a composition would go, and why.

    Raises:
        ReleaseError: A page of the last release is not what was released.
    """
    if last is None:
        return Proposal(step="major")
    from guidegen.compare import propose_step  # noqa: PLC0415  # only drafts need it

    return propose_step(*_sides(composition, last))


def version_of(proposal: Proposal, last: Release | None) -> str:
    """Return the version that a release would have."""
    return next_version(last.version, proposal.step) if last else FIRST_VERSION


def answers_changes(composition: Composition, last: Release) -> tuple[Change, ...]:
    """Return a sentence for each thing that changed in the answers since a release.

    Raises:
        ReleaseError: A page of the release is not what was released.
    """
    from guidegen.compare import find_changes  # noqa: PLC0415  # as above

    return find_changes(*_sides(composition, last))


def pages_as_released(
    composition: Composition, release: Release
) -> dict[str, tuple[Page, ...]]:
    """Return the pages by language, as if they were those of a release.

    So what a page prints of its own version and digest is no change.

    Raises:
        RenderError: A section's template is wrong (with file and line).
    """
    documents = tuple(
        replace(document, digest=release.documents[document.language].digest)
        if document.language in release.documents
        else document
        for document in composition.documents
    )
    if any(page.stamped for document in documents for page in document.pages):
        edition = Edition(version=release.version, state=State.RELEASED)
        documents = replace(composition, documents=documents).as_edition(edition)
    return {document.language: document.pages for document in documents}


def _sides(composition: Composition, last: Release) -> tuple[Side, Side]:
    from guidegen.compare import State as Side  # noqa: PLC0415  # as above

    pack = composition.pack
    old = Side(
        answers=last.answers,
        pack=_pack_of(last, pack),
        pages={language: released_pages(last, language) for language in last.documents},
        logo=_released_logo(last),
    )
    new = Side(
        answers=answers_data(composition.answers),
        pack=pack,
        pages=pages_as_released(composition, last),
        logo=_logo(composition),
    )
    return old, new


def _pack_of(release: Release, pack: Pack) -> Pack:
    """Return the pack that a release was made with."""
    if pack_digest(pack) == release.pack.digest:
        return pack
    return load_released(release.pack, Project(release.folder.parents[1])) or pack


def _logo(composition: Composition) -> str | None:
    logo = composition.documents[0].logo
    return hashlib.sha256(logo.content).hexdigest() if logo else None


def _released_logo(release: Release) -> str | None:
    document = next(iter(release.documents.values()))
    if document.logo is None:
        return None
    return release.files.get(f"{document.language}/{document.logo}")
