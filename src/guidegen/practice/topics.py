"""Cards from a company's taboo topics: nobody has to write a word for them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from guidegen.model.answers import Answers
from guidegen.model.guideline import Guideline, Topic
from guidegen.model.labels import Labels
from guidegen.practice.draft import Draft
from guidegen.value import Value

NEVER, ASK = "never", "ask"

_PRACTISED: Final = 20
"""So many topics get two cards: nobody practises eighty."""
_OWN: Final = re.compile(r"own-(\d+)")
_LONGEST_KEY: Final = 40


class TopicWords(Value):
    """What the cards of all topics are made from."""

    labels: Labels
    speaker: str
    """Who speaks for the company, as a subject."""


def topic_drafts(
    guideline: Guideline, answers: Answers
) -> Mapping[str, tuple[Draft, ...]]:
    """Return the cards of each topic, by its id: two at most.

    Beyond the first twenty topics, only those that nobody posts about get one.

    Args:
        guideline: One language's guideline.
        answers: The answers that it was made from.
    """
    words = TopicWords(labels=guideline.labels, speaker=guideline.speaker.nominative)
    # First what nobody may post: of eighty topics, each of these has to be practised.
    ranked = sorted(guideline.topics, key=lambda topic: topic.level != NEVER)
    practised = {topic.id for topic in ranked[:_PRACTISED]}
    found: dict[str, tuple[Draft, ...]] = {}
    for topic, key in zip(guideline.topics, _keys(guideline, answers), strict=True):
        drafts = tuple(_drafts(topic, words, key))
        if topic.id not in practised:
            drafts = drafts[:1] if topic.level == NEVER else ()
        if drafts:
            found[topic.id] = drafts[:2]
    return found


def _keys(guideline: Guideline, answers: Answers) -> list[str]:
    """Return what the ids of each topic's cards begin with."""
    keys: list[str] = []
    seen: Counter[str] = Counter()
    for topic in guideline.topics:
        key = _key(topic, answers)
        # Names may differ in signs alone.
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-no{seen[key]}")
    return keys


def _key(topic: Topic, answers: Answers) -> str:
    """Return what the ids of a topic's cards begin with, the same in all languages."""
    found = _OWN.fullmatch(topic.id)
    if not found:
        return topic.id
    # By its name: its number changes when a topic is put before it.
    name = answers.taboo_topics[int(found[1]) - 1].name
    said = name.texts[0][1] if name else ""
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_KEY]
    digest = hashlib.sha256(said.encode()).hexdigest()
    return f"own-{slug.strip('-') or digest[:8]}"


def _drafts(topic: Topic, words: TopicWords, key: str) -> Iterator[Draft]:
    """Yield the cards of a topic, those first that it should have."""
    posts, speaker = _posts(topic, words, key), _speaker(topic, words, key)
    # Which come first differs from topic to topic, and is always the same.
    chance = hashlib.sha256(key.encode()).digest()
    first, other = (posts, speaker) if chance[0] % 2 else (speaker, posts)
    allowed = _allowed(topic, words, key)
    rest = (other, allowed) if chance[1] % 2 else (allowed, other)
    for draft in (first, *rest):
        if draft:
            yield draft


def _posts(topic: Topic, words: TopicWords, key: str) -> Draft | None:
    """Return the card that asks which of two posts is fine."""
    if not (topic.dont and topic.do) or topic.dont == topic.do:
        return None
    return Draft(
        id=f"{key}-posts",
        question=words.labels.word("card_posts", topic=topic.name),
        right=topic.do,
        wrong=(topic.dont,),
        why=_why(topic, words),
        topic=topic.id,
    )


def _speaker(topic: Topic, words: TopicWords, key: str) -> Draft | None:
    """Return the card that asks who speaks about it, or who is asked first."""
    labels = words.labels
    if topic.level == NEVER:
        right, wrong = (
            labels.word("card_nobody"),
            (
                labels.word("card_everyone"),
                _begin(words.speaker),
            ),
        )
    elif topic.level == ASK:
        right, wrong = (
            _begin(topic.who),
            (
                labels.word("card_ask_nobody"),
                labels.word("card_ask_later"),
            ),
        )
    else:
        right, wrong = (
            _begin(topic.who),
            (
                labels.word("card_everyone"),
                labels.word("card_nobody"),
            ),
        )
    if not right or right in wrong:
        return None
    question = "card_ask_whom" if topic.level == ASK else "card_who_speaks"
    return Draft(
        id=f"{key}-speaker",
        question=labels.word(question, topic=topic.name),
        right=right,
        wrong=wrong,
        why=_why(topic, words),
        topic=topic.id,
    )


def _allowed(topic: Topic, words: TopicWords, key: str) -> Draft | None:
    """Return the card that asks whether anything may be posted; something may."""
    if not topic.not_covered:
        return None
    labels = words.labels
    return Draft(
        id=f"{key}-allowed",
        question=labels.word("card_may_i", topic=topic.name),
        right=labels.word("card_some"),
        wrong=(labels.word("card_nothing"), labels.word("card_if_agreed")),
        why=topic.not_covered,
        topic=topic.id,
        allowed=True,
    )


def _begin(text: str) -> str:
    """Return a role or name as it stands alone."""
    # Not „eBay-Team“, nor what is marked as being in another language.
    if text[:1].islower() and not text[1:2].isupper():
        return text[0].upper() + text[1:]
    return text


def _why(topic: Topic, words: TopicWords) -> str:
    return topic.why or words.labels.word("card_topic_why")
