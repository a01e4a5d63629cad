"""The step: cards of pack, company and topics become the deck of one language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from guidegen.model.adaptation import LISTED
from guidegen.model.answers import Answers
from guidegen.model.card import CardSpec, Deck
from guidegen.model.document import Document
from guidegen.model.guideline import Guideline
from guidegen.model.text import LocalText
from guidegen.page.tree import PageParser
from guidegen.practice.draft import Draft
from guidegen.practice.order import ordered
from guidegen.practice.rules import TOPICS, Place, Places, find_places
from guidegen.practice.topics import NEVER, topic_drafts
from guidegen.value import Value


class Material(Value):
    """What one language's cards are made from."""

    answers: Answers
    guideline: Guideline
    document: Document
    """What was rendered from the guideline."""
    parser: PageParser
    """Parses its pages."""
    cards: tuple[CardSpec, ...]
    """Those of the pack."""
    own: tuple[CardSpec, ...] = ()
    """Those of the company, which take the place of the pack's of the same id."""
    put: Callable[[LocalText], str]
    """Returns a text of the pack in the guideline's language, with names filled in."""
    put_own: Callable[[LocalText], str]
    """Returns a text of the company in that language, or one that is marked."""


def make_deck(material: Material) -> Deck:
    """Return the cards of one language in the order in which they are practised.

    Raises:
        PackError: The pack lacks a word for the cards.
        RenderError: A page holds an element that the outputs do not know.
    """
    guideline = material.guideline
    places = find_places(guideline, material.document, material.parser)
    drafts = _drafts(material, places)
    never = [f":{topic.id}" for topic in guideline.topics if topic.level == NEVER]
    order = ordered(drafts, (*places.rules, *never))
    return Deck(
        language=guideline.language,
        variant=guideline.variant,
        cards=tuple(
            draft.at(number, _place(draft, places))
            for number, draft in enumerate(order.drafts)
        ),
        core=order.core,
        labels=material.document.labels,
    )


def _drafts(material: Material, places: Places) -> list[Draft]:
    """Return all cards, those of the company first, else in reading order."""
    reading = {section: number for number, section in enumerate(places.sections)}
    written = sorted(_written(material, places), key=lambda each: reading[each.rule])
    drafts: dict[str, Draft] = {}
    for draft in (*written, *_from_topics(material, places)):
        # A card of the company's may have the id of one that is made from a topic.
        drafts.setdefault(draft.id, draft)
    return list(drafts.values())


def _written(material: Material, places: Places) -> Iterator[Draft]:
    """Yield the cards that somebody has written and that fit this company."""
    guideline = material.guideline
    sectors = (guideline.sector, *((LISTED,) if guideline.listed else ()))
    topics = {topic.id for topic in guideline.topics}
    own = {spec.id for spec in material.own}
    theirs = (spec for spec in material.cards if spec.id not in own)
    for specs, put in ((material.own, material.put_own), (theirs, material.put)):
        for spec in specs:
            if spec.rule in places.sections and fits(
                spec, sectors, guideline.countries, topics
            ):
                yield Draft(
                    id=spec.id,
                    question=put(spec.question),
                    right=put(spec.right),
                    wrong=tuple(map(put, spec.wrong)),
                    why=put(spec.why),
                    rule=spec.rule,
                    topic=spec.topic,
                    allowed=spec.allowed,
                )


def fits(
    spec: CardSpec,
    sectors: Collection[str],
    countries: Collection[str],
    topics: Collection[str | None],
) -> bool:
    """Return whether a card is for a company.

    Args:
        spec: The card.
        sectors: All that the company counts as.
        countries: Where it works.
        topics: The ids of its taboo topics.
    """
    if spec.sectors and {*spec.sectors}.isdisjoint(sectors):
        return False
    if spec.topic and spec.topic not in topics:
        return False
    if not spec.countries:
        return True
    # What is right in one country only must not be said to people in another.
    return bool(countries) and {*spec.countries} >= {*countries}


def _from_topics(material: Material, places: Places) -> Iterator[Draft]:
    if TOPICS in places.sections:
        for drafts in topic_drafts(material.guideline, material.answers).values():
            yield from drafts


def _place(draft: Draft, places: Places) -> Place:
    place = places.sections[draft.rule]
    href = places.topics.get(draft.topic or "")
    if draft.rule != TOPICS or href is None:
        return place
    return Place(title=place.title, href=href, placement=place.placement)
