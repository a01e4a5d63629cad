"""The cards of a guideline, in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from guidegen.answers.own_texts import AnswerText, TextKind
from guidegen.compose.lacking import AnswersInVariants
from guidegen.compose.wording import Wording
from guidegen.model.answers import Answers
from guidegen.model.card import CardSpec, Deck
from guidegen.model.note import Note
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.page.tree import PageParser
from guidegen.pipeline.own_texts import variant_message
from guidegen.practice.deck import Material, make_deck
from guidegen.practice.own_cards import Known, OwnCards, read_own_cards, unread_files
from guidegen.render.document import Renderer
from guidegen.value import Value

_SHOWN: Final = 50
"""How many characters of a question a message shows."""


class Practice(Value):
    """The cards of a guideline; each part is made when it is first asked for."""

    answers: Answers
    pack: Pack
    texts: AnswersInVariants
    """What readers of each language get of a company's text."""
    renderers: tuple[Renderer, ...]
    """What has rendered each language."""
    parser: PageParser
    """Parses the pages."""

    @property
    def wanted(self) -> bool:
        """Whether readers get cards: the pack has some, and nobody said no."""
        return bool(self.pack.cards) and self.answers.training.practice

    @cached_property
    def own(self) -> OwnCards:
        """The company's own cards.

        Raises:
            ProblemsError: Everything that is wrong with them, by file and line.
            FilesError: They cannot be read.
        """
        return own_cards(self.answers, self.pack)

    @cached_property
    def decks(self) -> Mapping[str, Deck]:
        """The deck of each language, the front page's first; none if none is wanted.

        Raises:
            ProblemsError: The company's own cards are wrong.
            PackError: The pack lacks a word for the cards.
            RenderError: A page holds an element that the outputs do not know.
        """
        renderers = self.renderers if self.wanted else ()
        return {
            each.guideline.language: make_deck(self._material(each))
            for each in renderers
        }

    def _material(self, renderer: Renderer) -> Material:
        language = renderer.guideline.language
        wording = Wording(answers=self.answers, pack=self.pack, language=language)
        cards = (card for card in self.pack.cards if card.id not in self.own.without)
        return Material(
            answers=self.answers,
            guideline=renderer.guideline,
            document=renderer.document,
            parser=self.parser,
            cards=tuple(cards),
            own=self.own.cards,
            put=wording.filled,
            put_own=lambda text: self.texts.shown(_own_text(text), language),
        )

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """A note for each language that a card of the company's own lacks.

        And for each that is not asked, since its section is not in the guideline, and
        for files that are not read.
        Nothing waits for it: cards are no part of a release.

        Raises:
            ProblemsError: The company's own cards are wrong.
        """
        cards = self.own.cards if self.wanted else ()
        chosen = {section.id for section in self.answers.sections}
        absent = self.pack.parts.keys() - chosen
        unread = unread_files(Project(self.answers.folder)) if self.wanted else ()
        notes = tuple(
            note
            for card in cards
            for note in (
                (_not_asked(card),) if card.rule in absent else self._lacking(card)
            )
        )
        return (*notes, *(Note(message="cards-not-read", path=each) for each in unread))

    def _lacking(self, card: CardSpec) -> Iterator[Note]:
        missing = self.texts.missing_of(map(_own_text, card.texts))
        # Once for all its texts.
        others = {each.variant: each.other for each in missing}
        for variant, other in others.items():
            values = {
                "card": _begin(card.question.texts[0][1]),
                "other": Note(message=variant_message(other, variant)),
                "variant": Note(message=variant_message(variant, other)),
            }
            yield Note(
                message="card-lacks", values=values, path=card.path, line=card.line
            )


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


def _not_asked(card: CardSpec) -> Note:
    values = {"card": _begin(card.question.texts[0][1]), "section": card.rule}
    return Note(message="card-not-asked", values=values, path=card.path, line=card.line)


def _own_text(text: LocalText) -> AnswerText:
    # No text of the answers has this key, so that none of them speaks for a card.
    return AnswerText(key="", place="", text=text, kind=TextKind.SENTENCE)


def _begin(question: str) -> str:
    return question if len(question) <= _SHOWN else f"{question[:_SHOWN].rstrip()} …"
