"""Three texts become one, and nothing that a person wrote is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.merge.upgrade import Conflict, merge_texts

LINES = st.lists(st.sampled_from(["a", "b", "c", "", "d e", "ä\u2028"]), max_size=12)
TEXTS = LINES.map("\n".join)
BASE = "1\n2\n3\n4\n5\n"


@pytest.mark.parametrize(
    ("own", "new", "merged"),
    [
        ("1\nzwei\n3\n4\n5\n", BASE, "1\nzwei\n3\n4\n5\n"),
        (BASE, "1\n2\n3\nfour\n5\n", "1\n2\n3\nfour\n5\n"),
        ("1\nzwei\n3\n4\n5\n", "1\n2\n3\nfour\n5\n", "1\nzwei\n3\nfour\n5\n"),
        ("1\nx\n3\n4\n5\n", "1\nx\n3\n4\n5\n", "1\nx\n3\n4\n5\n"),
        ("0\n" + BASE, BASE + "6\n", "0\n" + BASE + "6\n"),
        ("1\n3\n4\n5\n", "1\n2\n3\n4\n", "1\n3\n4\n"),
        ("1\n2\n3\n4\n5", "eins\n2\n3\n4\n5\n", "eins\n2\n3\n4\n5"),
        ("", BASE, ""),
    ],
)
def test_changes_in_different_places_are_joined(
    own: str, new: str, merged: str
) -> None:
    result = merge_texts(BASE, own, new)

    assert (result.text, result.conflicts) == (merged, ())


def test_two_changes_of_the_same_line_are_a_conflict() -> None:
    result = merge_texts(BASE, "1\nzwei\n3\n4\n5\n", "1\ntwo\n3\nfour\n5\n")

    assert result.text == "1\nzwei\n3\nfour\n5\n"
    assert result.conflicts == (Conflict(line=2, base="2", own="zwei", new="two"),)


@pytest.mark.parametrize(
    ("own", "new", "conflict"),
    [
        (
            "1\nzwei\n3\n4\n5\n",
            "1\n2\nthree\n4\n5\n",
            Conflict(line=2, base="2\n3", own="zwei\n3", new="2\nthree"),
        ),
        (
            "1\n2\nx\n3\n4\n5\n",
            "1\n2\ny\n3\n4\n5\n",
            Conflict(line=3, base="", own="x", new="y"),
        ),
        (
            "1\n2\n3\n5\n",
            "1\n2\n3\nfour\n5\n",
            Conflict(line=4, base="4", own="", new="four"),
        ),
    ],
)
def test_changes_side_by_side_are_a_conflict(
    own: str, new: str, conflict: Conflict
) -> None:
    result = merge_texts(BASE, own, new)

    assert (result.text, result.conflicts) == (own, (conflict,))


@given(TEXTS, TEXTS)
def test_what_only_one_side_changed_is_taken_as_it_is(base: str, other: str) -> None:
    assert merge_texts(base, base, other).text == other
    assert merge_texts(base, other, base).text == other
    assert merge_texts(base, other, other).text == other
    assert not merge_texts(base, base, other).conflicts
    assert not merge_texts(base, other, base).conflicts
    assert not merge_texts(base, other, other).conflicts


@given(TEXTS, TEXTS, TEXTS)
def test_no_line_that_the_company_wrote_is_ever_lost(
    base: str, own: str, new: str
) -> None:
    merged = merge_texts(base, own, new)
    lost = Counter(own.split("\n")) - Counter(merged.text.split("\n"))

    assert lost <= Counter(base.split("\n"))
    for conflict in merged.conflicts:
        assert conflict.own in merged.text


@given(TEXTS, TEXTS, TEXTS)
def test_every_line_comes_from_one_of_the_sides(base: str, own: str, new: str) -> None:
    merged = merge_texts(base, own, new)

    assert {*merged.text.split("\n")} <= {*own.split("\n"), *new.split("\n")}


@given(TEXTS, TEXTS, TEXTS)
def test_the_sides_conflict_wherever_they_are_asked_from(
    base: str, own: str, new: str
) -> None:
    mine, theirs = merge_texts(base, own, new), merge_texts(base, new, own)

    assert [each.base for each in mine.conflicts] == [
        each.base for each in theirs.conflicts
    ]
    assert [each.own for each in mine.conflicts] == [
        each.new for each in theirs.conflicts
    ]
    if not mine.conflicts:
        assert mine.text == theirs.text
