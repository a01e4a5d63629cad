"""Practice: cards with one question each, and the deck of one language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guidegen.model.labels import Labels
from guidegen.model.text import LocalText
from guidegen.value import Value


class CardSpec(Value):
    """A card as a pack or the company wrote it; texts are per variant."""

    id: str
    rule: str
    """The section that it practises."""
    question: LocalText
    right: LocalText
    wrong: tuple[LocalText, ...]
    why: LocalText
    topic: str | None = None
    """The taboo topic that it practises: only who has that gets the card."""
    allowed: bool = False
    """Whether its answer is "yes, you may"."""
    sectors: tuple[str, ...] = ()
    """Those that it is for; empty for all."""
    countries: tuple[str, ...] = ()
    """Where it is right: who works in any other does not get it; empty for all."""
    path: Path | None = None
    """The file of a card of the company's own."""
    line: int | None = None

    @property
    def texts(self) -> tuple[LocalText, ...]:
        """All that readers may see of it."""
        return (self.question, self.right, *self.wrong, self.why)

    def of(self, path: Path | None, line: int | None) -> CardSpec:
        """Return the card with the place where it is written."""
        return replace(self, path=path, line=line)


class Card(Value):
    """One question in one language, with its answer, the reason, and the rule.

    All texts are plain, not escaped. Those of a company may hold marks of another
    language (`model.text`): a page shows them with `as_elements`, all else without,
    with `unmarked`.
    """

    id: str
    """The same in all languages and versions: small letters, digits and hyphens."""
    question: str
    """May hold line breaks."""
    choices: tuple[str, ...]
    """Two to four, in the order in which they are shown."""
    right: int
    """The index of the right choice."""
    why: str
    rule: str
    """The id of the section that it comes from."""
    rule_title: str
    """That section's heading, without its number."""
    href: str
    """Where that is, from the language's folder: `index.html#protect`."""
    topic: str | None
    """The id of the taboo topic that it practises."""
    allowed: bool
    """Whether its answer is "yes, you may"."""
    wave: int
    """The wave in which it is first practised, from 0 to 5."""


class Deck(Value):
    """The cards of one language, in the order in which they are practised first."""

    language: str
    variant: str
    cards: tuple[Card, ...]
    core: int
    """So many of the first cards cover every rule and each topic nobody posts about."""
    labels: Labels
    """The words around the cards."""
