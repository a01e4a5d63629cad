"""Copies cards of the pack into the project, for the company to reword."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from guidegen.answers.read import read_answers
from guidegen.compose.conditions import find_answer
from guidegen.compose.wording import Wording
from guidegen.errors import FilesError, Problem, ProblemsError
from guidegen.files import project_lock, write_atomic
from guidegen.model.answers import Answers
from guidegen.model.card import CardSpec
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.pipeline.practice import own_cards
from guidegen.practice.deck import fits
from guidegen.value import Value

CARDS = "cards"
"""What asks for the list of cards, and with a slash and a name for some of them."""


class CardLine(Value):
    """A card of the pack that can be taken over."""

    id: str
    rule: str
    question: str
    own: Path | None
    """The company's file that has a card of this id."""


def list_cards(project: Project, language: str) -> tuple[CardLine, ...]:
    """Return the pack's cards that fit the company.

    Args:
        project: The project.
        language: The language of the questions; one that the company does not use
            gives way to its first one.

    Raises:
        GuidegenError: The answers, the pack or the company's own cards are wrong.
    """
    answers, pack = read_answers(project.answers)
    if language not in answers.languages:
        language = answers.languages[0]
    wording = Wording(answers=answers, pack=pack, language=language)
    own = {card.id: card.path for card in own_cards(answers, pack).cards}
    return tuple(
        CardLine(
            id=card.id,
            rule=card.rule,
            question=wording.filled(card.question),
            own=own.get(card.id),
        )
        for card in _fitting(answers, pack)
    )


def customize_cards(project: Project, name: str, languages: Sequence[str] = ()) -> Path:
    """Take some of the pack's cards into the project; return the file to edit.

    Args:
        project: The project.
        name: The id of a section, for all its cards, or that of one card.
        languages: Which of the company's languages; all if none is named.

    Raises:
        ProblemsError: There is no such card, or the company does not use a language.
        FilesError: The file is there already; nothing is written.
    """
    with project_lock(project.work):
        answers, pack = read_answers(project.answers)
        fitting = _fitting(answers, pack)
        cards = [card for card in fitting if name in {card.rule, card.id}]
        _refuse(answers, cards, name, languages)
        path = project.training / f"{name}.yml"
        if path.exists():
            raise FilesError("error-customize-cards", path=path)
        codes = languages or answers.languages
        puts = {
            answers.variant(code): Wording(
                answers=answers, pack=pack, language=code
            ).filled
            for code in codes
        }
        text = "cards:\n" + "\n".join(
            "".join(f"{line}\n" for line in _lines(card, puts)) for card in cards
        )
        write_atomic(path, text.encode(), within=project.folder)
        return path


def _fitting(answers: Answers, pack: Pack) -> list[CardSpec]:
    """Return the cards of the sections, topics, sector and countries that there are."""
    sections = {section.id for page in pack.pages for section in page.sections}
    sections |= {section.id for section in answers.sections}
    topics = {topic.id for topic in answers.taboo_topics}
    sectors = find_answer(answers, pack, "company.sector")
    reading = {section: number for number, section in enumerate(pack.section_ids)}
    return [
        card
        for card in sorted(pack.cards, key=lambda card: reading.get(card.rule, 0))
        if card.rule in sections
        and fits(
            card,
            sectors if isinstance(sectors, tuple) else (),
            answers.company.countries,
            topics,
        )
    ]


def _refuse(
    answers: Answers, cards: Sequence[CardSpec], name: str, languages: Sequence[str]
) -> None:
    problems = [
        Problem(
            message="customize-language",
            values={"value": language, "known": ", ".join(answers.languages)},
        )
        for language in languages
        if language not in answers.languages
    ]
    if not cards:
        values = {"value": name}
        problems.append(Problem(message="customize-cards-unknown", values=values))
    if problems:
        raise ProblemsError(tuple(problems))


_Puts = Mapping[str, Callable[[LocalText], str]]
"""What puts a text in each variant."""


def _lines(card: CardSpec, puts: _Puts) -> Iterator[str]:
    yield f"  - id: {card.id}"
    yield f"    rule: {card.rule}"
    if card.topic:
        yield f"    topic: {card.topic}"
    if card.allowed:
        yield "    allowed: true"
    for key, text in (("question", card.question), ("right", card.right)):
        yield f"    {key}:"
        yield from _texts(text, puts, "      ")
    yield "    wrong:"
    for wrong in card.wrong:
        first, *more = _texts(wrong, puts, "        ")
        yield f"      - {first.strip()}"
        yield from more
    yield "    why:"
    yield from _texts(card.why, puts, "      ")


def _texts(text: LocalText, puts: _Puts, indent: str) -> Iterator[str]:
    for variant, put in puts.items():
        # JSON's way of quoting is one of YAML's (YAML 1.2, 1.2).
        yield f"{indent}{variant}: {json.dumps(put(text), ensure_ascii=False)}"
