"""The answers that fit a guideline to a company: read, built, written as data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answers.conftest import ANSWERS
from tests.wording import MESSAGES

from guidegen.answers.build import build
from guidegen.answers.data import answers_data, put_in
from guidegen.answers.edit import edited_text
from guidegen.answers.json_schema import json_schema
from guidegen.answers.new import new_answers
from guidegen.answers.read import check_text
from guidegen.errors import ProblemsError
from guidegen.model.answers import Answers, SectionAnswer
from guidegen.model.pack import Pack
from guidegen.model.question import Kind, Question
from guidegen.model.text import ALL, LocalText
from guidegen.schema.scalars import Plain

pytestmark = pytest.mark.slow

FULL = """\
languages: [de, en]
title: {de: Leitfaden Social Media, en: Social media guide}
document:
  {number: 3.5, classification: {de: intern, en: internal}, approved_by: Dr. Eva Roth}
company:
  name: Städtisches Klinikum Lindenau gGmbH
  short_name: Klinikum Lindenau
  forms:
    nominative: das Klinikum Lindenau
    dative: {de: dem Klinikum Lindenau, en: Klinikum Lindenau}
  sector: health
  listed: ja
  countries: [DE, AT]
  seat: AT
  works_council: mav
  speaker: [press, pflege-nord, nursing, Dr. Mira Öztürk, {de: Team Rot, en: Team Red}]
roles:
  pflege-nord: {de: die Pflegeleitung Nord, en: nursing management North}
contacts:
  - name: Team Social
    email: {de: social@klinikum.example, en: hello@klinikum.example}
    answers_within: {de: am selben Arbeitstag, en: on the same working day}
    out_of_hours: "+49 170 1234567"
  - name: Ana Horvat
    role: Beratung
    phone: "110"
    languages: [de]
    countries: [AT]
taboo_topics:
  - financial-figures
  - {id: strategy, level: ask, speakers: pflege-nord}
  - name: Patienten
    level: never
    why: Schweigepflicht.
    dont: Herr M. ist wieder da!
    do: Frag mich nach meinem Beruf.
sections:
  - crisis
  - {id: dress-code, after: law, as: rule}
  - employer-reviews
version:
  owner: {de: Unternehmenskommunikation, en: Corporate communications}
  valid_from: 2026-12-01
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with a section of the company's own."""
    for language in ("de", "en"):
        folder = tmp_path / "sections" / language
        folder.mkdir(parents=True)
        (folder / "dress-code.md").write_text("## Kleidung\n", "utf-8")
    return tmp_path / "guideline.yml"


@pytest.fixture
def full(project: Path, fitting: Pack) -> Answers:
    """Return the answers of a company that says everything."""
    read = check_text(FULL, project, pack=fitting)
    return build(read.data, project.parent, fitting)


def said(text: str, path: Path, pack: Pack) -> list[tuple[int | None, object, str]]:
    """Return line, key and message of each problem."""
    with pytest.raises(ProblemsError) as caught:
        check_text(text, path, pack=pack)
    return [
        (each.line, each.values.get("key"), each.message)
        for each in caught.value.problems
    ]


def test_what_fits_a_guideline_to_a_company_becomes_values(full: Answers) -> None:
    company, (first, second) = full.company, full.contacts

    assert (company.listed, company.seat, company.stated_seat) == (True, "AT", "AT")
    assert (company.works_council, company.works_council_kind) == (True, "mav")
    assert company.speakers == (
        *("press", "pflege-nord", "nursing"),
        LocalText.of("Dr. Mira Öztürk"),
        LocalText.of({"de": "Team Rot", "en": "Team Red"}),
    )
    assert company.forms["nominative"] == LocalText.of({"de": "das Klinikum Lindenau"})
    assert company.forms["nominative"].find("en") is None
    assert company.forms["dative"].get("en") == "Klinikum Lindenau"
    assert full.title == LocalText.of(
        {"de": "Leitfaden Social Media", "en": "Social media guide"}
    )
    assert full.document
    assert full.document.number == LocalText.of("3.5")
    assert list(full.roles) == ["pflege-nord"]
    assert first.email
    assert first.email.get("en") == "hello@klinikum.example"
    assert first.out_of_hours == LocalText.of("+49 170 1234567")
    assert (second.languages, second.countries) == (("de",), ("AT",))
    assert [topic.level for topic in full.taboo_topics] == [None, "ask", "never"]
    assert full.taboo_topics[1].speakers == ("pflege-nord",)
    assert full.sections == (
        SectionAnswer(id="crisis"),
        SectionAnswer(id="dress-code", after="law", placement="rule"),
        SectionAnswer(id="employer-reviews"),
    )
    assert full.version.owner.get("en") == "Corporate communications"


def test_what_was_not_answered_is_not_in_the_data(
    tmp_path: Path, fitting: Pack
) -> None:
    read = check_text(ANSWERS, tmp_path / "guideline.yml", pack=fitting)
    data = answers_data(build(read.data, tmp_path, fitting))

    assert list(data) == [
        *("pack", "languages", "address", "company", "contacts", "links"),
        *("taboo_topics", "version", "brand", "extra"),
    ]
    company = data["company"]
    assert isinstance(company, dict)
    assert (company["speaker"], company["works_council"]) == ("press", True)
    assert list(company) == [
        *("name", "short_name", "sector", "countries", "works_council", "speaker"),
    ]


def test_what_was_answered_is_in_the_data_under_the_keys_of_the_file(
    full: Answers,
) -> None:
    data = answers_data(full)

    company = data["company"]
    assert isinstance(company, dict)
    assert company["speaker"] == [
        *("press", "pflege-nord", "nursing", "Dr. Mira Öztürk"),
        {"de": "Team Rot", "en": "Team Red"},
    ]
    assert (company["seat"], company["listed"]) == ("AT", True)
    assert company["works_council"] == "mav"
    assert data["sections"] == [
        {"id": "crisis"},
        {"id": "dress-code", "after": "law", "as": "rule"},
        {"id": "employer-reviews"},
    ]
    assert data["document"] == {
        "number": "3.5",
        "classification": {"de": "intern", "en": "internal"},
        "approved_by": "Dr. Eva Roth",
    }


@pytest.mark.parametrize(
    ("countries", "seat", "expected"),
    [
        ("[US, DE]", None, "en-us"),
        ("[DE, US]", None, "en"),
        ("[DE]", "US", "en-us"),
        ("[US]", "GB", "en"),
    ],
)
def test_english_is_american_where_the_seat_is(  # three are fixtures
    tmp_path: Path,
    fitting: Pack,
    plain_pack: Pack,
    countries: str,
    seat: str | None,
    expected: str,
) -> None:
    text = ANSWERS.replace("[DE]", countries)
    stated = text.replace("  works_", f"  seat: {seat}\n  works_") if seat else text
    path = tmp_path / "guideline.yml"

    answers = build(check_text(stated, path, pack=fitting).data, tmp_path, fitting)
    older = build(check_text(text, path, pack=plain_pack).data, tmp_path, plain_pack)

    assert answers.variant("en") == expected
    assert answers.variant("de") == "de"
    assert older.variant("en") == "en"


def test_an_american_text_may_differ_or_be_the_english_one(
    tmp_path: Path, fitting: Pack
) -> None:
    names = "{de: Leitung, en-us: Counselor}"
    path = tmp_path / "guideline.yml"
    text = ANSWERS.replace(
        "{de: Social-Media-Beraterin, en: Social media adviser}", names
    )

    assert check_text(text.replace("[DE]", "[US]"), path, pack=fitting).data


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "speaker: [press,",
            "speaker: [pres,",
            (16, "company.speaker.0", "answers-speaker-near"),
        ),
        (
            "speaker: [press,",
            "speaker: [zzz,",
            (16, "company.speaker.0", "answers-speaker"),
        ),
        (
            "  works_council: mav",
            "  works_council: maf",
            (15, "company.works_council", "value-choice-near"),
        ),
        (
            "speakers: pflege-nord",
            "speakers: [pflege-sued]",
            (31, "taboo_topics.1.speakers.0", "answers-speaker-near"),
        ),
        (
            "  pflege-nord: {de",
            "  Pflege Süd: a\n  pflege-nord: {de",
            (18, "roles", "answers-role-name"),
        ),
        ("seat: AT", "seat: FR", (14, "company.seat", "value-choice")),
        (
            "countries: [AT]",
            "countries: [AT, GB]",
            (28, "contacts.1.countries.1", "answers-country"),
        ),
        (
            "{de: Team Rot, en: Team Red}",
            "{de: press, en: Press}",
            (16, "company.speaker.4.de", "answers-speaker-language"),
        ),
        (
            "level: never",
            "level: nevr",
            (33, "taboo_topics.2.level", "value-choice-near"),
        ),
        (
            "    level: never\n",
            "",
            (32, "taboo_topics.2.speakers", "answers-topic-speakers"),
        ),
        (
            "    level: never\n",
            "    level: never\n    speakers: press\n",
            (34, "taboo_topics.2.speakers", "answers-level-speakers"),
        ),
        ("  - crisis\n", "  - crisiss\n", (38, "sections.0", "answers-section-near")),
        ("  - crisis\n", "  - zzzzzz\n", (38, "sections.0", "answers-section")),
        ("  - crisis\n", "  - protect\n", (38, "sections.0", "answers-section-always")),
        (
            "  - crisis\n",
            "  - employer-reviews\n",
            (40, "sections.2", "answers-section-twice"),
        ),
        ("  - crisis\n", "  - ../../etc\n", (38, "sections.0", "answers-section-name")),
        (
            "after: law",
            "after: lawn",
            (39, "sections.1.after", "answers-section-after-near"),
        ),
        (
            "after: law",
            "after: dress-code",
            (39, "sections.1.after", "answers-section-after"),
        ),
        (
            "after: law",
            "after: employer-reviews",
            (39, "sections.1.after", "answers-section-after"),
        ),
        ("level: never", "light: amber", (33, "taboo_topics.2.light", "answers-light")),
        ("as: rule", "as: page", (39, "sections.1.as", "value-choice")),
        (
            "languages: [de]\n    c",
            "languages: [fr]\n    c",
            (27, "contacts.1.languages.0", "value-choice"),
        ),
        (
            "    answers_within",
            "    languages: [de]\n    answers_within",
            (19, "contacts", "answers-contact-none"),
        ),
        (
            "en: hello@klinikum.example",
            "en: hello",
            (21, "contacts.0.email.en", "value-email"),
        ),
        (
            'out_of_hours: "+49 170 1234567"',
            "out_of_hours: immer",
            (23, "contacts.0.out_of_hours", "value-phone"),
        ),
    ],
)
def test_a_mistake_is_named_where_it_stands(
    project: Path, fitting: Pack, old: str, new: str, expected: tuple[int, str, str]
) -> None:
    assert old in FULL

    assert expected in said(FULL.replace(old, new), project, fitting)


def test_a_contact_in_a_language_that_the_guideline_has_not_is_named(
    project: Path, fitting: Pack
) -> None:
    text = FULL.replace("languages: [de, en]\n", "languages: [en]\n")

    assert (27, "contacts.1.languages.0", "answers-contact-language") in said(
        text, project, fitting
    )


def test_an_own_section_needs_a_text_in_some_language(
    project: Path, fitting: Pack
) -> None:
    (project.parent / "sections" / "en" / "dress-code.md").unlink()
    assert check_text(FULL, project, pack=fitting).data

    (project.parent / "sections" / "de" / "dress-code.md").unlink()
    with pytest.raises(ProblemsError) as caught:
        check_text(FULL, project, pack=fitting)

    (problem,) = caught.value.problems
    assert problem.message == "answers-section"
    assert problem.values["file"] == "sections/de/dress-code.md"


def test_a_role_of_one_sector_is_none_in_another(project: Path, fitting: Pack) -> None:
    text = FULL.replace("sector: health", "sector: bank")

    assert said(text, project, fitting) == [
        (16, "company.speaker.2", "answers-speaker")
    ]


def test_a_mistake_before_it_does_not_move_another(
    project: Path, fitting: Pack
) -> None:
    text = FULL.replace("  - financial-figures", "  - qqqqqq").replace(
        "speakers: pflege-nord", "speakers: pflege-sud"
    )

    assert said(text, project, fitting) == [
        (30, "taboo_topics.0", "answers-topic"),
        (31, "taboo_topics.1.speakers", "answers-speaker-near"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("  works_council", "  listed: true\n  works_council", "company.listed"),
        ("  works_council", "  seat: DE\n  works_council", "company.seat"),
        ("  works_council", "  forms: {dative: N}\n  works_council", "company.forms"),
        ("works_council: true", "works_council: mav", "company.works_council"),
        ("    phone", "    answers_within: a\n    phone", "contacts.0.answers_within"),
        ("    phone", "    out_of_hours: '110'\n    phone", "contacts.0.out_of_hours"),
        ("    phone", "    countries: [DE]\n    phone", "contacts.0.countries"),
        ("id: strategy", "id: strategy\n    level: never", "taboo_topics.1.level"),
        ("version:", "sections: [crisis]\nversion:", "sections"),
    ],
)  # fmt: skip
def test_texts_from_before_cannot_say_what_they_do_not_know(
    tmp_path: Path, plain_pack: Pack, old: str, new: str, key: str
) -> None:
    text = ANSWERS.replace(old, new, 1)

    (problem,) = said(text, tmp_path / "guideline.yml", plain_pack)

    assert problem[1] == key


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - id: strategy", "  - id: strategy\n    level: ask"),
        ("  works_council", "  speaker: [press, Bürgermeisterin]\n  works_council"),
        ("  phone", "  languages: [de, en]\n    phone"),
        ("contacts:", "title: Leitfaden\ndocument: {number: 3}\ncontacts:"),
        ("contacts:", "roles: {werk: Werkleitung}\ncontacts:"),
        ("owner: Jana Petersen", "owner: {de: Kommunikation, en: Communications}"),
    ],
)
def test_texts_from_before_can_say_the_rest(
    tmp_path: Path, plain_pack: Pack, old: str, new: str
) -> None:
    text = ANSWERS.replace(old, new, 1)

    assert check_text(text, tmp_path / "guideline.yml", pack=plain_pack).data


def test_a_new_file_says_all_of_it_and_is_read_as_it_was(
    project: Path, fitting: Pack, full: Answers
) -> None:
    data = check_text(FULL, project, pack=fitting).data

    written = new_answers(data, fitting)
    again = build(
        check_text(written, project, pack=fitting).data, project.parent, fitting
    )

    assert again == full


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("company.speaker", "management"),
        ("company.speaker", ["management", {"de": "Team Rot", "en": "Team Red"}]),
        ("company.speaker.0", "management"),
        ("company.forms.accusative", "das Klinikum"),
        ("company.works_council", True),
        ("roles.werkleitung", "Werkleitung"),
        ("roles", {"pflege-nord": "Pflege", "werk": "Werkleitung"}),
        ("contacts.1.email", {"de": "a@klinikum.example"}),
        ("contacts.0.languages", ["en"]),
        ("taboo_topics.0", {"id": "financial-figures", "level": "never"}),
        ("taboo_topics.1.speakers", ["Vorstand", "press"]),
        ("sections", ["employer-reviews"]),
        ("sections.1.as", "help"),
        ("sections.0", {"id": "crisis", "after": "law"}),
        ("version.owner", "Vorstand"),
        ("document", None),
        ("title", None),
    ],
)
def test_each_can_be_edited(
    project: Path, fitting: Pack, key: str, value: object
) -> None:
    text = edited_text(FULL, {key: value}, fitting)  # type: ignore[dict-item]

    assert check_text(text, project, pack=fitting).data
    assert text.count("\n") >= FULL.count("\n") - 3


def test_editors_know_roles_and_take_names(fitting: Pack) -> None:
    schema = json_schema(fitting)["properties"]
    role, name, names, several = schema["company"]["properties"]["speaker"]["anyOf"]

    assert role["enum"][0] == next(iter(fitting.roles))
    assert "nursing" in role["enum"]
    assert name["type"] == "string"
    assert "anyOf" not in names["properties"]["de"]
    assert several["type"] == "array"
    council, either = schema["company"]["properties"]["works_council"]["anyOf"]
    assert council["enum"] == ["mav", "personalrat"]
    assert either == {"type": "boolean"}
    levels = schema["taboo_topics"]["items"]["anyOf"][1]["properties"]["level"]
    assert levels["enum"] == ["never", "only", "ask"]


@settings(deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=60),
        st.text(alphabet="{}[]:#&*!|>%@`'\"\\<a-z\u202e\u0000\u2028ß", max_size=20),
    ),
    key=st.sampled_from(
        [
            *(
                "title",
                "document.approved_by",
                "company.forms.dative",
                "company.speaker",
            ),
            *("contacts.0.answers_within", "roles.pflege-nord", "version.owner"),
            *("taboo_topics.1.speakers", "contacts.0.name"),
        ]
    ),
)
def test_any_text_is_kept_as_it_is_or_refused(
    text: str, key: str, fitting: Pack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plain = FULL.replace("  - {id: dress-code, after: law, as: rule}\n", "")
    path = tmp_path_factory.getbasetemp() / "guideline.yml"
    try:
        written = edited_text(plain, {key: text}, fitting)
        data = check_text(written, path, pack=fitting).data
    except ProblemsError as error:
        # Refused for what it is, with a line; nothing else has gone wrong.
        lines = [each.line for each in error.problems if "yaml" not in each.message]
        assert all(lines)  # a text may be refused, and need not be
        return
    answers = answers_data(build(data, path.parent, fitting))
    folded = " ".join(text.split(" ")).strip()
    found: object = answers
    for part in key.split("."):
        found = found[int(part)] if isinstance(found, list) else found[part]  # type: ignore[index]
    if isinstance(found, list):
        (found,) = found
    if isinstance(found, dict):
        found = found.get("de", found.get(ALL))
    assert isinstance(found, str)
    assert "".join(found.split()) == "".join(folded.split())


@pytest.mark.parametrize("length", [1, 300, 301, 300_000])
def test_a_very_long_text_is_kept_or_refused(
    project: Path, fitting: Pack, length: int
) -> None:
    text = FULL.replace("Dr. Eva Roth", "ö" * length)

    if length <= 300:
        assert check_text(text, project, pack=fitting).data
    else:
        assert said(text, project, fitting) == [
            (4, "document.approved_by", "value-too-long")
        ]


def test_the_sector_listed_of_old_files_cannot_be_unlisted(
    tmp_path: Path, fitting: Pack
) -> None:
    text = ANSWERS.replace("sector: manufacturing", "sector: listed\n  listed: ?")
    path = tmp_path / "guideline.yml"

    assert check_text(text.replace("?", "true"), path, pack=fitting).data
    assert said(text.replace("?", "false"), path, fitting) == [
        (10, "company.listed", "answers-listed")
    ]


def test_the_fields_of_a_group_are_explained_where_they_stand(fitting: Pack) -> None:
    name = Question(
        id="dative",
        key="dative",
        kind=Kind.TEXT,
        text=LocalText.of("Nach „bei“?"),
        example=LocalText.of("der Stadt"),
    )
    forms = replace(
        name, id="forms", key="company.forms", kind=Kind.GROUP, fields=(name,)
    )
    asking = replace(fitting, questions=(forms,))

    company = json_schema(asking)["properties"]["company"]["properties"]

    assert company["forms"]["properties"]["dative"]["description"] == "Nach „bei“?"


PARTS = tuple(
    key
    for key in (
        *("languages", "title", "document", "document.number", "company", "roles"),
        *("company.forms", "company.forms.dative", "company.listed", "company.seat"),
        *("company.works_council", "company.speaker", "company.speaker.1"),
        *("company.countries", "company.sector", "roles.pflege-nord", "contacts"),
        *("contacts.0", "contacts.0.email", "contacts.0.languages", "contacts.1.role"),
        *("taboo_topics", "taboo_topics.1", "taboo_topics.1.speakers"),
        *("taboo_topics.2.level", "taboo_topics.2.name", "sections", "sections.1"),
        *("sections.1.id", "sections.1.after", "version", "version.owner"),
    )
)
VALUES = st.recursive(
    st.sampled_from(["", "x", "de", "press", "never", "crisis", "law", "3", "true"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["de", "en", "id", "name", "level", "speakers", "languages"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=5,
)


@settings(deadline=None)
@given(key=st.sampled_from(PARTS), value=VALUES)
def test_whatever_stands_there_is_read_or_refused(
    key: str, value: Plain, fitting: Pack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "guideline.yml"
    read = yaml.safe_load(FULL.replace("2026-12-01", "'2026-12-01'"))
    data = put_in(cast("dict[str, Plain]", read), key, value)
    text = yaml.safe_dump(data, allow_unicode=True)

    try:
        checked = check_text(text, path, pack=fitting)
    except ProblemsError as error:
        messages = {each.message for each in error.problems}
        assert messages <= MESSAGES.keys()
        return
    answers = build(checked.data, path.parent, fitting)
    assert all(answers.variant(language) for language in answers.languages)
    assert answers_data(answers)
