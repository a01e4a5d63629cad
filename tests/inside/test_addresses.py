"""Addresses of articles: only what readers may be sent to, each in one form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.inside.addresses import (
    address_digest,
    article_address,
    guid_digest,
    item_id,
)

FEED = "https://feed.example/rss/all.xml"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://x.example/a#top", "https://x.example/a"),
        ("https://x.example", "https://x.example/"),
        ("HTTP://X.Example:80/a", "http://x.example/a"),
        ("https://x.example:8443/a", "https://x.example:8443/a"),
        (
            "https://x.example/a?utm_source=rss&id=7&utm_medium=x&fbclid=1&gclid=2",
            "https://x.example/a?id=7",
        ),
        (
            "https://x.example/a?at_medium=r&mc_cid=1&wt_mc=x&b=",
            "https://x.example/a?b=",
        ),
        (
            "https://www.google.com/url?rct=j&url=https://x.example/a%3Futm_x%3D1&ct=ga",
            "https://x.example/a",
        ),
        (
            "https://www.google.co.uk/url?q=https://x.example/a&sa=U",
            "https://x.example/a",
        ),
        ("https://www.google.com/url?sa=t", "https://www.google.com/url?sa=t"),
        ("/news/1", "https://feed.example/news/1"),
        ("2.html", "https://feed.example/rss/2.html"),
        ("//y.example/z", "https://y.example/z"),
        ("https://x.example/ä b", "https://x.example/%C3%A4%20b"),
        ("https://x.example/%C3%A4", "https://x.example/%C3%A4"),
        ("https://müller.example/", "https://müller.example/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
    ],
)
def test_addresses_that_readers_get(link: str, address: str) -> None:
    assert article_address(link, FEED) == address


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://www.google.com/url?url=javascript:alert(1)",
        "https://www.google.com/url?url=http://10.0.0.1/",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "mailto:a@x.example",
        "ftp://x.example/",
        "https://user:secret@x.example/",
        "https://user@x.example/",
        "http://127.0.0.1/",
        "http://10.0.0.1/admin",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://localhost/",
        "http://router.local/",
        "http://wiki/",
        "https://x.example/\u202ea",
        "https://x.example/<script>",
        "https://x.example/" + "a" * 3000,
        "https://x.example:99999/",
    ],
)
def test_what_no_reader_is_sent_to(link: str) -> None:
    assert article_address(link, FEED) is None


@pytest.mark.parametrize(
    "other",
    [
        "http://x.example/a?b=1&c=2",
        "https://www.x.example/a?c=2&b=1",
        "https://x.example/a/?b=1&c=2&utm_campaign=x#y",
    ],
)
def test_one_article_has_one_id(other: str) -> None:
    first, second = (
        article_address(each) for each in ("https://x.example/a?b=1&c=2", other)
    )
    assert first
    assert second
    assert item_id(first) == item_id(second)


def test_other_articles_have_other_ids() -> None:
    digests = {
        address_digest(f"https://x.example/{each}") for each in ("a", "b", "a?p=1", "A")
    }
    assert len(digests) == 4


def test_a_number_means_something_else_in_each_feed() -> None:
    assert guid_digest("17", "https://a.example") != guid_digest("17", FEED)
    assert guid_digest("tag:x,2026:1", "https://a") == guid_digest("tag:x,2026:1", "b")


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_what_comes_out_can_go_in_again(text: str) -> None:
    for link in (text, f"https://x.example/{text}", f"https://x.example/?{text}"):
        address = article_address(link, FEED)
        if address is not None:
            assert article_address(address) == address
            assert address.startswith(("https://", "http://"))
            assert set(address).isdisjoint("\"'<>` \n") or "'" in address
