from __future__ import annotations

import time

import pytest

from guidegen.compare.sentences import plain


@pytest.mark.parametrize("text", ["[" * 100_000, f"a{' ' * 100_000}b"])
def test_what_never_ends_costs_no_time(text: str) -> None:
    begin = time.monotonic()

    plain(text)

    assert time.monotonic() - begin < 2


def test_links_and_bars_are_not_what_readers_see() -> None:
    assert plain("| see [the page](a.md) and ![it](b.png)  |") == "see the page and it"
