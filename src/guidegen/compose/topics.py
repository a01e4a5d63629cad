"""The taboo topics of one guideline, and the levels that they are under."""

from __future__ import annotations

from operator import attrgetter

from guidegen.compose.wording import Wording
from guidegen.model.adaptation import LISTED, NameForms
from guidegen.model.answers import TopicAnswer
from guidegen.model.guideline import Level, Topic
from guidegen.model.pack import LEVELS, CatalogueTopic, TopicOverride
from guidegen.model.text import LocalText

_NEVER, _ASK = "never", "ask"


def compose_topics(wording: Wording) -> tuple[Topic, ...]:
    """Return the company's topics; what an answer leaves out is the catalogue's."""
    return tuple(
        _topic(answer, wording, number)
        for number, answer in enumerate(wording.answers.taboo_topics, start=1)
    )


def group_by_level(topics: tuple[Topic, ...], wording: Wording) -> tuple[Level, ...]:
    """Return the levels that have topics, in the order in which readers see them."""
    found = (
        Level(
            id=level,
            title=wording.text(spec.title),
            meaning=wording.filled(spec.meaning),
            topics=tuple(topic for topic in topics if topic.level == level),
        )
        for level, spec in wording.pack.levels.items()
    )
    return tuple(level for level in found if level.topics)


def _topic(answer: TopicAnswer, wording: Wording, number: int) -> Topic:
    entry = wording.pack.catalogue.get(answer.id) if answer.id else None
    others = _overrides(entry, wording)
    # A topic of the company's own is for named speakers unless it says otherwise.
    level = answer.level or (entry.level if entry else "only")
    light = entry.light if entry and entry.level == level else LEVELS[level]

    def text(name: str, own: LocalText | None = None) -> str:
        if own:
            return own.get(wording.variant)
        found = (getattr(each, name) for each in (*others, entry) if each)
        theirs = next((each for each in found if each), None)
        return wording.filled(theirs) if theirs else ""

    speakers = _speakers(answer, entry, others, wording, level)
    return Topic(
        id=answer.id or f"own-{number}",
        name=text("name", answer.name),
        level=level,
        light=light,
        light_label=_light_label(light, level, wording),
        speakers=tuple(map(attrgetter("name"), speakers)),
        who=_who(answer, entry, speakers, wording, level),
        why=text("why", answer.why),
        dont=text("dont", answer.dont),
        do=text("do", answer.do),
        not_covered=text("not_covered") or None,
    )


def _overrides(
    entry: CatalogueTopic | None, wording: Wording
) -> tuple[TopicOverride, ...]:
    """Return what a topic says in this sector, the most specific first."""
    if entry is None:
        return ()
    # What a stock exchange asks for holds in every sector.
    keys = (LISTED, wording.sector) if wording.listed else (wording.sector,)
    return tuple(entry.overrides[key] for key in keys if key in entry.overrides)


def _speakers(
    answer: TopicAnswer,
    entry: CatalogueTopic | None,
    others: tuple[TopicOverride, ...],
    wording: Wording,
    level: str,
) -> tuple[NameForms, ...]:
    """Return who speaks about a topic, or is asked; nobody about what is never said."""
    if level == _NEVER:
        return ()
    if answer.speakers:
        return tuple(map(wording.speaker, answer.speakers))
    if entry is None or (level == _ASK and entry.ask):
        return ()
    roles = next((each.speakers for each in others if each.speakers), entry.speakers)
    return tuple(map(wording.speaker, wording.usual_speakers(roles)))


def _who(
    answer: TopicAnswer,
    entry: CatalogueTopic | None,
    speakers: tuple[NameForms, ...],
    wording: Wording,
    level: str,
) -> str:
    """Return who speaks, or whom to ask, as a sentence needs it."""
    if level == _NEVER:
        return ""
    if level == _ASK and entry and entry.ask and not answer.speakers:
        return wording.filled(entry.ask)
    listed = wording.listed_forms(speakers or wording.speakers)
    # „Erst fragen: den Vertrieb“, but „Nur diese sprechen: der Vertrieb“.
    return listed.accusative if level == _ASK else listed.nominative


def _light_label(light: str, level: str, wording: Wording) -> str:
    """Return what a topic's light means: texts for older packs may print it."""
    if light in wording.pack.lights and level != _NEVER:
        return wording.text(wording.pack.lights[light])
    spec = wording.pack.levels.get(level)
    if spec is None:
        return ""
    return f"{wording.text(spec.title)}: {wording.filled(spec.meaning)}"
