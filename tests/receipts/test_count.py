from __future__ import annotations

import base64
import datetime as dt
import os
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.wording import raises

from guidegen.errors import ReceiptsError
from guidegen.receipts.columns import Mapped, Meaning
from guidegen.receipts.count import Count, Standing, Texts, count_receipts, judge
from guidegen.receipts.mails import is_mail, read_mails
from guidegen.receipts.people import People, read_people
from guidegen.receipts.received import Received, read_received
from guidegen.receipts.table import read_table

DAY = dt.date(2027, 2, 1)
DE, EN, OLD = "ab12cd34" + "0" * 56, "9f" * 32, "77" * 32
TEXTS = Texts(
    digests={
        "1.0.0": frozenset({OLD}),
        "2.0.0": frozenset({"55" * 32}),
        "2.1.0": frozenset({DE, EN}),
        "3.0.0": frozenset({"33" * 32}),
    },
    current="2.1.0",
    holds_from="2.0.0",
    withdrawn=frozenset({"3.0.0"}),
)
HR = """Personalnummer;Name;Vorname;E-Mail-Adresse;Austritt
0007;Müller;Anna;a.mueller@nordlicht.example;
0008;Weiß;Bo;b.weiss@nordlicht.example;31.12.2027
0009;Kaya;Cem;c.kaya@nordlicht.example;
0010;Lang;Dana;d.lang@nordlicht.example;
0011;Alt;Emil;e.alt@nordlicht.example;31.12.2026
"""


@pytest.fixture
def people(tmp_path: Path) -> People:
    path = tmp_path / "hr.csv"
    path.write_text(HR, encoding="cp1252")
    return read_people(read_table(path), (), DAY)


def counted(people: People, path: Path, text: str, *mapped: Mapped) -> Count:
    """Return what a form's table counts for."""
    path.write_text(text, encoding="utf-8")
    entries = read_received(read_table(path), mapped).entries
    return count_receipts(people, entries, TEXTS)


def standing(count: Count) -> dict[str, str]:
    """Return how each person stands, by the first name."""
    return {
        person.name.split()[0]: judged.standing.name
        for person, judged in count.standings.items()
    }


def test_who_has_left_is_not_asked_any_more(people: People) -> None:
    assert [each.name for each in people.persons] == [
        "Anna Müller",
        "Bo Weiß",
        "Cem Kaya",
        "Dana Lang",
    ]
    assert people.left == 1


MICROSOFT = """ID,Startzeit,Fertigstellungszeit,E-Mail,Name,Fassung,Prüfsumme,Sprache
1,1/4/27 8:01,1/4/27 8:02,A.Mueller@nordlicht.example,Anna,2.1.0,ab12cd34,de
2,1/4/27 8:01,1/4/27 8:02,b.weiss@nordlicht.example,Bo,1.0.0,77777777,de
3,1/4/27 8:01,1/4/27 8:02,c.kaya@nordlicht.example,Cem,2.1.0,deadbeef,de
4,1/4/27 8:01,1/4/27 8:02,e.alt@nordlicht.example,Emil,2.1.0,ab12cd34,de
"""
GOOGLE = """Timestamp,Email Address,version,checksum
2027/01/04 8:02:11 AM GMT+1,a.mueller@nordlicht.example,2.0.0,55555555
2027/01/05 8:02:11 AM GMT+1,b.weiss@nordlicht.example,1.0.0,77777777
2027/01/05 8:02:11 AM GMT+1,c.kaya@nordlicht.example,7.0.0,77777777
2027/01/05 8:02:11 AM GMT+1,e.alt@nordlicht.example,2.1.0,9f9f9f9f
"""
LIMESURVEY = """"ID","Datum Abgeschickt","Start-Sprache","Personalnummer","Fassung"
"1","2027-01-04 08:02:11","de","7","2.1.0"
"2","2027-01-04 08:02:11","de","0008","1.0.0"
"3","2027-01-04 08:02:11","de","9","99.0.0"
"4","","de","10","2.1.0"
"5","2027-01-04 08:02:11","de","11","2.1.0"
"""
OUTLOOK = """"Betreff","Text","Von: (Name)","Von: (Adresse)"
"Empfang bestätigt","Fassung: 2.1.0
Prüfsumme: ab12cd34","Anna Müller","a.mueller@nordlicht.example"
"Empfang bestätigt: Guideline, Fassung 1.0.0","","Bo","b.weiss@nordlicht.example"
"AW","Prüfsumme: deadbeef","Cem","c.kaya@nordlicht.example"
"Empfang bestätigt","Fassung: 2.1.0","Emil","privat@web.example"
"""
ANONYMOUS = """ID,Start time,Completion time,Email,Name,Your email address,Version
1,x,y,anonymous,,a.mueller@nordlicht.example,v2.1.0
2,x,y,anonymous,,Bo <b.weiss@nordlicht.example>,1.0.0
3,x,y,anonymous,,mailto:c.kaya@nordlicht.example,9.9.9
4,x,y,anonymous,,,2.1.0
"""
CODES = """"id","submitdate","startlanguage","G1. Your employee ID?","G2. Version"
"1","2027-01-04 08:02:11","de","7","v2.1.0"
"2","2027-01-04 08:02:11","de","8.0","Fassung 1.0.0 (Prüfsumme 77777777…)"
"3","2027-01-04 08:02:11","de","9","2.1.0 (checksum DEADBEEF)"
"4","","de","10","2.1.0"
"5","2027-01-04 08:02:11","de","11","02.01.2000"
"""
NAMES = """Your name;What you confirm
"Mueller, Anna";"I have received version 2.1.0 of “X” (checksum ab12cd34)."
weiss bo;I have received version 1.0.0 of “X” (checksum 77777777).
Cem  KAYA;I have received version 2.1.0 of “X” (checksum deadbeef).
Somebody Else;I have received version 2.1.0 of “X” (checksum ab12cd34).
"""


@pytest.mark.parametrize(
    "form", [MICROSOFT, ANONYMOUS, GOOGLE, LIMESURVEY, CODES, OUTLOOK, NAMES]
)
def test_the_forms_of_the_world_are_understood(
    people: People, tmp_path: Path, form: str
) -> None:
    count = counted(people, tmp_path / "form.csv", form)

    assert standing(count) == {
        "Anna": "CONFIRMED",
        "Bo": "EARLIER",
        "Cem": "MISMATCH",
        "Dana": "MISSING",
    }
    assert len(count.strangers) == 1


def test_a_column_that_cannot_be_guessed_is_told(
    people: People, tmp_path: Path
) -> None:
    form = "Wer?;Was?\n0010;2.1.0\n"
    mapped = (
        Mapped(table="received", meaning=Meaning.NUMBER, column="Wer?"),
        Mapped(table="", meaning=Meaning.VERSION, column="was"),
    )

    count = counted(people, tmp_path / "form.csv", form, *mapped)

    assert standing(count)["Dana"] == "CONFIRMED"
    assert (count.versions, count.unchecked) == ({"2.1.0": 1}, 1)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("A;B\n1;2\n", "no column says who it is"),
        ("E-Mail;B\na@b.example;2\n", "no confirmation names a version"),
    ],
)
def test_what_no_column_says_is_asked_for(
    people: People, tmp_path: Path, form: str, message: str
) -> None:
    with raises(ReceiptsError, match=message):
        counted(people, tmp_path / "form.csv", form)


def test_all_columns_that_are_not_there_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "hr.csv"
    path.write_text("Mail;Mail;Nr\n")
    mapped = [
        Mapped(table="people", meaning=Meaning.EMAIL, column="Mail"),
        Mapped(table="people", meaning=Meaning.NUMBER, column="Nummer"),
    ]

    with pytest.raises(ReceiptsError) as raised:
        read_people(read_table(path), mapped, DAY)

    assert [each.message for each in raised.value.problems] == [
        "receipts-column-twice",
        "receipts-column-unknown",
    ]


def test_two_people_of_one_name_are_not_mixed_up(tmp_path: Path) -> None:
    path = tmp_path / "hr.csv"
    path.write_text("Name;Mail\nJan Schmidt;j1@x.example\nJan Schmidt;j2@x.example\n")
    people = read_people(read_table(path), (), DAY)

    by_name = counted(people, tmp_path / "a.csv", "Name;Version\nJan Schmidt;2.1.0\n")
    by_mail = counted(people, tmp_path / "b.csv", "Mail;Version\nJ2@x.example;2.1.0\n")

    assert len(by_name.ambiguous) == 1
    assert by_name.of(Standing.CONFIRMED) == ()
    assert [each.email for each in by_mail.of(Standing.CONFIRMED)] == ["j2@x.example"]


def test_the_best_of_several_confirmations_counts(
    people: People, tmp_path: Path
) -> None:
    form = (
        "E-Mail;Fassung;Prüfsumme\n"
        "d.lang@nordlicht.example;2.1.0;ab12cd34\n"
        "d.lang@nordlicht.example;1.0.0;77777777\n"
        "d.lang@nordlicht.example;2.0.0;55555555\n"
    )

    count = counted(people, tmp_path / "form.csv", form)

    assert count.versions == {"2.1.0": 1}


@pytest.mark.parametrize(
    ("version", "checksum", "expected"),
    [
        ("2.1.0", "ab12cd34", Standing.CONFIRMED),
        ("2.1.0", "9f9f9f9f", Standing.CONFIRMED),
        ("2.1.0", DE, Standing.CONFIRMED),
        ("2.0.0", "", Standing.CONFIRMED),
        ("", "ab12cd34", Standing.CONFIRMED),
        ("1.0.0", "77777777", Standing.EARLIER),
        ("3.0.0", "33333333", Standing.EARLIER),
        ("2.1.0", "77777777", Standing.MISMATCH),
        ("2.2.0", "ab12cd34", Standing.MISMATCH),
        ("", "deadbeef", Standing.MISMATCH),
        ("", "", Standing.UNCLEAR),
    ],
)
def test_a_confirmation_is_worth_what_it_names(
    version: str, checksum: str, expected: Standing
) -> None:
    received = Received(path=Path("x"), version=version, checksum=checksum)

    assert judge(received, TEXTS).standing is expected


def mail(body: str, **headers: str) -> bytes:
    """Return a mail from Anna."""
    message = EmailMessage()
    message["From"] = "Anna Müller <a.mueller@nordlicht.example>"
    message["Subject"] = "Empfang bestätigt: Social-Media-Guideline"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


CONFIRMED = "Ich bestätige:\n\nFassung: 2.1.0\nPrüfsumme: ab12cd34\n"


def test_mails_are_read_and_machines_passed_over(
    people: People, tmp_path: Path
) -> None:
    folder = tmp_path / "mails"
    (folder / "more").mkdir(parents=True)
    (folder / "1.eml").write_bytes(mail(CONFIRMED))
    (folder / "2.eml").write_bytes(mail(CONFIRMED, Auto_Submitted="auto-replied"))
    (folder / "3.eml").write_bytes(mail("Was soll das?"))
    (folder / "more/4.eml").write_bytes(
        mail(f"{CONFIRMED}\nName oder Personalnummer: 0009\n").replace(
            b"a.mueller", b"family"
        )
    )
    (folder / "5.eml").write_bytes(mail("Nein.\n> Fassung: 2.1.0\n"))
    (folder / "notes.txt").write_text("no mail")

    mails = read_mails(folder)
    count = count_receipts(people, mails.entries, TEXTS)

    assert (mails.automatic, mails.other, mails.unreadable) == (1, 2, 0)
    assert standing(count)["Anna"] == "CONFIRMED"
    assert standing(count)["Cem"] == "CONFIRMED"


@pytest.mark.parametrize(
    "header",
    [
        b"Precedence: auto_reply",
        b"X-Autoreply: yes",
        b"Return-Path: <>",
        b"Subject: Automatische Antwort: Fassung 2.1.0",
        b"Subject: Out of Office: version 2.1.0",
        b"Content-Type: multipart/report; report-type=disposition-notification",
    ],
)
def test_nobody_confirms_by_being_away(tmp_path: Path, header: bytes) -> None:
    body = b"\n\nFassung: 2.1.0\n"
    (tmp_path / "1.eml").write_bytes(header + b"\nFrom: a@x.example" + body)

    mails = read_mails(tmp_path)

    assert (mails.entries, mails.automatic) == ((), 1)


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        (b"text/plain", "cp1252"),
        (b"text/plain; charset=utf-8", "cp1252"),
        (b"text/plain; charset=x-nobody-knows", "cp1252"),
        (b"text/html; charset=utf-16", "utf-16"),
    ],
)
def test_a_mail_is_read_whatever_it_says_of_its_letters(
    tmp_path: Path, kind: bytes, encoding: str
) -> None:
    head = b"From: a@x.example\nContent-Type: " + kind
    (tmp_path / "1.eml").write_bytes(
        head
        + b"\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(CONFIRMED.encode(encoding))
    )

    (received,) = read_mails(tmp_path).entries

    assert (received.version, received.checksum) == ("2.1.0", "ab12cd34")


REPEATED = """Danke!

-----Ursprüngliche Nachricht-----
Von: Cem Kaya <c.kaya@nordlicht.example>
Betreff: Empfang bestätigt

Fassung: 2.1.0
Prüfsumme: ab12cd34
"""


def test_who_answers_or_hands_on_a_confirmation_confirms_nothing(
    tmp_path: Path,
) -> None:
    subject = "Empfang bestätigt: Guideline, Fassung 2.1.0"
    answer = mail(REPEATED).replace(b"Subject: ", b"Subject: AW: ")
    (tmp_path / "1.eml").write_bytes(answer)
    (tmp_path / "2.eml").write_bytes(mail(REPEATED.replace("Danke!", "")))
    page = EmailMessage()
    page["From"], page["Subject"] = "bo@nordlicht.example", f"RE: {subject}"
    page.set_content("<p>Ok<blockquote>Fassung: 2.1.0</blockquote>", subtype="html")
    (tmp_path / "3.eml").write_bytes(page.as_bytes())

    mails = read_mails(tmp_path)

    assert (mails.entries, mails.other) == ((), 3)


def test_a_mail_that_is_attached_to_another_counts_for_its_sender(
    people: People, tmp_path: Path
) -> None:
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "d.lang@nordlicht.example", "WG: Bestätigungen"
    outer.set_content("Hier sind sie.")
    inner = mail(CONFIRMED), mail(CONFIRMED).replace(b"a.mueller", b"c.kaya")
    for content in inner:
        outer.add_attachment(message_from_bytes(content, policy=policy.default))
    (tmp_path / "1.eml").write_bytes(outer.as_bytes())

    count = count_receipts(people, read_mails(tmp_path).entries, TEXTS)

    assert standing(count) == {
        "Anna": "CONFIRMED",
        "Bo": "MISSING",
        "Cem": "CONFIRMED",
        "Dana": "MISSING",
    }


def test_what_outlook_has_sealed_and_what_is_no_file_is_passed_over(
    tmp_path: Path,
) -> None:
    sealed = EmailMessage()
    sealed["From"] = "a.mueller@nordlicht.example"
    sealed.add_attachment(b"\x78\x9f", maintype="application", subtype="ms-tnef")
    (tmp_path / "1.eml").write_bytes(sealed.as_bytes())
    os.mkfifo(tmp_path / "2.eml")
    (tmp_path / "3.eml").symlink_to(tmp_path / "1.eml")

    mails = read_mails(tmp_path)

    assert (mails.entries, mails.unreadable, mails.other) == ((), 1, 0)


@pytest.mark.parametrize("name", ["inbox.mbox", "Inbox"])
def test_a_mailbox_in_one_file_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    start = b"From - Mon Jan  4 08:00:00 2027\n"
    path.write_bytes(b"\n".join(start + mail(CONFIRMED) for _ in range(3)))

    assert is_mail(path)
    assert len(read_mails(path).entries) == 3
    assert len(read_mails(tmp_path).entries) == 3


def test_a_table_is_no_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("From (Name);Version\nFrom Anna;2.1.0\n")

    assert not is_mail(path)


def test_a_mail_that_has_only_a_page_is_read(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "a.mueller@nordlicht.example"
    body = "<p>Fassung:&nbsp;2.1.0<br>Prüfsumme: <b>ab12cd34</b></p><p>Name: Bo</p>"
    message.set_content(body, subtype="html")
    path = tmp_path / "1.eml"
    path.write_bytes(message.as_bytes())

    (received,) = read_mails(path).entries

    assert (received.version, received.checksum) == ("2.1.0", "ab12cd34")
    assert received.name == "Bo"


def test_what_outlook_alone_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1.msg").touch()

    with raises(ReceiptsError, match="can only be read by Outlook"):
        read_mails(tmp_path)


def test_a_folder_without_mails_is_refused(tmp_path: Path) -> None:
    with raises(ReceiptsError, match="there are no mails in this folder"):
        read_mails(tmp_path)


@pytest.mark.slow
@given(st.binary(max_size=300))
def test_no_mail_ends_in_a_crash(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("mail") / "1.eml"
    path.write_bytes(b"From: =?utf-8?q?\xff?= <\nSubject: Fassung 2.1.0\n" + content)

    mails = read_mails(path)

    assert mails.unreadable + mails.automatic + mails.other + len(mails.entries) == 1
