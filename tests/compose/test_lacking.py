"""Texts of a company's own that lack a language or form of address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.samples import answers_with

from guidegen.answers.data import answers_data
from guidegen.answers.own_texts import answer_texts, with_variant
from guidegen.compose.lacking import AnswersInVariants
from guidegen.compose.lacking_sections import SectionsInVariants
from guidegen.compose.unused import unused_answers
from guidegen.files.digest import sha256
from guidegen.model.answers import Answers, DocumentAnswers, SectionAnswer, TopicAnswer
from guidegen.model.own_text import Basis
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText, in_language
from guidegen.pack.load import load_pack
from guidegen.schema.scalars import Plain

PARK = "taboo_topics.Windpark"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("dell")


@pytest.fixture
def german(tmp_path: Path) -> Answers:
    """Return the answers of a company that writes German and says Du."""
    text = LocalText.of
    plain = answers_with(tmp_path)
    return replace(
        plain,
        languages=("de",),
        title=text("Leitfaden für soziale Netze"),
        document=DocumentAnswers(number=text("DA 3"), classification=text("intern")),
        roles={"buying": text("die Leitung Einkauf")},
        contacts=(replace(plain.contacts[0], role=text("Beraterin")),),
        taboo_topics=(
            TopicAnswer(id="strategy", why=text("Es schadet.")),
            TopicAnswer(
                name=text("Windpark"),
                speakers=("buying",),
                why=text("Solange nichts unterschrieben ist, schadet es."),
                dont=text("Nächste Woche geht es los!"),
                do=text("Ich mag Wind."),
            ),
        ),
        version=replace(plain.version, owner=text("Kommunikation")),
    )


def _lacking(answers: Answers, pack: Pack, *before: Answers) -> list[tuple[str, str]]:
    bases = tuple(Basis(data=answers_data(each)) for each in before)
    texts = AnswersInVariants(answers=answers, pack=pack, bases=bases)
    return [(each.key, each.variant) for each in texts.missing]


def test_a_language_that_is_new_lacks_every_text_that_was_written_before(
    german: Answers, pack: Pack
) -> None:
    both = replace(german, languages=("de", "en"))

    assert _lacking(german, pack, german) == []
    assert _lacking(both, pack, german) == [
        (key, "en")
        for key in (
            *("title", "document.classification", "roles.buying"),
            "contacts.social@nordlicht.example.role",
            *("taboo_topics.strategy.why", f"{PARK}.name", f"{PARK}.why"),
            *(f"{PARK}.dont", f"{PARK}.do", "version.owner"),
        )
    ]


def test_a_language_may_come_in_place_of_another(german: Answers, pack: Pack) -> None:
    english = replace(german, languages=("en",))

    assert ("version.owner", "en") in _lacking(english, pack, german)


def test_without_anything_before_the_words_tell(german: Answers, pack: Pack) -> None:
    both = replace(german, languages=("de", "en"))

    found = [key for key, _ in _lacking(both, pack)]

    assert {"title", "roles.buying", "version.owner", f"{PARK}.why"} <= {*found}
    # A name or a word that both languages have serves both.
    english = replace(both.version, owner=LocalText.of("Mira Jansen"))
    assert ("version.owner", "en") not in _lacking(replace(both, version=english), pack)


def test_a_person_is_called_the_same_in_every_language(
    german: Answers, pack: Pack
) -> None:
    owner = LocalText.of("Svea Brandt")
    before = replace(german, version=replace(german.version, owner=owner))
    both = replace(before, languages=("de", "en"))

    assert ("version.owner", "en") not in _lacking(both, pack, before)


def test_what_was_right_for_both_stays_right(german: Answers, pack: Pack) -> None:
    both = replace(german, languages=("de", "en"))

    assert _lacking(both, pack, both) == []
    assert _lacking(both, pack, german, both) == []


def test_a_text_per_language_lacks_those_it_has_not(
    german: Answers, pack: Pack
) -> None:
    owner = LocalText.of({"de": "Kommunikation"})
    both = replace(
        german, languages=("de", "en"), version=replace(german.version, owner=owner)
    )

    assert ("version.owner", "en") in _lacking(both, pack, both)


def test_who_serves_one_language_needs_texts_in_that_alone(
    german: Answers, pack: Pack
) -> None:
    (contact,) = german.contacts
    both = replace(
        german,
        languages=("de", "en"),
        contacts=(replace(contact, languages=("de",)), replace(contact, role=None)),
    )

    found = [key for key, _ in _lacking(both, pack, german)]

    assert not [key for key in found if key.startswith("contacts")]


def test_another_form_of_address_lacks_sentences_but_no_names(
    german: Answers, pack: Pack
) -> None:
    sie = replace(german, address="sie")

    assert _lacking(sie, pack, german) == [
        (key, "de-formal")
        for key in (
            *("taboo_topics.strategy.why", f"{PARK}.why", f"{PARK}.dont"),
            f"{PARK}.do",
        )
    ]
    assert _lacking(sie, pack) == []


@pytest.mark.parametrize(
    ("address", "why", "lacks"),
    [
        ("sie", "Frag uns vorher.", "de-formal"),
        ("sie", "Fragen Sie uns vorher.", None),
        ("du", "Fragen Sie uns vorher.", "de"),
        ("du", "Frag uns vorher.", None),
    ],
)
def test_words_that_say_du_or_sie_tell_without_anything_before(
    address: str, why: str, lacks: str | None, german: Answers, pack: Pack
) -> None:
    _, park = german.taboo_topics
    topics = (replace(park, why=LocalText.of({"de": why})),)
    answers = replace(german, address=address, taboo_topics=topics)

    found = _lacking(answers, pack)

    assert found == ([(f"{PARK}.why", lacks)] if lacks else [])


def test_a_text_for_the_other_form_of_address_alone_is_none_for_this_one(
    german: Answers, pack: Pack
) -> None:
    _, park = german.taboo_topics
    topics = (replace(park, why=LocalText.of({"de-formal": "Nein."})),)

    found = _lacking(replace(german, taboo_topics=topics), pack)

    assert found == [(f"{PARK}.why", "de")]


def test_whoever_says_that_a_text_is_right_gets_it_marked(
    german: Answers, pack: Pack
) -> None:
    declared = {"en": ("roles.buying", "title")}
    both = replace(german, languages=("de", "en"), same_text=declared)
    base = (Basis(data=answers_data(german)),)
    texts = AnswersInVariants(answers=both, pack=pack, bases=base)

    missing = [each.key for each in texts.missing]
    shown = texts.answers_for("en")

    assert not {"roles.buying", "title"} & {*missing}
    marked = in_language("die Leitung Einkauf", "de")
    assert shown.roles["buying"].get("en") == marked
    assert shown.title == LocalText.of(in_language("Leitfaden für soziale Netze", "de"))
    # The same once that is released: what was released must not change.
    released = replace(texts, bases=(Basis(data=answers_data(both)),))
    assert released.answers_for("en").roles == shown.roles
    assert texts.answers_for("de").roles == german.roles


def test_until_then_the_pack_s_own_text_stands_where_it_has_one(
    german: Answers, pack: Pack
) -> None:
    both = replace(german, languages=("de", "en"))
    texts = AnswersInVariants(
        answers=both, pack=pack, bases=(Basis(data=answers_data(german)),)
    )

    shown = texts.answers_for("en")

    assert shown.title is None
    assert shown.taboo_topics[0].why is None
    park = shown.taboo_topics[1]
    assert park.name == LocalText.of(in_language("Windpark", "de"))


def test_all_texts_of_the_company_are_looked_at(tmp_path: Path, pack: Pack) -> None:
    answers = answers_with(tmp_path)

    assert {each.kind for each in answer_texts(answers, pack)} == {
        "data",
        "name",
        "words",
        "sentence",
        "post",
    }


# --- sections


def _write(folder: Path, variant: str, text: str) -> dict[str, str]:
    path = folder / "sections" / variant / "dress.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return {f"sections/{variant}/dress.md": sha256(text.encode())}


def _sections(answers: Answers, pack: Pack, *bases: Basis) -> list[tuple[str, str]]:
    added = replace(answers, sections=(SectionAnswer(id="dress"),))
    found = SectionsInVariants(answers=added, pack=pack, bases=bases).missing
    return [(each.variant, each.other) for each in found]


def test_an_own_section_lacks_the_languages_it_has_no_file_for(
    german: Answers, pack: Pack
) -> None:
    both = replace(german, languages=("de", "en"))
    _write(german.folder, "de", "## Weste\n")

    assert _sections(german, pack) == []
    assert _sections(both, pack) == [("en", "de")]
    declared = replace(both, same_text={"en": ("sections/dress",)})
    assert _sections(declared, pack) == []
    _write(german.folder, "en", "## Vest\n")
    assert _sections(both, pack) == []


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("## Trag die Weste\n", [("de-formal", "de")]),
        ("## Tragen Sie die Weste\n\nWenn Sie bauen.\n", []),
        ("## Weste\n", [("de-formal", "de")]),
    ],
)
def test_an_own_section_is_for_those_it_was_written_for(
    text: str, lacks: list[tuple[str, str]], german: Answers, pack: Pack
) -> None:
    files = _write(german.folder, "de", text)
    base = Basis(data=answers_data(german), files=files)

    assert _sections(replace(german, address="sie"), pack, base) == lacks


def test_a_section_for_sie_alone_is_none_for_du(german: Answers, pack: Pack) -> None:
    _write(german.folder, "de-formal", "## Weste\n")

    assert _sections(german, pack) == [("de", "de-formal")]


# --- giving a text


@pytest.mark.parametrize(
    ("before", "variant", "other", "after"),
    [
        ("A", "en", "de", {"de": "A", "en": "B"}),
        ({"de": "A"}, "en", "de", {"de": "A", "en": "B"}),
        ("A", "de-formal", "de", {"de": "A", "de-formal": "B", "en": "A"}),
        ({"de": "A", "en": "C"}, "de-formal", "de", {"de": "A", "de-formal": "B"}),
        ({"de": "A", "en": "C"}, "de", "de-formal", {"de": "B", "de-formal": "A"}),
        ({"de-formal": "A"}, "de", "de-formal", {"de": "B", "de-formal": "A"}),
        ({"en": "A"}, "de", "en", {"de": "B", "en": "A"}),
        ({"en": "A"}, "de-formal", "en", {"de": "B", "en": "A"}),
    ],
)
def test_a_text_for_one_variant_leaves_the_others_as_they_are(
    before: str | dict[str, str], variant: str, other: str, after: dict[str, str]
) -> None:
    value: Plain = {**before} if isinstance(before, dict) else before
    variants = ("de-formal" if "formal" in variant else "de", "en")

    found = with_variant(value, variant, "B", other=other, variants=variants)

    assert found == {**after, **({"en": "C"} if "C" in str(before) else {})}


def test_a_company_with_one_language_may_use_words_of_another(
    german: Answers, pack: Pack
) -> None:
    owner = LocalText.of("Head of the communications team")
    answers = replace(german, version=replace(german.version, owner=owner))

    assert _lacking(answers, pack) == []


def test_a_text_that_is_called_right_and_is_not_there_is_named(
    german: Answers, pack: Pack
) -> None:
    _write(german.folder, "de", "## Weste\n")
    keys = ("roles.buying", "sections/dress", "roles.bying")

    notes = unused_answers(replace(german, same_text={"en": keys}), pack)

    assert [(note.message, note.values["key"]) for note in notes] == [
        ("compose-same-text-unused", "roles.bying")
    ]


def test_a_section_that_no_page_needs_may_be_unreadable(
    german: Answers, pack: Pack
) -> None:
    _write(german.folder, "de-formal", "## Weste\n")
    (german.folder / "sections/de-formal/dress.md").write_bytes(b"\xff\xfe")

    assert _sections(german, pack) == [("de", "de-formal")]
