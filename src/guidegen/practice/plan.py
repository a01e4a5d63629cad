"""When people are asked to practise again, and with which two cards each time.

The gaps grow: each new one costs less than it brings (Cepeda et al. 2008, Psychological
Science 19, 1095-1102), and after half a year what nobody practises is forgotten
(Reinheimer et al., SOUPS 2020). Both studied other subjects; see the manual.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from guidegen.model.card import Card, Deck
from guidegen.value import Value

DAYS: Final = (0, 7, 30, 120, 180, 365)
"""Days from the start to each wave; the practice page keeps to the same gaps."""

_CARDS: Final = 2
"""How many cards a mail shows: as many as one reads before deciding to go on."""


class Wave(Value):
    """A day on which practice is due again."""

    number: int
    """From 1."""
    day: dt.date
    cards: tuple[Card, ...]


def plan_waves(deck: Deck, start: dt.date) -> tuple[Wave, ...]:
    """Return the waves of a language, each with cards that no earlier one has shown.

    A deck that is too small for that begins anew. Whoever sends the mails works on
    weekdays: Saturday and Sunday become the Monday after, unless the plan starts then.

    Raises:
        OverflowError: The start is so late that the calendar ends before the plan.
    """
    waiting: list[Card] = []
    waves = []
    for number, days in enumerate(DAYS):
        cards: list[Card] = []
        while len(cards) < min(_CARDS, len(deck.cards)):
            if not waiting:
                waiting = [card for card in deck.cards if card not in cards]
            card = _next(waiting, number)
            waiting.remove(card)
            cards.append(card)
        day = _on_a_weekday(start + dt.timedelta(days=days)) if days else start
        waves.append(Wave(number=number + 1, day=day, cards=tuple(cards)))
    return tuple(waves)


def _on_a_weekday(day: dt.date) -> dt.date:
    beyond_friday = day.isoweekday() - 5
    return day + dt.timedelta(days=3 - beyond_friday) if beyond_friday > 0 else day


def _next(waiting: Sequence[Card], wave: int) -> Card:
    """Return the first card that is meant for a wave, or else the first of all."""
    return next((card for card in waiting if card.wave == wave), waiting[0])
