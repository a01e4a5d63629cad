"""What steers a terminal or a reader's eye is named; what people write stays."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.steering import STEERING, json_escaped, on_one_line, visible


@pytest.mark.parametrize(
    "text",
    [
        "Grüße, 20 % Rabatt – “so” …\n\tTab",
        "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️",  # joiners, tags and a variation selector
        "e\u0301 n\u0303",
        "السلام عليكم, שלום",
        "Donau\u00addampf\u200bschiff",
        "می\u200cخواهم",
        "1\u00a0000\u202f€",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text
    assert json_escaped(text) == text


def test_what_steers_is_named() -> None:
    assert visible("\x1b]0;T\x07") == "<U+001B>]0;T<U+0007>"
    assert visible("gpj.\u202eexe") == "gpj.<U+202E>exe"
    assert visible("\x9b31m\r\x7f") == "<U+009B>31m<U+000D><U+007F>"
    assert visible("a\udc9b") == "a<U+DC9B>"
    assert on_one_line("a\nerror: b\u202e") == "a<U+000A>error: b<U+202E>"


@pytest.mark.slow
def test_every_control_character_and_override_is_meant() -> None:
    """Held against Unicode's own data, not against our list."""
    steering = {
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(chr(code))
        in {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    } - {"\t", "\n"}

    assert {each for each in steering if not STEERING.fullmatch(each)} == set()


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_json_keeps_the_data(text: str) -> None:
    escaped = json_escaped(json.dumps(text, ensure_ascii=False))

    assert json.loads(escaped) == text
    assert not STEERING.search(escaped)
