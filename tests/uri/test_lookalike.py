"""Hosts that look like others are found; those of real languages are left alone."""

from __future__ import annotations

import pytest

from guidegen.uri.lookalike import lookalike, lookalikes


@pytest.mark.parametrize(
    ("host", "ascii_form"),
    [
        ("pаypal.com", "xn--pypal-4ve.com"),  # a Cyrillic a
        ("gοogle.com", None),  # a Greek o
        ("www.аррӏе.com", "www.xn--80ak6aa92e.com"),  # Cyrillic only
        ("xn--80ak6aa92e.com", "xn--80ak6aa92e.com"),
        ("XN--80AK6AA92E.com", "xn--80ak6aa92e.com"),
        ("аcme.example", "xn--cme-5cd.example"),
        ("intranet.аcme.example", "intranet.xn--cme-5cd.example"),
        ("νοκια.de", None),  # Greek only
        ("ԛԛ.com", "xn--y7aa.com"),
        ("goo\u0261le.com", "xn--goole-tmc.com"),  # the phonetic g
        ("facebооk.com", None),
        ("раураӏ.com", None),
        ("ac\u0585me.example", None),  # an Armenian o
        ("google৪.com", None),  # a Bengali digit like an 8
        ("привет-hello.рф", None),
    ],
)
def test_a_lookalike_is_named_as_the_net_knows_it(
    host: str, ascii_form: str | None
) -> None:
    found = lookalike(host)

    assert found
    assert found.ascii.isascii()
    assert "xn--" in found.ascii
    assert found.letters
    assert not found.letters.isascii()
    if ascii_form:
        assert found.ascii == ascii_form
    # Python's own codec is older (IDNA 2003), and agrees about these letters.
    if not host.isascii():
        assert found.ascii == host.encode("idna").decode()


@pytest.mark.parametrize(
    "host",
    [
        "acme.example",
        "müller-straße.de",
        "łódź.pl",
        "crème-brûlée.fr",
        "smørrebrød.dk",
        "ıstanbul.com.tr",
        "azərbaycan.az",
        "кремль.рф",
        "москва.com",  # no Latin shapes
        "аре.рф",  # whole host in one script
        "παράδειγμα.gr",
        "日本語テスト.jp",
        "toyotaトヨタ.jp",
        "らーめん.jp",
        "한국kt.kr",
        "שלום.co.il",
        "مثال.com",
        "xn--mller-kva.de",
        "xn--.de",
        "example123.de",
        "e\u0301tude.fr",
        "",
    ],
)
def test_what_a_language_writes_is_none(host: str) -> None:
    assert lookalike(host) is None


def test_they_are_found_in_a_text() -> None:
    text = (
        "See [us](https://pаypal.com/x?a=https://acme.example), write to "
        "jana@аcme.example or https://pаypal.com:8080."
    )

    quoted = "https://p%D0%B0ypal.com/100%25"
    assert [each.host for each in lookalikes(quoted)] == ["pаypal.com"]
    assert [each.host for each in lookalikes(text)] == ["pаypal.com", "аcme.example"]
    assert not [*lookalikes("Ein Satz über https://müller.de/привет mit Umlauten: äöü")]
