from __future__ import annotations

import datetime as dt

import pytest

from guidegen.model.card import Card, Deck
from guidegen.model.labels import Labels
from guidegen.practice.plan import DAYS, plan_waves

START = dt.date(2027, 1, 4)


def deck(count: int) -> Deck:
    """Return a deck of some cards; each sixth is meant for the same wave."""
    cards = tuple(
        Card(
            id=f"c{number}",
            question="?",
            choices=("a", "b"),
            right=0,
            why="",
            rule="protect",
            rule_title="",
            href="index.html",
            topic=None,
            allowed=False,
            wave=number % 6,
        )
        for number in range(count)
    )
    return Deck(language="en", variant="en", cards=cards, core=1, labels=Labels({}))


def test_the_waves_come_at_growing_gaps() -> None:
    waves = plan_waves(deck(30), START)

    # The 180th day is a Saturday.
    assert [(wave.day - START).days for wave in waves] == [0, 7, 30, 120, 182, 365]
    assert [wave.number for wave in waves] == [1, 2, 3, 4, 5, 6]
    assert waves[-1].day == dt.date(2028, 1, 4)


@pytest.mark.parametrize("later", range(7))
def test_nobody_has_to_send_a_mail_at_the_weekend(later: int) -> None:
    start = START + dt.timedelta(days=later)
    waves = plan_waves(deck(3), start)

    assert waves[0].day == start
    for wave, days in zip(waves[1:], DAYS[1:], strict=True):
        meant = start + dt.timedelta(days=days)
        assert wave.day.isoweekday() <= 5
        moved = {6: 2, 7: 1}.get(meant.isoweekday(), 0)
        assert (wave.day - meant).days == moved


def test_each_wave_shows_two_cards_that_are_meant_for_it_and_no_other_has() -> None:
    waves = plan_waves(deck(30), START)

    for number, wave in enumerate(waves):
        assert [card.wave for card in wave.cards] == [number, number]
    shown = [card.id for wave in waves for card in wave.cards]
    assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 11])
def test_a_small_deck_begins_anew_and_never_asks_twice_at_once(count: int) -> None:
    waves = plan_waves(deck(count), START)

    for wave in waves:
        ids = [card.id for card in wave.cards]
        assert len(ids) == len(set(ids)) == min(2, count)
