"""The guideline as its files are now: read, composed, compared with the last release.

Each part is made when it is first asked for, and once: who passes the working copy on
passes on what is known of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers.data import answers_data
from guidegen.answers.read import read_answers
from guidegen.files import cache_folder, translate_os_errors
from guidegen.files.digest import file_sha256, sha256
from guidegen.files.listing import is_litter
from guidegen.merge.sections import own_texts
from guidegen.merge.stale import OwnFiles, stale_texts
from guidegen.model.answers import Answers
from guidegen.model.document import Document, Edition, Page, State
from guidegen.model.json_records import Data
from guidegen.model.own_text import Basis
from guidegen.model.pack import Pack
from guidegen.model.project import ANSWERS, Project
from guidegen.model.release import History, Proposal, Release
from guidegen.pipeline.basis import remembered_basis
from guidegen.pipeline.own_texts import merged_texts, unchanged_texts, with_lines
from guidegen.pipeline.release_parts import logos_of, pack_of
from guidegen.pipeline.versioning import (
    confirmed_from,
    draft_edition,
    next_version_of,
    released_edition,
    step_to,
    still_confirmed,
)
from guidegen.release.history import read_history, released_pages
from guidegen.value import Value

if TYPE_CHECKING:  # who finds everything as it was released needs none of it
    from guidegen.compare.comparison import Comparison
    from guidegen.compose.lacking import AnswersInVariants
    from guidegen.model.card import Deck
    from guidegen.model.inside import ShownItems
    from guidegen.model.note import Note
    from guidegen.model.own_text import Missing
    from guidegen.model.redline import PageRedline
    from guidegen.page.tree import PageParser
    from guidegen.pipeline.practice import Practice
    from guidegen.pipeline.rules import Rendered
    from guidegen.render.document import Renderer


class WorkingCopy(Value):
    """Answers and pack as they are now, and all that follows from them.

    Whatever a part finds wrong is raised where that part is asked for first.
    """

    answers: Answers
    pack: Pack
    history: History = field(default_factory=History)
    """The releases that it is compared with."""
    remembered: Basis | None = None
    """What the company's texts were when a build last found all of them right."""

    @property
    def named(self) -> tuple[Path, ...]:
        """What the answers name beside themselves: the pack's folders and the logos."""
        named = (*self.pack.folders, *self.answers.brand.logos)
        return tuple(path.resolve() for path in named)

    @property
    def last(self) -> Release | None:
        """The release that it is compared with, if there is one (`History.base`)."""
        return self.history.base

    @cached_property
    def answers_data(self) -> Data:
        """The answers as plain data."""
        return answers_data(self.answers)

    @property
    def _renderers(self) -> tuple[Renderer, ...]:
        return tuple(each.renderer for each in self._rendered)

    @cached_property
    def _rendered(self) -> tuple[Rendered, ...]:
        # Imported only now: who finds everything as it was released needs no Jinja.
        from guidegen.compose.guideline import compose  # noqa: PLC0415
        from guidegen.pipeline.rules import with_rules_that_are_there  # noqa: PLC0415
        from guidegen.render.document import Renderer  # noqa: PLC0415

        # Compiled templates are kept, since an author who changes a word should not
        # wait (decisions.md, "How quick is quick enough?").
        cache, texts = cache_folder("sections"), self._texts
        guidelines = [
            compose(texts.answers_for(each), self.pack, each)
            for each in self.answers.languages
        ]
        renderers = (Renderer(each, cache=cache) for each in guidelines)
        return tuple(with_rules_that_are_there(each, cache) for each in renderers)

    @cached_property
    def slips(self) -> tuple[Note, ...]:
        """A note for all that readers would see, and that hardly anybody means.

        Rules that are not all there, links to hosts that look like another one, and
        own cards that lack a language.
        """
        from guidegen.pipeline.addresses import (  # noqa: PLC0415  # as above
            lookalike_notes,
            lookalikes_on_pages,
        )
        from guidegen.pipeline.rules import rule_notes  # noqa: PLC0415  # as above

        answers = self.answers.folder / ANSWERS
        named = lookalike_notes(self.answers_data, answers)
        on_pages = lookalikes_on_pages(self.drafts, named)
        return (*rule_notes(self._rendered), *named, *on_pages, *self.practice.notes)

    @cached_property
    def drafts(self) -> tuple[Document, ...]:
        """The documents of all languages, the front page's first, without an edition.

        Which one they are follows from their text.
        """
        return tuple(renderer.document for renderer in self._renderers)

    @cached_property
    def parser(self) -> PageParser:
        """Parses each page's text once for all that is made of it."""
        from guidegen.page.tree import parser_of_run  # noqa: PLC0415  # as above

        return parser_of_run(self.pack.markdown_extensions)

    @cached_property
    def practice(self) -> Practice:
        """The cards to practise with, the company's own among them."""
        from guidegen.pipeline.practice import Practice  # noqa: PLC0415  # as above

        return Practice(
            answers=self.answers,
            pack=self.pack,
            texts=self._texts,
            renderers=self._renderers,
            parser=self.parser,
        )

    @property
    def decks(self) -> Mapping[str, Deck]:
        """The cards of each language, the front page's first; none without practice.

        Raises:
            ProblemsError: The company's own cards are wrong.
        """
        return self.practice.decks

    @cached_property
    def shown_items(self) -> ShownItems | None:
        """What readers see of what is said about the company; None for no page.

        Raises:
            InsideError: The project's items cannot be read.
        """
        if self.answers.inside is None:
            return None
        from guidegen.inside.store import read_items  # noqa: PLC0415  # seldom needed

        return read_items(Project(self.answers.folder)).shown

    @cached_property
    def edition(self) -> Edition:
        """Which edition it is: the last release, or a draft of the next one."""
        if self.last is None:
            return Edition()
        current = self.history.current
        if current and self.says_what(current):
            return released_edition(current, self.history)
        return draft_edition(self.next_version, self.proposal, self.history)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents of all languages, marked with their edition."""
        return self.as_edition(self.edition)

    def as_edition(
        self, edition: Edition, digests: Mapping[str, str] | None = None
    ) -> tuple[Document, ...]:
        """Return the documents as an edition.

        Args:
            edition: Version and state.
            digests: What pages print as their digest, by language, if not their own.
        """
        printed = digests or {}
        return tuple(
            renderer.as_edition(edition, digest=printed.get(renderer.document.language))
            for renderer in self._renderers
        )

    def says_what(self, release: Release) -> bool:
        """Return whether its content is that of a release.

        Answers, each language's text and the logos count; comments in `guideline.yml`,
        and what the site looks like, do not.
        """
        released = {each.language: each.digest for each in release.documents.values()}
        composed = {each.language: each.digest for each in self.drafts}
        return (
            # Digests instead of pages: the pages of the release need not be read.
            composed == released
            and self.answers_data == release.answers
            and self._logos_beside(release) == logos_of(release)
        )

    def _logos_beside(self, release: Release) -> dict[str, str]:
        """Return the digests of the logos, to be compared with those of a release.

        Older releases kept the files as they were, with what nobody sees of them.
        """
        # All languages have the same ones.
        document, brand = self.drafts[0], self.answers.brand
        released = logos_of(release)
        digests = {}
        for name, path, logo in (
            ("logo", brand.logo, document.logo),
            ("logo_dark", brand.logo_dark, document.logo_dark),
        ):
            if path and logo:
                whole = file_sha256(path)
                is_same = whole == released.get(name)
                digests[name] = whole if is_same else sha256(logo.content)
        return digests

    @cached_property
    def comparison(self) -> Comparison | None:
        """What differs from the last release; None before the first one.

        Raises:
            ReleaseError: A page of the release is not what was released.
        """
        return self._compare(self.last) if self.last else None

    @property
    def proposal(self) -> Proposal:
        """How far the next release should go, and why."""
        # The first release is major by definition: nobody has read an earlier one.
        return self.comparison.proposal if self.comparison else Proposal(step="major")

    @cached_property
    def next_version(self) -> str:
        """The version that a release of it would have."""
        newest = self.history.last
        if newest is None or newest is self.last:
            return next_version_of(self.history, self.proposal)
        # Some may know the withdrawn text only.
        since_newest = self._compare(newest).proposal
        return next_version_of(self.history, self.proposal, since_newest)

    def compare_with(self, release: Release) -> Comparison:
        """Return what differs from a release, be it the last one or an older one.

        Raises:
            ReleaseError: A page of the release is not what was released.
        """
        # Shared with the proposal, so that it is made once.
        if release is self.last and self.comparison:
            return self.comparison
        return self._compare(release)

    def _compare(self, release: Release) -> Comparison:
        # Imported only now: a build of what was released compares nothing.
        from guidegen.compare.comparison import Comparison, Snapshot  # noqa: PLC0415

        old = Snapshot(
            answers=release.answers,
            pack=pack_of(release, self.pack),
            pages={
                language: released_pages(release, language)
                for language in release.documents
            },
            logos=logos_of(release),
        )
        new = Snapshot(
            answers=self.answers_data,
            pack=self.pack,
            pages=self._pages_as_released(release),
            logos=self._logos_beside(release),
        )
        return Comparison(old=old, new=new)

    def _pages_as_released(self, release: Release) -> dict[str, tuple[Page, ...]]:
        """Return the pages by language, as if they were those of a release.

        So what a page prints of its own version and digest is no change.
        """
        documents = self.drafts
        # Rendering again is only worthwhile if some page prints the version at all.
        if any(page.stamped for document in documents for page in document.pages):
            documents = self.as_edition(
                Edition(
                    version=release.version,
                    state=State.RELEASED,
                    confirmed_from=confirmed_from(release, self.history),
                ),
                {each.language: each.digest for each in release.documents.values()},
            )
        return {document.language: document.pages for document in documents}

    def redlines(
        self, comparison: Comparison, version: str
    ) -> dict[str, tuple[PageRedline, ...]]:
        """Return what changed in the text, by language.

        Args:
            comparison: What `comparison` or `compare_with` has returned.
            version: The version that it has, or would have: a new page may print it.
        """
        documents: tuple[Document, ...] = ()
        if comparison.has_new_stamped_page:
            step = step_to(version, self.history, self.proposal)
            edition = Edition(
                version=version,
                state=State.RELEASED,
                confirmed_from=still_confirmed(version, step, self.history),
            )
            documents = self.as_edition(edition)
        released = {each.language: each.pages for each in documents}
        return comparison.redlines(self.parser, released)

    @cached_property
    def own_files(self) -> dict[str, bytes]:
        """The company's own files by their path in the project.

        Raises:
            FilesError: One of them cannot be read.
        """
        project = Project(self.answers.folder)
        with translate_os_errors(project.folder):
            paths = [project.answers, *self.answers.brand.logos]
            paths += [
                path
                for path in sorted(project.sections.rglob("*"))
                if path.is_file()
                and not is_litter(path.relative_to(project.sections).as_posix())
            ]
            return {
                path.relative_to(project.folder).as_posix(): path.read_bytes()
                for path in paths
            }

    @property
    def basis(self) -> Basis:
        """What the company's texts are now."""
        return Basis(data=self.answers_data, files=self._own_digests)

    @property
    def _bases(self) -> tuple[Basis, ...]:
        last = self.last
        released = (Basis(data=last.answers, files=last.files),) if last else ()
        return (*released, *((self.remembered,) if self.remembered else ()))

    @cached_property
    def _texts(self) -> AnswersInVariants:
        from guidegen.compose.lacking import AnswersInVariants  # noqa: PLC0415  # as above

        return AnswersInVariants(
            answers=self.answers, pack=self.pack, bases=self._bases
        )

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The company's own texts that lack a language or form of address.

        Raises:
            PackError: A section cannot be read.
        """
        from guidegen.compose.lacking_sections import (  # noqa: PLC0415  # as above
            SectionsInVariants,
        )

        sections = SectionsInVariants(
            answers=self.answers, pack=self.pack, bases=self._bases
        )
        found = (*self._texts.missing, *sections.missing)
        return with_lines(found, Project(self.answers.folder).answers)

    @cached_property
    def _own_digests(self) -> Mapping[str, str]:
        return {name: sha256(content) for name, content in self.own_files.items()}

    @cached_property
    def stale(self) -> Mapping[str, tuple[str, ...]]:
        """The company's own texts that are behind in some languages.

        Before the first release, they are compared with what was right at a build.
        """
        last, own = self.last, own_texts(Project(self.answers.folder))
        before = next(iter(self._bases), Basis(data={}))
        return stale_texts(
            before.data,
            self.answers_data,
            old_files=before.files,
            new_files=OwnFiles(
                digests=self._own_digests,
                as_pack=unchanged_texts(own),
                merged=merged_texts(own, last) if last else frozenset(),
            ),
            carried=last.stale if last else {},
        )


def load_working_copy(
    project: Project, pack: Path | None = None, *, history: History | None = None
) -> WorkingCopy:
    """Read answers, pack and releases.

    Args:
        project: The project.
        pack: A pack's folder that wins over the one the answers name.
        history: The releases, if they have been read already.

    Raises:
        GuidegenError: The answers, the pack or a record of the releases are wrong.
    """
    answers, found = read_answers(project.answers, pack=pack)
    if history is None:
        history = read_history(project.releases)
    return WorkingCopy(
        answers=answers,
        pack=found,
        history=history,
        remembered=remembered_basis(project),
    )


def compose_documents(answers: Answers, pack: Pack) -> list[Document]:
    """Return the documents of all languages as drafts, the front page's first."""
    return list(WorkingCopy(answers=answers, pack=pack).documents)
