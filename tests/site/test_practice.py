"""The page to practise on as it is written: cards that anybody can read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]
from tests.decks import deck_for
from tests.wording import raises

from guidegen.errors import SiteError
from guidegen.model.document import Document
from guidegen.model.text import in_language
from guidegen.site import Alive, Look, build_site
from guidegen.site.alive import guideline_id
from guidegen.site.configuration import configuration
from guidegen.site.mkdocs_project import docs_files
from guidegen.site.practice import SCRIPT_WORDS, practice_page

SCRIPT = (
    Path(__file__).parents[2]
    / "guideline_templates/dell/site/assets/guidegen/practice.js"
)
HOSTILE = " \"><img src=x onerror=alert(1)> {{7*7}} & </script><b>'`"


def _alive(*documents: Document, text: str = "") -> Alive:
    return Alive(decks={each.language: deck_for(each, text=text) for each in documents})


def _extra(document: Document, alive: Alive, *documents: Document) -> Any:  # noqa: ANN401
    settings: Any = configuration(document, documents or (document,), alive=alive)
    return settings["extra"]["guidegen"]


@pytest.fixture(scope="module")
def site(
    german: Document,
    english: Document,
    theme: tuple[Path, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A site in two languages with hostile cards."""
    into = tmp_path_factory.mktemp("practice")
    alive = _alive(german, english, text=HOSTILE)
    build_site((german, english), look=Look(folders=theme), into=into, alive=alive)
    return into


def _page(site: Path, name: str = "practice.html") -> Any:  # noqa: ANN401
    return html.fromstring((site / name).read_text("utf-8"))


def test_a_language_without_cards_has_no_page_and_no_word_of_it(
    german: Document, english: Document
) -> None:
    alive = Alive(
        decks={
            "de": deck_for(german),
            "en": replace(deck_for(english), cards=()),
        }
    )

    assert "practice.md" in docs_files(german, alive=alive)
    assert "practice.md" not in docs_files(english, alive=alive)
    assert "practice.md" not in docs_files(german)
    extra = _extra(english, alive, german, english)
    assert extra["practice"] is extra["practice_box"] is None
    nav: Any = configuration(english, (german, english), alive=alive)["nav"]
    assert not any("practice.md" in entry.values() for entry in nav)


def test_the_header_leads_to_it_before_the_page_of_changes(german: Document) -> None:
    nav: Any = configuration(german, (german,), alive=_alive(german))["nav"]

    assert nav[-1] == {"Üben": "practice.md"}


def test_the_languages_switch_between_their_pages_of_practice(
    german: Document, english: Document
) -> None:
    both = _extra(german, _alive(german, english), german, english)
    one = _extra(german, _alive(german), german, english)

    pages = [set(each["pages"]) for each in both["languages"]]
    assert [("practice.html" in each) for each in pages] == [True, True]
    pages = [set(each["pages"]) for each in one["languages"]]
    assert [("practice.html" in each) for each in pages] == [True, False]


def test_what_a_browser_keeps_has_one_name_in_all_languages_and_versions(
    german: Document, english: Document
) -> None:
    documents = (german, english)
    names = {
        _extra(each, _alive(*documents), *documents)["practice"]["key"]
        for each in documents
    }
    later = replace(german, digest="f" * 64, valid_from=german.valid_from + 1)
    other = replace(german, company="Südlicht AG")

    assert names == {f"guidegen:{guideline_id(documents)}:practice"}
    assert re.fullmatch(r"guidegen:[0-9a-f]{12}:practice", names.pop())
    assert guideline_id((later, english)) == guideline_id(documents)
    assert guideline_id((other, english)) != guideline_id(documents)


def test_every_word_that_the_script_asks_for_is_given_and_no_other() -> None:
    script = SCRIPT.read_text("utf-8")
    asked = set(re.findall(r"\bwords\.(\w+)", script)) - {"front"}

    in_script = {re.sub(r"_(\w)", lambda it: it[1].upper(), w) for w in SCRIPT_WORDS}
    assert in_script == asked


@pytest.mark.parametrize("name", ["practice", "inside"])
def test_no_page_of_a_pack_takes_its_name(
    german: Document, theme: tuple[Path, ...], tmp_path: Path, name: str
) -> None:
    pages = (*german.pages, replace(german.pages[1], id=name))

    with raises(SiteError, match=f"called “{name}”"):
        build_site(
            (replace(german, pages=pages),), look=Look(folders=theme), into=tmp_path
        )


@pytest.mark.slow
def test_cards_can_be_read_in_order_with_choices_answer_reason_and_rule(
    site: Path, german: Document
) -> None:
    deck = deck_for(german, text=HOSTILE)
    items = _page(site).xpath("//li[@class='gg-question']")

    assert [each.get("data-id") for each in items] == [card.id for card in deck.cards]
    for item, card in zip(items, deck.cards, strict=True):
        [question] = item.xpath("h3")
        [answer] = item.xpath("details")
        said = " ".join(answer.text_content().split())
        [link] = answer.xpath(".//a")
        assert question.text_content() == card.question
        assert [it.text_content() for it in item.xpath("ul/li")] == [*card.choices]
        assert f"Richtig ist: {' '.join(card.choices[card.right].split())}" in said
        [summary] = answer.xpath("summary")
        assert summary.get("aria-describedby") == question.get("id")
        assert " ".join(card.why.split()) in said
        assert link.text_content() == card.rule_title
        assert link.get("href") == card.href
        assert int(item.get("data-right")) == card.right


@pytest.mark.slow
def test_nothing_in_a_card_becomes_markup(site: Path) -> None:
    page = _page(site)

    assert page.xpath("//article//img | //article//b") == []
    assert "{{7*7}}" in page.text_content()
    scripts = [each.get("src") for each in page.xpath("//script[@src]")]
    assert [each for each in scripts if "practice" in each] == [
        "assets/guidegen/practice.js"
    ]
    [root] = page.xpath("//*[@class='gg-practice']")
    assert root.get("data-progress") == "Frage {number} von {count}"


@pytest.mark.slow
def test_only_its_own_page_has_its_script_and_styles(site: Path) -> None:
    with_script = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if "assets/guidegen/practice." in path.read_text("utf-8")
    }

    assert with_script == {"practice.html", "en/practice.html"}
    assert (site / "assets/guidegen/practice.css").stat().st_size < 7_000
    assert (site / "assets/guidegen/practice.js").stat().st_size < 14_000


@pytest.mark.slow
def test_no_search_finds_it_and_only_the_front_page_leads_to_it(site: Path) -> None:
    found = [path.read_text("utf-8") for path in (site / "search").glob("*index.*")]

    assert found
    assert not any("Baustelle" in text or "Zwei Minuten" in text for text in found)
    boxes = {
        path.name: bool(_page(site, path.name).xpath("//*[@class='gg-alive']"))
        for path in site.glob("*.html")
    }
    assert [name for name, box in boxes.items() if box] == ["index.html"]


def test_words_of_another_language_are_marked(german: Document) -> None:
    deck = deck_for(german)
    name = in_language("Wind <farm>", "en")
    cards = (replace(deck.cards[0], question=f"Geht es um {name}?"),)

    page: Any = practice_page(replace(deck, cards=cards), front="index.html", key="k")

    expected = 'Geht es um <span lang="en">Wind &lt;farm&gt;</span>?'
    assert page["cards"][0]["question"] == expected


@given(text=st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_of_a_card_stays_text(german: Document, text: str) -> None:
    page: Any = practice_page(deck_for(german, text=text), front="a", key="k")

    for card in page["cards"]:
        shown = [card["question"], *card["choices"], card["why"], card["rule"]]
        rest = re.sub(r'<span lang="[A-Za-z-]+">|</span>', "", "".join(shown))
        assert not set('<>"') & set(rest)
