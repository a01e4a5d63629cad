"""The list of all answers before they are written."""

from __future__ import annotations

import pytest

from guidegen.interview.summary import summary_lines

ANSWERS = [
    ("Company", ["Nordlicht Technik GmbH"]),
    ("Logo", []),
    ("Do you have a works council?", ["Yes"]),
    ("Taboo topics", ["Strategy", "Figures", "Customer projects"]),
    ("Countries", ["Germany", "Austria"]),
]


def _lines(monkeypatch: pytest.MonkeyPatch, rows: int) -> list[str]:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", str(rows))
    return summary_lines(ANSWERS, "–", "Left empty")


def test_lists_stand_one_below_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal of the usual 24 lines, when there are not too many."""
    assert _lines(monkeypatch, 24) == [
        "• Company: Nordlicht Technik GmbH",
        "• Logo: –",
        "• Do you have a works council? Yes",
        "• Taboo topics:",
        "    Strategy",
        "    Figures",
        "    Customer projects",
        "• Countries:",
        "    Germany",
        "    Austria",
    ]


def test_the_longest_list_is_the_first_to_become_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The terminal is too low for all lists, not for the short one."""
    lines = _lines(monkeypatch, 16)
    assert "• Taboo topics: Strategy, Figures, Customer projects" in lines
    assert "• Countries:" in lines


def test_everything_is_said_in_a_terminal_that_is_too_low(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then somebody has to scroll, but nothing is left out."""
    assert _lines(monkeypatch, 5) == [
        "• Company: Nordlicht Technik GmbH",
        "• Do you have a works council? Yes",
        "• Taboo topics: Strategy, Figures, Customer projects",
        "• Countries: Germany, Austria",
        "• Left empty: Logo",
    ]


def test_in_the_usual_terminal_long_lists_are_cut_before_anything_scrolls_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    topics = [f"Something that is sensitive {number}" for number in range(6)]
    answers = [(f"Question {number}", ["Answer"]) for number in range(15)]

    lines = summary_lines(
        [*answers, ("Topics", topics), ("Logo", []), ("Colour", [])], "–", "Left empty"
    )

    assert lines[-1] == "• Left empty: Logo, Colour"
    assert lines[-2].endswith("sensitive 1, …")
    assert len(lines) == 24 - 7
    assert max(map(len, lines)) <= 80
