"""Practising in a real browser: by hand, by keyboard, by ear, and over the months."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from lxml import html  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.axe import HEIGHT, WIDTHS, violations
from tests.browser.conftest import serving
from tests.browser.test_keyboard import LOOK, SMALL, WATCH, open_page

pytestmark = pytest.mark.slow

START = dt.datetime(2027, 1, 4, 12, tzinfo=dt.UTC)
AT_ONCE = 5
Look = tuple[Literal["light", "dark"], int]
KEPT = """() => {
    const names = Object.keys(localStorage).filter(name => name.startsWith("guidegen:"))
    return Object.fromEntries(names.map(name => [name, localStorage.getItem(name)]))
}"""
READABLE = """() => {
    const all = [...document.querySelectorAll(".gg-question")]
    const ids = wrong => all.filter(wrong).map(it => it.id)
    return {
        questions: ids(it => !it.querySelector("h3").checkVisibility()
            || it.querySelectorAll(":scope > ul > li").length < 2),
        answers: ids(it => !it.querySelector("details:not([open]) > .gg-answer__why")),
    }
}"""
REFUSED = """
    Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("no", "SecurityError") }
    })
"""
FULL = """
    Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError")
    }
"""


@pytest.fixture(scope="module")
def folder(companies: Path) -> Path:
    """The site of a company with two languages and many cards."""
    return companies / "listed" / "site"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(folder) as found:
        yield found


@pytest.fixture
def clock(page: Page) -> Page:
    """A tab in which time stands still on a Monday."""
    page.clock.set_fixed_time(START)
    return page


class Sitting:
    """What somebody does on the page in one language."""

    def __init__(self, page: Page, address: str, language: str = "de") -> None:
        self.page = page
        self.address = address + ("" if language == "de" else f"{language}/")
        german = language == "de"
        self.answer = "Antworten" if german else "Answer"
        self.next = "Nächste Frage" if german else "Next question"
        self.finish = "Zum Ergebnis" if german else "See the result"

    def open(self) -> Sitting:
        self.page.goto(f"{self.address}practice.html")
        return self

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    @property
    def question(self) -> str:
        return self.page.locator("legend").inner_text()

    @property
    def solution(self) -> int:
        """The index of the right choice, as the list below the question has it."""
        index: str = self.page.evaluate(
            """question => [...document.querySelectorAll(".gg-question")].find(
                it => it.querySelector("h3").textContent === question).dataset.right""",
            self.page.locator("legend").text_content(),
        )
        return int(index)

    def choose(self, *, right: bool = True) -> None:
        index = self.solution if right else (self.solution + 1) % 2
        self.page.get_by_role("radio").nth(index).check()
        self.press(self.answer)

    def go_on(self) -> None:
        last = self.page.get_by_role("button", name=self.finish, exact=True)
        self.press(self.finish if last.count() else self.next)

    def play(self, *wrong: int) -> list[str]:
        """Answer all questions, some of them wrong; return what was asked."""
        asked = []
        while self.page.get_by_role("radio").count():
            asked.append(self.question)
            self.choose(right=len(asked) - 1 not in wrong)
            self.go_on()
        return asked

    def keep(self, cards: dict[str | None, list[Any]]) -> None:
        """Let the browser have this in its store, and open the page anew."""
        self.store(json.dumps({"v": 1, "cards": cards}))

    def store(self, text: str) -> None:
        key = self.page.locator(".gg-practice").get_attribute("data-key")
        set_item = "([key, text]) => localStorage.setItem(key, text)"
        self.page.evaluate(set_item, [key, text])
        self.page.reload()

    def kept(self) -> dict[str, list[Any]]:
        found: dict[str, str] = self.page.evaluate(KEPT)
        if not found:
            return {}
        [text] = found.values()
        content = json.loads(text)
        assert content.pop("v") == 1
        cards: dict[str, list[Any]] = content.pop("cards")
        assert content == {}
        return cards


def later(page: Page, days: int) -> None:
    page.clock.set_fixed_time(START + dt.timedelta(days=days))


def test_five_questions_are_asked_one_at_a_time(clock: Page, address: str) -> None:
    sitting = Sitting(clock, address).open()
    shown = clock.locator(".gg-sitting")

    for number in range(1, AT_ONCE + 1):
        assert clock.locator("fieldset").count() == 1
        expect(shown).to_contain_text(f"Frage {number} von 5")
        sitting.choose()
        expect(clock.locator(".gg-sitting [role=status]")).to_contain_text("Genau.")
        link = clock.locator(".gg-sitting [role=status] a")
        assert "html#" in (link.get_attribute("href") or "")
        sitting.go_on()

    expect(shown).to_contain_text("5 von 5 auf Anhieb richtig.")
    expect(shown).to_contain_text("am 11. Januar 2027")
    assert clock.get_by_role("link", name="Zur Guideline").get_attribute("href") == (
        "index.html"
    )


def test_what_was_wrong_comes_back_in_the_same_sitting_and_the_next(
    clock: Page, address: str
) -> None:
    sitting = Sitting(clock, address).open()

    # The second question is answered wrong, and once more when it comes back.
    first = sitting.play(1, 5)
    expect(clock.locator(".gg-sitting")).to_contain_text("4 von 5 auf Anhieb richtig.")
    expect(clock.locator(".gg-sitting")).to_contain_text("Heute noch an der Reihe: 1.")
    clock.reload()
    second = sitting.play()

    assert first[AT_ONCE:] == [first[1]]
    assert second[0] == first[1]
    assert not set(second[1:]) & set(first)


def test_what_was_right_comes_back_after_a_week_a_month_and_so_on(
    clock: Page, address: str
) -> None:
    sitting = Sitting(clock, address).open()
    ids = [it.get_attribute("data-id") for it in clock.locator(".gg-question").all()]
    sitting.keep({key: [box, "2027-01-04"] for box, key in enumerate(ids[5:10])})

    first = sitting.play()

    assert sitting.kept() == {
        ids[5]: [1, "2027-01-11"],
        ids[6]: [2, "2027-02-03"],
        ids[7]: [3, "2027-05-04"],
        ids[8]: [4, "2027-07-03"],
        ids[9]: [5, "2028-01-04"],
    }
    for day, due in ((6, False), (7, True), (364, True)):
        later(clock, day)
        clock.reload()
        assert (sitting.question == first[0]) is due
    sitting.keep({ids[9]: [5, "2028-01-04"]})
    later(clock, 365)
    clock.reload()
    assert sitting.question == first[4]
    sitting.choose()
    assert sitting.kept() == {ids[9]: [5, "2029-01-03"]}


def test_more_can_be_practised_at_once_without_coming_back_later_for_it(
    clock: Page, address: str
) -> None:
    sitting = Sitting(clock, address).open()
    questions = clock.locator(".gg-question").all()
    cards = {each.get_attribute("data-id"): [1, "2027-01-11"] for each in questions}
    sitting.keep(cards)
    expect(clock.locator(".gg-sitting")).to_contain_text("Für heute ist alles geübt.")
    expect(clock.locator(".gg-sitting")).to_contain_text("am 11. Januar 2027")

    sitting.press("Fünf weitere Fragen")
    again = sitting.play(0)

    # What was wrong was answered right in the end.
    assert len(again) == AT_ONCE + 1
    assert sitting.kept() == cards


def test_both_languages_know_what_was_practised(clock: Page, address: str) -> None:
    Sitting(clock, address).open().play()
    english = Sitting(clock, address, "en").open()
    kept = english.kept()

    english.play()

    assert len(kept) == AT_ONCE
    assert len(english.kept()) == 2 * AT_ONCE
    expect(clock.locator(".gg-sitting")).to_contain_text("on January 11, 2027")


def test_only_ids_and_days_are_kept_and_can_be_forgotten(
    clock: Page, address: str
) -> None:
    sitting = Sitting(clock, address).open()
    assert sitting.kept() == {}
    sitting.play(0)
    questions = clock.locator(".gg-question").all()
    ids = {each.get_attribute("data-id") for each in questions}
    kept = sitting.kept()

    sitting.press("Meine Antworten vergessen")

    assert set(kept) < ids
    assert {tuple(entry) for entry in kept.values()} == {(1, "2027-01-11")}
    assert clock.evaluate(KEPT) == {}
    expect(clock.locator(".gg-kept [role=status]")).to_contain_text("Vergessen.")
    expect(clock.locator(".gg-sitting")).to_contain_text("Frage 1 von 5")
    assert "practice" not in clock.evaluate("Object.keys(localStorage).join()")


@pytest.mark.parametrize("script", [REFUSED, FULL], ids=["refused", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_asks_all_the_same(
    context: BrowserContext, clock: Page, address: str, script: str
) -> None:
    context.add_init_script(script)
    sitting = Sitting(clock, address).open()

    expect(clock.locator(".gg-kept")).to_contain_text("merkt sich hier nichts")
    expect(clock.get_by_role("button", name="vergessen")).to_be_hidden()
    asked = sitting.play(2)

    assert len(asked) == AT_ONCE + 1
    expect(clock.locator(".gg-sitting")).to_contain_text("4 von 5")


GARBAGE = [
    "",
    "null",
    "[]",
    "{",
    '"x"',
    '{"v": 2, "cards": {"desk-photo": [5, "2027-12-31"]}}',
    '{"v": 1, "cards": null}',
    '{"v": 1, "cards": [[1, 2], "x"]}',
    '{"v": 1, "cards": {"__proto__": [1, "2027-01-05"], "constructor": [9, 9]}}',
    '{"v": 1, "cards": {"desk-photo": [5, "2027-99-99"]}}',
    '{"v": 1, "cards": {"desk-photo": [[], ["2027-01-05"]]}}',
    '{"v": 1, "cards": {"desk-photo": {"box": 1}, "<img src=x>": [1, "2027-01-05"]}}',
    '{"v": 1, "cards": {"desk-photo": [1.5, "<b>"], "x": [-1, "2027-01-05"]}}',
]


def test_garbage_in_the_store_harms_nobody(clock: Page, address: str) -> None:
    sitting = Sitting(clock, address).open()
    first = sitting.question
    for text in GARBAGE:
        sitting.store(text)

        # Nothing of it counts as practised, and all of it is gone with an answer.
        assert sitting.question == first, text
        sitting.choose()
        assert [*sitting.kept().values()] == [[1, "2027-01-11"]], text


def test_what_cannot_be_true_yet_is_due(clock: Page, address: str) -> None:
    sitting = Sitting(clock, address).open()
    last = clock.locator(".gg-question").last
    card = last.get_attribute("data-id")
    sitting.keep({card: [2, "2999-12-31"]})

    assert sitting.question == last.locator("h3").text_content()
    sitting.choose()
    assert sitting.kept() == {card: [3, "2027-05-04"]}


def test_nothing_is_sent(clock: Page, folder: Path) -> None:
    asked: list[str] = []
    clock.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    sitting = Sitting(clock, folder.as_uri() + "/").open()
    clock.wait_for_load_state("networkidle")
    loaded = len(asked)

    sitting.play(0)
    clock.wait_for_load_state("networkidle")

    assert asked[loaded:] == []
    assert all(each.startswith(f"GET {folder.as_uri()}/") for each in asked)
    # Opened by double-click, it is kept as well.
    assert len(sitting.kept()) == AT_ONCE


def test_a_whole_sitting_needs_only_the_keyboard(clock: Page, address: str) -> None:
    sitting = Sitting(clock, address).open()
    focused = "document.activeElement.textContent"

    for number in range(AT_ONCE):
        if number == 0:
            clock.get_by_role("radio").first.focus()
        else:
            # The next question has the focus, and a Tab leads to its choices.
            assert clock.evaluate(focused) == sitting.question
            clock.keyboard.press("Tab")
        clock.keyboard.press("Space")
        for _ in range(sitting.solution):
            clock.keyboard.press("ArrowDown")
        if number % 2:
            clock.keyboard.press("Enter")
        else:
            clock.keyboard.press("Tab")
            clock.keyboard.press("Enter")
        assert clock.evaluate(focused) == "Genau."
        clock.keyboard.press("Tab")
        assert "html#" in clock.evaluate("document.activeElement.href")
        clock.keyboard.press("Tab")
        clock.keyboard.press("Enter")

    assert clock.evaluate(focused) == "Geschafft!"
    clock.keyboard.press("Tab")
    assert clock.evaluate(focused) == "Fünf weitere Fragen"


def test_the_keyboard_sees_where_it_is_and_nothing_covers_it(
    clock: Page, folder: Path
) -> None:
    clock.add_init_script("localStorage.clear()")
    open_page(clock, folder / "practice.html", 390, opened=False)
    clock.evaluate(WATCH)
    # Of the radio buttons of a question, a Tab reaches one.
    others = clock.get_by_role("radio").count() - 1

    for _ in range(clock.evaluate("window.wanted.size") + 5):
        clock.keyboard.press("Tab")
        clock.evaluate(LOOK)

    unseen = [it for it in clock.evaluate("window.unseen") if "radio" not in it]
    assert unseen == []
    assert clock.evaluate("window.wanted.size") == others


def test_a_key_that_is_held_down_skips_nothing(clock: Page, address: str) -> None:
    sitting = Sitting(clock, address).open()
    question = sitting.question
    clock.get_by_role("radio").first.check()

    clock.get_by_role("button", name="Antworten", exact=True).focus()
    for _ in range(5):
        # Without a release in between, each further one is a repetition.
        clock.keyboard.down("Enter")
    clock.keyboard.up("Enter")

    assert sitting.question == question
    expect(clock.get_by_role("button", name="Nächste Frage")).to_be_visible()


def test_who_answers_without_a_choice_is_told_so(clock: Page, address: str) -> None:
    sitting = Sitting(clock, address).open()

    sitting.press("Antworten")

    expect(clock.locator(".gg-sitting [role=status]")).to_have_text(
        "Bitte wählen Sie zuerst eine Antwort."
    )
    expect(clock.get_by_role("radio").first).to_be_focused()


def test_it_says_everything_to_those_who_listen(clock: Page, address: str) -> None:
    sitting = Sitting(clock, address).open()
    place = clock.locator(".gg-sitting")
    choices = clock.locator(".gg-choice__text").all_inner_texts()
    asked = place.aria_snapshot()
    sitting.choose(right=False)
    answered = place.aria_snapshot()

    # The question names the group, and comes first in it.
    assert f'group "{sitting.question}"' in asked
    lines = [line.strip("- ") for line in asked.splitlines()]
    group = next(at for at, line in enumerate(lines) if line.startswith("group"))
    assert lines[group + 1].startswith("heading")
    assert [line for line in lines if line.startswith("radio")] == [
        f'radio "{choice}"' for choice in choices
    ]
    assert 'button "Antworten"' in asked
    assert "status:" in answered
    assert "Nicht ganz. Die Frage kommt gleich noch einmal." in answered
    assert "Richtig ist:" in answered
    assert "Ihre Antwort" in answered
    assert "Richtige Antwort" in answered
    assert not set("✓✗✔✘×") & set(answered)


@pytest.mark.long
def test_axe_finds_nothing_in_any_state(clock: Page, address: str) -> None:
    sitting = Sitting(clock, address).open()
    clock.locator(".gg-colors").wait_for()
    looks: Iterator[Look] = itertools.cycle([("light", 320), ("dark", 1280)])
    found = []

    def look(state: str, times: int = 1) -> None:
        for width in WIDTHS:
            clock.set_viewport_size({"width": width, "height": HEIGHT})
            if clock.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{state}: it scrolls sideways at {width}")
        if small := clock.evaluate(SMALL, 24):
            found.append(f"{state}: {small}")
        for scheme, width in itertools.islice(looks, times):
            clock.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            clock.set_viewport_size({"width": width, "height": HEIGHT})
            if wrong := violations(clock):
                found.append(f"{state} {scheme} {width}: {wrong}")

    sitting.press("Antworten")
    look("asked")
    sitting.choose(right=False)
    look("not quite", 2)
    sitting.go_on()
    sitting.choose()
    look("right", 2)
    sitting.go_on()
    sitting.play()
    # Those further down look the same.
    opened = "all => all.slice(0, 4).forEach(it => it.open = true)"
    clock.locator("details").evaluate_all(opened)
    look("the end, and all questions", 2)

    assert found == []


def test_what_is_touched_is_as_large_as_a_finger(clock: Page, address: str) -> None:
    clock.set_viewport_size({"width": 320, "height": 640})
    sitting = Sitting(clock, address).open()
    boxes = [each.bounding_box() for each in clock.locator(".gg-choice").all()]
    boxes += [each.bounding_box() for each in clock.locator(".gg-button").all()]
    sitting.choose()
    boxes += [each.bounding_box() for each in clock.locator(".gg-button").all()]

    assert len(boxes) >= 6
    for box in boxes:
        assert box
        assert min(box["width"], box["height"]) >= 44


def test_what_is_said_and_what_comes_next_are_in_sight(
    clock: Page, address: str
) -> None:
    clock.emulate_media(reduced_motion="reduce")
    clock.set_viewport_size({"width": 320, "height": 568})
    sitting = Sitting(clock, address).open()
    bar = clock.locator(".gg-contact__bar").bounding_box()
    assert bar

    for number in range(3):
        sitting.choose(right=bool(number))
        title = clock.locator(".gg-sitting__reaction").bounding_box()
        assert title
        assert 0 <= title["y"] < bar["y"] - title["height"]
        sitting.go_on()
        title = clock.locator("legend").bounding_box()
        assert title
        assert 0 <= title["y"] < bar["y"] - 40


def test_without_scripts_every_card_can_be_read(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}practice.html")
        questions = page.locator(".gg-question")

        assert questions.count() > 2 * AT_ONCE
        assert page.get_by_role("radio").count() == 0
        expect(page.locator(".gg-kept")).to_be_hidden()
        expect(page.locator(".gg-sitting")).to_be_hidden()
        assert page.evaluate(READABLE) == {"questions": [], "answers": []}
        expect(page.locator(".gg-answer__why").first).to_be_hidden()
        questions.first.locator("summary").click()
        expect(page.locator(".gg-answer__why").first).to_be_visible()


def test_on_paper_every_question_stands_with_its_answer(
    clock: Page, address: str
) -> None:
    Sitting(clock, address).open()
    clock.emulate_media(media="print")
    clock.evaluate("dispatchEvent(new Event('beforeprint'))")

    expect(clock.locator(".gg-sitting")).to_be_hidden()
    expect(clock.locator(".gg-kept")).to_be_hidden()
    hidden = "all => all.filter(it => !it.checkVisibility()).length"
    assert clock.locator(".gg-answer__why").evaluate_all(hidden) == 0


def test_a_link_to_a_card_opens_the_list(clock: Page, address: str) -> None:
    Sitting(clock, address).open()
    name = clock.locator(".gg-question").last.get_attribute("id")

    clock.goto("about:blank")
    clock.goto(f"{address}practice.html#{name}")

    expect(clock.locator(f"#{name} h3")).to_be_in_viewport()


def test_every_card_leads_to_a_rule_that_is_there(companies: Path) -> None:
    ids: dict[Path, set[str]] = {}
    for path in companies.glob("*/site/**/practice.html"):
        links = html.parse(path).xpath("//*[@class='gg-answer']//a/@href")
        assert links
        for link in links:
            name, _, anchor = link.partition("#")
            page = path.parent / name
            if page not in ids:
                ids[page] = {*html.parse(page).xpath("//@id")}
            assert anchor in ids[page], (path, link)
