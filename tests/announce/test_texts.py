"""What is told of a release: complete, easy to read, and nothing but what is so."""

from __future__ import annotations

import re

import pytest
from tests.announce.kits import ADDRESS, NOTE, SAMPLES, STEPS, kits
from tests.readability import DU, SIE, ease, sentences_of

from guidegen.announce.letter import letter
from guidegen.announce.managers import questions_and_answers
from guidegen.mail import Bullets, Button, Contact, Paragraph
from guidegen.mail.html import html_mail
from guidegen.mail.text import text_mail
from guidegen.pack.find import builtin_packs

pytestmark = pytest.mark.slow  # reads all companies

DELL = (builtin_packs() / "dell",)
MOST_WORDS = 120
EASY = {"de": 65, "en": 65}


def _running(name: str, step: str) -> dict[str, list[str]]:
    """Return the paragraphs of a mail by variant, without whom to ask."""
    found = {}
    for kit in kits(name, step):
        blocks = letter(kit).blocks
        texts = [each.text for each in blocks if isinstance(each, Paragraph)]
        found[kit.language] = [text for text in texts if text]
    return found


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_of_every_company_is_filled_in(name: str, step: str) -> None:
    for kit in kits(name, step):
        # Texts of other steps, too: none of them may keep a place.
        for key, text in kit.texts.items():
            assert not re.search(r"[{}\ue010-\ue012\uf200-\uf2ff]", text), key
            assert "  " not in text, key
            assert not re.search(r"\.\.(?!\.)", text), key


@pytest.mark.parametrize("step", STEPS)
def test_a_mail_is_short_and_easy_to_read(step: str) -> None:
    for name in SAMPLES:
        for kit in kits(name, step):
            words = []
            for block in letter(kit).blocks:
                match block:
                    case Paragraph():
                        words += f"{block.heading or ''} {block.text}".split()
                        words += (block.label or "").split()
                    case Button():
                        words += block.label.split()
                    case Contact() | Bullets():
                        words += f"{block.heading}".split()
            assert len(words) <= MOST_WORDS, (name, kit.language, len(words))
            own = [
                f"<p>{text}</p>"
                for text in _running(name, step)[kit.language]
                if text not in {kit.note, kit.text("quoted")}
            ]
            found = ease(sentences_of("".join(own)), kit.language)
            assert found >= EASY[kit.language], (name, kit.language, found)


def test_a_mail_is_small_and_loads_nothing() -> None:
    for name in SAMPLES:
        for kit in kits(name, "major"):
            html = html_mail(letter(kit), DELL)
            assert len(html.encode()) <= 40_000
            assert not re.search(r"<(?:img|script|link|iframe)|url\(|\bsrc=", html)
            text = text_mail(letter(kit))
            assert all(len(line) <= 78 or " " not in line for line in text.splitlines())


@pytest.mark.parametrize("step", STEPS)
def test_german_says_du_or_sie_throughout(step: str) -> None:
    for name in SAMPLES:
        for kit in kits(name, step):
            if kit.language != "de":
                continue
            used = {
                key: text
                for key, text in kit.texts.items()
                if kit.note is None or kit.note not in text
            }
            formal = "Erzählen Sie" in kit.texts["statement"]
            other = DU if formal else SIE
            wrong = {key: text for key, text in used.items() if other.search(text)}
            assert wrong == {}, name


def test_american_english_has_no_british_words() -> None:
    british = re.compile(r"practise|organis|colour|behaviour|apologis|at the weekend")
    for name in SAMPLES:
        for kit in kits(name):
            if kit.locale == "en-US":
                assert not british.search("\n".join(kit.texts.values()))


def test_the_first_release_invites_and_a_later_one_says_what_is_new() -> None:
    first = text_mail(letter(kits("manufacturer", "first")[0]))
    major = text_mail(letter(kits("manufacturer", "major")[0]))
    minor = text_mail(letter(kits("manufacturer", "minor")[0]))
    patch = text_mail(letter(kits("manufacturer", "patch")[0]))
    assert "Hallo, ich bin [Name]" in first
    assert "changes.html" not in first
    for text in (major, minor, patch):
        flat = " ".join(text.split())
        assert NOTE["de"] in flat
        assert f"{ADDRESS}changes.html#v-" in text
    for text in (minor, patch):
        assert "nichts tun" in " ".join(text.split())
    assert "nichts tun" not in " ".join(major.split())


def test_only_who_has_to_confirm_is_asked_to() -> None:
    asked = {
        (name, step): [kit.links.confirm for kit in kits(name, step)]
        for name in ("listed", "small")
        for step in STEPS
    }
    for step in ("first", "major"):
        assert asked["listed", step][0] == f"{ADDRESS}acknowledgement.html"
        assert asked["listed", step][1] == f"{ADDRESS}en/acknowledgement.html"
    for step in ("minor", "patch"):
        assert asked["listed", step] == [None, None]
    assert asked["small", "first"] == [None]
    for step in STEPS:
        for kit in kits("listed", step):
            keys = [question for question, _ in questions_and_answers(kit)]
            confirms = kit.texts["faq_confirm_question"] in keys
            assert confirms is (step in {"first", "major"})


@pytest.mark.parametrize(
    ("address", "front", "english"),
    [
        ("https://x.example", "https://x.example/", "https://x.example/en/"),
        (
            "http://x.example/a/index.html",
            "http://x.example/a/",
            "http://x.example/a/en/",
        ),
        ("https://x.example/a", "https://x.example/a/", "https://x.example/a/en/"),
        # A page of somebody's own portal: nothing is known of what is below it.
        *((own, own, own) for own in (
            "https://x.example/portal.aspx",
            "https://x.example/go?to=7",
            "https://x.example/#/social",
        )),
    ],
)  # fmt: skip
def test_each_language_has_an_address_of_its_own(
    address: str, front: str, english: str
) -> None:
    found = kits("listed", "major", address)
    assert [kit.links.front for kit in found] == [front, english]
    if front == english:
        assert all(kit.links.changes is None for kit in found)
        assert all(kit.links.confirm is None for kit in found)


def test_who_has_something_to_do_is_led_to_the_page_to_practise_on() -> None:
    for step in STEPS:
        for kit in kits("listed", step):
            href = f"{kit.links.front}practice.html"
            assert kit.links.practice == href
            assert (href in text_mail(letter(kit))) is (step in {"first", "major"})


def test_rules_are_those_of_the_front_page_without_their_numbers() -> None:
    for name in SAMPLES:
        for kit in kits(name):
            assert len(kit.rules) >= 5
            assert not any(re.match(r"\d", rule) for rule in kit.rules)
    assert kits("small")[0].rules[0] == "Schütze Informationen"
