"""One full stop where a name that ends in one ends a sentence."""

from __future__ import annotations

import pytest

from guidegen.model.text import one_full_stop


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("für Muster e. V..", "für Muster e. V."),
        ("für Muster e. V.. Dann", "für Muster e. V. Dann"),
        ("**Muster Inc.**. Then", "**Muster Inc.** Then"),
        ("[Muster Inc.](a.md). Then", "[Muster Inc.](a.md) Then"),
        ("<b>Muster Inc.</b>.", "<b>Muster Inc.</b>"),
        ("„Muster e. V..“", "„Muster e. V.“"),
        ("(Muster e. V.).", "(Muster e. V.)."),
        ("Hm... und", "Hm... und"),
        ("../a.md, 1..2, a..b", "../a.md, 1..2, a..b"),
    ],
)
def test_of_two_full_stops_one_is_written(text: str, shown: str) -> None:
    assert one_full_stop(text) == shown
