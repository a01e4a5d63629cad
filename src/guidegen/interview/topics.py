"""Which taboo topics the interview offers, in which order and in which words."""

from __future__ import annotations

from guidegen.interview.state import InterviewState
from guidegen.model.adaptation import LISTED
from guidegen.model.pack import CatalogueTopic, Pack
from guidegen.model.text import LocalText
from guidegen.value import Value

_ALL = "all"
"""The sector of the catalogue that means every sector."""


class OfferedTopic(Value):
    """A topic as the interview offers it: in the words of the company's sector."""

    id: str
    name: LocalText
    dont: LocalText
    preselected: bool


def offered_topics(
    pack: Pack, state: InterviewState, chosen: list[str]
) -> tuple[OfferedTopic, ...]:
    """Return the topics for everybody, for the company's sector, and those chosen.

    Those that the sector preselects come first, and before them what a stock exchange
    asks for, if the company is listed there.
    """
    sectors = _sectors(pack, state)
    first = tuple(
        dict.fromkeys(topic for each in sectors for topic in pack.sector(each).topics)
    )
    offered = [
        topic
        for topic in pack.catalogue.values()
        # A chosen topic stays on offer when the sector changes; else nobody could drop
        # it.
        if _suits(topic, sectors) or topic.id in chosen
    ]
    rank = {topic: number for number, topic in enumerate(first)}
    offered.sort(key=lambda topic: rank.get(topic.id, len(rank)))
    return tuple(
        OfferedTopic(
            id=topic.id,
            name=_text(topic, "name", sectors),
            dont=_text(topic, "dont", sectors),
            preselected=topic.preselected or topic.id in rank,
        )
        for topic in offered
    )


def _sectors(pack: Pack, state: InterviewState) -> tuple[str, ...]:
    """Return `listed` for a listed company, and its sector."""
    named = str(state.look_up("company.sector"))
    spec = pack.sector(named)
    is_listed = spec.listed or state.look_up("company.listed") is True
    sectors = (*([LISTED] if is_listed else []), spec.means or named)
    return tuple(dict.fromkeys(sectors))


def _suits(topic: CatalogueTopic, sectors: tuple[str, ...]) -> bool:
    is_meant = bool({_ALL, *sectors} & {*topic.sectors})
    return is_meant and not {*sectors} & {*topic.unsuited}


def _text(topic: CatalogueTopic, name: str, sectors: tuple[str, ...]) -> LocalText:
    others = (topic.overrides[each] for each in sectors if each in topic.overrides)
    found = (getattr(each, name) for each in others)
    text: LocalText = next((each for each in found if each), getattr(topic, name))
    return text
