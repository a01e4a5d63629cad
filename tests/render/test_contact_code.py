from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.model.guideline import GuidelineContact
from guidegen.render.contact_code import contact_assets


def _contact(
    name: str = "Mira Jansen",
    *,
    role: str | None = None,
    email: str | None = None,
    phone: str | None = "110",
    chat: str | None = None,
    out_of_hours: str | None = None,
) -> GuidelineContact:
    return GuidelineContact(
        name=name,
        role=role,
        email=email,
        phone=phone,
        chat=chat,
        out_of_hours=out_of_hours,
    )


def _card(contact: GuidelineContact, company: str = "Nordlicht") -> list[str]:
    code, card = contact_assets(contact, company, 1)
    assert (code.path, card.path) == ("images/contact-1.svg", "images/contact-1.vcf")
    lines = card.content.decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:3.0"]
    assert lines[-2:] == ["END:VCARD", ""]
    return lines[2:-2]


def test_a_card_says_who_it_is_and_how_to_reach_them() -> None:
    contact = _contact(
        role="Beraterin",
        email="social@nordlicht.example",
        phone="+49 40 1234567",
        chat="https://chat.nordlicht.example/social",
    )

    assert _card(contact) == [
        "N:Mira Jansen;;;;",
        "FN:Mira Jansen",
        "ORG:Nordlicht",
        "TITLE:Beraterin",
        "EMAIL:social@nordlicht.example",
        "TEL:+49401234567",
        "URL:https://chat.nordlicht.example/social",
    ]


def test_a_number_for_evenings_follows_the_usual_one_on_the_card_alone() -> None:
    contact = _contact("Team Social", phone="110", out_of_hours="+49 170 1234567")
    code, _ = contact_assets(contact, "N", 1)
    usual, _ = contact_assets(_contact("Team Social", phone="110"), "N", 1)

    assert [line for line in _card(contact) if line.startswith("TEL")] == [
        "TEL:110",
        "TEL;TYPE=voice:+491701234567",
    ]
    assert code.content == usual.content


def test_what_was_not_answered_has_no_line() -> None:
    assert _card(_contact()) == [
        "N:Mira Jansen;;;;",
        "FN:Mira Jansen",
        "ORG:Nordlicht",
        "TEL:110",
    ]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Jansen; Mira, Dr.", "Jansen\\; Mira\\, Dr."),
        ("a\\b", "a\\\\b"),
        ("Eins\r\nTEL:666", "Eins TEL:666"),
        ("a\u2028END:VCARD", "a END:VCARD"),
        ("a\x85b\x0bc\x00d\x1b[31m", "a b cd[31m"),
        ("\\n", "\\\\n"),
        ("Ünïcödé 👩‍👧 שלום", "Ünïcödé 👩‍👧 שלום"),
    ],
)
def test_an_answer_cannot_become_a_line_or_a_field_of_the_card(
    name: str, written: str
) -> None:
    lines = _card(_contact(name, role=name), company=name)

    # Outlook takes a card for Windows-1252 unless it is told.
    coded = "" if written.isascii() else ";CHARSET=UTF-8"
    assert lines == [
        f"N{coded}:{written};;;;",
        f"FN{coded}:{written}",
        f"ORG{coded}:{written}",
        f"TITLE{coded}:{written}",
        "TEL:110",
    ]


def test_an_address_in_the_web_is_not_escaped_as_text() -> None:
    chat = "https://teams.example/l/chat/0/0?users=a@x.example,b@x.example;c=\n1 2"

    lines = _card(_contact(chat=chat))

    assert lines[-1] == (
        "URL:https://teams.example/l/chat/0/0?users=a@x.example,b@x.example;c=%201%202"
    )


def test_the_code_is_a_picture_without_a_script() -> None:
    code, _ = contact_assets(_contact("<script>alert(1)</script>"), "N", 3)

    assert code.path == "images/contact-3.svg"
    assert code.content.startswith(b"<svg")
    assert b"script" not in code.content


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["x", "ü", "漢", "😀", ";", "\\"])
def test_very_long_answers_still_give_a_code_that_fits(sign: str) -> None:
    long = sign * 10_000

    code, card = contact_assets(
        _contact(long, role=long, email=long, phone=long, chat=long), long, 1
    )

    assert 1_000 < len(code.content) < 60_000
    assert long.replace("\\", "\\\\").replace(";", "\\;") in card.content.decode()


def test_an_address_that_is_too_long_for_the_code_is_left_out_not_cut() -> None:
    short, _ = contact_assets(_contact(chat=None), "N", 1)
    long, _ = contact_assets(_contact(chat="https://x.example/" + "a" * 300), "N", 1)

    assert long.content == short.content


def test_the_role_is_not_in_the_code() -> None:
    german, _ = contact_assets(_contact(role="Beraterin"), "N", 1)
    english, _ = contact_assets(_contact(role="Adviser"), "N", 1)

    assert german.content == english.content


def test_a_code_is_kept_and_a_folder_that_is_gone_does_no_harm(tmp_path: Path) -> None:
    fresh, _ = contact_assets(_contact(), "N", 1)
    cached, _ = contact_assets(_contact(), "N", 1, cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    file = tmp_path / "file"
    file.touch()
    nowhere, _ = contact_assets(_contact(), "N", 1, cache=file / "x")
    file.write_bytes(b"")  # as a power failure may leave it
    mended, _ = contact_assets(_contact(), "N", 1, cache=tmp_path)

    assert kept.read_bytes() == fresh.content == cached.content == nowhere.content
    assert mended.content == fresh.content
