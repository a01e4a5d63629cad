"""What the last build has found out about a draft: `diff` need not compose it again.

It lies in the project, where anybody may have put it. So it is believed only if this
computer has written it (its digest is in the user's own cache) and if all that a build
reads is what it was then. Whatever is wrong with it, the draft is composed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import FilesError
from guidegen.files import write_atomic
from guidegen.files.digest import sha256
from guidegen.files.links import refuse_link
from guidegen.model.document import Page, State
from guidegen.model.json_records import from_json, parsed_json, read_record, to_json
from guidegen.model.project import Project
from guidegen.model.release import Change, Proposal
from guidegen.model.text import LocalText
from guidegen.pipeline.built_here import DRAFTS, is_built_here, remember_built
from guidegen.pipeline.up_to_date import Inputs, known_inputs
from guidegen.value import Value

if TYPE_CHECKING:  # who reads it composes nothing
    from guidegen.pipeline.working_copy import WorkingCopy


class _KeptPage(Value):
    id: str
    title: str
    markdown: str


class Premises(Value):
    """What a draft follows from."""

    inputs: str
    """The digest of all that a build reads."""
    folder: str
    """Where the project lies: elsewhere, its answers name other packs and logos."""
    named: tuple[str, ...]
    """The packs and logos that the answers name."""
    asked: str | None
    """The pack that was asked for on the command line."""
    basis: str
    """The digest of what the company's texts were when all of them were right."""


class KeptDraft(Value):
    """What `diff` shows of a draft in which nothing is open, or what it follows from.

    Pages are as if they were those of the last release, as `Snapshot` has them.
    """

    premises: Premises
    version: str
    proposal: Proposal
    changes: tuple[Change, ...]
    messages: Mapping[str, LocalText]
    """The words for the changes."""
    names: Mapping[str, str]
    """What each language calls itself."""
    extensions: tuple[str, ...]
    """Those of Markdown that the pages are written with."""
    kept: Mapping[str, tuple[_KeptPage, ...]]
    """All pages of each language whose text differs from the last release."""

    @property
    def pages(self) -> dict[str, tuple[Page, ...]]:
        """The pages, to be compared with those of the last release."""
        return {
            language: tuple(
                Page(id=each.id, title=each.title, markdown=each.markdown)
                for each in pages
            )
            for language, pages in self.kept.items()
        }


def keep_draft(
    project: Project, pack: Path | None, working_copy: WorkingCopy, inputs: Inputs
) -> None:
    """Keep what a build has found out about a draft, if all of it is clear.

    Args:
        project: The project, whose build is complete.
        pack: The pack that was asked for on the command line, if one was.
        working_copy: What was built.
        inputs: What was read for it.

    Raises:
        FilesError: The system refuses.
    """
    comparison = working_copy.comparison
    if (
        comparison is None
        or not inputs.digest
        or not _is_clear(project, working_copy)
        # Such a page prints the version that it will have.
        or comparison.has_new_stamped_page
    ):
        return
    said = (*comparison.changes, *comparison.proposal.reasons)
    draft = KeptDraft(
        premises=_premises(project, pack, inputs),
        version=working_copy.edition.version,
        proposal=comparison.proposal,
        changes=comparison.changes,
        messages={
            each.message: working_copy.pack.messages[each.message] for each in said
        },
        names={
            each.language: each.labels[each.language] for each in working_copy.drafts
        },
        extensions=working_copy.pack.markdown_extensions,
        kept=_differing(comparison.old.pages, comparison.new.pages),
    )
    # Not sorted: languages stay in their order.
    text = json.dumps(to_json(draft), ensure_ascii=False).encode()
    # Whoever cannot read it composes.
    write_atomic(project.draft, text, within=project.work.parent, lasting=False)
    remember_built(sha256(text), kind=DRAFTS)


def _differing(
    old: Mapping[str, Sequence[Page]], new: Mapping[str, Sequence[Page]]
) -> dict[str, tuple[_KeptPage, ...]]:
    """Return all pages of each language whose text differs from the last release."""
    return {
        language: tuple(
            _KeptPage(id=each.id, title=each.title, markdown=each.markdown)
            for each in pages
        )
        for language, pages in new.items()
        if language in old and tuple(old[language]) != tuple(pages)
    }


def _is_clear(project: Project, working_copy: WorkingCopy) -> bool:
    """Return whether this is a draft that `diff` compares with one release only."""
    return not (
        # A preview builds again and again, and nobody calls `diff` for its folder.
        project.place
        or working_copy.edition.state is not State.DRAFT
        # With the newest release withdrawn, it is compared with two.
        or working_copy.last is not working_copy.history.last
        or working_copy.missing
        or working_copy.stale
    )


def kept_draft(project: Project, pack: Path | None) -> KeptDraft | None:
    """Return what the last build has found out, if nothing has changed since.

    Args:
        project: The project.
        pack: The pack that was asked for on the command line, if one was.

    Raises:
        FilesError: There is a link in the project.
    """
    try:
        refuse_link(project.draft)
        text = read_record(project.draft)
        if not is_built_here(sha256(text), kind=DRAFTS):
            return None
        draft = from_json(KeptDraft, parsed_json(text))
    except (FilesError, OSError, ValueError):
        return None
    known = known_inputs(project, pack)
    if known is None or draft.premises != _premises(project, pack, known):
        return None
    return draft


def _premises(project: Project, pack: Path | None, inputs: Inputs) -> Premises:
    return Premises(
        inputs=inputs.digest,
        folder=str(project.folder.resolve()),
        named=tuple(map(str, inputs.named)),
        asked=str(pack.resolve()) if pack else None,
        basis=_basis(project),
    )


def _basis(project: Project) -> str:
    try:
        refuse_link(project.basis)
        return sha256(read_record(project.basis))
    except (FilesError, OSError, ValueError):
        return ""
