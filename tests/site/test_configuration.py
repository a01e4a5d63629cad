from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.wording import raises

from guidegen.errors import PackError
from guidegen.model.document import Document
from guidegen.model.guideline import GuidelineContact
from guidegen.model.labels import Labels
from guidegen.site.configuration import configuration


def _extra(document: Document, *documents: Document) -> Any:  # noqa: ANN401
    settings: Any = configuration(document, documents or (document,))
    return settings["extra"]["guidegen"]


def test_every_text_is_escaped_for_html(german: Document) -> None:
    hostile = replace(german, company='A&B "S" <script>', title="<b>")

    settings: Any = configuration(hostile, (hostile,))

    assert settings["site_name"] == ("&lt;b&gt; – A&amp;B &quot;S&quot; &lt;script&gt;")
    assert "<" not in str(settings)


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
        "tel:+4904012345671",
        "#",
    ]


def test_a_pack_without_a_label_is_told_which(german: Document) -> None:
    labels = {key: text for key, text in german.labels.items() if key != "copied"}

    with raises(PackError, match="copied"):
        configuration(replace(german, labels=Labels(labels)), (german,))
