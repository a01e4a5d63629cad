from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples import answers_with

from guidegen.compose.conditions import find_answer
from guidegen.compose.guideline import compose
from guidegen.compose.wording import Wording
from guidegen.model.answers import Answers, Contact, DocumentAnswers
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.render.document import render

pytestmark = pytest.mark.slow

PACK = load_pack("dell")


@pytest.fixture
def pack() -> Pack:
    return PACK


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return answers_with(tmp_path)


def _at(answers: Answers, *countries: str, seat: str | None = None) -> Answers:
    company = replace(answers.company, countries=countries, stated_seat=seat)
    return replace(answers, company=company, pack_variants=PACK.variants)


# --- spelling

_STRUCTURE = (
    "{: #mass .maß }",
    "](index.md#maß)",
    "](details.md#{{ parts.mass }})",
    "<https://maß.example>",
    "{company_dative}",
    "{# maß #}",
    "{% if company.sector == 'maß' %}",
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spelling=st.dictionaries(
        st.text("aceimnoprtuyßxM", min_size=1, max_size=3),
        st.text("abc ßäÖ.,„“", min_size=1, max_size=3),
        min_size=1,
    ),
    places=st.lists(st.sampled_from(_STRUCTURE), min_size=1, max_size=4),
)
def test_spelling_changes_words_and_nothing_that_a_text_is_made_of(
    spelling: dict[str, str], places: list[str], answers: Answers
) -> None:
    country = replace(PACK.country("DE"), spelling={"de": spelling})
    pack = replace(PACK, country_specs={**PACK.country_specs, "DE": country})
    wording = Wording(answers=_at(answers, "DE"), pack=pack, language="de")

    spelled = wording.spelled_template("\n".join(f"0{each}0" for each in places))

    assert spelled == "\n".join(f"0{each}0" for each in places)


# --- the seat


@pytest.mark.parametrize(
    ("countries", "seat", "german", "english"),
    [
        (("DE",), None, "de-DE", "en"),
        (("AT", "DE"), None, "de-AT", "en"),
        (("DE", "CH"), "CH", "de-CH", "en"),
        (("US",), None, "de", "en-US"),
        (("GB", "US"), None, "de", "en-GB"),
        ((), None, "de", "en"),
    ],
)
def test_the_language_is_that_of_the_seat(
    countries: tuple[str, ...],
    seat: str | None,
    german: str,
    english: str,
    answers: Answers,
    pack: Pack,
) -> None:
    placed = _at(answers, *countries, seat=seat)

    assert render(compose(placed, pack, "de")).locale == german
    assert render(compose(placed, pack, "en")).locale == english


def test_the_seat_decides_spelling_months_and_words(
    answers: Answers, pack: Pack
) -> None:
    swiss = compose(_at(answers, "CH", "DE"), pack, "de")
    austrian = compose(_at(answers, "DE", "AT", seat="AT"), pack, "de")
    german = compose(_at(answers, "DE", "CH"), pack, "de")

    assert (swiss.labels["month_1"], austrian.labels["month_1"]) == ("Januar", "Jänner")
    assert swiss.speaker.name == "Medienstelle"
    assert german.speaker.name == "Pressestelle"
    text = "".join(page.markdown for page in render(swiss).pages)
    assert "«" in text
    assert "ß" not in text
    assert "„" not in text
    assert "ß" in "".join(page.markdown for page in render(german).pages)


def test_american_english_where_the_seat_is_the_us(
    answers: Answers, pack: Pack
) -> None:
    american = compose(_at(answers, "US"), pack, "en")

    assert american.variant == "en-us"
    assert "December 1, 2026" in Wording(
        answers=_at(answers, "US"), pack=pack, language="en"
    ).labels["long_date"].format(day=1, month="December", year=2026)


def test_code_in_a_section_is_not_respelled(answers: Answers, pack: Pack) -> None:
    wording = Wording(answers=_at(answers, "CH"), pack=pack, language="de")

    respelled = wording.spelled_template(
        'Groß {% if x == "groß" %}{{ y | link("Straße") }}{% endif %} {# weiß #}'
    )

    assert respelled == (
        'Gross {% if x == "groß" %}{{ y | link("Strasse") }}{% endif %} {# weiß #}'
    )


@pytest.mark.parametrize(
    ("country", "sector", "kind", "name"),
    [
        ("DE", "other", None, "Betriebsrat"),
        ("DE", "public", None, "Personalrat"),
        ("AT", "public", None, "Personalvertretung"),
        ("DE", "health", "mav", "Mitarbeitervertretung"),
        ("GB", "other", None, ""),
    ],
)
def test_the_works_council_is_called_what_country_and_sector_call_it(
    country: str,
    sector: str,
    kind: str | None,
    name: str,
    answers: Answers,
    pack: Pack,
) -> None:
    company = replace(
        answers.company,
        countries=(country,),
        sector=sector,
        works_council_kind=kind,
        works_council=kind is not None,
    )

    guideline = compose(replace(answers, company=company), pack, "de")

    assert guideline.works_council_name == name


# --- names


def test_a_name_written_with_its_article_is_split(answers: Answers, pack: Pack) -> None:
    name = LocalText.of("die Stadt Lindenau")
    company = replace(answers.company, name=name, short_name=name)

    guideline = compose(replace(answers, company=company), pack, "de")

    assert guideline.company_name == guideline.company.name == "Stadt Lindenau"
    assert guideline.company.dative == "der Stadt Lindenau"
    assert guideline.magic.text.endswith("arbeite für die Stadt Lindenau.")
    assert not guideline.magic.nine_words


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Klinikum Nord", "beim Klinikum Nord, zum Klinikum Nord und dem Klinikum No"),
        ("Stadt Au", "bei der Stadt Au, zu der Stadt Au und der Stadt Au"),
        ("Nordlicht", "bei Nordlicht, zu Nordlicht und Nordlicht"),
        ("das *X*", "beim &#42;X&#42;, zum &#42;X&#42; und dem &#42;X&#42;"),
    ],
)
def test_a_preposition_swallows_the_article_of_a_name(
    name: str, printed: str, answers: Answers, pack: Pack
) -> None:
    own = answers.folder / "sections" / "de"
    own.mkdir(parents=True)
    (own / "nice.md").write_text(
        "## Nett {: #nice }\n\nGern bei\n{{ company.dative }}, "
        "zu {{ company.dative }} und {{ company.dative }}.\n",
        encoding="utf-8",
    )
    company = replace(answers.company, short_name=LocalText.of(name))

    page = render(compose(replace(answers, company=company), pack, "de")).pages[0]

    assert printed in page.markdown.replace("bei\n", "bei ")


def test_forms_of_the_company_s_own_stand_in_sentences(
    answers: Answers, pack: Pack
) -> None:
    forms = {"dative": LocalText.of({"de": "den Johannitern"})}
    company = replace(answers.company, forms=forms)
    own = replace(answers, company=company)

    text = render(compose(own, pack, "de")).pages[0].markdown

    assert "bei den Johannitern" in text
    assert compose(own, pack, "en").company.dative == "Nordlicht"


# --- what is printed of the rest


def test_document_title_and_contacts_are_handed_on(
    answers: Answers, pack: Pack
) -> None:
    english_only = Contact(
        name=LocalText.of("Team Social"),
        email=LocalText.of({"de": "de@x.example", "en": "en@x.example"}),
        languages=("en",),
        countries=("AT",),
        answers_within=LocalText.of({"de": "am selben Tag", "en": "the same day"}),
    )
    filled = replace(
        answers,
        title=LocalText.of({"de": "Leitfaden", "en": "Guide"}),
        document=DocumentAnswers(number=LocalText.of("DA 3.5")),
        contacts=(replace(english_only, languages=("de",)), english_only),
    )

    german, english = compose(filled, pack, "de"), compose(filled, pack, "en")

    assert (german.title, english.title) == ("Leitfaden", "Guide")
    assert german.document.number == "DA 3.5"
    assert german.document.approved_by is None
    around = render(german).running_texts
    assert around["document_number"] == "DA 3.5"
    assert not {"approved_by", "classification"} & around.keys()
    assert german.contacts[0].languages == ("Deutsch",)
    assert german.contacts[0].countries == ("Österreich",)
    # Those who answer in the language come first.
    assert english.contacts[0].languages == ("English",)
    assert english.contacts[0].email == "en@x.example"
    assert english.contacts[0].answers_within == "the same day"


def test_conditions_know_old_and_new_ways_of_being_listed(
    answers: Answers, pack: Pack
) -> None:
    def company(sector: str, *, listed: bool) -> Answers:
        changed = replace(answers.company, sector=sector, listed=listed)
        return replace(answers, company=changed)

    old, new = company("listed", listed=False), company("bank", listed=True)

    assert find_answer(old, pack, "company.sector") == ("listed", "manufacturing")
    assert find_answer(new, pack, "company.sector") == ("bank", "listed")
    assert find_answer(old, pack, "company.listed") is True
    assert find_answer(answers, pack, "company.listed") is False


def test_older_texts_still_take_a_listed_company_for_one(
    answers: Answers, pack: Pack
) -> None:
    own = answers.folder / "sections" / "de"
    own.mkdir(parents=True)
    (own / "nice.md").write_text(
        "## Nett {: #nice }\n\n"
        '{% if company.sector == "listed" %}Börse{% endif %}'
        '{% if company.sector in ["bank"] %} Bank{% endif %}'
        '{% if company.sector != "listed" %} keine Börse{% endif %}\n',
        encoding="utf-8",
    )
    company = replace(answers.company, sector="bank", listed=True)

    listed = render(compose(replace(answers, company=company), pack, "de"))

    assert "Börse Bank\n" in listed.pages[0].markdown


# --- hostile answers

HOSTILE = st.text(min_size=1, max_size=30).filter(str.strip) | st.sampled_from(
    [
        "{company}",
        "die {{ company.name }}",
        "{% raw %}",
        "<script>",
        "](x)",
        "die *",
        "a\nb",
    ]
)


@given(text=HOSTILE, dative=HOSTILE)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=30,
)
def test_no_name_or_form_becomes_markup_or_code(
    text: str, dative: str, tmp_path: Path
) -> None:
    answers = answers_with(tmp_path, text)
    company = replace(
        answers.company,
        forms={"dative": LocalText.of({"de": dative})},
        speakers=(LocalText.of(text), "press"),
    )
    # A placeholder in an answer stays what it is.
    calm = answers_with(tmp_path, "Nordlicht")

    pages = render(compose(replace(answers, company=company), PACK, "de")).pages
    others = render(compose(calm, PACK, "de")).pages

    for page, other in zip(pages, others, strict=True):
        assert "<script" not in page.markdown
        for mark in ("\n# ", "\n## ", "\n### ", "\n| ", "\n```"):
            assert page.markdown.count(mark) == other.markdown.count(mark)
        assert "{%" not in page.markdown
        assert "{{" not in page.markdown
