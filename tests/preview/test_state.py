from __future__ import annotations

from guidegen.preview.state import Board, State


def test_a_good_build_counts_and_a_bad_one_only_says_what_is_wrong() -> None:
    board = Board()
    assert board.read() == State(0, None)

    board.good()
    board.bad("so nicht")
    assert board.read() == State(1, "so nicht")

    board.good()
    assert board.read() == State(2, None)
