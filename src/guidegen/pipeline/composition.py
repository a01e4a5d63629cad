"""From answers to the pages of all languages."""

from __future__ import annotations

from dataclasses import dataclass

from guidegen.files import cache_folder
from guidegen.model.answers import Answers
from guidegen.model.document import Document, Edition
from guidegen.model.guideline import Guideline
from guidegen.model.pack import Pack
from guidegen.page.tree import PageParser


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A guideline in all its languages, the front page's first.

    The documents are drafts: which edition they are follows from their text.
    """

    answers: Answers
    pack: Pack
    guidelines: tuple[Guideline, ...]
    documents: tuple[Document, ...]
    parser: PageParser
    """Parses each page's text once for all that is made of it."""

    def as_edition(self, edition: Edition) -> tuple[Document, ...]:
        """Return the documents as the edition that they turned out to be.

        Raises:
            RenderError: A section's template is wrong (with file and line).
        """
        from guidegen.render import stamp_edition  # noqa: PLC0415  # as in `compose_all`

        cache = cache_folder("sections")
        return tuple(
            stamp_edition(document, guideline, edition, cache=cache)
            for document, guideline in zip(self.documents, self.guidelines, strict=True)
        )


def compose_all(answers: Answers, pack: Pack) -> Composition:
    """Return the guideline in all languages.

    Raises:
        GuidegenError: The pack or a section is wrong.
    """
    from guidegen.compose import compose  # noqa: PLC0415  # loaded when a build runs
    from guidegen.render import render  # noqa: PLC0415

    cache = cache_folder("sections")
    guidelines = tuple(
        compose(answers, pack, language) for language in answers.languages
    )
    return Composition(
        answers=answers,
        pack=pack,
        guidelines=guidelines,
        parser=PageParser(pack.markdown_extensions),
        documents=tuple(render(guideline, cache=cache) for guideline in guidelines),
    )


def compose_documents(answers: Answers, pack: Pack) -> list[Document]:
    """Return the documents of all languages as drafts, the front page's first."""
    return list(compose_all(answers, pack).documents)
