from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.declension import (
    CASES,
    bare,
    begin_sentence,
    contracted,
    forms_of,
    given_forms,
    needs_article,
    without_legal_form,
)
from guidegen.model.adaptation import NameRules
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack

RULES = NameRules(
    nouns={
        "Stadt": ("die",),
        "Hansestadt": ("die",),
        "Landkreis": ("der",),
        "Verein": ("der",),
        "Klinikum": ("das",),
        "Universität": ("die",),
        "Bank": ("die",),
        "Sparkasse": ("die",),
        "Werke": ("die", "Werken"),
        "Stadtwerke": ("die", "Stadtwerken"),
    },
    whole=frozenset({"Stadt"}),
    legal_forms=("GmbH", "gGmbH", "AG", "KG", "GmbH & Co. KG", "e. V.", "Ltd"),
    english_prefixes=("City of", "University of"),
)


@pytest.mark.parametrize(
    ("name", "nominative", "accusative", "dative"),
    [
        # A noun that the pack lists decides the article.
        ("Stadt Lindenau", "die Stadt Lindenau", "die Stadt Lindenau", "der Stadt Li"),
        ("Landkreis Au", "der Landkreis Au", "den Landkreis Au", "dem Landkreis Au"),
        ("Klinikum Nord", "das Klinikum Nord", "das Klinikum Nord", "dem Klinikum No"),
        ("Stadtwerke Au", "die Stadtwerke Au", "die Stadtwerke Au", "den Stadtwerken "),
        ("Kreissparkasse", "die Kreissparkasse", "die Kreissparkasse", "der Kreisspar"),
        ("Nord-Klinikum", "das Nord-Klinikum", "das Nord-Klinikum", "dem Nord-Klinik"),
        ("Chemiewerke", "die Chemiewerke", "die Chemiewerke", "den Chemiewerken"),
        # Adjectives before it are declined; names of places in -er are not.
        ("Städtisches Klinikum", "das Städtische", "das Städtische", "dem Städtischen"),
        ("Deutsche Bank", "die Deutsche Bank", "die Deutsche Bank", "der Deutschen B"),
        ("Kommunaler Verein", "der Kommunale", "den Kommunalen", "dem Kommunalen"),
        ("Neue Werke", "die Neuen Werke", "die Neuen Werke", "den Neuen Werken"),
        ("Berliner Verein", "der Berliner V", "den Berliner V", "dem Berliner V"),
        ("Leipziger Verein", "der Leipziger", "den Leipziger", "dem Leipziger"),
        ("Wuppertaler Bank", "die Wuppertaler", "die Wuppertaler", "der Wuppertaler"),
        # Names of another kind stand as they are.
        ("Nordlicht", "Nordlicht", "Nordlicht", "Nordlicht"),
        ("Ingolstadt Logistik", "Ingolstadt", "Ingolstadt", "Ingolstadt"),
        # A noun at the end needs an article, unless it may be a surname.
        ("Nord Klinikum", "das Nord Klinikum", "das Nord Klinikum", "dem Nord Klin"),
        ("Kern Stadtwerke", "die Kern St", "die Kern St", "den Kern Stadtwerken"),
        # Written with an article, a name is declined, whatever it is.
        ("die Stadt Au", "die Stadt Au", "die Stadt Au", "der Stadt Au"),
        ("die Stadtwerke", "die Stadtwerke", "die Stadtwerke", "den Stadtwerken"),
        ("das Gute Haus", "das Gute Haus", "das Gute Haus", "dem Gute Haus"),
        ("Die Zeit", "die Zeit", "die Zeit", "der Zeit"),
        ("der Vertrieb", "der Vertrieb", "den Vertrieb", "dem Vertrieb"),
        ("der Präsident", "der Präsident", "den Präsidenten", "dem Präsidenten"),
        ("die Beauftragte", "die Beauftragte", "die Beauftragte", "der Beauftragten"),
        (
            "die Technische Leitung",
            "die Technische",
            "die Technische",
            "der Technische",
        ),
        ("die Stelle Nord", "die Stelle Nord", "die Stelle Nord", "der Stelle Nord"),
        ("die neuen Dienste", "die neuen D", "die neuen D", "den neuen D"),
    ],
)
def test_german_names_stand_in_every_case(
    name: str, nominative: str, accusative: str, dative: str
) -> None:
    forms = forms_of(name, "de", RULES)

    assert forms.nominative.startswith(nominative)
    assert forms.accusative.startswith(accusative)
    assert forms.dative.startswith(dative)


@pytest.mark.parametrize(
    ("written", "alone"),
    [
        ("die Stadt Lindenau", "Stadt Lindenau"),
        ("das Städtische Klinikum", "Städtisches Klinikum"),
        ("der Kaufmännische Vorstand", "Kaufmännischer Vorstand"),
        ("die Technischen Dienste", "Technische Dienste"),
        ("Die Zeit", "Die Zeit"),
        ("Stadt Lindenau", "Stadt Lindenau"),
        ("Dienstleister Nord", "Dienstleister Nord"),
    ],
)
def test_a_name_is_taken_from_its_article(written: str, alone: str) -> None:
    assert forms_of(written, "de", RULES).name == alone


@pytest.mark.parametrize(
    ("name", "alone", "in_a_sentence"),
    [
        ("City of Lindenau", "City of Lindenau", "the City of Lindenau"),
        ("the press office", "press office", "the press office"),
        ("The Corner Shop", "The Corner Shop", "The Corner Shop"),
        ("Theatre Nord", "Theatre Nord", "Theatre Nord"),
        ("Stadt Lindenau", "Stadt Lindenau", "Stadt Lindenau"),
        ("die Stadt Lindenau", "Stadt Lindenau", "Stadt Lindenau"),
    ],
)
def test_english_names_have_one_form(name: str, alone: str, in_a_sentence: str) -> None:
    forms = forms_of(name, "en", RULES)

    assert forms.name == alone
    assert {getattr(forms, case) for case in CASES} == {in_a_sentence}


def test_a_company_s_own_forms_win_in_the_languages_that_they_are_given_in() -> None:
    forms = forms_of("Johanniter", "de", RULES)
    own = {
        "dative": LocalText.of({"de": "den Johannitern", "en": "the Order"}),
        "accusative": LocalText.of("die Johanniter"),
    }

    german = given_forms(forms, own, "de-formal")
    english = given_forms(forms, own, "en-us")

    assert (german.nominative, german.accusative, german.dative) == (
        "Johanniter",
        "die Johanniter",
        "den Johannitern",
    )
    # A text for all languages is German: only German declines.
    assert (english.accusative, english.dative) == ("Johanniter", "the Order")


def test_a_role_has_a_name_without_its_article_in_each_language() -> None:
    role = LocalText.of({"de": "die Pressestelle", "en": "the press office"})

    assert bare(role) == LocalText.of({"de": "Pressestelle", "en": "press office"})


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Nordlicht Technik GmbH", "Nordlicht Technik"),
        ("Nordlicht GmbH & Co. KG", "Nordlicht"),
        ("Nordlicht AG & Co. KG", "Nordlicht"),
        ("Müller & Co. Bau", "Müller & Co. Bau"),
        ("Hilfe e. V.", "Hilfe"),
        ("Nord, Ltd", "Nord"),
        ("AG", "AG"),
        ("Magazin AGENTUR", "Magazin AGENTUR"),
    ],
)
def test_a_short_name_has_no_legal_form(name: str, short: str) -> None:
    assert without_legal_form(name, RULES) == short


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("die Stadt Au bittet", "Die Stadt Au bittet"),
        ("the City of Au", "The City of Au"),
        ("eBay bittet", "eBay bittet"),
        ("derweil", "derweil"),
    ],
)
def test_only_an_article_gets_a_capital_at_the_start(text: str, begun: str) -> None:
    assert begin_sentence(text) == begun


def test_the_interview_asks_about_an_article_only_where_one_seems_needed() -> None:
    assert needs_article("Stadt Lindenau", RULES)
    assert needs_article("Freie Universität Au", RULES)
    assert not needs_article("Nordlicht Technik", RULES)
    assert not needs_article("Müller & Söhne", RULES)


ANY = st.text(max_size=40) | st.lists(
    st.sampled_from(
        [
            *("die", "Der", "das", "Stadt", "Werke", "Neue", "Berliner", "the", "-"),
            *("City of", "{{ x }}", "*", "<b>", "\u202e", "GmbH", "&", "\x00", "\n"),
        ]
    ),
    max_size=5,
).map(" ".join)


@given(ANY, st.sampled_from(["de", "en"]), st.sampled_from([RULES, None]))
def test_whatever_a_name_is_it_has_forms_that_say_the_same(
    name: str, language: str, rules: NameRules | None
) -> None:
    forms = forms_of(name, language, rules)

    # Nothing is added but an article and endings, and nothing that is no word is lost.
    for form in (forms.name, *(getattr(forms, case) for case in CASES)):
        signs = [sign for sign in form if not sign.isalnum() and not sign.isspace()]
        assert signs == [s for s in name if not s.isalnum() and not s.isspace()]
        assert bool(form.strip()) == bool(name.strip())


@pytest.mark.parametrize(
    ("text", "dative", "result"),
    [
        ("bei dem Klinikum", "dem Klinikum", "beim Klinikum"),
        ("Bei dem Klinikum, bei dem", "dem Klinikum", "Beim Klinikum, bei dem"),
        ("bei der Stadt", "der Stadt", "bei der Stadt"),
        ("bei dem Werk", "Werk", "bei dem Werk"),
        ("dabei dem Klinikum", "dem Klinikum", "dabei dem Klinikum"),
        (r"bei dem \1 (x", r"dem \1 (x", r"beim \1 (x"),
    ],
)
def test_bei_dem_is_contracted_before_the_name(
    text: str, dative: str, result: str
) -> None:
    assert contracted(text, dative) == result


@given(ANY)
def test_a_name_never_loses_all_of_itself(name: str) -> None:
    short = without_legal_form(name, RULES)

    assert name.startswith(short)
    assert bool(short) == bool(name)


@pytest.mark.parametrize(
    ("name", "dative"),
    [
        ("Stadt Lindenau", "der Stadt Lindenau"),
        ("Klinikum Nordheide", "dem Klinikum Nordheide"),
        ("Universität Weserland", "der Universität Weserland"),
        ("Verein für Stadtgrün", "dem Verein für Stadtgrün"),
        ("Ingolstadt Logistik", "Ingolstadt Logistik"),
        ("Hansa Versicherung", "der Hansa Versicherung"),
        ("Anna Kreuz", "Anna Kreuz"),
    ],
)
def test_the_built_in_pack_knows_common_names(name: str, dative: str) -> None:
    rules = load_pack("dell").names
    assert rules

    assert forms_of(name, "de", rules).dative == dative
