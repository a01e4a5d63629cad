"""Which of a company's texts lack a language or form of address, and what is shown.

A text that serves several variants is right in those that somebody has accepted it for:
by releasing or building the guideline with it, or by saying so in `same_text`. Where
nobody has, its words tell, as far as they do (decisions.md, "When does a text lack a
variant?").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from weakref import ref

from guidegen.answers.own_texts import (
    AnswerText,
    TextKind,
    answer_texts,
    change_texts,
    data_texts,
)
from guidegen.compose.spoken import Vocabulary, address_of
from guidegen.model.answers import Answers
from guidegen.model.own_text import Basis, Missing
from guidegen.model.pack import Pack
from guidegen.model.text import ALL, LocalText, in_language
from guidegen.value import Value

_GERMAN = "de"
_IN_A_LANGUAGE = frozenset({TextKind.WORDS, TextKind.SENTENCE, TextKind.POST})
_ADDRESSING = frozenset({TextKind.SENTENCE, TextKind.POST})


class _Served(Value):
    """The text that readers of a variant would get."""

    key: str
    """The variant that it is written for; `*` if for all."""
    text: str
    language: str | None
    """The language of its words; None if they are in none, or in the readers' own."""
    is_right: bool
    """Whether it is a text for them."""


class AnswersInVariants(Value):
    """The answers, and what readers of each language get of their texts."""

    answers: Answers
    pack: Pack
    bases: tuple[Basis, ...] = ()
    """What was right before."""

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The texts that lack a variant, in the order of the file."""
        return self.missing_of(self._texts)

    def missing_of(self, texts: Iterable[AnswerText]) -> tuple[Missing, ...]:
        """Return which of the company's texts lack a variant."""
        return tuple(
            Missing(
                key=text.key,
                variant=self.answers.variant(language),
                other=self._named(served, language),
                text=served.text,
                place=text.place,
            )
            for text in texts
            for language in self.answers.languages
            if not text.languages or language in text.languages
            for served in [self._served(text, language)]
            if not served.is_right and not self._is_declared(text, language)
        )

    def shown(self, text: AnswerText, language: str) -> str:
        """Return what readers of a language get, marked if it is in another one."""
        served = self._served(text, language)
        if served.language and not served.is_right:
            return in_language(served.text, served.language)
        return served.text

    def answers_for(self, language: str) -> Answers:
        """Return the answers with a text for a language wherever there is any.

        A text in other words than the language's is marked; where the pack has a text
        of its own, that one stands instead until somebody says that theirs is right.
        """
        changed: dict[str, LocalText | None] = {}
        for text in self._texts:
            served = self._served(text, language)
            if served.is_right:
                continue
            waits = text.spare and not self._is_declared(text, language)
            shown = None if waits else LocalText.of(self.shown(text, language))
            changed[text.place] = shown
        if not changed:
            return self.answers
        return change_texts(
            self.answers, self.pack, lambda text: changed.get(text.place, text.text)
        )

    @cached_property
    def _texts(self) -> tuple[AnswerText, ...]:
        return answer_texts(self.answers, self.pack)

    def _is_declared(self, text: AnswerText, language: str) -> bool:
        declared = self.answers.same_text.get(self.answers.variant(language), ())
        return text.key in declared

    def _named(self, served: _Served, language: str) -> str:
        """Return the variant that a text is there in."""
        if served.key != ALL:
            return self._variant_before(served.key, language)
        if served.language:
            return self._variant_before(served.language, language)
        return self._variant_before(language, language)

    def _variant_before(self, key: str, language: str) -> str:
        """Return what a German text says that was not written for Sie alone, or Du."""
        if key != _GERMAN or language != _GERMAN:
            return key
        return _GERMAN if self.answers.address == "sie" else "de-formal"

    def _served(self, text: AnswerText, language: str) -> _Served:
        variant = self.answers.variant(language)
        texts = dict(text.text.texts)
        exact = texts.get(variant)
        if exact is not None and (variant != _GERMAN or "de-formal" in texts):
            return _Served(key=variant, text=exact, language=None, is_right=True)
        if language in texts or ALL in texts:
            key = language if language in texts else ALL
            return self._shared(text, key, texts[key], language)
        # Any of the same language first: its words are the readers' own.
        key = next((each for each in texts if each.startswith(f"{language}-")), "")
        foreign = None
        if not key:
            key = next(
                (
                    each
                    for code in self.answers.languages
                    for each in (self.answers.variant(code), code)
                    if each in texts
                ),
                text.text.texts[0][0],
            )
            foreign = key.partition("-")[0] if text.kind in _IN_A_LANGUAGE else None
            if text.kind is TextKind.NAME:
                foreign = key.partition("-")[0]
        return _Served(key=key, text=texts[key], language=foreign, is_right=False)

    def _shared(self, text: AnswerText, key: str, said: str, language: str) -> _Served:
        """Return a text that serves others, too."""
        foreign = self._foreign(text, said, language) if key == ALL else None
        right = foreign is None and self._addresses_rightly(text, said, language)
        return _Served(key=key, text=said, language=foreign, is_right=right)

    def _foreign(self, text: AnswerText, said: str, language: str) -> str | None:
        """Return the language of a text for all, if it is not the readers' own."""
        if text.kind is TextKind.DATA or len(self.pack.languages) == 1:
            return None
        declared = self._is_declared(text, language)
        if not declared and self._is_accepted(text, language):
            return None
        others = [each for each in self.answers.languages if each != language]
        before = [
            code for each in self._carrying(text, said) for code in each.languages
        ]
        written_before = bool(before) and language not in before
        if not (others or declared or written_before):
            # Words of another language may be usual in a company's only one.
            return None
        spoken = self._vocabulary.language_of(said)
        if spoken is not None:
            return None if spoken == language else spoken
        if declared:
            # Always the same answer: what was released with it must not change.
            return next(iter(others), None)
        is_name = text.kind is TextKind.NAME or (
            text.kind is TextKind.WORDS and self._vocabulary.is_name(said)
        )
        return before[0] if written_before and not is_name else None

    def _addresses_rightly(self, text: AnswerText, said: str, language: str) -> bool:
        if language != _GERMAN or text.kind is TextKind.DATA:
            return True
        if self._is_accepted(text, language):
            return True
        spoken = address_of(said)
        # A post speaks to the world, not to the guideline's readers.
        if spoken is not None and text.kind is not TextKind.POST:
            return spoken == self.answers.address
        return text.kind not in _ADDRESSING or not any(
            _GERMAN in each.languages and each.address != self.answers.address
            for each in self._carrying(text, said)
        )

    def _is_accepted(self, text: AnswerText, language: str) -> bool:
        """Return whether the text was right for these readers before."""
        variant = self.answers.variant(language)
        said = text.text.find(variant)
        return any(
            language in each.languages
            and (language != _GERMAN or each.address == self.answers.address)
            and (before := each.texts.get(text.key)) is not None
            and before.find(variant) == said
            for each in self._before
        )

    def _carrying(self, text: AnswerText, said: str) -> list[_Before]:
        """Return what was right before and had the text already."""
        return [
            each
            for each in self._before
            if (before := each.texts.get(text.key)) is not None
            and said in dict(before.texts).values()
        ]

    @cached_property
    def _before(self) -> tuple[_Before, ...]:
        return tuple(map(_Before.of, self.bases))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary_of(self.pack)


class _Before(Value):
    """What was right before, as it is compared with."""

    languages: tuple[str, ...]
    address: str
    texts: dict[str, LocalText]

    @classmethod
    def of(cls, basis: Basis) -> _Before:
        """Return what a basis says of the texts among the answers."""
        languages = basis.data.get("languages")
        return cls(
            languages=tuple(map(str, languages)) if isinstance(languages, list) else (),
            address=str(basis.data.get("address", "du")),
            texts=data_texts(basis.data),
        )


_latest: tuple[Callable[[], Pack | None], Vocabulary] = (
    lambda: None,
    Vocabulary(words={}),
)
"""The pack whose words were asked for last, and the words."""


def vocabulary_of(pack: Pack) -> Vocabulary:
    """Return the words of a pack's texts in each of its languages."""
    global _latest  # noqa: PLW0603  # a process that builds again has the same pack
    if _latest[0]() is not pack:
        _latest = (ref(pack), _words_of(pack))
    return _latest[1]


def _words_of(pack: Pack) -> Vocabulary:
    texts: Iterator[LocalText] = chain(
        pack.messages.values(),
        pack.labels.values(),
        pack.roles.values(),
        pack.sectors.values(),
        _of_catalogue(pack),
        (each for question in pack.questions for each in (question.example,) if each),
    )
    return Vocabulary.of(
        (variant.partition("-")[0], said)
        for text in texts
        for variant, said in text.texts
        if variant != ALL
    )


def _of_catalogue(pack: Pack) -> Iterator[LocalText]:
    for topic in pack.catalogue.values():
        yield from (topic.name, topic.why, topic.dont, topic.do)
    for question in pack.questions:
        yield from (part.example for part in question.fields if part.example)
