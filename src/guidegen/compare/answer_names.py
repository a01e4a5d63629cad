"""What answers are called where a change of them is said.

In German and English, the languages in which guidegen speaks with the author.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from guidegen.answers.contract import contract, role_names
from guidegen.compare.wording import Words, in_language
from guidegen.model.json_records import Data, Json
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


class Finding(Value):
    """A change and how far it goes."""

    change: Change
    step: Step = "minor"


def finding(message: str, step: Step = "minor", **values: Words) -> Finding:
    """Return a change that a message puts into words."""
    return Finding(change=Change(message=message, values=values), step=step)


class AnswerNames(Value):
    """Names answers by the new pack, or by the old one what the new no longer has."""

    old: Pack
    new: Pack
    roles: Mapping[str, LocalText]
    """By id, those of the packs and of the company."""
    shape: Record
    """The contract of `guideline.yml` with the new pack."""

    @classmethod
    def of(cls, packs: tuple[Pack, Pack], answers: tuple[Data, Data]) -> AnswerNames:
        """Return the names that two packs, and the answers for them, have."""
        old, new = packs
        roles: dict[str, LocalText] = {}
        for pack, data in zip(packs, answers, strict=True):
            sector, seat = str(answer_at(data, "company.sector")), seat_of(data)
            roles |= {**role_names(pack), **pack.roles_for(sector, seat)}
            roles |= own_roles(data)
        return cls(old=old, new=new, roles=roles, shape=contract(new))

    def label(self, key: str, **values: Words) -> LocalText:
        """Return what an answer is called: in the pack's words, else its question."""
        name = key.replace(".", "_").replace("-", "_")
        words = self.new.messages.get(f"compare-what-{name}")
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
            return (shape.choices or shape.also or {}).get(text, text)
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

    def speaker(self, speaker: Json) -> Words:
        """Return the name of a role, person or team."""
        if isinstance(speaker, str) and speaker in self.roles:
            return localized(self.roles[speaker])
        return company_text(speaker)

    def speakers(self, speakers: Iterable[Json]) -> Words:
        """Return the names of roles, persons and teams."""
        return comma_list(map(self.speaker, speakers))

    def level(self, level: str) -> Words:
        """Return what readers see of a level."""
        for pack in (self.new, self.old):
            if level in pack.levels:
                return localized(pack.levels[level].title)
        return level

    def section(self, section: str) -> Words:
        """Return what authors see of an optional section, else its id."""
        for pack in (self.new, self.old):
            if section in pack.parts:
                return localized(pack.parts[section].title)
        return section

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


def answer_at(answers: Data, key: str) -> Json:
    """Return the answer at a dotted key of maps, None if there is none."""
    found: Json = dict(answers)
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def seat_of(answers: Data) -> str | None:
    """Return the country of the seat, as `Company.seat` does."""
    countries = answer_at(answers, "company.countries")
    first = countries[0] if isinstance(countries, list) and countries else None
    seat = answer_at(answers, "company.seat") or first
    return None if seat is None else str(seat)


def own_roles(answers: Data) -> dict[str, LocalText]:
    """Return the roles of the company's own, by id."""
    roles = answers.get("roles")
    return {
        role: LocalText(tuple(_per_language(text).items()))
        for role, text in (roles.items() if isinstance(roles, dict) else ())
    }


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
                (_find(was, variant), _find(now, variant))
                for variant in _order(language, {**now, **was})
                if _find(was, variant) != _find(now, variant)
            ),
            (_find(was, language), _find(now, language)),
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


def changed_answer(  # noqa: PLR0913  # each says one thing about the change
    key: str,
    old: Json,
    new: Json,
    names: AnswerNames,
    *,
    step: Step = "minor",
    absent: str | None = None,
    values: Mapping[str, Words] | None = None,
) -> Finding:
    """Return the finding that an answer differs, or is given in one state only.

    Args:
        key: Its dotted key; all entries of a list share the name of the first.
        old: What it was; None if it was not given.
        new: What it is.
        names: What answers are called.
        step: How far the change goes.
        absent: The message that says what holds where it is not given, if anything.
        values: What fills the words for the answer.
    """
    what = names.label(key, **(values or {}))
    was, now = before_and_after(old, new, names.shape_at(key), names)
    if absent is not None:
        holds = names.new.messages[absent]
        was, now = holds if old is None else was, holds if new is None else now
    elif old is None:
        return finding("compare-given", step, what=what, new=now)
    elif new is None:
        return finding("compare-withdrawn", step, what=what, old=was)
    return finding("compare-other", step, what=what, old=was, new=now)


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


def is_same_text(old: Json, new: Json) -> bool:
    """Return whether two answers say the same, in one text or in one per language."""
    if old == new or not all(isinstance(each, (str, dict)) for each in (old, new)):
        return old == new
    was, now = _per_language(old), _per_language(new)
    variants = {*was, *now} - {ALL} or {ALL}
    return all(_find(was, variant) == _find(now, variant) for variant in variants)


def _find(texts: Mapping[str, str], variant: str) -> str | None:
    return LocalText.of(texts).find(variant)


def _per_language(value: Json) -> dict[str, str]:
    if isinstance(value, dict):
        return {key: str(text) for key, text in value.items()}
    return {} if value is None else {ALL: str(value)}


def _order(language: str, texts: Mapping[str, object]) -> tuple[str, ...]:
    """Return the variants of a text, those for a language of the interface first."""
    return tuple(dict.fromkeys((language, f"{language}-formal", ALL, *texts)))
