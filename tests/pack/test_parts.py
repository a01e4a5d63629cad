"""The optional parts of the built-in pack: short, each on its own, in every variant."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from tests.readability import DU, SIE, ease, mean, sentences_of, words_of
from tests.samples import answers_with

from guidegen.compose.guideline import compose
from guidegen.model.answers import Answers, SectionAnswer
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.render.document import render

VARIANTS = (("du", "de"), ("sie", "de"), ("du", "en"))
MOST_WORDS = {"de": 120, "en": 135}
"""Of one part with its heading, all answers given, before a country adds anything.

English needs about an eighth more words, shorter ones, for the same.
"""
LONGEST_SENTENCE = 20
MEAN_SENTENCE = 11
EASY = {("du", "de"): 68, ("sie", "de"): 62, ("du", "en"): 70}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("dell")


@pytest.fixture
def bare(pack: Pack, tmp_path: Path) -> Answers:
    """Answers without links or a country, with every part."""
    every = tuple(SectionAnswer(id=part) for part in pack.parts)
    answers = replace(answers_with(tmp_path), sections=every, links={})
    return replace(answers, company=replace(answers.company, countries=()))


@pytest.fixture
def full(pack: Pack, bare: Answers) -> Answers:
    """Answers that make every part as long as it gets before a country adds to it."""
    contact = replace(bare.contacts[0], out_of_hours=LocalText.of("+49 170 1234567"))
    return replace(
        bare,
        contacts=(contact, *bare.contacts[1:]),
        links={key: LocalText.of(f"https://n.example/{key}") for key in pack.links},
        company=replace(
            bare.company,
            sector="public",
            listed=True,
            works_council=True,
            speakers=("press", "management"),
        ),
    )


def details(answers: Answers, pack: Pack, address: str, language: str) -> str:
    """Return the page of the parts as Markdown."""
    guideline = compose(replace(answers, address=address), pack, language)
    return next(
        page.markdown for page in render(guideline).pages if page.id == "details"
    )


def html_of(text: str, pack: Pack) -> str:
    """Return Markdown as HTML."""
    return markdown.markdown(text, extensions=list(pack.markdown_extensions))


def parts_of(page: str, pack: Pack) -> dict[str, str]:
    """Return each part as HTML, by the id of its heading."""
    html = re.split(r'(?=<h2 id=")', html_of(page, pack))[1:]
    return {re.findall(r'<h2 id="([\w-]+)"', part)[0]: part for part in html}


def in_country(answers: Answers, country: str) -> Answers:
    """Return the answers of a company that works in one country."""
    return replace(answers, company=replace(answers.company, countries=(country,)))


@pytest.mark.parametrize(("address", "language"), VARIANTS)
def test_every_part_is_there_under_its_id_and_opens_with_a_sentence_of_its_own(
    full: Answers, pack: Pack, address: str, language: str
) -> None:
    parts = parts_of(details(full, pack, address, language), pack)

    assert tuple(parts) == tuple(pack.parts)
    for part in parts.values():
        opening = re.findall(r"</h2>\s*<p>(.*?)</p>", part, flags=re.DOTALL)
        assert len(sentences_of(f"<p>{opening[0]}</p>")) == 1


@pytest.mark.parametrize(("address", "language"), VARIANTS)
def test_every_part_is_short(
    full: Answers, pack: Pack, address: str, language: str
) -> None:
    parts = parts_of(details(full, pack, address, language), pack)

    lengths = {part: len(words_of(html)) for part, html in parts.items()}

    assert {part: n for part, n in lengths.items() if n > MOST_WORDS[language]} == {}


@pytest.mark.parametrize("country", ["DE", "AT", "CH", "GB", "US"])
@pytest.mark.parametrize(("address", "language"), VARIANTS)
def test_the_page_of_the_parts_is_easy_to_read_in_every_country(
    full: Answers, pack: Pack, address: str, language: str, country: str
) -> None:
    page = details(in_country(full, country), pack, address, language)
    sentences = sentences_of(html_of(page, pack))

    assert [each for each in sentences if len(each) > LONGEST_SENTENCE] == []
    assert mean([len(sentence) for sentence in sentences]) <= MEAN_SENTENCE
    assert ease(sentences, language) >= EASY[address, language]


@pytest.mark.parametrize("country", ["DE", "AT", "CH", "GB", "US"])
def test_the_parts_keep_to_one_form_of_address(
    full: Answers, pack: Pack, country: str
) -> None:
    answers = in_country(full, country)

    assert SIE.findall(details(answers, pack, "du", "de")) == []
    assert DU.findall(details(answers, pack, "sie", "de")) == []


@pytest.mark.parametrize(("address", "language"), VARIANTS)
def test_parts_leave_no_gap_where_nothing_was_answered(
    bare: Answers, pack: Pack, address: str, language: str
) -> None:
    html = html_of(details(bare, pack, address, language), pack)

    assert not re.search(r"[{}]|\bNone\b", html)
    assert not re.search(r" [.,:]|\.\.|: *</li>|<p></p>|<li></li>", html)


@pytest.mark.parametrize(("address", "language"), VARIANTS)
def test_what_an_employee_is_to_answer_in_a_crisis_says_i_not_we(
    full: Answers, pack: Pack, address: str, language: str
) -> None:
    part = parts_of(details(full, pack, address, language), pack)["crisis"]

    posts = re.findall("[„“](.*?)[“”]", part)

    assert len(posts) == 1
    assert re.search(r"\b(?:ich|I)\b", posts[0])
    assert not re.search(r"\b(?:wir|uns\w*|we|us|our)\b", posts[0], re.IGNORECASE)
