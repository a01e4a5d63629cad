"""The texts among the answers that a company has written itself, and changing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeAlias, overload

from guidegen.answers.data import named
from guidegen.model.answers import (
    Answers,
    Contact,
    DocumentAnswers,
    Speaker,
    TopicAnswer,
)
from guidegen.model.json_records import Data, Json
from guidegen.model.pack import Pack
from guidegen.model.question import Kind
from guidegen.model.text import LocalText
from guidegen.schema.scalars import Plain
from guidegen.value import Value

_GERMAN, _FORMAL = "de", "de-formal"
_ORDER = (_GERMAN, _FORMAL)


class TextKind(StrEnum):
    """What a text of the company's own is: who it speaks to, and in which words."""

    DATA = "data"
    """An address or a number, which is in no language."""
    NAME = "name"
    """A proper name: the same in every language unless its words say otherwise."""
    WORDS = "words"
    """A role, a topic, a title: words of a language that address nobody."""
    SENTENCE = "sentence"
    """A sentence, which may address its readers."""
    POST = "post"
    """An example of a post, which addresses others than the guideline's readers."""


class AnswerText(Value):
    """A text among the answers."""

    key: str
    """With the names of entries, whose order may change: `taboo_topics.Bids.why`."""
    place: str
    """As the file counts them: `taboo_topics.5.why`."""
    text: LocalText
    kind: TextKind
    languages: tuple[str, ...] = ()
    """Those in which readers need it; empty for all."""
    spare: bool = False
    """Whether the pack has a text in its place."""


Change: TypeAlias = "Callable[[AnswerText], LocalText | None]"
"""Returns what becomes of a text; None, of one that the pack can do without."""


def answer_texts(answers: Answers, pack: Pack) -> tuple[AnswerText, ...]:
    """Return all of a company's texts among its answers, in the order of the file."""
    found: list[AnswerText] = []

    def keep(text: AnswerText) -> LocalText:
        found.append(text)
        return text.text

    change_texts(answers, pack, keep)
    return tuple(found)


def change_texts(answers: Answers, pack: Pack, change: Change) -> Answers:
    """Return the answers with each text of the company's as `change` returns it."""
    walk = _Walk(change)
    company, document, asked = (
        answers.company,
        answers.document,
        answers.acknowledgement,
    )
    data, words = TextKind.DATA, TextKind.WORDS
    return replace(
        answers,
        title=walk.text("title", answers.title, words, spare=True),
        document=document and walk.document(document),
        company=replace(
            company,
            name=walk.text("company.name", company.name, data),
            short_name=walk.text("company.short_name", company.short_name, data),
            speakers=walk.speakers("company.speaker", "", company.speakers),
        ),
        roles={
            role: walk.text(f"roles.{role}", text, words)
            for role, text in answers.roles.items()
        },
        contacts=tuple(
            walk.contact(number, contact)
            for number, contact in enumerate(answers.contacts)
        ),
        links={
            link: walk.text(f"links.{link}", text, data)
            for link, text in answers.links.items()
        },
        taboo_topics=tuple(
            walk.topic(number, topic)
            for number, topic in enumerate(answers.taboo_topics)
        ),
        version=replace(
            answers.version,
            owner=walk.text("version.owner", answers.version.owner, words),
        ),
        acknowledgement=asked
        and replace(asked, form=walk.text("acknowledgement.form", asked.form, data)),
        extra={**answers.extra, **_extra(answers, pack, walk)},
    )


def _extra(answers: Answers, pack: Pack, walk: _Walk) -> dict[str, LocalText]:
    """Return the answers to the pack's own questions that may be given per language."""
    asked = {each.key for each in pack.questions if each.kind is Kind.LOCAL_TEXT}
    found: dict[str, LocalText] = {}
    for name, value in answers.extra.items():
        key = f"extra.{name}"
        text = LocalText.of(value) if isinstance(value, str) else value
        if isinstance(text, LocalText) and (key in asked or text is value):
            found[name] = walk.text(key, text, TextKind.SENTENCE)
    return found


class _Walk:
    """Goes through the answers, and changes their texts."""

    def __init__(self, change: Change) -> None:
        self._change = change

    @overload
    def text(
        self, key: str, text: LocalText, kind: TextKind, *, place: str = ""
    ) -> LocalText: ...

    @overload
    def text(
        self,
        key: str,
        text: LocalText | None,
        kind: TextKind,
        *,
        place: str = "",
        languages: tuple[str, ...] = (),
        spare: bool = False,
    ) -> LocalText | None: ...

    def text(
        self,
        key: str,
        text: LocalText | None,
        kind: TextKind,
        *,
        place: str = "",
        languages: tuple[str, ...] = (),
        spare: bool = False,
    ) -> LocalText | None:
        """Return what becomes of a text at a key."""
        if text is None:
            return None
        found = self._change(
            AnswerText(
                key=key,
                place=place or key,
                text=text,
                kind=kind,
                languages=languages,
                spare=spare,
            )
        )
        return found if spare else found or text

    def speakers(
        self, key: str, place: str, speakers: tuple[Speaker, ...]
    ) -> tuple[Speaker, ...]:
        """Return who speaks; the ids of roles are no texts."""
        alone = not place and len(speakers) == 1
        return tuple(
            speaker
            if isinstance(speaker, str)
            else self.text(
                key if alone else f"{key}.{number}",
                speaker,
                TextKind.WORDS,
                place=(place or key) if alone else f"{place or key}.{number}",
            )
            for number, speaker in enumerate(speakers)
        )

    def _fields(
        self,
        of: object,
        key: str,
        place: str,
        *,
        languages: tuple[str, ...] = (),
        spare: bool = False,
    ) -> Callable[[str, TextKind], LocalText | None]:
        """Return what changes a field of something at a key, by the field's name."""

        def text(name: str, kind: TextKind) -> LocalText | None:
            return self.text(
                f"{key}.{name}",
                getattr(of, name),
                kind,
                place=f"{place}.{name}",
                languages=languages,
                spare=spare,
            )

        return text

    def document(self, document: DocumentAnswers) -> DocumentAnswers:
        """Return what the company's register of documents says."""
        text = self._fields(document, "document", "document")
        return replace(
            document,
            number=text("number", TextKind.DATA),
            classification=text("classification", TextKind.WORDS),
            approved_by=text("approved_by", TextKind.NAME),
        )

    def contact(self, number: int, contact: Contact) -> Contact:
        """Return a contact."""
        key = f"contacts.{_named(number, contact.email, contact.name)}"
        place, languages = f"contacts.{number}", contact.languages
        text = self._fields(contact, key, place, languages=languages)
        return replace(
            contact,
            name=text("name", TextKind.NAME) or contact.name,
            role=text("role", TextKind.WORDS),
            email=text("email", TextKind.DATA),
            phone=text("phone", TextKind.DATA),
            chat=text("chat", TextKind.DATA),
            answers_within=text("answers_within", TextKind.WORDS),
            out_of_hours=text("out_of_hours", TextKind.DATA),
        )

    def topic(self, number: int, topic: TopicAnswer) -> TopicAnswer:
        """Return a taboo topic."""
        id_ = LocalText.of(topic.id) if topic.id else None
        key = f"taboo_topics.{_named(number, id_, topic.name)}"
        place = f"taboo_topics.{number}"
        # What the company leaves out, the catalogue says.
        text = self._fields(topic, key, place, spare=topic.id is not None)
        return replace(
            topic,
            name=text("name", TextKind.WORDS),
            speakers=self.speakers(
                f"{key}.speakers", f"{place}.speakers", topic.speakers
            ),
            why=text("why", TextKind.SENTENCE),
            dont=text("dont", TextKind.POST),
            do=text("do", TextKind.POST),
        )


def _named(number: int, *names: LocalText | None) -> str:
    """Return what an entry of a list is called, as `answers.data.named` does."""
    return next((name.texts[0][1] for name in names if name), str(number))


def data_texts(data: Data) -> dict[str, LocalText]:
    """Return all texts in the data of answers, by the keys of `AnswerText`.

    Args:
        data: What `answers_data` has returned, perhaps of an older guidegen.
    """
    return dict(_flat("", dict(data)))


def _flat(key: str, value: Json) -> Iterator[tuple[str, LocalText]]:
    if isinstance(value, str):
        yield key, LocalText.of(value)
    elif isinstance(value, list):
        for name, entry in named(value).items():
            yield from _flat(f"{key}.{name}", entry)
    elif isinstance(value, dict):
        texts = _texts(value)
        if texts:
            yield key, LocalText.of(texts)
        for name, entry in value.items():
            yield from _flat(f"{key}.{name}".lstrip("."), entry)


def _texts(value: Mapping[str, Json]) -> dict[str, str]:
    """Return a map's texts if it may be one of texts by language."""
    texts = {name: text for name, text in value.items() if isinstance(text, str)}
    return texts if len(texts) == len(value) else {}


def with_variant(
    value: Plain, variant: str, said: str, *, other: str, variants: Sequence[str]
) -> dict[str, Plain]:
    """Return what the file says of a text once it has one for a variant, too.

    The text that there was stays what its readers get; it gets the key of its own form
    of address where the new one needs the key of the language.

    Args:
        value: What the file says now: a text for all, or a map.
        variant: The variant that lacks a text.
        said: The text for it.
        other: The variant that there is a text for.
        variants: Those of the guideline.
    """
    language = variant.partition("-")[0]
    if isinstance(value, dict):
        texts = dict(value)
    else:
        codes = dict.fromkeys(each.partition("-")[0] for each in variants)
        texts = {code: value for code in codes if code != language}
        if other.partition("-")[0] == language:  # the other form of address
            texts[language] = value
    if variant == _GERMAN and _GERMAN in texts:
        texts.setdefault(_FORMAL, texts[_GERMAN])
    # The first text of a language is for all who read it.
    is_first = all(each.partition("-")[0] != language for each in texts)
    texts[language if is_first else variant] = said
    order = [each for each in _ORDER if each in texts]
    return {each: texts[each] for each in (*order, *texts)}
