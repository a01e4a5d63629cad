"""Reading guideline.yml: what it says, and everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.wording import raises

from guidegen.answers.read import read_answers, read_pack, read_plain
from guidegen.errors import PackError, ProblemsError
from guidegen.model.answers import Acknowledgement
from guidegen.model.text import LocalText

Write = "Callable[[str | bytes], Path]"


def problems(path: Path) -> list[tuple[int | None, object, str]]:
    """Return line, key and message of all problems of a file."""
    with pytest.raises(ProblemsError) as raised:
        read_answers(path)
    assert all(problem.path == path for problem in raised.value.problems)
    return [
        (problem.line, problem.values.get("key"), problem.message)
        for problem in raised.value.problems
    ]


def test_answers_become_values(write: Callable[[str | bytes], Path], text: str) -> None:
    answers, pack = read_answers(write(text))

    assert pack.name == "dell"
    assert answers.languages == ("de", "en")
    assert answers.company.name.get("en") == "Nordlicht Technik GmbH"
    assert answers.company.works_council is True
    assert answers.company.speakers == ("press",)
    assert answers.contacts[0].role is not None
    assert answers.contacts[0].role.get("de") == "Social-Media-Beraterin"
    assert answers.contacts[0].phone == LocalText.of("+49 40 1234567")
    assert [topic.id for topic in answers.taboo_topics] == [
        "financial-figures",
        "strategy",
        None,
    ]
    assert answers.version.valid_from == dt.date(2026, 12, 1)
    assert answers.version.review_months == 12
    assert answers.brand.color is None


def test_an_acknowledgement_is_asked_for_or_there_is_none(
    write: Callable[[str | bytes], Path], text: str
) -> None:
    form = "  form: {de: 'https://x.example/{version}', en: https://y.example}\n"

    def asked(said: str) -> Acknowledgement | None:
        answers, _ = read_answers(write(f"{text}acknowledgement:\n{said}"))
        return answers.acknowledgement

    nothing = (asked("  slip: false\n"), asked(""), asked("  {}\n"))
    paper, online = asked("  slip: true\n"), asked(form)

    assert nothing == (None, None, None)
    assert paper == Acknowledgement(slip=True)
    assert online is not None
    assert online.form is not None
    assert online.form.get("de") == "https://x.example/{version}"
    assert (online.email, online.slip) == (None, False)


def test_what_need_not_be_said_has_a_default(
    write: Callable[[str | bytes], Path],
) -> None:
    answers, _ = read_answers(
        write(
            "languages: [en]\ncompany: {name: Acme, sector: other}\n"
            "contacts: [{name: Jo, chat: 'https://x.example'}]\n"
            "taboo_topics: [strategy]\n"
            "version: {owner: Jo, valid_from: 2027-01-01}\n"
        )
    )

    assert answers.pack == "dell"
    assert answers.address == "du"
    assert answers.company.short_name.get("en") == "Acme"
    assert answers.company.countries == ()
    assert answers.links == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Nordlicht Technik GmbH", "4711"),
        ("Nordlicht Technik GmbH", "NO"),
        ("Nordlicht Technik GmbH", "2026-12-01"),
        ("Nordlicht Technik GmbH", "0x10"),
        ("Nordlicht Technik GmbH", "1e3"),
        ("Nordlicht Technik GmbH", "true"),
    ],
)
def test_what_yaml_would_take_for_something_else_stays_text(
    write: Callable[[str | bytes], Path], text: str, old: str, new: str
) -> None:
    answers, _ = read_answers(write(text.replace(old, new)))

    assert answers.company.name.get("de") == new


def test_byte_order_mark_and_windows_line_ends_are_fine(
    write: Callable[[str | bytes], Path], text: str
) -> None:
    content = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()

    answers, _ = read_answers(write(content))

    assert answers.version.owner == LocalText.of("Jana Petersen")


def test_an_unknown_topic_is_named_with_the_command_that_lists_all(
    write: Callable[[str | bytes], Path], text: str
) -> None:
    path = write(text.replace("id: strategy", "id: qqqqq"))

    with raises(ProblemsError, match="choose from: .* “guidegen topics” lists them"):
        read_answers(path)


def test_all_mistakes_are_found_in_one_run(
    write: Callable[[str | bytes], Path],
) -> None:
    path = write(
        "langauges: [de]\n"
        "languages: [de, fr, de]\n"
        "company:\n"
        "  name: {en: A}\n"
        "  sector: bnk\n"
        "  sector: bank\n"
        "  countries: [NO, DE]\n"
        "  works_council: maybe\n"
        "contacts:\n"
        "  - name: Mira\n"
        "  - name: '  '\n"
        "    email: mira@\n"
        "    chat: javascript:alert(1)\n"
        "links: {trainings: https://x.example}\n"
        "taboo_topics: [strategy, strategy, stratgy, {name: Thema}]\n"
        "version:\n"
        "  valid_from: 31.02.2026\n"
        "  review_months: 99\n"
        "brand:\n"
        "  color: #0b5fa5\n"
        "  logo: ../logo.svg\n"
    )

    assert problems(path) == [
        (1, "langauges", "entry-unknown-key-near"),
        (2, "languages.1", "value-choice"),
        (2, "languages.2", "entry-twice"),
        (5, "company.sector", "value-choice-near"),
        (6, "company.sector", "entry-key-twice"),
        (7, "company.countries.0", "value-choice"),
        (8, "company.works_council", "value-choice"),
        (10, "contacts.0", "entry-one-of"),
        (11, "contacts.1.name", "value-empty"),
        (12, "contacts.1.email", "value-email"),
        (13, "contacts.1.chat", "value-url-kind"),
        (14, "links.trainings", "entry-unknown-key-near"),
        (15, "taboo_topics.1", "answers-topic-twice"),
        (15, "taboo_topics.2", "value-choice-near"),
        (15, "taboo_topics.3.why", "entry-missing"),
        (15, "taboo_topics.3.dont", "entry-missing"),
        (15, "taboo_topics.3.do", "entry-missing"),
        (15, "taboo_topics.3.speakers", "answers-topic-speakers"),
        (16, "version.owner", "entry-missing"),
        (17, "version.valid_from", "value-date-day"),
        (18, "version.review_months", "value-number-range"),
        (20, "brand.color", "value-color-hash"),
        (21, "brand.logo", "value-file-outside"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("format: 1", "format: 2", (2, "format", "answers-format")),
        ("company:", "compani:", (6, "compani", "entry-unknown-key-near")),
        ("[de, en]  ", "de  ", (4, "languages", "entry-needs-list")),
        ("[de, en]  ", "[]  ", (4, "languages", "entry-needs-entry")),
        ("[DE]", "[[DE]]", (10, "company.countries.0", "entry-needs-text")),
        (
            "role: {de: Social-Media-Beraterin, en: Social media adviser}",
            "role: [a]",
            (15, "contacts.0.role", "entry-needs-text"),
        ),
        (
            "version:\n  owner: Jana Petersen\n  valid_from: 2026-12-01",
            "version: 1",
            (31, "version", "entry-needs-map"),
        ),
        (
            "de: Windpark Baltic 3, en",
            "de: WIRTSCHAFTLICHE Kennzahlen, en",
            (26, "taboo_topics.2", "answers-topic-twice"),
        ),
        (
            "speakers: [management]",
            "speakers: []",
            (25, "taboo_topics.1.speakers", "entry-needs-entry"),
        ),
        ("owner: Jana Petersen", "owner: ~", (32, "version.owner", "value-empty")),
    ],
)
def test_a_mistake_is_named_with_its_line(
    write: Callable[[str | bytes], Path],
    text: str,
    old: str,
    new: str,
    expected: tuple[int, str, str],
) -> None:
    assert old in text

    assert expected in problems(write(text.replace(old, new)))


def test_the_same_contact_twice_is_a_mistake(
    write: Callable[[str | bytes], Path], text: str
) -> None:
    contact = "  - {name: Jo, email: jo@x.example}\n"
    path = write(text.replace("links:\n", f"{contact}{contact}links:\n"))

    assert problems(path) == [(19, "contacts.2", "answers-contact-twice")]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", None, "answers-empty-file"),
        (b"# only a comment\n", None, "answers-empty-file"),
        (b"- a list\n", 1, "answers-no-map"),
        (b"company:\n\tname: x\n", 2, "yaml-tab"),
        ("company: M\u00fcller\n".encode("latin-1"), 1, "yaml-encoding"),
        ("a: 1\nb: \u00fc\n".encode("latin-1"), 2, "yaml-encoding"),
        ("a: 1".encode("utf-16"), 1, "yaml-encoding"),
        (b"a: 1\nb: \x07\n", 2, "value-control"),
        (b"a: &x [1]\nb: [*x, *x]\n", 1, "yaml-alias"),
        (b"a: *x\n", 1, "yaml-alias"),
        (b"a: !!python/object:os.system x\n", 1, "yaml-tag"),
        (b"a: !own x\n", 1, "yaml-tag"),
        (b"a: 1\n---\nb: 2\n", 2, "yaml-several-documents"),
        (b"[" * 50_000, 1, "answers-too-deep"),
        (b"a: [" + b"1," * 30_000 + b"]\n", 1, "answers-too-deep"),
        (b"? [a]\n: b\n", 1, "yaml-key"),
        (b"a: b: c\n", 1, "yaml-colon"),
        (b"a:\n  b: c\n d: e\n", 3, "yaml-indent"),
        (b'a: 1\nb: "x\n', 2, "yaml-quote"),
        (b'a: 1\nb: "x\nc: 2\n# "y"\n', 2, "yaml-quote"),
        (b'a: 1\nb: "x"\nc: "y\nd: "e"\n', 3, "yaml-quote"),
        (b"a: [b, c\nd: e\n", 2, "yaml-bracket"),
        (b"a: @b\n", 1, "yaml-start"),
        (b"a: 1\nfoo\nb: 2\n", 2, "yaml-key"),
        (b"a: |7x\n  b\n", 1, "yaml-other"),
        (b"x" * 1_000_001, None, "answers-too-large"),
    ],
)
def test_a_file_that_is_no_answers_says_why(
    write: Callable[[str | bytes], Path],
    content: bytes,
    line: int | None,
    message: str,
) -> None:
    assert problems(write(content))[0] == (line, None, message)


def test_a_missing_file_or_a_folder_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path / "guideline.yml") == [(None, None, "answers-no-file")]
    assert problems(tmp_path) == [(None, None, "yaml-not-a-file")]


def test_what_is_shown_of_a_wrong_value_is_short_and_harmless(
    write: Callable[[str | bytes], Path],
) -> None:
    path = write('"\\e[31m' + "k" * 500 + '": 1\n')

    with pytest.raises(ProblemsError) as raised:
        read_answers(path)

    shown = str(raised.value.problems[-1].values["value"])
    assert shown.startswith("<U+001B>[31mkkk")
    assert len(shown) < 150


def test_a_wrong_pack_is_named_with_the_line_that_names_it(
    write: Callable[[str | bytes], Path],
) -> None:
    path = write("format: 1\npack: ./ours\n")

    with pytest.raises(PackError) as raised:
        read_answers(path)

    assert (raised.value.path, raised.value.line) == (path, 2)


def test_a_pack_of_the_companys_own_counts_from_the_file(
    write: Callable[[str | bytes], Path], text: str, tmp_path: Path
) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "pack.yml").write_text(
        "format: 1\nname: ours\nversion: 2.0.0\nextends: dell\n", encoding="utf-8"
    )
    (folder / "questions.yml").write_text(
        "questions:\n"
        "  - {id: badge, key: extra.badge, kind: local-text, text: Badge}\n"
        "  - {id: areas, key: extra.areas, kind: choices, text: Areas, choices:"
        " [{value: a, label: A}, {value: b, label: B}]}\n"
        "  - {id: age, key: extra.age, kind: number, text: Age, minimum: 3}\n",
        encoding="utf-8",
    )
    path = write(
        text.replace("pack: dell", "pack: ours")
        + "extra:\n  badge: {de: Blau, en: Blue}\n  areas: [a, b]\n  age: 7\n"
    )

    answers, pack = read_answers(path)

    assert pack.name == read_pack(path).name == "ours"
    assert answers.extra["areas"] == ("a", "b")
    assert answers.extra["age"] == 7
    assert read_answers(write(text), pack=folder)[1].name == "ours"


def test_part_of_the_answers_can_be_read(write: Callable[[str | bytes], Path]) -> None:
    path = write("company:\n  name: Acme\ncontacts:\n  - name: Jo\n")

    plain = read_plain(path, partial=True)

    assert plain.data == {"company": {"name": "Acme"}, "contacts": [{"name": "Jo"}]}
