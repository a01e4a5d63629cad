"""Three texts become one, and nothing that a person wrote is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.merge.sections import OwnText, customize_texts
from guidegen.merge.upgrade import (
    Choice,
    Conflict,
    Outcome,
    merge_texts,
    upgrade_text,
)
from guidegen.merge.writes import Write
from guidegen.model.project import Project

pytestmark = pytest.mark.slow

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


@pytest.fixture
def own(tmp_path: Path) -> OwnText:
    """Return a reworded text whose base is recorded."""
    text = OwnText(project=Project(tmp_path), variant="de", section="nice")
    customize_texts({text: BASE})
    text.path.write_text("1\nzwei\n3\n4\n5\n")
    return text


NEW = "1\ntwo\n3\nfour\n5\n"


def _say(message: str, **_: object) -> str:
    return message


def _written(writes: tuple[Write, ...]) -> dict[str, str]:
    return {write.name: write.text for write in writes}


@pytest.mark.parametrize(
    ("choice", "outcome", "text"),
    [
        (Choice.OWN, Outcome.KEPT, None),
        (Choice.NEW, Outcome.REPLACED, NEW),
        (Choice.MERGED, Outcome.MERGED, "1\nzwei\n3\nfour\n5\n"),
    ],
)
def test_what_somebody_decides_is_written_and_is_the_new_base(
    choice: Choice, outcome: Outcome, text: str | None, own: OwnText
) -> None:
    upgraded = upgrade_text(own, BASE, NEW, _say, choice)

    assert upgraded is not None
    assert upgraded.outcome is outcome
    expected = {own.base_name: NEW} | ({own.name: text} if text else {})
    assert _written(upgraded.writes) == expected


@pytest.mark.parametrize("choice", [None, Choice.LATER])
def test_a_conflict_that_nobody_decides_is_proposed(
    choice: Choice | None, own: OwnText
) -> None:
    upgraded = upgrade_text(own, BASE, NEW, _say, choice)

    assert upgraded is not None
    assert upgraded.outcome is Outcome.CONFLICT
    assert [*_written(upgraded.writes)] == [own.proposal_name, own.base_name]
    assert upgraded.choices == (*(Choice.OWN, Choice.NEW, Choice.MERGED, Choice.LATER),)


def test_where_both_join_that_is_proposed_first(own: OwnText) -> None:
    upgraded = upgrade_text(own, BASE, "1\n2\n3\nfour\n5\n", _say)

    assert upgraded is not None
    assert upgraded.outcome is Outcome.MERGED
    assert upgraded.choices == (Choice.MERGED, Choice.OWN, Choice.NEW)


def test_a_text_that_nobody_has_reworded_is_no_decision(own: OwnText) -> None:
    own.path.write_text(BASE)

    upgraded = upgrade_text(own, BASE, NEW, _say)

    assert upgraded is not None
    assert (upgraded.outcome, upgraded.choices) == (Outcome.TAKEN, ())
