"""How a pack's words are put for one company in one language.

The seat decides spelling and words; names and roles stand in the case a sentence needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from guidegen.compose.conditions import (
    find_answer,
    is_listed,
    sector_of,
    works_council_kind,
)
from guidegen.declension import (
    CASES,
    begin_sentence,
    contracted,
    forms_of,
    given_forms,
)
from guidegen.model.adaptation import CountrySpec, NameForms
from guidegen.model.answers import PRESS, Answers, Speaker
from guidegen.model.labels import PLACEHOLDER, Labels
from guidegen.model.pack import Pack
from guidegen.model.text import (
    LocalText,
    in_language,
    language_of_mark,
    one_full_stop,
    unmarked,
)
from guidegen.value import Value

_SWITZERLAND = "CH"
_WITHOUT_SHARP_S = {"ß": "ss", "ẞ": "SS"}

# Code, the attributes of a heading, and where a link leads are no words.
_CODE_BETWEEN = re.compile(
    r"(\{[{%#].*?[#%}]\}|\{:[^}\n]*\}|(?<=\])\([^)\s{]*|<[a-z]+:[^>\s]*>)", re.DOTALL
)
_CODE = re.compile(r"\{[{%#].*[#%}]\}", re.DOTALL)
_LINK_TEXT = re.compile(r'(?<=link\()"[^"]*"')
# A quotation mark, in either language's form, may stand before the first word.
_SENTENCE_START = re.compile("(?:^|[.!?…]\\s+)[\u201e\u201c\u201a\u2018»«\"']?$")


class Wording(Value):
    """What a guideline is made from, and how the pack's words are put for it."""

    answers: Answers
    pack: Pack
    language: str

    @property
    def variant(self) -> str:
        """The text variant of the language."""
        return self.answers.variant(self.language)

    @cached_property
    def sector(self) -> str:
        """The sector whose texts the company gets."""
        return sector_of(self.answers, self.pack)

    @cached_property
    def listed(self) -> bool:
        """Whether the company's shares are traded."""
        return is_listed(self.answers, self.pack)

    @cached_property
    def country(self) -> CountrySpec:
        """What the country of the seat changes."""
        return self.pack.country(self.answers.company.seat)

    @property
    def locale(self) -> str:
        """The tag of the language as it is written where the seat is (BCP 47)."""
        return self.country.locale.get(self.language, self.language)

    def answer(self, key: str) -> object:
        """Return the answer at a dotted key, as conditions compare it."""
        return find_answer(self.answers, self.pack, key)

    def text(self, text: LocalText) -> str:
        """Return a text of the pack as it stands there, in the seat's spelling."""
        return self.spelled(text.get(self.variant))

    def filled(self, text: LocalText) -> str:
        """Return a text of the pack with its placeholders filled in."""
        # In older packs braces may stand for anything.
        return self.fill_in(self.text(text)) if self.pack.levels else self.text(text)

    def fill_in(self, text: str) -> str:
        """Return a text with names, roles and words in place of its placeholders."""

        def value(found: re.Match[str]) -> str:
            filled = self._values.get(found[1])
            if filled is None:
                return found[0]
            begins = _SENTENCE_START.search(text[: found.start()])
            return begin_sentence(filled) if begins else filled

        filled = contracted(PLACEHOLDER.sub(value, text), *self.datives)
        return one_full_stop(filled)

    def spelled_template(self, source: str) -> str:
        """Return the text of a section: of its code, only what links are called."""
        if self._respell is str:
            return source

        def code(found: re.Match[str]) -> str:
            return _LINK_TEXT.sub(lambda each: self.spelled(each[0]), found[0])

        # Every other part is what separates two pieces of text.
        return "".join(
            _CODE.sub(code, part) if number % 2 else self.spelled(part)
            for number, part in enumerate(_CODE_BETWEEN.split(source))
        )

    def spelled(self, text: str) -> str:
        """Return words of the pack as they are spelled where the seat is.

        The company's own words stay as they are.
        """
        return self._respell(text)

    @cached_property
    def _respell(self) -> Callable[[str], str]:
        spelling = self._spelling
        if not spelling:
            return str
        # In one pass: what has been replaced is not replaced again, and the names of
        # placeholders are no words.
        longest = sorted(spelling, key=len, reverse=True)
        found = re.compile("|".join((PLACEHOLDER.pattern, *map(re.escape, longest))))
        return lambda text: found.sub(
            lambda match: spelling.get(match[0], match[0]), text
        )

    @property
    def _spelling(self) -> Mapping[str, str]:
        if self.pack.country_specs:
            by_language = self.country.spelling
            return {
                **by_language.get(self.language, {}),
                **by_language.get(self.variant, {}),
            }
        # Before packs had files for countries, this was what they knew of them.
        company = self.answers.company
        swiss = self.language == "de" and company.countries == (_SWITZERLAND,)
        return _WITHOUT_SHARP_S if swiss else {}

    @cached_property
    def labels(self) -> Labels:
        """The words around the texts."""
        return Labels(
            {
                key: self.text(own.over(text) if own else text)
                for key, text in self.pack.labels.items()
                for own in (self.country.labels.get(key),)
            }
        )

    @cached_property
    def words(self) -> dict[str, str]:
        """The words that sectors and countries have others for."""
        words = self.pack.words_for(self.answers.company.sector, self._seat)
        return {key: self.text(text) for key, text in words.items()}

    @property
    def _seat(self) -> str | None:
        return self.answers.company.seat

    # --- names and roles

    @cached_property
    def company_name(self) -> str:
        """The company's full name, without an article it was written with."""
        name = self.answers.company.name.get(self.variant)
        return forms_of(name, self.language).name if self.pack.names else name

    @cached_property
    def company(self) -> NameForms:
        """The company's short name, and how it stands in a sentence."""
        company = self.answers.company
        name = company.short_name.get(self.variant)
        # Names in the texts of older packs stand as they were answered.
        if self.pack.names is None:
            return NameForms(name=name, nominative=name, accusative=name, dative=name)
        forms = forms_of(name, self.language, self.pack.names)
        return given_forms(forms, company.forms, self.variant)

    @cached_property
    def speakers(self) -> tuple[NameForms, ...]:
        """Who speaks for the company."""
        return tuple(map(self.speaker, self.answers.company.speakers))

    def speaker(self, speaker: Speaker) -> NameForms:
        """Return a role, person or team."""
        if isinstance(speaker, LocalText):
            text = speaker.get(self.variant)
        elif speaker in self.answers.roles:
            text = self.answers.roles[speaker].get(self.variant)
        else:
            text = self.text(self._roles[speaker])
        if not self.pack.levels:
            return NameForms(name=text, nominative=text, accusative=text, dative=text)
        written = language_of_mark(text)
        forms = forms_of(unmarked(text), self.language)
        if written is None:
            return forms
        return NameForms(
            **{
                key: in_language(getattr(forms, key), written)
                for key in ("name", *CASES)
            }
        )

    @cached_property
    def _roles(self) -> dict[str, LocalText]:
        return self.pack.roles_for(self.answers.company.sector, self._seat)

    def usual_speakers(self, roles: Iterable[str]) -> tuple[Speaker, ...]:
        """Return roles of the pack, with those who speak for this company for press."""
        speakers = self.answers.company.speakers
        # A speaker may be among the roles already.
        return tuple(
            dict.fromkeys(
                speaker
                for role in roles
                for speaker in (speakers if role == PRESS else (role,))
            )
        )

    def listed_forms(self, names: Iterable[NameForms]) -> NameForms:
        """Return several names and roles as one listing."""
        several = tuple(names)
        return NameForms(
            **{
                key: self.labels.listing(
                    (getattr(each, key) for each in several),
                    # Who is asked stands in the accusative, and one of them is enough.
                    "or" if key == "accusative" else "and",
                )
                for key in ("name", *CASES)
            }
        )

    @cached_property
    def datives(self) -> tuple[str, ...]:
        """The names and roles before which a preposition may swallow the article."""
        speakers = (each.dative for each in self.speakers)
        return tuple(dict.fromkeys((self.company.dative, *speakers)))

    @cached_property
    def works_council(self) -> str:
        """What the works council is called, "" where there is no word for it."""
        kind = works_council_kind(self.answers, self.pack)
        name = self.pack.works_councils.get(kind or "")
        return self.text(name) if name else ""

    @cached_property
    def _values(self) -> dict[str, str]:
        """What placeholders stand for."""
        speaker = self.listed_forms(self.speakers)
        return self.words | {
            "company": self.company.nominative,
            "company_accusative": self.company.accusative,
            "company_dative": self.company.dative,
            "speaker": speaker.nominative,
            "speaker_accusative": speaker.accusative,
            "speaker_dative": speaker.dative,
            "works_council": self.works_council,
        }
