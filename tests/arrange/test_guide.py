"""The guide: what becomes of each kind of section."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html  # type: ignore[import-untyped]
from tests.arrange.arranged import (
    FRAME,
    arranged,
    builtin_arrangement,
    parsed,
    text_of,
)

from guidegen.arrange.arrangement import Kind, Layout, PageArrangement
from guidegen.model.labels import Labels

GUIDE = """\
# Social Media bei Nordlicht {: #welcome }

Du kennst uns von innen.
{: .lead }

> Hallo, ich bin [Name] und ich arbeite für Nordlicht.
> {: .magic-sentence }

Fang ruhig klein an.

## 1. Schütze Informationen {: #protect }

Nicht alles gehört nach draußen.

Zum Beispiel Zahlen.

## 2. Sei offen {: #transparent }

- Sag, wer Du bist.

## Tabuthemen {: #taboo }

Nicht alles gehört ins Netz.

### Nie {: #level-never .level-never }

Das postet niemand.

- [Verdeckte Bewertungen](taboo-topics.md#topic-reviews)

### Nur diese sprechen {: #level-only .level-only }

- [Kennzahlen](taboo-topics.md#topic-figures): die Pressestelle
- [Termine](taboo-topics.md#topic-dates): der Vertrieb

## Wenn etwas schiefgeht {: #mistakes }

1. Atme durch.

## Das darfst Du immer {: #rights }

Reden.

## Datenschutz {: #data-protection }

Nur mit Zustimmung.

## Fragen? {: #questions }

Für Dich da: **Mira Jansen**.

- E-Mail: [mira@nordlicht.example](mailto:mira@nordlicht.example)
- Telefon: [+49 40 1](tel:+49401)
- Abends: [+49 40 2](tel:+49402)
- Chat: [Chat öffnen](https://chat.nordlicht.example)
- [Alle Kontakte](contact.md)
"""

TOPICS = """\
# Tabuthemen

## Nie {: #never .level-never }

### Verdeckte Bewertungen {: #topic-reviews }

Das täuscht andere. Siehe [Kennzahlen](#topic-figures).

*Ehrlich bewerten darfst Du.*

So nicht {: .dont }
:   Fünf Sterne!

Besser so {: .do }
:   Ich arbeite hier.

## Nur diese sprechen {: #only .level-only }

### Kennzahlen {: #topic-figures }

**Wer spricht:** die Pressestelle

Einzelne Zahlen führen in die Irre.

### Termine {: #topic-dates }

**Wer spricht:** der Vertrieb
"""

CONTACT = "# Kontakt\n"
PAGES = {"index": GUIDE, "taboo-topics": TOPICS, "contact": CONTACT}


def _guide(**changed: str) -> html.HtmlElement:
    pages = PAGES | {"index": changed.get("index", GUIDE)}
    pages |= {"taboo-topics": changed.get("topics", TOPICS)}
    return arranged(parsed(pages))["index"]


def test_title_sentence_and_welcome_stand_in_the_order_in_which_they_are_written() -> (
    None
):
    [hero] = _guide().xpath("./header")

    assert [each.get("class") for each in hero] == [
        "gg-hero__text",
        "gg-magic",
        "gg-hero__more",
    ]
    assert [text_of(each) for each in hero] == [
        "Social Media bei Nordlicht Du kennst uns von innen.",
        "Neun magische Worte Hallo, ich bin [Name] und ich arbeite für Nordlicht.",
        "Fang ruhig klein an.",
    ]
    assert hero.xpath(".//*[@class='gg-slot']/text()") == ["[Name]"]


@pytest.mark.parametrize(
    ("language", "sentence", "kicker"),
    [
        ("de", "Hallo, ich bin [Name] und arbeite für AG.", "Ein magischer Satz"),
        ("de", "Hallo, ich bin [Name] und ich arbeite hier gern.", "Neun"),
        ("en", "Hello, my name is [NAME], and I work for Acme.", "Neun"),
        ("en", "Hello, my name is [NAME], and I work for A B.", "Ein magischer Satz"),
    ],
)
def test_the_words_of_the_sentence_are_counted(
    language: str, sentence: str, kicker: str
) -> None:
    text = f"# A\n\n> {sentence}\n> {{: .magic-sentence }}\n"
    frame = replace(FRAME, language=language)

    [said] = arranged(parsed({"index": text}), frame)["index"].xpath("//figcaption")

    assert text_of(said).startswith(kicker)


def test_a_welcome_without_the_sentence_has_no_bubble() -> None:
    [hero] = _guide(index="# A\n\nB\n").xpath("./header")

    assert [each.get("class") for each in hero] == ["gg-hero__text", "gg-hero__more"]


def test_rules_are_numbered_cards_with_all_of_their_text() -> None:
    cards = _guide().xpath("//*[contains(@class, 'gg-rules')]/section")

    assert [each.get("aria-labelledby") for each in cards] == ["protect", "transparent"]
    assert [each.get("class") for each in cards] == [
        "gg-card gg-card--protect",
        "gg-card gg-card--transparent",
    ]
    assert text_of(cards[0].find("h2")) == "1. Schütze Informationen"
    assert [text_of(each) for each in cards[0].xpath("./p")] == [
        "Nicht alles gehört nach draußen.",
        "Zum Beispiel Zahlen.",
    ]
    assert not _guide().xpath("//*[contains(@class, 'gg-rules')]//details")


def test_topics_unfold_below_their_level() -> None:
    levels = _guide().xpath("//*[contains(@class, 'gg-lights')]/section")

    assert [each.get("class") for each in levels] == [
        "gg-level gg-level--never",
        "gg-level gg-level--only",
    ]
    [reviews] = levels[0].xpath("./details")
    assert reviews.get("id") == "topic-reviews"
    assert text_of(reviews.find("summary")) == "Verdeckte Bewertungen"
    assert not reviews.xpath("./summary//a")
    [body] = reviews.xpath("./div")
    assert body.get("data-search-exclude") == ""
    assert [each.get("class") for each in body] == ["gg-topic__why", None, "gg-says"]
    assert [each.get("class") for each in body.xpath(".//*[@class='gg-says']/p")] == [
        "gg-say gg-say--no",
        "gg-say gg-say--yes",
    ]
    # A link on the page of topics still leads there.
    assert body.xpath(".//a/@href") == ["taboo-topics.md#topic-figures"]


def test_who_speaks_is_said_once_and_nothing_else_leaves_nothing_to_unfold() -> None:
    [_, level] = _guide().xpath("//*[contains(@class, 'gg-lights')]/section")

    [figures] = level.xpath("./details")
    assert text_of(figures.find("summary")) == "Kennzahlen: die Pressestelle"
    assert text_of(figures.find("div")) == "Einzelne Zahlen führen in die Irre."
    [dates] = level.xpath("./div")
    assert (dates.get("class"), dates.get("id")) == (
        "gg-topic gg-topic--bare",
        "topic-dates",
    )
    assert text_of(dates) == "Termine: der Vertrieb"


@pytest.mark.parametrize(
    "entry",
    [
        "Alles, was geheim ist",
        "[Handbuch](https://nordlicht.example): fragen",
        "[Gibt es nicht](taboo-topics.md#topic-gone)",
        "[Kennzahlen](contact.md#topic-figures)",
        "[Kennzahlen](taboo-topics.md#topic-figures): [Presse](mailto:p@example.com)",
        "[Kennzahlen](taboo-topics.md#topic-figures)\n    - und mehr",
        "[Kennzahlen](taboo-topics.md)",
        "[Kennzahlen](taboo-topics.md#topic-figures){ #here }",
    ],
)
def test_a_list_of_anything_else_stays_a_list(entry: str) -> None:
    index = GUIDE.replace("- [Termine]", f"- {entry}\n- [Termine]")

    [_, level] = _guide(index=index).xpath("//*[contains(@class, 'gg-lights')]/section")

    assert not level.xpath(".//details")
    assert len(level.xpath("./ul/li")) == 3
    assert "taboo-topics.md#topic-dates" in level.xpath(".//a/@href")


def test_a_topic_that_is_named_twice_has_its_id_once() -> None:
    again = "- [Kennzahlen](taboo-topics.md#topic-figures): die Pressestelle\n"
    index = GUIDE.replace("- [Termine]", f"{again}- [Termine]")

    assert _guide(index=index).xpath("//details/@id") == [
        "topic-reviews",
        "topic-figures",
    ]


def test_the_company_s_own_overview_without_levels_is_left_as_it_is() -> None:
    start, end = GUIDE.index("### Nie"), GUIDE.index("## Wenn etwas")
    index = f"{GUIDE[:start]}- Zahlen\n\n### Und sonst\n\nFragen.\n\n{GUIDE[end:]}"

    [lights] = _guide(index=index).xpath("//*[contains(@class, 'gg-lights')]")

    assert [each.tag for each in lights] == ["p", "h2", "p", "ul", "h3", "p"]


def test_what_follows_the_last_list_is_about_all_levels() -> None:
    index = GUIDE.replace("## Wenn etwas", "Frag im Zweifel.\n\n## Wenn etwas")

    [lights] = _guide(index=index).xpath("//*[contains(@class, 'gg-lights')]")

    assert text_of(lights[-1]) == "Frag im Zweifel."


def test_rights_stand_with_the_topics_and_help_in_a_box_below() -> None:
    stack = _guide().xpath("//*[@class='gg-stack']/section/@aria-labelledby")
    boxes = _guide().xpath("//*[@class='gg-body']/section/@aria-labelledby")

    assert stack == ["taboo", "rights"]
    assert boxes == ["mistakes"]


def test_small_print_unfolds_below_its_heading() -> None:
    [fold] = _guide().xpath("//*[@class='gg-more']/section")

    assert [each.tag for each in fold] == ["h2", "details"]
    assert text_of(fold.find("details/summary")) == "Mehr: Datenschutz"
    assert text_of(fold.find("details/div")) == "Nur mit Zustimmung."


def test_the_contact_comes_last_with_one_way_of_each_kind_in_reach() -> None:
    contact = _guide()[-1]

    assert contact.get("class") == "gg-contact"
    assert [(each.tag, each.get("class")) for each in contact] == [
        ("h2", "gg-spoken"),
        ("div", "gg-contact__bar"),
        ("div", "gg-contact__rest"),
    ]
    [title] = contact.xpath(".//*[@class='gg-contact__title']")
    assert (title.text, title.get("aria-hidden")) == ("Fragen?", "true")
    assert contact.xpath(".//*[@class='gg-contact__name']/text()") == ["Mira Jansen"]
    ways = contact.xpath(".//ul[@class='gg-contact__ways']//a")
    assert [(each.get("class"), each.get("href"), text_of(each)) for each in ways] == [
        ("gg-way gg-way--mail", "mailto:mira@nordlicht.example", "E-Mail"),
        ("gg-way gg-way--phone", "tel:+49401", "Telefon"),
        ("gg-way gg-way--chat", "https://chat.nordlicht.example", "Chat"),
    ]
    assert len(contact.xpath(".//*[@class='gg-contact__rest']//li")) == 5


def test_a_contact_that_cannot_be_reached_has_no_empty_list() -> None:
    index = "# A\n\n## Fragen? {: #questions }\n\nFrag einfach.\n"

    [contact] = _guide(index=index).xpath("./section")

    assert not contact.xpath(".//ul | .//*[@class='gg-contact__name']")


def test_a_second_contact_is_small_print() -> None:
    given = PageArrangement(
        layout=Layout.GUIDE, sections={"a": Kind.CONTACT, "b": Kind.CONTACT}
    )
    arrangement = replace(builtin_arrangement(), pages={"index": given})
    text = "# A\n\n## B {: #a }\n\nEins.\n\n## C {: #b }\n\nZwei.\n"

    page = arranged(parsed({"index": text}), arrangement=arrangement)["index"]

    assert page.xpath("//section/@class") == ["gg-fold", "gg-contact"]
    assert "Zwei." in text_of(page)


@pytest.mark.parametrize(
    ("before", "heading", "place"),
    [
        ("## Wenn etwas", "## 3. Sei nett {: #own }", "gg-rules"),
        ("## Das darfst", "## Krise {: #own }", "gg-body"),
        ("## Datenschutz", "## Wappen {: #own }", "gg-more"),
        ("## Tabuthemen", "## Wappen {: #own }", "gg-more"),
        ("## Fragen?", "## Wappen", "gg-more"),
    ],
)
def test_a_section_that_is_not_named_goes_where_its_like_are(
    before: str, heading: str, place: str
) -> None:
    own = f"{heading}\n\n| a | b |\n|---|---|\n| c | d |\n\n#### Tief\n\nText.\n\n"
    index = GUIDE.replace(before, f"{own}{before}")

    [section] = _guide(index=index).xpath("//*[.//table and not(*[.//table])]/..")
    around = section.xpath("ancestor-or-self::*/@class")

    assert place in around


def test_a_page_without_sections_has_only_its_head() -> None:
    page = _guide(index="# Social Media\n")

    assert [each.tag for each in page] == ["header"]


def test_a_page_without_anything_stays_so() -> None:
    assert [*_guide(index="")] == []


def test_the_words_of_the_frame_are_escaped() -> None:
    labels = Labels({**FRAME.labels, "may_i_post": "<b>&"})

    found = arranged(parsed(PAGES), replace(FRAME, labels=labels))["index"]

    assert found.xpath("//*[@class='gg-kicker']/text()") == ["<b>&"]
