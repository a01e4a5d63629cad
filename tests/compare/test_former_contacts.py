from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from guidegen.compare.former_contacts import former_contacts, without_former
from guidegen.model.document import Document
from guidegen.model.former_contacts import FormerContacts
from guidegen.model.json_records import Data
from guidegen.model.redline import Block, Op, PageRedline, Run
from guidegen.model.release import Release

WORD = "[former]"
MIRA: Data = {
    "name": {"de": "Mira Jansen", "en": "Mira Jansen"},
    "email": "mira.jansen@nordlicht.example",
    "phone": "+49 40 1234-567",
    "out_of_hours": "+49 171 5550001",
    "chat": "https://chat.nordlicht.example/@mira?a=1&b=2",
}
FORMER = FormerContacts(
    ways={
        "email": ("mira.jansen@nordlicht.example",),
        "phone": ("+49 40 1234-567",),
        "chat": ("https://chat.nordlicht.example/@mira?a=1&b=2",),
    },
    names=("Mira Jansen",),
)


def _releases(*contacts: Sequence[Data]) -> list[Release]:
    return [
        cast("Release", SimpleNamespace(answers={"contacts": [*each]}))
        for each in contacts
    ]


def _today(markdown: str = "", **contact: str | None) -> list[Document]:
    ways = dict.fromkeys(("name", "email", "phone", "out_of_hours", "chat"))
    person = SimpleNamespace(**(ways | {"name": "Ole Brandt"} | contact))
    page = SimpleNamespace(markdown=markdown)
    document = SimpleNamespace(pages=[page], contacts=[person])
    return [cast("Document", document)]


def test_a_former_contact_is_who_no_page_of_today_names() -> None:
    found = former_contacts(_releases([MIRA]), _today(email="ole@nordlicht.example"))

    assert found.names == ("Mira Jansen",)
    assert found.ways == {
        "email": ("mira.jansen@nordlicht.example",),
        "phone": ("+49 40 1234-567",),
        "out_of_hours": ("+49 171 5550001",),
        "chat": ("https://chat.nordlicht.example/@mira?a=1&b=2",),
    }


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (_today(email="MIRA.Jansen@nordlicht.example"), "email"),
        (_today(phone="+49 401234567"), "phone"),
        (_today("Ruf an: +49 (171) 555 0001."), "out_of_hours"),
    ],
)
def test_what_a_page_of_today_says_is_not_hidden(
    today: list[Document], kind: str
) -> None:
    assert former_contacts(_releases([MIRA]), today).ways[kind] == ()


def test_without_releases_or_contacts_nobody_has_left() -> None:
    assert not former_contacts((), _today())
    assert not former_contacts(_releases([]), _today())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Schreib an Mira.Jansen@nordlicht.example!", f"Schreib an {WORD}!"),
        ("+49 40 1234567", WORD),
        ("tel:+49401234567", f"tel:{WORD}"),
        ("+49 (40) 1234 – 567", WORD),
        ("+49 40 12345678", "+49 40 12345678"),
        ("amira.jansen@nordlicht.example", "amira.jansen@nordlicht.example"),
        ("mira.jansen@nordlicht.example.org", "mira.jansen@nordlicht.example.org"),
        ("<https://chat.nordlicht.example/@mira?a=1&amp;b=2>", f"<{WORD}>"),
        ("Frag Mira\u00a0Jansen, mit Mira Jansens Hilfe", None),
    ],
)
def test_however_it_is_written_a_way_is_hidden(text: str, shown: str | None) -> None:
    assert FORMER.without_ways(text, WORD) == (shown or text)


def test_a_name_is_hidden_in_all_its_forms() -> None:
    text = "Frag Mira\u00a0Jansen, mit Mira Jansens Hilfe; Mira Jansenius nicht."

    assert FORMER.hidden(text, WORD) == (
        f"Frag {WORD}, mit {WORD} Hilfe; Mira Jansenius nicht."
    )


@pytest.mark.parametrize(
    ("number", "others"),
    [
        ("+49 (0)40 1234567", ["+49401234567", "+49 40 1234567", "+49 (0) 40/1234567"]),
        ("0049 40 1234567", ["tel:+49401234567", "+49 40 1234567"]),
        ("+43 1 234 DW 56", ["tel:+431234;ext=56", "+43 1 234 #56"]),
        ("+43 1 234 #56", ["tel:+431234;ext=56"]),
        ("040 123 Durchwahl 45", ["tel:040123;ext=45", "040 123 ext. 45"]),
        ("+1 212 555-0100 x12", ["+1 (212) 555.0100 ext. 12", "+12125550100;ext=12"]),
    ],
)
def test_zeros_and_extensions_may_be_written_otherwise(
    number: str, others: list[str]
) -> None:
    former = FormerContacts(ways={"phone": (number,)})

    assert {former.kind_of(each) for each in (number, *others)} == {"phone"}


def test_a_record_that_somebody_else_wrote_may_have_any_contact() -> None:
    strange: Data = {"name": ["?"], "phone": "call us", "email": "(", "chat": 3}

    found = former_contacts(_releases([strange], [{"phone": None}]), _today())

    assert found.without_ways("call us (", WORD) == f"{WORD} {WORD}"


def test_an_address_is_known_as_it_is_linked() -> None:
    assert FORMER.kind_of("mailto:mira.jansen%40nordlicht.example") == "email"
    assert FORMER.kind_of("tel:+49401234567") == "phone"
    assert FORMER.kind_of("mailto:ole@nordlicht.example") is None


def _shown(*runs: Run) -> list[tuple[str, str]]:
    block = Block(kind="p", op=Op.SAME, runs=runs)
    page = PageRedline(
        page="contact", title="Kontakt", op=Op.SAME, blocks=(block, None)
    )
    [hidden] = without_former([page], FORMER, WORD)
    assert hidden.blocks[0]
    assert hidden.blocks[1] is None
    return [(run.op.value, run.text) for run in hidden.blocks[0].runs]


def _same(text: str) -> Run:
    return Run(op=Op.SAME, text=text)


def _new(text: str) -> Run:
    return Run(op=Op.INSERT, text=text)


def _gone(text: str) -> Run:
    return Run(op=Op.DELETE, text=text)


def test_in_a_redline_a_number_is_hidden_of_which_only_the_end_differs() -> None:
    assert _shown(_same("Telefon: +49 40 1234-"), _gone("567"), _new("999")) == [
        ("same", "Telefon: "),
        ("delete", WORD),
        ("insert", "+49 40 1234-"),
        ("insert", "999"),
    ]


def test_in_a_redline_a_number_is_hidden_that_somebody_had_for_a_while() -> None:
    assert _shown(_same("Telefon: +49 40 1234-"), _gone("111"), _new("567")) == [
        ("same", "Telefon: "),
        ("delete", "+49 40 1234-"),
        ("delete", "111"),
        ("insert", WORD),
    ]


def test_in_a_redline_names_are_hidden_and_links_do_not_tell_either() -> None:
    link = Run(
        op=Op.SAME, text="Schreib uns: ", link="mailto:mira.jansen@nordlicht.example"
    )
    block = Block(
        kind="p", op=Op.SAME, runs=(link, _gone("Mira Jansen"), _new("Ole Brandt"))
    )
    page = PageRedline(page="contact", title="Kontakt", op=Op.SAME, blocks=(block,))

    [hidden] = without_former([page], FORMER, WORD)

    assert hidden.blocks[0] == Block(
        kind="p",
        op=Op.SAME,
        runs=(replace(link, link=None), _gone(WORD), _new("Ole Brandt")),
    )


def test_where_nobody_has_left_a_redline_stays_as_it_is() -> None:
    block = Block(kind="p", op=Op.SAME, runs=(_gone("Mira Jansen"),))
    page = PageRedline(page="contact", title="Kontakt", op=Op.SAME, blocks=(block,))

    assert without_former([page], FormerContacts(), WORD) == (page,)
