"""One mail in its three forms: what it says, and what it never lets through."""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.mail import (
    Bullets,
    Button,
    Choices,
    Contact,
    Mail,
    Paragraph,
    Way,
)
from guidegen.mail.file import mail_file
from guidegen.mail.html import html_mail
from guidegen.mail.text import COLUMNS, text_mail
from guidegen.pack.find import builtin_packs
from guidegen.uri.mistake import AddressError

DELL = (builtin_packs() / "dell",)

MAIL = Mail(
    language="de-DE",
    company="Bäckerei Übermorgen GmbH & Co. KG",
    subject="Schön gesagt: unsere Social-Media-Guideline",
    preheader="Fünf Regeln, ein Satz.",
    title="Sprich über uns!",
    blocks=(
        Paragraph(text="Hallo,\nwir freuen uns, wenn Du erzählst, was Du machst."),
        Bullets(
            heading="Die Regeln", items=("Schütze, was vertraulich ist", "Sei nett")
        ),
        Choices(
            heading="Frage 1",
            question="Darf ich das posten?",
            choices=("Ja", "Nein"),
            label="Zur Antwort",
            href="https://intranet.example/social/practice.html#s01",
        ),
        Button(label="Zur Guideline", href="https://intranet.example/social/"),
        Contact(
            heading="Fragen?",
            name="Mira Jansen",
            role="Beraterin",
            ways=(
                Way(
                    label="E-Mail",
                    text="mira@firma.example",
                    href="mailto:mira@firma.example",
                ),
                Way(label="Raum", text="E 12"),
            ),
        ),
    ),
    small_print=("Fassung 1.0.0, gültig ab 1. Dezember 2026",),
    brand="#ffd400",
)


class _Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parsed(file: bytes) -> EmailMessage:
    message = message_from_bytes(file, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def bodies(file: bytes) -> dict[str, str]:
    parts = list(parsed(file).iter_parts())
    return {
        part.get_content_type(): part.get_content()
        for part in parts
        if isinstance(part, EmailMessage)
    }


def test_the_file_is_read_back_as_the_two_other_forms() -> None:
    file = mail_file(MAIL, DELL)
    assert parsed(file)["Subject"] == MAIL.subject
    assert parsed(file)["X-Unsent"] == "1"
    assert parsed(file).get_content_type() == "multipart/alternative"
    assert list(bodies(file)) == ["text/plain", "text/html"]
    assert bodies(file)["text/plain"].replace("\r\n", "\n") == text_mail(MAIL)
    assert (
        bodies(file)["text/html"].replace("\r\n", "\n") == html_mail(MAIL, DELL) + "\n"
    )


def test_a_file_has_neither_sender_nor_reader_nor_day_unless_it_is_said() -> None:
    headers = {name.lower() for name in parsed(mail_file(MAIL, DELL))}
    assert not headers & {"from", "to", "cc", "bcc", "date", "message-id"}
    day = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
    dated = parsed(mail_file(MAIL, DELL, date=day))
    assert dated["Date"].datetime == day


def test_its_lines_are_those_of_a_mail() -> None:
    file = mail_file(MAIL, DELL)
    assert file.isascii()
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert max(map(len, file.split(b"\r\n"))) <= 78


def test_the_same_mail_gives_the_same_bytes() -> None:
    assert mail_file(MAIL, DELL) == mail_file(MAIL, DELL)


def test_the_text_has_short_lines_and_says_all() -> None:
    text = text_mail(MAIL)
    assert all(len(line) <= COLUMNS for line in text.split("\n"))
    assert "- Sei nett" in text
    assert "a) Ja" in text
    assert "Zur Guideline:\nhttps://intranet.example/social/\n" in text
    assert "E-Mail: mira@firma.example" in text
    assert text.endswith("gültig ab 1. Dezember 2026\n")


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    html = html_mail(MAIL, DELL)
    tags = _Elements(html).tags
    assert not {tag for tag, _ in tags} & {"img", "script", "link", "table", "iframe"}
    assert not re.search(r"url\(|@import|\ssrc=|http-equiv", html)
    links = [attributes["href"] for tag, attributes in tags if tag == "a"]
    assert links == [
        "https://intranet.example/social/practice.html#s01",
        "https://intranet.example/social/",
        "mailto:mira@firma.example",
    ]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "https:// x", "//host/x"])
def test_a_link_leads_only_where_links_may_lead(href: str) -> None:
    mail = Mail(
        language="en",
        company="C",
        subject="s",
        preheader="p",
        title="t",
        blocks=(Button(label="Go", href=href),),
    )
    for form in (text_mail, lambda one: html_mail(one, DELL)):
        with pytest.raises(AddressError):
            form(mail)


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "x\r\nBcc: all@firma.example",
            "x\n\n<script>alert(1)</script>",
            '"><img src=https://evil.example/x.png>',
            "{{ 7*7 }}{% raw %}",
            "\u202eelpoep",
            "=?utf-8?q?x?=",
            "a\u2028Bcc: b@c.example",
            "N" * 300,
            "ß" * 300,
            "--guidegen-0--",
        ]
    ),
)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(HOSTILE, HOSTILE)
def test_no_text_becomes_a_header_or_markup(one: str, other: str) -> None:
    mail = Mail(
        language="en",
        company=one,
        subject=other,
        preheader=one,
        title=other,
        blocks=(
            Paragraph(text=one, heading=other),
            Bullets(items=(one, other)),
            Choices(question=one, choices=(one, other)),
            Contact(heading=one, name=other, ways=(Way(label=one, text=other),)),
        ),
        small_print=(one,),
    )
    plain = Mail(
        **{
            **vars(mail),
            **dict.fromkeys(("company", "subject", "preheader", "title"), "x"),
        }
    )
    file = mail_file(mail, DELL)
    assert parsed(file).keys() == parsed(mail_file(plain, DELL)).keys()
    assert list(bodies(file)) == ["text/plain", "text/html"]
    allowed = {
        *("html", "head", "meta", "title", "style", "body", "div", "header", "main"),
        *("h1", "h2", "p", "br", "ul", "li", "strong", "footer"),
    }
    assert {tag for tag, _ in _Elements(html_mail(mail, DELL)).tags} <= allowed


def test_a_companys_own_template_is_sealed(tmp_path: Path) -> None:
    own = tmp_path / "mail"
    own.mkdir()
    (own / "mail.html").write_text(
        "<!doctype html><html><head><title>{{ title }}</title></head>"
        "<body>{{ subject }}</body></html>",
        encoding="utf-8",
    )
    html = html_mail(MAIL, (tmp_path, *DELL))
    assert "Content-Security-Policy" in html
    assert MAIL.subject in html
