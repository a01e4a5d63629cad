"""What a single answer may be."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.model.question import Kind
from guidegen.schema.scalars import check, parse


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.TEXT, "  zwei\n  Zeilen ", "zwei Zeilen"),
        (Kind.TEXT, "geschützt\u00a0bleibt", "geschützt\u00a0bleibt"),
        (Kind.TEXT, "שלום \u2067עולם\u2069", "שלום \u2067עולם\u2069"),
        (Kind.EMAIL, "social+media@müller.example", "social+media@müller.example"),
        (Kind.PHONE, "+49 (0)40 / 123-45", "+49 (0)40 / 123-45"),
        (Kind.URL, "https://intranet/kodex?a=1#b", "https://intranet/kodex?a=1#b"),
        (Kind.URL, "http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
        (Kind.URL, "https://x.example/Österreich", "https://x.example/Österreich"),
        (Kind.URL, "mailto:presse@x.example", "mailto:presse@x.example"),
        (Kind.URL, "tel:+49401234", "tel:+49401234"),
        (Kind.FORM, "https://x.example/f?a=1", "https://x.example/f?a=1"),
        (Kind.FORM, "https://x/{version}?d={digest}", "https://x/{version}?d={digest}"),
        (
            Kind.FORM,
            "http://[2001:db8::1]/{language}",
            "http://[2001:db8::1]/{language}",
        ),
        (Kind.DATE, "2026-12-01", dt.date(2026, 12, 1)),
        (Kind.DATE, "1.12.2026", dt.date(2026, 12, 1)),
        (Kind.DATE, "1. 2. 2028", dt.date(2028, 2, 1)),
        (Kind.COLOR, "#0B5FA5", "#0b5fa5"),
        (Kind.COLOR, "0b5", "#00bb55"),
        (Kind.NUMBER, "12", 12),
        (Kind.CONFIRM, "Ja", True),
        (Kind.CONFIRM, "off", False),
    ],
)
def test_a_good_answer_becomes_its_value(kind: Kind, text: str, value: object) -> None:
    assert check(kind, text) is None
    assert parse(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (Kind.TEXT, "", "value-empty"),
        (Kind.TEXT, " \u200b\u3000 ", "value-empty"),
        (Kind.TEXT, "a\x1b[31mb", "value-control"),
        (Kind.TEXT, "a\ufffeb", "value-control"),
        (Kind.TEXT, "a\ud800b", "value-control"),
        (Kind.TEXT, "evil\u202etxt.exe", "value-bidi"),
        (Kind.TEXT, "open \u2066", "value-bidi"),
        (Kind.TEXT, "closed \u2069\u2066", "value-bidi"),
        (Kind.TEXT, "x" * 10_001, "value-too-long"),
        (Kind.EMAIL, "mira@", "value-email"),
        (Kind.EMAIL, "mira@localhost", "value-email"),
        (Kind.EMAIL, "a..b@x.example", "value-email"),
        (Kind.EMAIL, "a b@x.example", "value-email"),
        (Kind.EMAIL, "a@x.example?bcc=b@y.example", "value-email"),
        (Kind.EMAIL, f"{'a' * 250}@x.example", "value-email"),
        (Kind.PHONE, "call me", "value-phone"),
        (Kind.PHONE, "12", "value-phone"),
        (Kind.URL, "javascript:alert(1)", "value-url-kind"),
        (Kind.URL, "data:text/html,x", "value-url-kind"),
        (Kind.URL, "//x.example", "value-url-scheme"),
        (Kind.URL, "www.x.example/a", "value-url-scheme"),
        (Kind.URL, "https://", "value-url-host"),
        (Kind.URL, "https://a b.example", "value-url-host"),
        (Kind.URL, "https://x.example:99999/", "value-url-host"),
        (Kind.URL, "https://[::1", "value-url-host"),
        (Kind.URL, "https://x.example/<script>", "value-url-character"),
        (Kind.URL, "https://x.example/\u200b", "value-url-character"),
        (Kind.URL, "https://user:secret@x.example", "value-url-password"),
        (Kind.URL, "mailto:nobody", "value-email"),
        (Kind.URL, "tel:me", "value-phone"),
        (Kind.FORM, "mailto:a@x.example", "value-form"),
        (Kind.FORM, "javascript:alert({version})", "value-form"),
        (Kind.FORM, "ftp://x.example/f", "value-form"),
        (Kind.FORM, "https://{version}.example/", "value-form"),
        (Kind.FORM, "https://[::{version}]/", "value-form"),
        (Kind.FORM, "https://x.example:{version}/", "value-form"),
        (Kind.FORM, "https://x.example/{name}", "value-form"),
        (Kind.FORM, "https://x.example/{version", "value-form"),
        (Kind.FORM, "{version}", "value-form"),
        (Kind.FORM, "https://a:b@x.example/{version}", "value-url-password"),
        (Kind.DATE, "soon", "value-date"),
        (Kind.DATE, "2026-02-30", "value-date-day"),
        (Kind.DATE, "0206-12-01", "value-date-year"),
        (Kind.COLOR, "blue", "value-color"),
        (Kind.COLOR, "#12345", "value-color"),
        (Kind.NUMBER, "-1", "value-number"),
        (Kind.NUMBER, "١٢", "value-number"),
        (Kind.CONFIRM, "maybe", "value-confirm"),
    ],
)
def test_a_bad_answer_is_refused_with_the_reason(
    kind: Kind, text: str, message: str
) -> None:
    problem = check(kind, text)

    assert problem is not None
    assert problem.message == message


@settings(deadline=None)
@given(
    kind=st.sampled_from([kind for kind in Kind if "group" not in kind]), text=st.text()
)
def test_any_text_is_taken_or_refused(kind: Kind, text: str) -> None:
    problem = check(kind, text)

    if problem is None:
        value = parse(kind, text)
        assert parse(kind, str(value)) == value
    else:
        assert problem.message.startswith("value-")
