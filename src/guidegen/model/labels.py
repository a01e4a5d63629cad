"""The pack's fixed words in one language, and the texts that they make up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from guidegen.errors import PackError
from guidegen.model.text import one_full_stop
from guidegen.value import Value

PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")

FACTS: Final = {
    "document_number": "document_number",
    "classification": "classification",
    "owner": "owner",
    "approved_by": "approved_by",
    "valid_from": "valid_from",
    "next_review": "next_review",
    "version": "version",
    "digest_short": "digest",
}
"""The running texts that are facts, in order, with their labels."""


OF_LANGUAGE: Final = "_language"
"""How the name of a running text ends that tells the language of another one."""


class Labels(dict[str, str]):
    """The words of `labels.yml` in one language, as plain text."""

    def word(self, key: str, /, **values: str) -> str:
        """Return a word with its placeholders filled in.

        Raises:
            PackError: The pack lacks it.
        """
        if key not in self:
            raise PackError("error-label", word=key)
        return one_full_stop(fill_in(self[key], values)) if values else self[key]

    def listing(self, entries: Iterable[str], conjunction: str = "and") -> str:
        """Return "a, b und c", with another conjunction where the labels know it.

        Raises:
            PackError: The pack lacks the word before the last one.
        """
        *others, last = (*entries,) or ("",)
        if not others:
            return last
        if conjunction not in self:
            conjunction = "and"
        return f"{', '.join(others)} {self.word(conjunction)} {last}"

    def html(self, key: str, /, **values: str) -> str:
        """Return a word as HTML, with its placeholders filled in.

        Raises:
            PackError: The pack lacks it.
        """
        return escape(self.word(key, **values))


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its {placeholders} filled in; values are taken literally."""
    # Not `str.format`, which raises at a lone brace or an unknown placeholder.
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def long_date(day: dt.date, labels: Labels) -> str:
    """Return a date with the month's name, in the form of the label `long_date`.

    The labels `month_1` … `month_12` name the months; the form has the placeholders
    {day}, {month} and {year}.
    """
    return labels.word("long_date").format(
        day=day.day, month=labels.word(f"month_{day.month}"), year=day.year
    )


class Fact(Value):
    """Something that is true of the whole guideline, with its label."""

    key: str
    label: str
    value: str
    lang: str | None = None
    """The language of its value, if it is not the guideline's."""


def facts_of(running_texts: Mapping[str, str], labels: Labels) -> tuple[Fact, ...]:
    """Return who is responsible, since when it is valid, and which version it is.

    Raises:
        PackError: The pack lacks a word for one of them.
    """
    return tuple(
        Fact(
            key=key,
            label=labels.word(word),
            value=running_texts[key],
            lang=running_texts.get(f"{key}{OF_LANGUAGE}"),
        )
        for key, word in FACTS.items()
        if running_texts.get(key)
    )
