from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.wording import raises

from guidegen.errors import PackError
from guidegen.model.document import Asset, Document
from guidegen.model.guideline import GuidelineContact
from guidegen.model.labels import Labels
from guidegen.site.configuration import company_words, configuration


def _extra(document: Document, *documents: Document) -> Any:  # noqa: ANN401
    settings: Any = configuration(document, documents or (document,))
    return settings["extra"]["guidegen"]


def test_every_text_is_escaped_for_html(german: Document) -> None:
    hostile = replace(german, company='A&B "S" <script>', title="<b>")

    settings: Any = configuration(hostile, (hostile,))

    assert settings["site_name"] == ("&lt;b&gt; – A&amp;B &quot;S&quot; &lt;script&gt;")
    # Addresses of mail say where they may break; nothing else is markup.
    assert "<" not in str(settings).replace("<wbr>", "")


def test_the_first_document_is_at_the_root_and_the_others_in_folders(
    german: Document, english: Document
) -> None:
    at_root = _extra(german, german, english)
    in_folder = _extra(english, german, english)

    assert [entry["base"] for entry in at_root["languages"]] == ["", "en/"]
    assert [entry["base"] for entry in in_folder["languages"]] == ["../", "../en/"]
    assert at_root["pdf"] == "guideline-de.pdf"
    assert in_folder["pdf"] == "../guideline-en.pdf"


def test_only_links_that_cannot_run_anything_are_made(german: Document) -> None:
    contact = GuidelineContact(
        name="M",
        role=None,
        email="a?bcc=x@y.example",
        phone="+49 (0)40/1234567; ext=1",
        chat="javascript:alert(1)",
    )

    extra = _extra(replace(german, contacts=(contact,)))

    assert [way["href"] for way in extra["contacts"][0]["ways"]] == [
        "mailto:a%3Fbcc%3Dx@y.example",
        "tel:+49401234567;ext=1",
        "#",
    ]


def test_a_pack_without_a_label_is_told_which(german: Document) -> None:
    labels = {key: text for key, text in german.labels.items() if key != "copied"}

    with raises(PackError, match="copied"):
        configuration(replace(german, labels=Labels(labels)), (german,))


def test_what_the_companys_register_says_is_escaped_in_the_frame(
    german: Document,
) -> None:
    told = {"document_number": "DA <3.5>", "classification": "<b>", "approved_by": "&"}
    texts = {**german.running_texts, **told}
    extra = _extra(replace(german, running_texts=texts))

    assert extra["classification"] == {"label": "Einstufung", "text": "&lt;b&gt;"}
    assert [(each["label"], each["value"]) for each in extra["facts"]][:4] == [
        ("Dokument", "DA &lt;3.5&gt;"),
        ("Einstufung", "&lt;b&gt;"),
        ("Verantwortlich", "Jana Petersen"),
        ("Freigegeben von", "&amp;"),
    ]
    assert _extra(german)["classification"] is None


def test_a_contact_says_when_it_answers_and_its_number_for_evenings(
    german: Document,
) -> None:
    contact = replace(
        german.contacts[0],
        answers_within="am selben Arbeitstag <",
        out_of_hours="+49 170 1234567",
    )
    (shown,) = _extra(replace(german, contacts=(contact,)))["contacts"]
    evenings = next(way for way in shown["ways"] if way["kind"] == "out_of_hours")

    assert shown["answers"] == "Antwort: am selben Arbeitstag &lt;"
    assert evenings["label"] == "Abends und am Wochenende"
    assert evenings["href"] == "tel:+491701234567"


def test_both_logos_are_named_for_the_templates(german: Document) -> None:
    logo = Asset(path="images/logo.svg", content=b"<svg/>")
    dark = Asset(path="images/logo-dark.png", content=b"PNG")

    assert (_extra(german)["logo"], _extra(german)["logo_dark"]) == (None, None)
    both = _extra(replace(german, logo=logo, logo_dark=dark))
    assert (both["logo"], both["logo_dark"]) == ("images/logo.svg", dark.path)


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("Kruse GmbH & Co. KG", ["Kruse", "GmbH & Co. KG"]),
        ("Hilfe für Angehörige e. V.", ["Hilfe", "für", "Angehörige", "e. V."]),
        ("Werkstatt UG (haftungsbeschränkt)", ["Werkstatt", "UG (haftungsbeschränkt)"]),
        ("Harrow & Byrne Insurance plc", ["Harrow", "&", "Byrne", "Insurance", "plc"]),
        ("Zahlen Partnerschaft PartGmbB", ["Zahlen", "Partnerschaft", "PartGmbB"]),
        ("Universität Auental", ["Universität", "Auental"]),
        ("AG & Co.", ["AG", "& Co."]),
        ("X", ["X"]),
    ],
)
def test_the_header_never_cuts_a_legal_form(name: str, pieces: list[str]) -> None:
    assert company_words(name) == [piece.replace("&", "&amp;") for piece in pieces]
