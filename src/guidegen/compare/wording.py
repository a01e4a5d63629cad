"""How changes are put into sentences, and what answers are called in them.

In German and English, the languages in which guidegen speaks with the author.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from guidegen.answers.contract import contract
from guidegen.model.json_records import Json
from guidegen.model.pack import Pack
from guidegen.model.question import Kind
from guidegen.model.release import Change, Step
from guidegen.model.text import ALL, LocalText
from guidegen.schema.shapes import (
    ListOf,
    Localized,
    Record,
    Scalar,
    Shape,
    UnknownKey,
    find_shape,
)
from guidegen.value import Value

INTERFACE = ("de", "en")
"""What guidegen speaks with the author."""

Words: TypeAlias = "str | LocalText"


@dataclass(frozen=True, slots=True)
class Finding:
    """A change and how far it goes."""

    change: Change
    step: Step = "minor"


def finding(message: str, step: Step = "minor", **values: Words) -> Finding:
    """Return a change that a message puts into words."""
    return Finding(Change(message=message, values=values), step)


class AnswerNames(Value):
    """Names answers by the new pack, or by the old one what the new no longer has."""

    old: Pack
    new: Pack
    shape: Record
    """The contract of `guideline.yml` with the new pack."""

    @classmethod
    def of(cls, old: Pack, new: Pack) -> AnswerNames:
        """Return the names that two packs have for answers."""
        return cls(old=old, new=new, shape=contract(new))

    def label(self, key: str, **values: Words) -> LocalText:
        """Return what an answer is called: in the pack's words, else its question."""
        words = self.new.messages.get(f"compare-what-{key.replace('.', '_')}")
        if words:
            return filled(words, **values)
        # An answer that is gone may be to a question that only the old pack asked.
        for pack in (self.new, self.old):
            for question in pack.questions:
                if question.key == key:
                    return filled(
                        self.new.messages["compare-what-question"],
                        question=question.text,
                    )
        return LocalText.of(key)

    def shape_at(self, key: str) -> Shape | None:
        """Return the shape of what may stand at a key, if it is known."""
        found = find_shape(self.shape, key)
        return None if isinstance(found, UnknownKey) else found

    def answer_text(self, value: Json, shape: Shape | None) -> Words:
        """Return a value as people read it."""
        if isinstance(value, list):
            item = shape.item if isinstance(shape, ListOf) else None
            return comma_list([self.answer_text(each, item) for each in value])
        if isinstance(value, bool):
            return self.new.messages["compare-yes" if value else "compare-no"]
        if isinstance(value, dict):
            return comma_list([self.answer_text(each, None) for each in value.values()])
        text = str(value)
        if isinstance(shape, Scalar):
            if shape.kind is Kind.DATE:
                return self._date(text)
            return (shape.choices or {}).get(text, text)
        return text

    def topic(self, topic: Mapping[str, Json]) -> Words:
        """Return the name of a taboo topic."""
        own = topic.get("name")
        if own is not None:
            return company_text(own)
        key = str(topic.get("id"))
        for pack in (self.new, self.old):
            if key in pack.catalogue:
                return localized(pack.catalogue[key].name)
        return key

    def role(self, role: str) -> Words:
        """Return the name of a role."""
        return self.new.roles.get(role) or self.old.roles.get(role) or role

    def language(self, language: str) -> Words:
        """Return the name of a language."""
        return self.answer_text(language, self._item("languages"))

    def country(self, country: str) -> Words:
        """Return the name of a country."""
        return self.answer_text(country, self._item("company.countries"))

    def _item(self, key: str) -> Shape | None:
        shape = self.shape_at(key)
        return shape.item if isinstance(shape, ListOf) else None

    def _date(self, text: str) -> Words:
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            return text
        return date_words(day, self.new.labels)


def date_words(day: dt.date, labels: Mapping[str, LocalText]) -> LocalText:
    """Return a day as people read it.

    Args:
        day: The day.
        labels: The labels of a pack (`Pack.labels`).
    """
    # Not `strftime`: it takes the names of months from the computer's own settings.
    form, month = labels["long_date"], labels[f"month_{day.month}"]
    return LocalText.of(
        {
            language: in_language(localized(form), language).format(
                day=day.day,
                month=in_language(localized(month), language),
                year=day.year,
            )
            for language in INTERFACE
        }
    )


def before_and_after(
    old: Json, new: Json, shape: Shape | None, names: AnswerNames
) -> tuple[Words, Words]:
    """Return an answer as it was and as it is.

    Of a text per language the one that has changed is shown, the interface's first.
    """
    if not isinstance(shape, Localized) and not (
        shape is None and (isinstance(old, dict) or isinstance(new, dict))
    ):
        return names.answer_text(old, shape), names.answer_text(new, shape)
    was, now = _per_language(old), _per_language(new)
    shown = {
        language: next(
            (
                (was.get(variant), now.get(variant))
                for variant in _order(language, {**now, **was})
                if was.get(variant) != now.get(variant)
            ),
            (was.get(ALL), now.get(ALL)),
        )
        for language in INTERFACE
    }
    return tuple(  # type: ignore[return-value]  # one for old, one for new
        company_text(
            {language: texts[index] or "–" for language, texts in shown.items()}
        )
        for index in (0, 1)
    )


def company_text(value: Json) -> Words:
    """Return a text of the company in the interface's languages, or what it has."""
    texts = _per_language(value)
    return localized(LocalText(tuple(texts.items())))


def localized(text: LocalText) -> Words:
    """Return a text in the interface's languages, or in another that it has."""
    texts = dict(text.texts)
    found = {
        language: next(
            (texts[variant] for variant in _order(language, texts) if variant in texts),
            "",
        )
        for language in INTERFACE
    }
    # Most texts are the same in both, and then a plain word is enough.
    return found["de"] if len(set(found.values())) == 1 else LocalText.of(found)


def filled(text: LocalText, **values: Words) -> LocalText:
    """Return a text of the interface with its placeholders filled in."""
    return LocalText.of(
        {
            # Only the pack's text is a format: braces in an answer stay what they are.
            language: text.get(language).format(
                **{name: in_language(value, language) for name, value in values.items()}
            )
            for language in INTERFACE
        }
    )


def in_language(value: Words, language: str) -> str:
    """Return a name in a language of the interface."""
    if isinstance(value, str):
        return value
    return value.find(language) or value.texts[0][1]


def sentence(change: Change, messages: Mapping[str, LocalText], language: str) -> str:
    """Return a change as a sentence, without a full stop, in the author's language.

    Args:
        change: What changed.
        messages: The interface's texts (`Pack.messages`).
        language: `de` or `en`.
    """
    values = {
        name: in_language(value, language) for name, value in change.values.items()
    }
    return messages[change.message].get(language).format(**values)


def comma_list(values: Iterable[Words]) -> Words:
    """Return names as a list with commas."""
    each = tuple(values)
    if all(isinstance(value, str) for value in each):
        return ", ".join(map(str, each))
    return LocalText.of(
        {
            language: ", ".join(in_language(value, language) for value in each)
            for language in INTERFACE
        }
    )


def _per_language(value: Json) -> dict[str, str]:
    if isinstance(value, dict):
        return {key: str(text) for key, text in value.items()}
    return {} if value is None else {ALL: str(value)}


def _order(language: str, texts: Mapping[str, object]) -> tuple[str, ...]:
    """Return the variants of a text, those for a language of the interface first."""
    return tuple(dict.fromkeys((language, f"{language}-formal", ALL, *texts)))
