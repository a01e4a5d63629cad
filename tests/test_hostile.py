"""Any text in every answer, down the whole road: it stays text in site and PDF."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st
from tests.pdf.reading import read_pdf
from tests.soak import counts

from guidegen.errors import ProblemsError
from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project

MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[a](javascript:alert(1))",
    "![a](https://evil.example/a.png)",
    "<https://evil.example>",
    "{{ 7*7 }}{% raw %}",
    "{: .magic-sentence onclick=alert(1) }",
    '#import "x"; #read("/etc/passwd") $x^2$ @ref <label>',
    "\\u{1F680} *a* _b_ `c` | d ~~e~~ [^1] # f",
    "- a: &b !!python/object:x [*c]",
    "%0d%0aSet-Cookie: a=b",
    "Ελλάδα Привет 🚀 é",
    "</title></head><body>",
    "&lt;b&gt; &amp; &#60; &nbsp;",
    "1. a",
    "    code",
    "***",
    "=====",
)
OTHER_SCRIPTS = ("שלום", "مرحبا 👩‍🔬 ﷽", "สวัสดี", "नमस्ते", "你好")
"""The PDF shows them; in what is read out of it they stand from right to left, repeat a
character, or stand by name."""
TEXTS = st.one_of(
    st.sampled_from(MARKUP + OTHER_SCRIPTS),
    st.text(min_size=1, max_size=80),
    st.text(alphabet="#*_`[](){}<>|~^\\$@&\"'!+-=:/. \tab1", min_size=1, max_size=60),
    st.lists(st.sampled_from(MARKUP), min_size=2, max_size=4).map(" ".join),
)
HARMLESS = "Wort"


class Shape(HTMLParser):
    """Collects a page's elements with their attributes' names and where they lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[object, ...]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag, attrs) == ("span", [("class", "gg-word")]):
            return  # the header has one for each word of the company's name
        leads = tuple(
            (name, value) for name, value in attrs if name in {"href", "src", "action"}
        )
        names = tuple(sorted(name for name, _ in attrs))
        self.elements.append((tag, names, leads))

    def handle_data(self, data: str) -> None:
        self.text += data


@dataclass(frozen=True, repr=False)
class Outcome:
    """What a build with one text in every answer gave."""

    elements: tuple[tuple[object, ...], ...]
    text: str
    links: tuple[str, ...]
    pdf: str

    def _repr_pretty_(self, printer: Any, cycle: object) -> None:  # noqa: ANN401
        """Let Hypothesis name it: it refuses to print pages."""
        del cycle
        printer.text("Outcome(…)")


def answers(text: str) -> dict[str, object]:
    """Return answers that say the same in every text."""
    return {
        "format": 1,
        "pack": "dell",
        "languages": ["de"],
        "title": text,
        "document": {"number": text, "classification": text, "approved_by": text},
        "company": {
            "name": text,
            "short_name": text,
            "sector": "other",
            "countries": ["DE"],
            "forms": {"nominative": text, "accusative": text, "dative": text},
            "speaker": ["management", "works"],
        },
        "roles": {"management": text, "works": text},
        "contacts": [
            {
                "name": text,
                "role": text,
                "phone": "+49 40 1234567",
                "answers_within": text,
            }
        ],
        "taboo_topics": [
            {
                "name": text,
                "speakers": ["management"],
                "why": text,
                "dont": text,
                "do": text,
            }
        ],
        "version": {"owner": text, "valid_from": "2027-01-01"},
    }


def build(folder: Path, text: str) -> Outcome:
    """Build a project with this text in every answer and read what it says."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    project = Project(folder)
    # JSON is YAML, and says any text in a way of its own.
    project.answers.write_text(
        json.dumps(answers(text), ensure_ascii=False), encoding="utf-8"
    )
    built = build_project(Job(project=project))
    shapes = []
    for name in ("index", "taboo-topics", "contact"):
        shape = Shape()
        shape.feed((built.site / f"{name}.html").read_text(encoding="utf-8"))
        shapes.append(shape)
    pdf = read_pdf(built.pdfs[0])
    return Outcome(
        elements=tuple(element for shape in shapes for element in shape.elements),
        text=" ".join(shape.text for shape in shapes),
        links=tuple(link for link in pdf.links if link != "#"),
        pdf=pdf.text,
    )


def new_elements(outcome: Outcome, harmless: Outcome) -> list[object]:
    """Return the elements that only one of two outcomes has."""
    found, expected = Counter(outcome.elements), Counter(harmless.elements)
    return [*(found - expected), *(expected - found)]


def squeezed(text: str) -> str:
    """Return a text without what line breaks and hyphenation may change."""
    return re.sub(r"[\s\u00ad\u200b]", "", text)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the builds follow each other in."""
    return tmp_path_factory.mktemp("hostile") / "project"


@pytest.fixture(scope="module")
def harmless(work: Path) -> Outcome:
    """Return what a harmless word gives."""
    return build(work, HARMLESS)


@pytest.mark.long
@pytest.mark.soak
@pytest.mark.no_cover
@pytest.mark.slow
@settings(
    max_examples=counts(soak=60, sample=15),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@example(text="a" * 10_000)
@example(text="\x00\x07\x1b[2J")
@example(text="\u202eevil\u202c")
@given(text=TEXTS)
def test_any_text_stays_text_or_is_refused(
    work: Path, harmless: Outcome, text: str
) -> None:
    try:
        outcome = build(work, text)
    except ProblemsError:  # what is refused, and how it is said: tests/answers
        event("refused")
        return

    assert new_elements(outcome, harmless) == []
    assert outcome.links == harmless.links
    assert squeezed(text) in squeezed(outcome.text)


@pytest.mark.slow
@pytest.mark.parametrize("text", MARKUP)
def test_markup_of_every_language_is_said_literally_by_the_pdf(
    work: Path, harmless: Outcome, text: str
) -> None:
    outcome = build(work, text)

    assert squeezed(text) in squeezed(outcome.pdf)
    assert new_elements(outcome, harmless) == []
    assert outcome.links == harmless.links
