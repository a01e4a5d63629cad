"""The pages of topics and contacts, and those that are nothing but parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html  # type: ignore[import-untyped]
from tests.arrange.arranged import FRAME, arranged, parsed, text_of
from tests.arrange.test_guide import TOPICS

CARD = """\
<div class="contact-card" markdown>

**Mira Jansen**<br>Beraterin

- E-Mail: [m@example.com](mailto:m@example.com)

![QR-Code](images/contact-1.svg)

</div>
"""


def _topics(text: str) -> html.HtmlElement:
    return arranged(parsed({"taboo-topics": text}))["taboo-topics"]


def _contact(text: str) -> html.HtmlElement:
    return arranged(parsed({"contact": text}))["contact"]


def test_topics_are_open_below_their_level_on_their_own_page() -> None:
    text = TOPICS.replace("# Tabuthemen", "# Tabuthemen\n\nLies!\n{: .lead }\n\nMehr.")

    page = _topics(f"{text}\n## Immer erlaubt {{: #never-taboo }}\n\nReden.\n")

    assert [each.tag for each in page] == ["header", "div"]
    assert text_of(page[0]) == "Tabuthemen Lies!"
    lights, go = page[1]
    assert lights.get("class") == "gg-lights gg-lights--open"
    assert [each.tag for each in lights] == ["p", "section", "section"]
    assert go.get("class") == "gg-level gg-level--go"
    [figures, dates] = lights[2].xpath("./section")
    assert figures.get("class") == "gg-topic gg-topic--open"
    assert [each.get("class") for each in figures] == [
        "gg-topic__name",
        "gg-topic__who",
        "gg-topic__why",
    ]
    assert dates.xpath("./h3/@id") == ["topic-dates"]
    assert not page.xpath("//*[@data-search-exclude]")


def test_a_page_of_topics_without_levels_is_plain() -> None:
    page = _topics("# Tabuthemen\n\nFrag.\n\n## Immer\n\nReden.\n")

    [body] = page.xpath("./div")
    assert [each.get("class") for each in body] == [None, "gg-part"]


@pytest.mark.parametrize(
    "examples",
    [
        "So nicht {: .dont }\n:   a\n\nUnd {: .other }\n:   b\n",
        "Wort\n:   a\n",
        "So nicht {: .dont }\n:   a\n:   b\n",
        "<dl id='x'><dt class='dont'>So nicht</dt><dd>a</dd></dl>\n",
    ],
)
def test_a_list_that_says_more_than_examples_stays_as_it_is(examples: str) -> None:
    text = f"# A\n\n## Nie {{: .level-never }}\n\n### B\n\n{examples}"

    page = _topics(text)

    assert len(page.xpath("//dl")) == 1
    assert not page.xpath("//*[@class='gg-says']")


def test_an_example_of_several_blocks_keeps_them() -> None:
    text = (
        "# A\n\n## Nie {: .level-never }\n\n### B\n\n"
        "So nicht {: .dont }\n:   Eins\n\n    - zwei\n"
    )

    [post] = _topics(text).xpath("//*[@class='gg-says']/*")

    assert (post.tag, post.get("class")) == ("div", "gg-say gg-say--no")
    assert [each.tag for each in post] == ["strong", "div"]
    assert text_of(post.xpath("./div")[0]) == "Eins zwei"


def test_people_have_cards_with_a_heading_a_role_and_the_code() -> None:
    page = _contact(f"# Kontakt\n\n{CARD}\n{CARD}\n## Wann\n\nVorher.\n")

    people, more = page.xpath("./div")[0]
    assert (people.get("class"), more.get("class")) == (
        "gg-people",
        "gg-more gg-more--two",
    )
    assert [each.get("aria-labelledby") for each in people] == ["person-1", "person-2"]
    told, code = people[0]
    assert [(each.tag, each.get("class")) for each in told] == [
        ("h2", None),
        ("p", "gg-person__role"),
        ("ul", None),
        ("p", "gg-person__save"),
    ]
    assert (code.tag, code.get("class")) == ("img", "gg-person__code")
    assert told.xpath(".//a[@download]/@href") == ["images/contact-1.vcf"]
    assert text_of(told[-1]) == "Kontakt speichern: Mira Jansen"


def test_nothing_is_saved_where_there_is_no_card_for_the_address_book() -> None:
    pages = parsed({"contact": f"# Kontakt\n\n{CARD}"})

    page = arranged(pages, replace(FRAME, files=frozenset()))["contact"]

    assert not page.xpath("//a[@download]")
    assert page.xpath("//h2/text()") == ["Mira Jansen"]


@pytest.mark.parametrize(
    "inner",
    [
        "Mira Jansen, **Beraterin**",
        "**Mira** Jansen",
        "- eins\n- zwei",
        "<p id='me'><strong>Mira</strong></p>",
        "<p id='me'><img alt='a' src='b.png'></p>",
        "",
    ],
)
def test_a_card_that_is_written_differently_keeps_what_it_says(inner: str) -> None:
    card = f'<div class="contact-card" id="mira" markdown>\n\n{inner}\n\n</div>'

    page = _contact(f"# Kontakt\n\nVorab.\n\n{card}\n\nDanach.\n")

    [section] = page.xpath("//section")
    assert section.get("id") == "mira"
    assert len(section.xpath(".//@id")) == 1 + inner.count(" id=")
    assert not section.xpath(".//h2")
    assert text_of(page.xpath("./div")[0]).startswith("Vorab.")
    assert text_of(page).endswith("Danach.")


def test_ids_of_people_are_free_ones() -> None:
    page = _contact(f"# Kontakt\n\n{CARD}\n## Wann {{: #person-1 }}\n\nVorher.\n")

    assert page.xpath("//h2/@id") == ["person-2", "person-1"]


def test_other_pages_are_their_parts() -> None:
    text = (
        "# Gut zu wissen\n\nVorab.\n\n## A {: #a }\n\nEins.\n\n## B\n\n### C\n\nZwei.\n"
    )

    page = arranged(parsed({"details": text}))["details"]

    assert [each.get("class") for each in page] == ["gg-hero gg-hero--small", "gg-body"]
    assert [each.get("class") for each in page[1]] == [None, "gg-part", "gg-part"]
    assert [text_of(each) for each in page[1]] == ["Vorab.", "A Eins.", "B C Zwei."]


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("[Per E-Mail](mailto:a@b.example)", True),
        ("[Per E-Mail](mailto:a@b.example).", False),
        ("Bitte [per E-Mail](mailto:a@b.example)", False),
        ("[*Per* E-Mail](mailto:a@b.example)", False),
        ("- [Per E-Mail](mailto:a@b.example)", False),
    ],
)
def test_a_link_that_stands_alone_is_a_button(text: str, *, button: bool) -> None:
    page = arranged(parsed({"own": f"# Own\n\n{text}\n\n## Part\n\n{text}\n"}))["own"]

    links = page.xpath("//a")
    assert [each.get("class") for each in links] == [
        "gg-button" if button else None
    ] * 2
