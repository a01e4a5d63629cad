"""The contract of `inside:`: the feeds that say what is said about the company."""

from __future__ import annotations

import re
from typing import Any, Final

from guidegen.model.inside import DAYS, Feed, InsideAnswers
from guidegen.model.question import Kind
from guidegen.schema.scalars import Refused, ScalarValue
from guidegen.schema.shapes import ListOf, Record, Scalar

LANGUAGE: Final = re.compile("[a-z]{2,3}(?:-[A-Z]{2})?")
"""A language as BCP 47 writes it, with a country at most."""
LONGEST_LABEL: Final = 80
"""How many characters the name of a source may have: it stands beside each headline."""

_FEEDS, _WORDS, _LONGEST_WORD = 50, 50, 60
_DAYS_AT_MOST = 366


def inside_shape() -> Record:
    """Return the shape of `inside:`."""
    words = ListOf(
        item=Scalar(kind=Kind.TEXT, longest=_LONGEST_WORD), maximum=_WORDS, minimum=1
    )
    feed = Record(
        fields={
            "url": Scalar(kind=Kind.URL, refuse=_refuse_address),
            "label": Scalar(kind=Kind.TEXT, longest=LONGEST_LABEL),
            "language": Scalar(kind=Kind.TEXT, refuse=_refuse_language),
            "keep": words,
            "block": words,
        },
        required=("url", "label"),
    )
    return Record(
        fields={
            "feeds": ListOf(item=feed, maximum=_FEEDS),
            "days": Scalar(kind=Kind.NUMBER, minimum=1, maximum=_DAYS_AT_MOST),
            "approve": Scalar(kind=Kind.CONFIRM),
        }
    )


def build_inside(data: dict[str, Any] | None) -> InsideAnswers | None:
    """Return what checked data of `inside:` says; None if the key is not there."""
    if data is None:
        return None
    return InsideAnswers(
        feeds=tuple(
            Feed(
                url=feed["url"],
                label=feed["label"],
                language=feed.get("language"),
                keep=tuple(feed.get("keep", ())),
                block=tuple(feed.get("block", ())),
            )
            for feed in data.get("feeds", ())
        ),
        days=data.get("days", DAYS),
        approve=data.get("approve", True),
    )


def _refuse_address(value: ScalarValue) -> Refused | None:
    # Unencrypted, anybody on the way could put in a headline.
    if str(value).lower().startswith("https://"):
        return None
    return Refused("inside-https", value=value)


def _refuse_language(value: ScalarValue) -> Refused | None:
    if LANGUAGE.fullmatch(str(value)):
        return None
    return Refused("inside-language", value=value)
