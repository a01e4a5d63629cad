"""Addresses that a link can open, and those that it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.uri.mistake import AddressError
from guidegen.uri.web import openable, shows_address


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("https://x.example/a b (1).pdf", "https://x.example/a%20b%20(1).pdf"),
        ("https://x.example/a%20b", "https://x.example/a%20b"),
        ("https://x.example/?to=https://y.example", None),
        ("https://intranet:8080/", None),
        ("https://müller.example/", None),
        ("https://m%C3%BCller.example/", None),
        ("tel:+49 (0)40 1234-0", "tel:+494012340"),
        (
            "mailto:a@x.example?subject=Hin weis",
            "mailto:a@x.example?subject=Hin%20weis",
        ),
        (
            "mailto:a@x.example?subject=A%26B&body=1%0D%0A2",
            "mailto:a@x.example?subject=A%26B&body=1%0D%0A2",
        ),
    ],
)
def test_it_is_opened_as_it_is_meant(written: str, opened: str | None) -> None:
    assert openable(written) == (opened or written)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("https://https://x.example", "value-url-twice"),
        ("http://https//x.example", "value-url-twice"),
        ("https:https://x.example", "value-url-twice"),
        ("https://mailto:a@x.example", "value-url-twice"),
        ("file://server/HR/Kodex.pdf", "value-url-file"),
        ("https://file://server/x", "value-url-file"),
        (r"\\server\HR\Kodex.pdf", "value-url-file"),
        ("//server/HR/Kodex.pdf", "value-url-file"),
        (r"S:\HR\Kodex.pdf", "value-url-file"),
        ("https://S:/HR/Kodex.pdf", "value-url-file"),
        ("smb://server/x", "value-url-file"),
        ("ftp://x.example", "value-url-kind"),
        ("javascript:alert(1)", "value-url-kind"),
        ("msteams://x.example", "value-url-kind"),
        ("htps://x.example", "value-url-kind"),
        ("x.example:8080/a", "value-url-scheme"),
        ("https//x.example", "value-url-scheme"),
        ("https://x y.example/", "value-url-host"),
        ("https://x..example/", "value-url-host"),
        ("https://x.example:99999/", "value-url-host"),
        ("https:///a", "value-url-host"),
        ("https://x.example/<a>", "value-url-character"),
        ("https://x.example\\a", "value-url-character"),
        ("https://x.example/\u200b", "value-url-character"),
        ("https://u:p@x.example/", "value-url-password"),
        ("https://x.example/" + "a" * 2000, "value-url-long"),
        ("mailto:a@x.example?bcc=b@x.example", "value-mailto-field"),
        ("mailto:a@x.example?subject=1&CC=b@x.example", "value-mailto-field"),
        ("mailto:a@x.example?subject=1%0D%0ABcc:b@x.example", "value-mailto-field"),
        ("mailto:a@x.example,b@x.example", "value-email"),
        ("mailto:a@x.example%2Cb@x.example", "value-email"),
        ("tel:call us", "value-phone"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_its_reason(
    written: str, message: str
) -> None:
    with pytest.raises(AddressError) as raised:
        openable(written)
    assert raised.value.message == message


@given(st.text(max_size=60))
def test_what_is_opened_is_opened_the_same_again(text: str) -> None:
    try:
        once = openable(text)
    except AddressError:
        return
    assert openable(once) == once
    assert " " not in once


def test_a_text_can_be_an_address() -> None:
    shown = ("a@x.example", "https://x", "www.x.example", "x.example/a")
    assert all(map(shows_address, shown))
    assert not any(map(shows_address, ("Verhaltenskodex", "z. B.", "siehe x.y z")))
