"""Headlines: whatever a feed says, a line of visible text comes out, or nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.inside.titles import LONGEST_TITLE, headline, plain_line


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Nordlicht builds", "Nordlicht builds"),
        ("AT&amp;T &amp; <b>more</b>", "AT&T & more"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a<script>alert(1)</script>b<style>x{}</style>c", "abc"),
        ('<img src="https://t.example/pixel.gif" alt="x">Seen', "Seen"),
        ("one<br>two<p>three", "one two three"),
        ("<script>alert(1)", ""),
        (" \n a \t b \u00a0 c \u2028 ", "a b c"),
        ("\u202egnp.exe\u202c\u2066x\u2069", "gnp.exex"),
        ("zero\u200bwidth\ufeff and \u00adsoft", "zerowidth and soft"),
        ("\x1b[31mred\x07", "[31mred"),
        ("Zalgo" + "\u0301" * 50, "Zalgó" + "\u0301" * 4),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("\u200d\u200c", ""),
        ("", ""),
        ("<b></b>", ""),
    ],
)
def test_what_is_left_of_markup(markup: str, text: str) -> None:
    assert headline(markup) == text


def test_a_long_headline_ends_at_a_word() -> None:
    text = headline("Nordlicht " * 40)

    assert len(text) <= LONGEST_TITLE
    assert text.endswith("Nordlicht…")


def test_a_long_word_is_cut() -> None:
    assert headline("x" * 500) == "x" * (LONGEST_TITLE - 1) + "…"


@settings(max_examples=60)
@given(st.text(max_size=250))
def test_a_line_is_visible_short_and_stays_as_it_is(text: str) -> None:
    line = plain_line(text)

    assert len(line) <= LONGEST_TITLE
    assert plain_line(line) == line
    kinds = {unicodedata.category(each) for each in line} - {"Cf"}
    assert not any(kind[0] == "C" for kind in kinds)
    turning = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
    assert set(line).isdisjoint(map(chr, turning))


PIECES = (
    *("<b>", "</b>", "<", ">", "&", "&lt;", "&#60;", "<script", "</script>", "<!--"),
    *("-->", '"', "a", " ", "\u202e", "<![CDATA[", "<svg/onload=x>"),
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_markup_gets_through(parts: list[str]) -> None:
    text = headline("".join(parts))

    # What still looks like markup came as an entity, or was never closed: it is text,
    # and escaped on the page.
    assert plain_line(text) == text
