"""Whatever somebody types is refused, or is in the file as it was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.interview.conftest import make_context

from guidegen.answers.new import new_answers
from guidegen.answers.read import check_text
from guidegen.declension import CASES
from guidegen.interview import (
    Field,
    InterviewState,
    RawAnswer,
    begin,
    changed_answers,
    fields,
    finished,
    prompt_for,
)
from guidegen.interview.name_in_sentence import forms_data, read_forms

pytestmark = pytest.mark.slow

CONTEXT = make_context("de", Path("nowhere"))
PACK = CONTEXT.pack
ANSWERS: dict[str, Any] = {
    "languages": ["de"],
    "address": "sie",
    "company": {"name": "Stadt Lindenau", "sector": "public", "countries": ["DE"]},
    "contacts": [{"name": "Jo", "email": "jo@x.example"}],
    "taboo_topics": ["strategy"],
    "version": {"owner": "Jo", "valid_from": "2027-01-01"},
}
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WORDS = st.lists(
    st.sampled_from(
        [
            *("die", "das", "Der", "Stadt", "Städtisches", "Klinikum", "Technische"),
            *("e. V.", "Stadtwerke", "Nord-Süd", "·", ";", "“", "{{", "&", "#", ": "),
        ]
    ),
    max_size=6,
).map(" ".join)


def field(path: str, state: InterviewState) -> Field:
    """Return the field of that path."""
    found = fields(PACK, state, every=True)
    return next(each for each in found if each.path == path)


def typed(path: str, raw: RawAnswer) -> dict[str, Any] | None:
    """Return the file's answers after somebody typed one; None if it was refused."""
    state = begin(PACK, ANSWERS)
    asked = field(path, state)
    prompt = prompt_for(CONTEXT, state, asked)
    meant = prompt.meant(raw)
    if prompt.check(meant) is not None:
        return None
    data = finished(PACK, state.answer(asked, meant))
    text = new_answers({"pack": "dell", **data}, PACK, "de")
    return dict(check_text(text, Path("guideline.yml"), pack=PACK).data)


@settings(deadline=None)
@given(LINES | WORDS)
@example("das Klinikum; das Klinikum; dem Klinikum")
@example("a;b")
@example("die ")
@example(";;")
def test_a_name_in_a_sentence_has_three_forms_or_follows_from_the_name(
    line: str,
) -> None:
    answers = typed("name-in-sentences", line)

    if answers is not None and "forms" in answers["company"]:
        forms = answers["company"]["forms"]
        assert [*forms] == [*CASES]
        assert all(str(form).strip() for form in forms.values())
        # Who is asked again sees what was typed, and changes nothing by taking it.
        state = begin(PACK, answers)
        asked = field("name-in-sentences", state)
        again = state.answer(asked, prompt_for(CONTEXT, state, asked).default)
        assert dict(changed_answers(PACK, again)) == {}


@pytest.mark.parametrize(
    "name",
    [
        *("Stadt Lindenau", "Klinikum Nordheide", "Stadtwerke Musterstadt"),
        *("Technische Universität Nord", "Städtisches Klinikum Süd", "Verein Kultur"),
    ],
)
def test_the_suggestion_follows_from_the_name(name: str) -> None:
    suggested = read_forms(name, PACK.names).nominative

    assert suggested != name
    assert forms_data(suggested, name, PACK.names) is None


@settings(deadline=None)
@given(st.lists(LINES | WORDS | st.sampled_from(["press", "Pressestelle"]), max_size=3))
@example(["kommunikation"])
@example(["Team Süd, Team Nord"])
@example(["die Pressestelle"])
@example(["{{ 7 * 7 }}"])
def test_who_speaks_is_refused_or_written_as_typed(names: list[str]) -> None:
    answers = typed("speaker", [*names])

    if answers is not None:
        meant = field("speaker", begin(PACK, ANSWERS))
        complete = prompt_for(CONTEXT, begin(PACK, ANSWERS), meant).complete
        wanted = [*dict.fromkeys(" ".join(complete(name).split()) for name in names)]
        found = answers["company"]["speaker"]
        written = found if isinstance(found, list) else [found]
        assert [" ".join(str(each).split()) for each in written] == wanted


@settings(deadline=None)
@given(LINES | st.from_regex(r"\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}", fullmatch=True))
def test_a_day_is_refused_or_written_as_one(line: str) -> None:
    answers = typed("valid-from", line)

    if answers is not None:
        day = answers["version"]["valid_from"]
        assert 2000 <= day.year <= 2100


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("www.nordlicht.example", "https://www.nordlicht.example"),
        (
            "intranet.nordlicht.example/kodex",
            "https://intranet.nordlicht.example/kodex",
        ),
        ("nordlicht.example:8080?a=1", "https://nordlicht.example:8080?a=1"),
        ("münchen.example", "https://münchen.example"),
        ("presse@nordlicht.example", "mailto:presse@nordlicht.example"),
        ("http://nordlicht.example", "http://nordlicht.example"),
        ("intranet/kodex", None),
        ("kodex.4", None),
        ("javascript:alert(1)", None),
    ],
)
def test_an_address_is_completed(line: str, address: str | None) -> None:
    answers = typed("about-us", line)

    assert (answers and answers["links"]["about_us"]) == address


@settings(deadline=None)
@given(LINES | LINES.map(lambda line: f"www.{line}"))
@example("www.nordlicht.example/presse?a=b&c")
@example("presse@nordlicht.example")
@example("www.")
@example("javascript:alert(1)")
def test_an_address_is_refused_or_has_a_scheme(line: str) -> None:
    answers = typed("about-us", line)

    if answers is not None and line.strip():
        address = answers["links"]["about_us"]
        assert address.startswith(("https://", "http://", "mailto:"))
