"""The cards of a guideline, in each of its languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guidegen.compose.wording import Wording
from guidegen.model.answers import Answers
from guidegen.model.card import Deck
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.text import LocalText, in_language
from guidegen.page.tree import PageParser
from guidegen.practice.deck import Material, make_deck
from guidegen.practice.own_cards import Known, OwnCards, read_own_cards
from guidegen.render.document import Renderer


def practises(answers: Answers, pack: Pack) -> bool:
    """Return whether readers get cards: the pack has some, and nobody said no."""
    return bool(pack.cards) and answers.training.practice


def own_cards(answers: Answers, pack: Pack) -> OwnCards:
    """Return the company's own cards.

    Raises:
        ProblemsError: Everything that is wrong with them, by file and line.
        FilesError: They cannot be read.
    """
    own = (section.id for section in answers.sections)
    topics = (topic.id for topic in answers.taboo_topics)
    known = Known(
        rules=tuple(dict.fromkeys((*pack.section_ids, *own))),
        topics=tuple(topic for topic in topics if topic),
        cards=tuple(card.id for card in pack.cards),
        variants=pack.variants,
    )
    return read_own_cards(Project(answers.folder), known)


def make_decks(
    answers: Answers,
    pack: Pack,
    own: OwnCards,
    renderers: Iterable[Renderer],
    parser: PageParser,
) -> dict[str, Deck]:
    """Return the deck of each language, the front page's first.

    Args:
        answers: The answers.
        pack: Their pack.
        own: What `own_cards` has returned for them.
        renderers: What has rendered each language.
        parser: Parses their pages.

    Raises:
        PackError: The pack lacks a word for the cards.
        RenderError: A page holds an element that the outputs do not know.
    """
    return {
        each.guideline.language: make_deck(
            Material(
                answers=answers,
                guideline=each.guideline,
                document=each.document,
                parser=parser,
                cards=tuple(card for card in pack.cards if card.id not in own.without),
                own=own.cards,
                put=Wording(
                    answers=answers, pack=pack, language=each.guideline.language
                ).filled,
                put_own=_put_own(answers, each.guideline.language),
            )
        )
        for each in renderers
    }


def _put_own(answers: Answers, language: str) -> Callable[[LocalText], str]:
    variant = answers.variant(language)

    def put(text: LocalText) -> str:
        found = text.find(variant)
        if found is not None:
            return found
        # Any text is better than none, and marked as what it is.
        written, said = text.texts[0]
        code = written.partition("-")[0]
        return said if code == language else in_language(said, code)

    return put
