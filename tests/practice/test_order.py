"""The order of cards: everything early, and some yes in each five."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.practice.draft import FIVE, Draft
from guidegen.practice.order import TEN, ordered, subject_of

RULES = ("protect", "transparent", "law", "responsible", "nice")


def draft(number: int, rule: str, topic: str | None, *, allowed: bool) -> Draft:
    """Return a card that differs from the others by its number."""
    return Draft(
        id=f"card-{number}",
        question="?",
        right="yes",
        wrong=("no",),
        why="because",
        rule=rule,
        topic=topic,
        allowed=allowed,
    )


@st.composite
def drafts(given_draw: st.DrawFn) -> list[Draft]:
    """Return cards on rules and topics."""
    drawn = given_draw(
        st.lists(
            st.tuples(
                st.sampled_from((*RULES, "rights")),
                st.sampled_from((None, None, "figures", "patients")),
                st.booleans(),
            ),
            min_size=1,
            max_size=40,
        )
    )
    return [
        draft(number, rule, topic, allowed=allowed)
        for number, (rule, topic, allowed) in enumerate(drawn)
    ]


@pytest.mark.slow
@settings(max_examples=60)
@given(drafts(), st.sets(st.sampled_from((*RULES, ":figures", ":patients", ":none"))))
def test_the_core_covers_all_that_it_can_and_no_card_is_lost(
    cards: list[Draft], subjects: set[str]
) -> None:
    order = ordered(cards, sorted(subjects))

    assert sorted(each.id for each in order.drafts) == sorted(each.id for each in cards)
    covered = {subject_of(each) for each in order.drafts[: order.core]}
    there = {subject_of(each) for each in cards}
    assert covered >= subjects & there
    assert order.core >= min(TEN, len(cards))
    assert order == ordered(cards, sorted(subjects))


@pytest.mark.slow
@settings(max_examples=60)
@given(drafts())
def test_each_five_says_yes_as_long_as_any_card_does(cards: list[Draft]) -> None:
    order = ordered(cards, RULES).drafts

    for start in range(0, len(order) - FIVE + 1, FIVE):
        if any(each.allowed for each in order[start:]):
            assert any(each.allowed for each in order[start : start + FIVE])


def test_ten_cards_suffice_for_five_rules_and_three_topics() -> None:
    cards = [
        draft(number, RULES[number % 5], topic, allowed=number % 4 == 0)
        for number, topic in enumerate((*[None] * 20, "a", "b", "c"))
    ]

    assert ordered(cards, (*RULES, ":a", ":b", ":c")).core == TEN


def test_two_cards_in_a_row_are_on_the_same_rule_only_if_need_be() -> None:
    cards = [
        draft(number, RULES[number // 4], None, allowed=False) for number in range(20)
    ]

    rules = [each.rule for each in ordered(cards, ()).drafts]

    assert all(first != second for first, second in itertools.pairwise(rules))
