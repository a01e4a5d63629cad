from __future__ import annotations

import datetime as dt

import pytest

from guidegen.model.labels import Labels
from guidegen.model.validity import Term, Validity
from guidegen.pack.load import load_pack
from guidegen.site.validity import (
    Sentence,
    root_sentences,
    validity_line,
    validity_sentences,
)


def _day(month: int, day: int) -> dt.date:
    return dt.date(2027, month, day)


FIRST = Term(version="1.0.0", first=_day(1, 1), last=_day(3, 31))
SECOND = Term(version="2.0.0", first=_day(4, 1), last=None)
THIRD = Term(version="3.0.0", first=_day(7, 1), last=None)
CUT = Term(version="2.0.0", first=_day(4, 1), last=_day(6, 30))
ONE_DAY = Term(version="2.0.0", first=_day(4, 1), last=_day(4, 1))
AGAIN = Term(version="1.0.0", first=_day(4, 10), last=_day(6, 30))
BRIEF = Term(version="2.0.0", first=_day(4, 1), last=_day(4, 9))

LATER = Validity(version="2.0.0", released=_day(2, 1), terms=(SECOND,), before=(FIRST,))
OLD = Validity(version="1.0.0", released=_day(1, 1), terms=(FIRST,), after=SECOND)

CASES = {
    "later": (
        LATER,
        "Gilt ab 1. April 2027. Bis dahin gilt [Fassung 1.0.0].",
        "Valid from 1 April 2027. Until then, [version 1.0.0] is valid.",
    ),
    "old": (
        OLD,
        "Gilt bis 31. März 2027. Ab 1. April 2027: [Fassung 2.0.0].",
        "Valid until 31 March 2027. From 1 April 2027: [version 2.0.0].",
    ),
    "newest": (
        Validity(version="2.0.0", released=_day(4, 1), terms=(SECOND,)),
        "Gilt ab 1. April 2027.",
        "Valid from 1 April 2027.",
    ),
    "between": (
        Validity(
            version="2.0.0",
            released=_day(2, 1),
            terms=(CUT,),
            before=(FIRST,),
            after=THIRD,
        ),
        (
            "Gilt vom 1. April 2027 bis 30. Juni 2027."
            " Bis 31. März 2027: [Fassung 1.0.0]."
            " Ab 1. Juli 2027: [Fassung 3.0.0]."
        ),
        (
            "Valid from 1 April 2027 until 30 June 2027. Until 31 March 2027:"
            " [version 1.0.0]. From 1 July 2027: [version 3.0.0]."
        ),
    ),
    "a day": (
        Validity(version="2.0.0", released=_day(2, 1), terms=(ONE_DAY,)),
        "Gilt nur am 1. April 2027.",
        "Valid on 1 April 2027 only.",
    ),
    "third of three": (
        Validity(
            version="3.0.0",
            released=_day(2, 1),
            terms=(THIRD,),
            before=(FIRST, CUT),
        ),
        (
            "Gilt ab 1. Juli 2027. Bis 31. März 2027: [Fassung 1.0.0]."
            " Vom 1. April 2027 bis 30. Juni 2027: [Fassung 2.0.0]."
        ),
        (
            "Valid from 1 July 2027. Until 31 March 2027: [version 1.0.0]."
            " From 1 April 2027 until 30 June 2027: [version 2.0.0]."
        ),
    ),
    "after one that is later, too": (
        Validity(
            version="2.0.0",
            released=dt.date(2026, 12, 1),
            terms=(SECOND,),
            before=(FIRST,),
        ),
        (
            "Gilt ab 1. April 2027."
            " Vom 1. Januar 2027 bis 31. März 2027: [Fassung 1.0.0]."
        ),
        (
            "Valid from 1 April 2027."
            " From 1 January 2027 until 31 March 2027: [version 1.0.0]."
        ),
    ),
    "after one that was withdrawn meanwhile": (
        Validity(
            version="2.0.0",
            released=_day(2, 1),
            terms=(SECOND,),
            before=(Term(version="1.0.0", first=_day(1, 1), last=_day(2, 4)),),
        ),
        "Gilt ab 1. April 2027. Bis 4. Februar 2027: [Fassung 1.0.0].",
        "Valid from 1 April 2027. Until 4 February 2027: [version 1.0.0].",
    ),
    "never": (
        Validity(version="2.0.0", released=_day(2, 1), after=SECOND),
        "Diese Fassung hat nie gegolten. Ab 1. April 2027: [Fassung 2.0.0].",
        "This version has never been valid. From 1 April 2027: [version 2.0.0].",
    ),
    "hours": (
        Validity(
            version="1.9.0",
            released=_day(4, 1),
            replaced_on=_day(4, 1),
            after=SECOND,
        ),
        (
            "Am 1. April 2027 gültig geworden und noch am selben Tag abgelöst."
            " Ab 1. April 2027: [Fassung 2.0.0]."
        ),
        (
            "Became valid on 1 April 2027 and was replaced the same day."
            " From 1 April 2027: [version 2.0.0]."
        ),
    ),
    "withdrawn": (
        Validity(
            version="2.0.0",
            released=_day(4, 1),
            terms=(BRIEF,),
            after=AGAIN,
            withdrawn=_day(4, 10),
        ),
        "Am 10. April 2027 zurückgezogen. Ab 10. April 2027: [Fassung 1.0.0].",
        "Withdrawn on 10 April 2027. From 10 April 2027: [version 1.0.0].",
    ),
    "again": (
        Validity(
            version="1.0.0",
            released=_day(1, 1),
            terms=(FIRST, AGAIN),
            meanwhile=(BRIEF,),
            after=THIRD,
        ),
        (
            "Gilt bis 30. Juni 2027."
            " Vom 1. April 2027 bis 9. April 2027: [Fassung 2.0.0]."
            " Ab 1. Juli 2027: [Fassung 3.0.0]."
        ),
        (
            "Valid until 30 June 2027. From 1 April 2027 until 9 April 2027:"
            " [version 2.0.0]. From 1 July 2027: [version 3.0.0]."
        ),
    ),
}


def _labels(variant: str) -> Labels:
    pack = load_pack("dell")
    return Labels({key: text.get(variant) for key, text in pack.labels.items()})


def _said(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(sentence.text for sentence in sentences)


@pytest.mark.parametrize("case", CASES)
def test_each_case_is_one_line_in_both_languages(case: str) -> None:
    validity, german, english = CASES[case]

    assert _said(validity_sentences(validity, _labels("de"))) == german
    assert _said(validity_sentences(validity, _labels("en"))) == english


def test_the_root_says_only_what_is_not_plain() -> None:
    labels = _labels("de")
    now = Validity(version="1.0.0", released=_day(1, 1), terms=(FIRST,))
    gone = Validity(version="2.0.0", released=_day(2, 1), withdrawn=_day(2, 5))

    assert root_sentences(now, (), labels) == ()
    assert _said(root_sentences(LATER, (), labels)) == CASES["later"][1]
    assert _said(root_sentences(now, (gone,), labels)) == (
        "[Fassung 2.0.0] wurde am 5. Februar 2027 zurückgezogen."
    )


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("later", "Gilt ab 1. April 2027"),
        ("old", "Gilt vom 1. Januar 2027 bis 31. März 2027"),
        ("never", "Diese Fassung hat nie gegolten"),
        (
            "withdrawn",
            "Gilt vom 1. April 2027 bis 9. April 2027. Am 10. April 2027 zurückgezogen",
        ),
    ],
)
def test_in_a_list_each_version_says_both_of_its_ends(case: str, line: str) -> None:
    assert validity_line(CASES[case][0], _labels("de")) == line


def test_why_a_version_was_withdrawn_is_said_as_it_was_written() -> None:
    validity, labels = CASES["withdrawn"][0], _labels("de")

    assert _said(validity_sentences(validity, labels, "Die Frist [2] war falsch")) == (
        "Am 10. April 2027 zurückgezogen. Grund: Die Frist [2] war falsch."
        " Ab 10. April 2027: [Fassung 1.0.0]."
    )
    _, why, _ = validity_sentences(validity, labels, "Falsch!")
    assert why.plain == "Grund: Falsch!"


def test_an_old_version_names_only_the_one_right_before_it() -> None:
    third = Validity(
        version="3.0.0",
        released=_day(2, 1),
        terms=(Term(version="3.0.0", first=_day(7, 1), last=_day(7, 31)),),
        before=(FIRST, CUT),
        after=Term(version="4.0.0", first=_day(8, 1), last=None),
    )

    assert _said(validity_sentences(third, _labels("de"))) == (
        "Gilt vom 1. Juli 2027 bis 31. Juli 2027. Bis 30. Juni 2027: [Fassung 2.0.0]."
        " Ab 1. August 2027: [Fassung 4.0.0]."
    )


def test_a_sentence_links_what_stands_in_brackets_and_is_html() -> None:
    sentence = Sentence(text="Bis <dann>: [Fassung 1.0.0].", version="1.0.0")

    assert sentence.plain == "Bis <dann>: Fassung 1.0.0."
    assert list(sentence.pieces(lambda version: f"v/{version}/?a&b")) == [
        {"text": "Bis &lt;dann&gt;: ", "href": None},
        {"text": "Fassung 1.0.0", "href": "v/1.0.0/?a&amp;b"},
        {"text": ".", "href": None},
    ]
