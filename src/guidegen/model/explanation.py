"""Why a pack's texts are there, for authors: no reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from guidegen.model.text import LocalText
from guidegen.value import Value

ORIGINS: Final = ("model", "law", "practice")
"""Where a text comes from: the Dell model, the law, or what others have found out."""

STATUSES: Final = ("verified", "partly", "unverified")
"""How far its source was read: all that is said, the core of it, or nothing."""


class Explanation(Value):
    """Why a section or a level is there."""

    origins: tuple[str, ...]
    """Of `ORIGINS`, the most important first."""
    why: LocalText
    source: LocalText | None = None
    """What of it comes from the model or from practice is taken from."""
    status: str | None = None
    """How far that source was read: of `STATUSES`."""
    laws: tuple[str, ...] = ()
    """Ids of the legal rules behind it."""


class LawSource(Value):
    """A legal rule that stands behind a text."""

    title: LocalText
    source: str
    """The rule, by section."""
    status: str
    """How far it was read: of `STATUSES`."""
    countries: tuple[str, ...] = ()
    """Where it holds; empty for everywhere."""


class Explanations(Value):
    """All that a pack explains."""

    sections: Mapping[str, Explanation] = field(default_factory=dict)
    levels: Mapping[str, Explanation] = field(default_factory=dict)
    laws: Mapping[str, LawSource] = field(default_factory=dict)
