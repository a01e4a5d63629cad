from __future__ import annotations

import time

from guidegen.compare.sentences import _LINK


def test_brackets_without_end_cost_no_time() -> None:
    begin = time.monotonic()

    assert not _LINK.search("[" * 100_000)

    assert time.monotonic() - begin < 2
    assert _LINK.sub(r"\1", "see [the page](a.md) and ![a picture](b.png)") == (
        "see the page and a picture"
    )
