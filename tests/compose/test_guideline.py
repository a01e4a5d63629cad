from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.samples import answers_with
from tests.wording import hint_of, raises

from guidegen.compose.guideline import compose
from guidegen.compose.unused import unused_answers
from guidegen.declension import bare
from guidegen.errors import PackError
from guidegen.model.answers import Acknowledgement, Answers, TopicAnswer
from guidegen.model.guideline import Guideline
from guidegen.model.pack import Pack
from guidegen.model.question import applies
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("dell")


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return answers_with(tmp_path)


def _sections(guideline: Guideline) -> list[str]:
    return [section.id for page in guideline.pages for section in page.sections]


# --- conditions


@pytest.mark.parametrize(
    ("answer", "wanted", "expected"),
    [
        ("bank", ("bank", "listed"), True),
        ("retail", ("bank", "listed"), False),
        (("DE", "US"), ("US",), True),
        (["DE"], ("US",), False),
        ((), ("US",), False),
        (True, ("true",), True),
        (False, ("true",), False),
        (False, ("false",), True),
        (12, ("12",), True),
        ("x", ("set",), True),
        (False, ("set",), True),
        (None, ("set",), False),
        ("", ("set",), False),
        ((), ("set",), False),
        (None, ("unset",), True),
        ("", ("unset",), True),
        ("x", ("unset",), False),
        (None, ("None",), False),
        ("x", ("unset", "x"), True),
    ],
)
def test_a_condition_matches_values_lists_and_whether_something_was_answered(
    answer: object, wanted: tuple[str, ...], *, expected: bool
) -> None:
    assert applies({"key": wanted}, lambda _: answer) is expected


def test_all_keys_of_a_condition_must_match() -> None:
    answers = {"a": "1", "b": "2"}

    assert applies({}, answers.get)
    assert applies({"a": ("1",), "b": ("2",)}, answers.get)
    assert not applies({"a": ("1",), "b": ("3",)}, answers.get)


def test_a_section_appears_when_its_condition_matches(
    answers: Answers, pack: Pack
) -> None:
    front = pack.pages[0]
    nice = next(section for section in front.sections if section.id == "nice")
    conditions = {
        "links.training": ("unset",),
        "company.sector": ("other", "bank"),
        "extra.badge": ("blue",),
    }
    page = replace(front, sections=(replace(nice, when=conditions),))
    changed = replace(pack, pages=(page,))
    blue = replace(answers, extra={"badge": "blue"})

    assert _sections(compose(blue, changed, "de")) == ["nice"]
    assert _sections(compose(answers, changed, "de")) == []


# --- variants


def test_german_is_du_or_sie_and_sie_falls_back_to_the_same_text(
    answers: Answers, pack: Pack
) -> None:
    sie = replace(answers, address="sie")
    words = replace(
        pack,
        labels={
            **pack.labels,
            "ask": LocalText.of(
                {"de": "Frag!", "de-formal": "Fragen Sie!", "en": "Ask!"}
            ),
            "open": LocalText.of({"de": "Öffnen", "en": "Open"}),
        },
    )

    du_text = compose(answers, words, "de")
    sie_text = compose(sie, words, "de")
    english = compose(sie, words, "en")

    assert (du_text.language, du_text.variant) == ("de", "de")
    assert (sie_text.language, sie_text.variant) == ("de", "de-formal")
    assert (english.language, english.variant) == ("en", "en")
    assert [each.labels["ask"] for each in (du_text, sie_text, english)] == [
        "Frag!",
        "Fragen Sie!",
        "Ask!",
    ]
    assert [each.labels["open"] for each in (du_text, sie_text)] == ["Öffnen", "Öffnen"]
    assert sie_text.pages[0].sections[0].path.parent.name == "de-formal"


def test_an_answer_for_each_language_or_one_for_all(
    answers: Answers, pack: Pack
) -> None:
    name = LocalText.of({"de": "Nordlicht", "en": "Northern Light"})
    both = replace(answers, company=replace(answers.company, name=name))

    assert compose(both, pack, "de").company_name == "Nordlicht"
    assert compose(both, pack, "en").company_name == "Northern Light"
    assert compose(both, pack, "en").company.name == "Nordlicht"


def test_the_company_s_own_wording_wins(answers: Answers, pack: Pack) -> None:
    own = answers.folder / "sections" / "de"
    own.mkdir(parents=True)
    (own / "nice.md").write_bytes("\ufeff## Höflich {: #nice }\r\n".encode())

    sections = {
        section.id: section
        for section in compose(answers, pack, "de").pages[0].sections
    }

    assert sections["nice"].source == "## Höflich {: #nice }\n"
    assert sections["nice"].path == own / "nice.md"
    assert sections["law"].path.is_relative_to(pack.folders[0])


def test_a_section_that_is_not_utf_8_is_named(answers: Answers, pack: Pack) -> None:
    own = answers.folder / "sections" / "de"
    own.mkdir(parents=True)
    (own / "nice.md").write_bytes("## Höflich".encode("latin-1"))

    with raises(PackError, match="cannot be read as UTF-8") as caught:
        compose(answers, pack, "de")

    assert caught.value.path == own / "nice.md"
    assert hint_of(caught.value) == "save the file as UTF-8"


def test_a_section_without_a_text_is_named(answers: Answers, pack: Pack) -> None:
    lost = replace(pack.pages[0].sections[0], id="lost")
    broken = replace(pack, pages=(replace(pack.pages[0], sections=(lost,)),))

    with raises(PackError, match="“lost” has no text for “de”"):
        compose(answers, broken, "de")


# --- Switzerland, as packs knew it that had no files for countries


def _with_sharp_s(pack: Pack, folder: Path) -> Pack:
    """Return a pack with a ß in every kind of its texts."""
    sharp = LocalText.of({"de": "Größe", "en": "Größe"})
    sections = folder / "pack" / "sections" / "de"
    sections.mkdir(parents=True)
    (sections / "nice.md").write_text("## Spaß {: #nice }\n", encoding="utf-8")
    return replace(
        pack,
        country_specs={},
        levels={},
        names=None,
        folders=(folder / "pack", *pack.folders),
        title=sharp,
        magic_sentence=LocalText.of("Ich heiße [Name] und arbeite für {company}."),
        pages=tuple(replace(page, title=sharp) for page in pack.pages),
        roles=dict.fromkeys(pack.roles, sharp),
        lights=dict.fromkeys(("red", "amber"), sharp),
        labels=dict.fromkeys(pack.labels, sharp),
        catalogue={
            key: replace(
                topic, name=sharp, why=sharp, dont=sharp, do=sharp, not_covered=sharp
            )
            for key, topic in pack.catalogue.items()
        },
    )


def _pack_words(guideline: Guideline) -> set[str]:
    """Return the words that all stood as Größe in the pack."""
    figures = guideline.topics[0]
    return {
        guideline.title,
        guideline.speaker.name,
        *(page.title for page in guideline.pages),
        *guideline.labels.values(),
        *(speaker for topic in guideline.topics for speaker in topic.speakers),
        *(topic.light_label for topic in guideline.topics),
        *(figures.name, figures.why, figures.dont, figures.do),
        figures.not_covered or "",
    }


def test_where_all_are_swiss_the_pack_writes_ss_and_the_answers_stay(
    tmp_path: Path, pack: Pack
) -> None:
    answers = answers_with(tmp_path, "Weiß & Söhne")
    swiss = replace(answers, company=replace(answers.company, countries=("CH",)))
    own = tmp_path / "sections" / "de"
    own.mkdir(parents=True)
    (own / "law.md").write_text("## Außerdem {: #law }\n", encoding="utf-8")

    guideline = compose(swiss, _with_sharp_s(pack, tmp_path), "de")

    sections = {section.id: section.source for section in guideline.pages[0].sections}
    assert _pack_words(guideline) == {"Grösse"}
    assert guideline.magic.text == "Ich heisse [Name] und arbeite für Weiß & Söhne."
    assert sections["nice"] == "## Spass {: #nice }\n"
    assert sections["law"] == "## Außerdem {: #law }\n"
    assert guideline.company_name == "Weiß & Söhne"
    assert guideline.topics[1].dont == "Weiß & Söhne"
    assert guideline.topics[2].name == "Weiß & Söhne"


@pytest.mark.parametrize(
    ("countries", "language"), [(("DE",), "de"), (("CH", "DE"), "de"), (("CH",), "en")]
)
def test_elsewhere_the_pack_keeps_its_sharp_s(
    countries: tuple[str, ...], language: str, answers: Answers, pack: Pack
) -> None:
    mixed = replace(answers, company=replace(answers.company, countries=countries))

    guideline = compose(mixed, _with_sharp_s(pack, answers.folder), language)

    assert _pack_words(guideline) == {"Größe"}


# --- the magic sentence


@pytest.mark.parametrize(
    ("name", "language", "nine"),
    [
        ("Dell", "de", True),
        ("Dell", "en", True),
        ("Müller-Lüdenscheidt", "de", True),
        ("Nordlicht Technik", "de", False),
        ("Nordlicht Technik", "en", False),
        ("Bright & Early", "en", False),
        ("Nord\u00a0Licht", "de", False),
        ("Foo [Bar]", "en", False),
        ("[Bar]", "en", True),
    ],
)
def test_nine_words_are_only_promised_where_there_are_nine(
    name: str, language: str, *, nine: bool, answers: Answers, pack: Pack
) -> None:
    company = replace(answers.company, short_name=LocalText.of(name))

    magic = compose(replace(answers, company=company), pack, language).magic

    assert magic.nine_words is nine
    assert magic.text.endswith(f" {name}.")
    assert "{company}" not in magic.text


def test_another_sentence_of_another_length_has_no_nine_words(
    answers: Answers, pack: Pack
) -> None:
    short = replace(pack, magic_sentence=LocalText.of("Ich arbeite für {company}."))

    assert not compose(answers, short, "de").magic.nine_words


# --- version


@pytest.mark.parametrize(
    ("day", "months", "review"),
    [
        ((2026, 12, 1), 12, (2027, 12, 1)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
        ((2027, 1, 31), 1, (2027, 2, 28)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2028, 2, 29), 48, (2032, 2, 29)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2026, 8, 31), 1, (2026, 9, 30)),
        ((2026, 12, 31), 24, (2028, 12, 31)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
    ],
)
def test_the_next_review_is_the_same_day_months_later_or_the_month_s_last(
    day: tuple[int, int, int],
    months: int,
    review: tuple[int, int, int],
    answers: Answers,
    pack: Pack,
) -> None:
    version = replace(answers.version, valid_from=dt.date(*day), review_months=months)

    made = compose(replace(answers, version=version), pack, "de").version

    assert made.valid_from == dt.date(*day)
    assert made.next_review == dt.date(*review)


# --- contacts, links, topics


def test_what_was_not_answered_is_none(answers: Answers, pack: Pack) -> None:
    guideline = compose(answers, pack, "de")

    assert dict(guideline.links) == {
        "code_of_conduct": "https://nordlicht.example/code"
    }
    second = guideline.contacts[1]
    assert (second.role, second.email, second.chat) == (None, None, None)


def test_a_topic_of_the_catalogue_is_taken_as_it_is(
    answers: Answers, pack: Pack
) -> None:
    topic = compose(answers, pack, "en").topics[0]

    entry = pack.catalogue["financial-figures"]
    assert topic.id == "financial-figures"
    assert topic.name == entry.name.get("en")
    assert topic.why == entry.why.get("en")
    assert topic.light == entry.light
    assert topic.level == entry.level
    assert topic.speakers == tuple(
        bare(pack.roles[role]).get("en") for role in entry.speakers
    )
    assert topic.who == "senior management and the press office"


def test_a_topic_of_the_catalogue_can_be_changed_in_parts(
    answers: Answers, pack: Pack
) -> None:
    topic = compose(answers, pack, "de").topics[1]

    entry = pack.catalogue["strategy"]
    assert topic.id == "strategy"
    assert topic.speakers == ("Geschäftsleitung",)
    assert topic.dont == "Nordlicht"
    assert topic.name == entry.name.get("de")
    assert topic.do == entry.do.get("de")


def test_a_topic_of_the_company_s_own_is_for_named_speakers_and_numbered(
    answers: Answers, pack: Pack
) -> None:
    topic = compose(answers, pack, "de").topics[2]

    assert topic.id == "own-3"
    assert topic.name == "Nordlicht"
    assert (topic.level, topic.light) == ("only", "red")
    assert topic.light_label.startswith(pack.levels["only"].title.get("de"))
    assert topic.speakers == ("Pressestelle",)
    assert topic.who == "die Pressestelle"
    assert topic.not_covered is None


def test_an_own_topic_may_leave_out_all_but_its_name(
    answers: Answers, pack: Pack
) -> None:
    bare = replace(answers.taboo_topics[2], speakers=(), why=None, dont=None, do=None)

    topic = compose(replace(answers, taboo_topics=(bare,)), pack, "de").topics[0]

    assert topic.id == "own-1"
    assert (topic.speakers, topic.why, topic.dont, topic.do) == ((), "", "", "")


def test_where_another_role_speaks_for_the_company_no_press_office_is_named(
    answers: Answers, pack: Pack
) -> None:
    craft = replace(answers, company=replace(answers.company, speakers=("management",)))

    guideline = compose(craft, pack, "de")

    assert guideline.speaker.nominative == "die Geschäftsleitung"
    assert guideline.topics[0].speakers == ("Geschäftsleitung",)


def test_answers_to_the_pack_s_own_questions_are_handed_on(
    answers: Answers, pack: Pack
) -> None:
    extra: dict[str, LocalText | int | bool] = {
        "motto": LocalText.of({"de": "Hell", "en": "Bright"}),
        "members": 12,
        "open": True,
    }

    guideline = compose(replace(answers, extra={**extra}), pack, "en")

    assert dict(guideline.extra) == {"motto": "Bright", "members": 12, "open": True}


# --- the acknowledgement


def test_a_page_to_confirm_receipt_is_there_only_if_asked_for(
    answers: Answers, pack: Pack
) -> None:
    form = LocalText.of({"de": "https://x.example/de", "en": "https://x.example/en"})
    asked = replace(answers, acknowledgement=Acknowledgement(form=form))

    without, german, english = (
        compose(answers, pack, "de"),
        compose(asked, pack, "de"),
        compose(asked, pack, "en"),
    )

    assert without.acknowledgement is None
    assert "acknowledgement" not in [page.id for page in without.pages]
    assert german.pages[-1].id == "acknowledgement"
    assert german.pages[-1].stamped
    assert german.acknowledgement is not None
    assert german.acknowledgement.form == "https://x.example/de"
    assert english.acknowledgement is not None
    assert english.acknowledgement.form == "https://x.example/en"


def test_an_older_pack_without_that_page_is_named(answers: Answers, pack: Pack) -> None:
    asked = replace(answers, acknowledgement=Acknowledgement(slip=True))
    older = replace(pack, pages=pack.pages[:-1])

    notes = [
        *unused_answers(asked, pack),
        *unused_answers(answers, older),
        *unused_answers(asked, older),
    ]

    assert [note.message for note in notes] == ["compose-acknowledgement-unused"]


def test_a_pack_that_cannot_say_what_holds_in_one_country_only_is_named(
    answers: Answers, pack: Pack
) -> None:
    company = replace(answers.company, countries=("DE", "US"))
    both = replace(answers, company=company)
    own = replace(pack, pages=pack.pages[:1])

    notes = [
        *unused_answers(both, pack),
        *unused_answers(answers, own),
        *unused_answers(both, own),
        *unused_answers(both, replace(own, country_specs={})),
    ]

    assert [note.message for note in notes] == ["compose-abroad-unused"]


def test_a_topic_about_which_nobody_speaks_needs_no_speakers(
    answers: Answers, pack: Pack
) -> None:
    never = next(each for each in pack.catalogue.values() if each.level == "never")

    def with_topic(topic: TopicAnswer) -> Answers:
        return replace(answers, taboo_topics=(topic,))

    notes = [
        *unused_answers(with_topic(TopicAnswer(id=never.id)), pack),
        *unused_answers(
            with_topic(TopicAnswer(id=never.id, level="only", speakers=("press",))),
            pack,
        ),
        *unused_answers(with_topic(TopicAnswer(id=never.id, speakers=("hr",))), pack),
    ]

    assert [(note.message, note.values) for note in notes] == [
        ("compose-speakers-unused", {"topic": never.id})
    ]
