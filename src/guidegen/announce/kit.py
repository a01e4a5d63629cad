"""What is told of a release in one language: plain texts, all places filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from guidegen.errors import PackError
from guidegen.mail import Way
from guidegen.mail.contact import ways_to
from guidegen.model.guideline import GuidelineContact, Topic
from guidegen.model.labels import Labels
from guidegen.model.text import unmarked
from guidegen.value import Value

STEPS = ("first", "major", "minor", "patch")


class Links(Value):
    """Where readers find the release."""

    front: str
    """The front page of the language: what the QR code opens."""
    changes: str | None = None
    """What changed in its text; None where there is no such page."""
    confirm: str | None = None
    """Where its receipt is confirmed; None where nobody need do so."""

    practice: str | None = None
    """Where readers practise; None where there is no such page."""

    @property
    def shown(self) -> str:
        """The front page as one would type it."""
        return re.sub(r"^https?://", "", self.front).removesuffix("/")


class Kit(Value):
    """What there is to tell of a release, in one language; all of it plain text."""

    language: str
    locale: str
    company: str
    title: str
    step: str
    """`first`, `major`, `minor` or `patch`: which of the texts are meant."""
    version: str
    texts: Mapping[str, str]
    """What the pack says, by key; a line break begins another point."""
    note: str | None
    """What changed and why, as the release says."""
    magic: str
    kicker: str
    """What stands above the magic sentence."""
    rules: tuple[str, ...]
    """The titles of the rules, without their numbers."""
    topics: tuple[Topic, ...]
    contact: GuidelineContact
    links: Links
    labels: Labels
    brand: str | None

    @property
    def is_first(self) -> bool:
        """Whether nobody knows the guideline yet."""
        return self.step == "first"

    @property
    def asks(self) -> bool:
        """Whether readers have something to do."""
        return self.step in {"first", "major"}

    def text(self, key: str) -> str:
        """Return a text; one that differs by step is the one of this step.

        Raises:
            PackError: The pack has no such text.
        """
        for name in (f"{key}_{self.step}", key):
            if name in self.texts:
                return self.texts[name]
        raise PackError("error-announce-text", key=key)

    def points(self, key: str) -> tuple[str, ...]:
        """Return the points of a text."""
        return tuple(line for line in self.text(key).split("\n") if line.strip())

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The ways to reach the contact."""
        return ways_to(self.contact, self.labels)

    @property
    def shown_topic(self) -> Topic | None:
        """The topic that stands for all: one that nobody may post about, if any."""
        ranked = sorted(self.topics, key=lambda each: each.level != "never")
        return next((each for each in ranked if each.dont and each.do), None)


def plain_topics(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Return topics whose texts bear no marks of other languages."""
    return tuple(
        replace(
            each,
            name=unmarked(each.name),
            who=unmarked(each.who),
            dont=unmarked(each.dont),
            do=unmarked(each.do),
        )
        for each in topics
    )
