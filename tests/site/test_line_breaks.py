"""Where an address of mail may break on a page."""

from __future__ import annotations

from guidegen.site.line_breaks import with_breaks


def test_an_address_breaks_before_at_and_after_dots() -> None:
    link = '<a class="x" href="mailto:a.b@x.example">a.b@x.example</a>'

    assert with_breaks(f"<p>{link} a.b@y.example</p>") == (
        '<p><a class="x" href="mailto:a.b@x.example">a.<wbr>b<wbr>@x.<wbr>example</a>'
        " a.b@y.example</p>"
    )


def test_what_a_link_says_in_words_stays() -> None:
    link = '<a href="mailto:a@x.example">Frag z. B. hier.</a>'

    assert with_breaks(link) == link
