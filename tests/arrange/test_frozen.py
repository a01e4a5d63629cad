"""Pages that were released with pack 1.0.0: arranged as today's, in their own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]
from tests.arrange.arranged import arranged, parsed, read, shown, text_of

RELEASES = Path(__file__).parents[1] / "releases_498d616"
FROZEN = sorted(
    page.parent.relative_to(RELEASES).as_posix()
    for page in RELEASES.glob("*/releases/*/*/index.html")
)
OVERVIEW = """\
# A

## Tabuthemen {: #taboo }

Wenige Themen.

| Thema | Wer spricht |
|---|---|
| [Kennzahlen](taboo-topics.md#topic-figures) | **Rot**{ .light-red } Nur die Presse |
| [Fotos](taboo-topics.md#topic-photos) | **Gelb**{ .light-amber } Erst fragen: alle |
| [Pläne](taboo-topics.md#topic-plans) | **Rot**{ .light-red } Nur die Leitung |
"""
EXAMPLES = """\
# Tabuthemen

<div class="topics" markdown>

| Thema | So nicht | Besser so |
|---|---|---|
| **Kennzahlen**<br>**Rot**{ .light-red } Nur die Presse<br>Warum. *Aber.*\
 { #topic-figures } | a | b |
| **Fotos**<br>**Gelb**{ .light-amber } Erst fragen: alle { #topic-photos } | – | d |
| **Pläne**<br>**Rot**{ .light-red } Nur die Leitung { #topic-plans } | – | – |

</div>

## Nie tabu {: #never-taboo }

Reden.
"""


def _frozen(name: str) -> dict[str, str]:
    return {
        page.stem: page.read_text("utf-8") for page in (RELEASES / name).glob("*.html")
    }


@pytest.mark.parametrize("name", FROZEN)
def test_no_text_link_or_id_of_a_released_page_gets_lost(name: str) -> None:
    pages = _frozen(name)

    found = arranged(read(pages))

    for page, text in pages.items():
        old, new = html.fromstring(f"<div>{text}</div>"), found[page]
        told = text_of(new)
        texts = (" ".join(each.split()) for each in old.itertext())
        assert [each for each in texts if each not in told and each != "–"] == []
        ids = new.xpath("//@id")
        assert sorted(set(ids)) == sorted(ids)
        assert {*old.xpath("//@id")} <= {*ids}
        links = {*old.xpath("//a/@href")} - {*new.xpath("//a/@href")}
        # Where the guide led to a topic, it shows the topic itself.
        assert {each.partition("#")[2] for each in links} <= {*ids}


@pytest.mark.parametrize("name", FROZEN)
def test_topics_of_a_released_page_stand_below_their_level(name: str) -> None:
    pages = read(_frozen(name))
    topics = shown(pages["taboo-topics"]).xpath("//@id[starts-with(., 'topic-')]")

    found = arranged(pages)

    folded = found["index"].xpath("//*[contains(@class, 'gg-level')]/details/@id")
    opened = found["taboo-topics"].xpath(
        "//section[contains(@class, 'gg-level')]//h3/@id"
    )
    assert sorted(folded) == sorted(opened) == sorted(topics)
    assert len(topics) > 2
    assert not found["index"].xpath("//table")
    assert not found["taboo-topics"].xpath("//table")


def test_the_words_of_then_name_the_levels() -> None:
    found = arranged(parsed({"index": OVERVIEW, "taboo-topics": EXAMPLES}))

    [only, ask] = found["index"].xpath("//*[@class='gg-lights']/section")
    assert [only.get("class"), text_of(only.find("h3"))] == [
        "gg-level gg-level--only",
        "Rot",
    ]
    assert [ask.get("class"), text_of(ask.find("h3"))] == [
        "gg-level gg-level--ask",
        "Gelb",
    ]
    assert [text_of(each) for each in only.xpath(".//summary | ./div")] == [
        "Thema: Kennzahlen: Wer spricht: Nur die Presse",
        "Thema: Pläne: Wer spricht: Nur die Leitung",
    ]
    assert (
        text_of(only.xpath("./details/div")[0]) == "Warum. Aber. So nicht a Besser so b"
    )
    [red, amber] = found["taboo-topics"].xpath("//section[h2 and section]")
    assert [text_of(red.find("h2")), text_of(amber.find("h2"))] == ["Rot", "Gelb"]
    assert text_of(red.xpath("./section")[0]) == (
        "Thema: Kennzahlen Nur die Presse Warum. Aber. So nicht a Besser so b"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{ .light-red } Nur die Presse", "{ .blue } Nur die Presse"),
        ("**Rot**{ .light-red } Nur die Leitung", "**Dunkelrot**{ .light-red } Nur"),
        ("[Pläne](taboo-topics.md#topic-plans)", "[P](a.md) und [Q](b.md)"),
        ("[Pläne](taboo-topics.md#topic-plans)", "[P](a.md){ #here }"),
        ("| Thema | Wer spricht |\n|---|---|", "| Thema | Wer | c |\n|---|---|---|"),
    ],
)
def test_another_table_on_the_guide_stays_as_it_is(old: str, new: str) -> None:
    text = OVERVIEW.replace(old, new)
    assert text != OVERVIEW

    found = arranged(parsed({"index": text, "taboo-topics": EXAMPLES}))

    assert len(found["index"].xpath("//table")) == 1
    assert len(found["index"].xpath("//tr")) == 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{ .light-red } Nur die Presse", "Nur die Presse"),
        ("**Fotos**<br>", "Fotos<br>"),
        ("**Fotos**<br>", "**Fotos**{ #photos }<br>"),
        ("**Fotos**<br>", "[Fotos](contact.md)<br>"),
        ("## Nie tabu", "Und sonst fragen.\n\n## Nie tabu"),
    ],
)
def test_another_table_on_the_page_of_topics_stays_as_it_is(old: str, new: str) -> None:
    text = EXAMPLES.replace(old, new)
    assert text != EXAMPLES

    found = arranged(parsed({"index": OVERVIEW, "taboo-topics": text}))

    assert len(found["taboo-topics"].xpath("//table")) == 1
    # Without examples there is nothing to unfold: links lead to the page as before.
    assert not found["index"].xpath("//details")
    assert len(found["index"].xpath("//a[contains(@href, '#topic-')]")) == 3
