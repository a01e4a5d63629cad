"""The nine companies' pages: short, easy to read, and their own from the first line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache

import markdown
import pytest
from tests.readability import ease, mean, running_words, sentences_of
from tests.samples import COMPANIES, SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.model.document import Document
from guidegen.pipeline.working_copy import compose_documents

pytestmark = pytest.mark.slow

MOST_WORDS = 600
LONGEST_SENTENCE = 20
MEAN_SENTENCE = (9, 11)
EASY = {"de": 68, "de-formal": 62, "en": 70, "en-us": 70}
"""Flesch-Amstad for German with Du and with Sie, Flesch reading ease for English."""


@cache
def documents(name: str) -> dict[str, Document]:
    """Return a company's pages by their variant."""
    answers, pack = read_answers(SCENARIOS / name / "guideline.yml")
    return {document.variant: document for document in compose_documents(answers, pack)}


def variants() -> Iterator[tuple[str, str]]:
    """Yield each company with each variant that it has."""
    for name in COMPANIES:
        for variant in documents(name):
            yield name, variant


def html_of(name: str, variant: str, page: str) -> str:
    """Return a page as HTML, empty where the company has none of that name."""
    _, pack = read_answers(SCENARIOS / name / "guideline.yml")
    return "".join(
        markdown.markdown(each.markdown, extensions=list(pack.markdown_extensions))
        for each in documents(name)[variant].pages
        if each.id == page
    )


def sentences(html: str) -> list[list[str]]:
    """Return sentences, with posts, without lists of topics and contact details."""
    entry = r"<li>(?:(?!</li>).)*(?:#topic-|mailto:|tel:|\bChat: ).*?</li>"
    posts = re.sub(r"<(/?)dd>", r"<\1p>", re.sub(entry, "", html, flags=re.DOTALL))
    return sentences_of(posts)


def test_the_main_page_is_short_and_every_page_easy_to_read() -> None:
    rows, wrong = [], []
    for name, variant in variants():
        words = running_words(html_of(name, variant, "index"))
        for page in ("index", "taboo-topics", "details"):
            html = html_of(name, variant, page)
            found = sentences(html)
            length = mean([len(each) for each in found])
            longest = max(found, key=len)
            easy = ease(found, variant[:2])
            figures = f"{length:5.1f}{len(longest):4}{easy:6.1f}"
            row = f"{name:13}{variant:10}{page:13}{figures}"
            rows.append(row + (f"{words:5}" if page == "index" else ""))
            if len(longest) > LONGEST_SENTENCE:
                wrong.append(f"{name} {variant} {page}: {' '.join(longest)}")
            if easy < EASY[variant]:
                wrong.append(row)
            if page == "index" and not MEAN_SENTENCE[0] <= length <= MEAN_SENTENCE[1]:
                wrong.append(row)
        if words > MOST_WORDS:
            wrong.append(f"{name} {variant}: {words} words")
    table = ["", "company      variant   page         mean max  ease words", *rows, ""]
    sys.stdout.write("\n".join(table))

    assert wrong == []
