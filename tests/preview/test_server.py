from __future__ import annotations

from guidegen.preview.server import State


def test_a_good_build_counts_and_a_bad_one_only_says_what_is_wrong() -> None:
    state = State()
    assert state == State(0, None)

    state = state.after_build(None).after_build("so nicht")
    assert state == State(1, "so nicht")

    assert state.after_build(None) == State(2, None)
