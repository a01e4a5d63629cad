"""Which taboo topics the interview offers, in which order and in which words."""

from __future__ import annotations

from dataclasses import replace

from guidegen.interview.state import Field, InterviewState
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


def renewed(
    pack: Pack, field: Field, before: InterviewState, after: InterviewState
) -> InterviewState:
    """Return the topics as suggestions again if others are usual since an answer.

    What somebody ticked or took out by hand stays ticked or out.

    Args:
        pack: Whose topics they are.
        field: The question for the topics.
        before: The answers before the last one.
        after: The answers with it.
    """
    chosen = after.value(field)
    old, new = _usual(pack, before), _usual(pack, after)
    is_open = field.path not in after.answered
    if is_open or old == new or not isinstance(chosen, list):
        return after
    # In the order of the sector, then what was ticked by hand.
    kept = [topic for topic in new if topic in chosen or topic not in old]
    kept += [topic for topic in chosen if topic not in {*old, *kept}]
    renewed = after.answer(field, kept)
    return replace(renewed, answered=after.answered - {field.path})


def _usual(pack: Pack, state: InterviewState) -> list[str]:
    return [each.id for each in offered_topics(pack, state, []) if each.preselected]


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
