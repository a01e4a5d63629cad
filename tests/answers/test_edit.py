"""Changing values: every other byte of the file stays as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.answers.conftest import ANSWERS
from tests.wording import raises

from guidegen.answers.edit import edit_answers, edited_text
from guidegen.answers.read import check_text, read_plain
from guidegen.errors import AnswersError, ProblemsError
from guidegen.model.pack import Pack
from guidegen.model.question import Kind
from guidegen.pack.load import load_pack
from guidegen.schema.scalars import Refused, parse

PACK = load_pack("dell")


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came."""
    import difflib  # noqa: PLC0415

    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    gone = [line[2:] for line in lines if line.startswith("- ")]
    came = [line[2:] for line in lines if line.startswith("+ ")]
    return gone, came


CASES: list[tuple[Mapping[str, Any], list[str], list[str]]] = [
    (
        {"company.name": "Süd & Söhne: #1"},
        ["  name:   Nordlicht Technik GmbH"],
        ['  name:   "Süd & Söhne: #1"'],
    ),
    (
        {"company.short_name": 'It\'s "us"'},
        ["  short_name: 'Nordlicht'        # in the magic sentence"],
        ["  short_name: 'It''s \"us\"'        # in the magic sentence"],
    ),
    (
        {"contacts.0.phone": "+49 40 7"},
        ['    phone: "+49 40 1234567"'],
        ['    phone: "+49 40 7"'],
    ),
    (
        {"version.valid_from": dt.date(2027, 1, 15)},
        ["  valid_from: 2026-12-01"],
        ["  valid_from: 2027-01-15"],
    ),
    (
        {"company.works_council": False},
        ["  works_council: true"],
        ["  works_council: false"],
    ),
    (
        {"languages": ["en", "de"]},
        ["languages: [de, en]              # German first"],
        ["languages: [en, de]              # German first"],
    ),
    (
        {"languages": ["de", "en", "x" * 40]},
        ["languages: [de, en]              # German first"],
        [
            "languages:              # German first",
            "  - de",
            "  - en",
            f"  - {'x' * 40}",
        ],
    ),
    (
        {"contacts.0.role.en": "Adviser"},
        ["    role: {de: Social-Media-Beraterin, en: Social media adviser}"],
        ["    role: {de: Social-Media-Beraterin, en: Adviser}"],
    ),
    (
        {"contacts.0.role": "Chef"},
        ["    role: {de: Social-Media-Beraterin, en: Social media adviser}"],
        ["    role: Chef"],
    ),
    (
        {"contacts.0.name": {"de": "M" * 40, "en": "N" * 40}},
        ["  - name: Mira Jansen"],
        ["  - name:", f"      de: {'M' * 40}", f"      en: {'N' * 40}"],
    ),
    ({"contacts.0.email": None}, ["    email: social@nordlicht.example"], []),
    (
        {"contacts.1": {"name": "Jo", "email": "jo@x.example"}},
        [],
        ["  - name: Jo", "    email: jo@x.example"],
    ),
    (
        {"taboo_topics": ["financial-figures", "mergers"]},
        [
            "  - id: strategy",
            "    speakers: [management]",
            "  - name: {de: Windpark Baltic 3, en: Baltic 3 wind farm}",
            "    speakers: [management, press]",
            "    why: {de: Noch geheim., en: Still secret.}",
            "    dont: {de: Wir bauen!, en: We build!}",
            "    do: {de: Fragt mich., en: Ask me.}",
        ],
        ["  - mergers"],
    ),
    (
        {"taboo_topics.0": {"id": "financial-figures", "speakers": ["ir"]}},
        ["  - financial-figures            # the first"],
        ["  - id: financial-figures", "    speakers: [ir]"],
    ),
    (
        {"taboo_topics.1.speakers.0": "press"},
        ["    speakers: [management]"],
        ["    speakers: [press]"],
    ),
    (
        {"taboo_topics.1.speakers": None},
        ["    speakers: [management]"],
        [],
    ),
    (
        {"taboo_topics.1.id": None, "taboo_topics.1.name": "X"},
        ["  - id: strategy", "    speakers: [management]"],
        ["  - speakers: [management]", "    name: X"],
    ),
    ({"links.training": "https://x.example"}, [], ["  training: https://x.example"]),
    (
        {"links.code_of_conduct": None},
        [
            "links:",
            "  code_of_conduct: https://intranet.nordlicht.example/code-of-conduct",
        ],
        [],
    ),
    (
        {"links": {"training": "https://x.example"}},
        ["  code_of_conduct: https://intranet.nordlicht.example/code-of-conduct"],
        ["  training: https://x.example"],
    ),
    (
        {"brand.color": "#0b5fa5", "extra.badge": "Blau"},
        [],
        ["brand:", '  color: "#0b5fa5"', "extra:", "  badge: Blau"],
    ),
    ({"brand.color": None}, [], []),
    ({"company.name": "Nordlicht Technik GmbH"}, [], []),
]


@pytest.mark.parametrize(("changes", "gone", "came"), CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_lines_of_the_value_change(
    pack: Pack,
    changes: Mapping[str, Any],
    gone: list[str],
    came: list[str],
    newline: str,
) -> None:
    before = ANSWERS.replace("\n", newline)

    after = edited_text(before, changes, pack)

    assert changed_lines(before, after) == (gone, came)
    assert after.count("\n") == after.count(newline)


def test_a_file_without_a_last_line_break_can_be_added_to(pack: Pack) -> None:
    text = "company:\n  name: Acme"

    assert (
        edited_text(text, {"company.sector": "other"}, pack)
        == "company:\n  name: Acme\n  sector: other"
    )


def test_a_value_that_was_empty_or_a_block_is_replaced(pack: Pack) -> None:
    text = (
        "company:\n  name: |\n    Acme\n    Ltd\n  sector:\n"
        "version:\n  owner:   # who?\n"
    )

    after = edited_text(
        text,
        {"company.name": "Acme", "company.sector": "other", "version.owner": "Jo"},
        pack,
    )

    assert after == (
        "company:\n  name: Acme\n  sector: other\nversion:\n  owner: Jo   # who?\n"
    )


def test_values_within_brackets_over_several_lines_can_be_changed(pack: Pack) -> None:
    text = "company: {name: A,\n  countries: [DE,\n    AT]}  # here\nlanguages: [de]\n"

    after = edited_text(
        text, {"company.countries": ["CH"], "company.sector": "other"}, pack
    )

    assert after == (
        "company: {name: A, countries: [CH], sector: other}  # here\nlanguages: [de]\n"
    )


def test_what_is_empty_within_brackets_once_its_last_value_is_gone_goes(
    pack: Pack,
) -> None:
    text = "contacts: [{name: Jo, email: a@b.de, role: {de: Chefin}}]\n"

    assert edited_text(text, {"contacts.0.role.de": None}, pack) == (
        "contacts: [{name: Jo, email: a@b.de}]\n"
    )


def test_what_cannot_be_changed_alone_is_said(pack: Pack) -> None:
    with raises(AnswersError, match=r"contacts\.7.* cannot be changed"):
        edited_text(ANSWERS, {"contacts.7": {"name": "Jo"}}, pack)


def test_a_wrong_value_leaves_the_file_alone(
    write: Callable[[str | bytes], Path], text: str, pack: Pack
) -> None:
    path = write(text)

    with pytest.raises(ProblemsError):
        edit_answers(path, {"version.owner": "Jo", "contacts.0.email": "no"}, pack)

    assert path.read_text(encoding="utf-8") == text


def test_byte_order_mark_and_mode_are_kept(
    write: Callable[[str | bytes], Path], text: str, pack: Pack
) -> None:
    path = write(b"\xef\xbb\xbf" + text.encode())
    path.chmod(0o640)

    assert edit_answers(path, {"version.owner": "Jo"}, pack)

    assert path.stat().st_mode & 0o777 == 0o640
    assert (
        path.read_bytes()
        == b"\xef\xbb\xbf" + text.replace("Jana Petersen", "Jo").encode()
    )
    assert not edit_answers(path, {"version.owner": "Jo"}, pack)


KEYS = {
    "company.name": True,
    "company.short_name": True,
    "contacts.0.name": True,
    "contacts.0.role": True,
    "contacts.0.role.de": False,
    "taboo_topics.2.why.en": False,
    "taboo_topics.2.dont": True,
    "version.owner": False,
}


@pytest.mark.slow
@pytest.mark.no_cover
@settings(deadline=None)
@given(key=st.sampled_from([*KEYS]), value=st.text(min_size=1))
def test_any_text_can_be_put_anywhere(key: str, value: str) -> None:
    try:
        cleaned = parse(Kind.TEXT, value)
    except Refused:
        assume(False)  # noqa: FBT003  # hypothesis' way to say that this is no example

    after = edited_text(ANSWERS, {key: value}, PACK)

    gone, _ = changed_lines(ANSWERS, after)
    assert len(gone) <= 1
    found: Any = check_text(after, Path("guideline.yml"), pack=PACK).data
    for part in key.split("."):
        found = found[int(part)] if part.isdigit() else found[part]
    assert found == cleaned


@pytest.mark.slow
@settings(deadline=None)
@given(
    names=st.lists(
        st.sampled_from(
            ["mergers", "litigation", "competitors", "strategy", "premises"]
        ),
        unique=True,
        min_size=1,
    )
)
def test_any_list_can_become_any_other(names: list[Any]) -> None:
    after = edited_text(ANSWERS, {"taboo_topics": names}, PACK)

    assert edited_text(after, {"taboo_topics": names}, PACK) == after
    assert "# The end.\n" in after


def test_the_file_can_be_read_after_each_case(
    pack: Pack, write: Callable[[str | bytes], Path], text: str
) -> None:
    path = write(text)

    edit_answers(path, {"taboo_topics.1.speakers": ["press", "ir"]}, pack)

    data: Any = read_plain(path).data
    assert data["taboo_topics"][1] == {"id": "strategy", "speakers": ["press", "ir"]}


def test_a_new_part_comes_after_the_comments_of_the_part_before(
    write: Callable[[str | bytes], Path], text: str
) -> None:
    path = write(text.replace("# The end.\n", "  # review_months: 12\n# The end.\n"))

    edit_answers(path, {"brand.color": "#112233"}, PACK)

    assert path.read_text(encoding="utf-8").endswith(
        '  # review_months: 12\nbrand:\n  color: "#112233"\n# The end.\n'
    )
