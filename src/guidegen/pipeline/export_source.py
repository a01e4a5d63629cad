"""What an export is made of: the working files, or any version as it was released."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field, replace

from guidegen.model.card import Deck
from guidegen.model.document import Document, Edition, State
from guidegen.model.inside import ShownItems
from guidegen.model.project import Project
from guidegen.model.release import Release
from guidegen.pipeline.draft_day import without_past_day
from guidegen.pipeline.frozen_documents import frozen_documents
from guidegen.pipeline.named_release import named_release
from guidegen.pipeline.working_copy import WorkingCopy
from guidegen.release.validity import history_validities
from guidegen.value import Value


class Source(Value):
    """What an export is made of."""

    documents: tuple[Document, ...]
    """Of all languages, the front page's first."""
    release: Release | None
    """What was released as these documents; None for a draft."""
    asked: str | None = None
    """The version that was asked for, if any: it is part of the files' names."""
    notice: str = ""
    """When a version applies that is not the current one, in the first language."""
    decks: Mapping[str, Deck] = field(default_factory=dict)
    """The cards to practise with, by language; none with a version asked for."""
    inside: ShownItems | None = None
    """What is said about the company; nothing with a version asked for."""

    @property
    def edition(self) -> Edition:
        """Which edition it is."""
        return self.documents[0].edition


def source_of(
    working_copy: WorkingCopy,
    project: Project,
    *,
    version: str | None,
    today: dt.date | None,
) -> Source:
    """Return what an export is made of.

    Args:
        working_copy: The project as it is.
        project: Where it is.
        version: A released version; None for the working files.
        today: Today's date, so that a draft names no day that has passed; None to
            leave it.

    Raises:
        ProblemsError: There is no such version.
        GuidegenError: A section, or a record of a release, is wrong.
    """
    if version is not None:
        release = named_release(working_copy.history, version, project)
        return _released(release, working_copy)
    documents = working_copy.documents
    if documents[0].edition.state is State.RELEASED:
        return Source(documents=documents, release=working_copy.last)
    if today:
        documents = tuple(without_past_day(each, today) for each in documents)
    return Source(documents=documents, release=None)


def _released(release: Release, working_copy: WorkingCopy) -> Source:
    documents = frozen_documents(release, working_copy)
    source = Source(documents=documents, release=release, asked=release.version)
    if release is working_copy.history.current:
        return source
    marked = tuple(_marked(each, release, working_copy) for each in documents)
    notice = marked[0].running_texts["draft"]
    return replace(source, documents=marked, notice=notice)


def _marked(
    document: Document, release: Release, working_copy: WorkingCopy
) -> Document:
    """Return a version that is not the current one, with the mark that says so."""
    from guidegen.site.validity import validity_sentences  # noqa: PLC0415  # slow

    validity = history_validities(working_copy.history)[release.version]
    mark, *_ = validity_sentences(validity, document.labels)
    recorded = release.documents[document.language].running_texts
    texts = {
        **document.running_texts,
        "draft": mark.plain,
        # When today's version will be reviewed is no fact of this one.
        "next_review": recorded["next_review"],
    }
    edition = replace(document.edition, state=State.OUTDATED)
    return replace(document, running_texts=texts, edition=edition)
