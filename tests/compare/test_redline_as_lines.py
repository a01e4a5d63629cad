from __future__ import annotations

from tests.compare.conftest import page

from guidegen.compare.redline import redline
from guidegen.compare.redline_as_lines import Line, redline_lines
from guidegen.pack.load import load_pack
from guidegen.page.tree import PageParser

PARSER = PageParser(load_pack("dell").markdown_extensions)


def lines(old: str, new: str, *, width: int = 60, marks: bool = True) -> list[str]:
    return [
        text(line)
        for each in redline((page(old),), (page(new),), PARSER)
        for line in redline_lines(each, width=width, marks=marks)
    ]


def text(line: Line) -> str:
    return line.margin + "".join(run.text for run in line.runs)


def test_without_colour_changes_stand_in_marks() -> None:
    assert lines("Ask the press office first.", "Ask the legal team first.") == [
        "  Ask the [-press office-]{+legal team+} first."
    ]
    assert lines("One two three", "One two three four") == ["  One two three {+four+}"]


def test_with_colour_the_text_is_left_as_it_is() -> None:
    assert lines("Ask now.", "Ask Mira now.", marks=False) == ["  Ask Mira now."]


def test_with_colour_old_and_new_words_do_not_touch() -> None:
    found = lines("Ask the press now.", "Ask the board now.", marks=False)

    assert found == ["  Ask the press board now."]


def test_what_is_new_or_gone_as_a_whole_has_its_sign_in_the_margin() -> None:
    found = lines("- A\n- B", "- A\n- C")

    assert found == ["  • A", "- • B", "+ • C"]


def test_lines_are_broken_between_words_and_indented() -> None:
    found = lines("- A", "- A\n- Never post pictures from the lab", width=20)

    assert found == ["  • A", "+ • Never post", "+   pictures from", "+   the lab"]


def test_wide_characters_take_two_columns() -> None:
    found = lines("A", "A\n\n漢字漢字 漢字漢字 é", width=13)

    assert found == ["  A", "+ 漢字漢字", "+ 漢字漢字 é"]


def test_cells_that_do_not_fit_stand_below_each_other() -> None:
    table = "| Topic | Who |\n|---|---|\n| Plans | only the press |\n"

    found = lines(table, table.replace("press", "board"), width=24)

    assert found == [
        "  Topic | Who",
        "  Plans",
        "  | only the",
        "  [-press-]{+board+}",
    ]


def test_a_link_that_changed_shows_where_it_leads() -> None:
    found = lines(
        "Our [Code](https://a.example) applies, too.",
        "Our [Code](https://b.example) applies, too.",
        width=90,
    )

    assert found == [
        "  Our [-Code <https://a.example>-]{+Code <https://b.example>+} applies, too."
    ]
