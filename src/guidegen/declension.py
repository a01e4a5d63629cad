"""How names and roles stand in a sentence: with their article, and in which case.

German declines article, adjectives and some nouns (Duden, Die Grammatik: the weak
declension of adjectives after a definite article, the weak masculine nouns, the dative
plural). Nobody can tell every name's gender, so a pack lists nouns with their articles,
and a company can give the forms of its own name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from guidegen.model.adaptation import NameForms, NameRules
from guidegen.model.text import LocalText

CASES: Final = ("nominative", "accusative", "dative")

_ARTICLES: Final = {
    "der": ("der", "den", "dem"),
    "die": ("die", "die", "der"),
    "das": ("das", "das", "dem"),
}
_PLURAL: Final = ("die", "die", "den")

_ADJECTIVE_ENDINGS: Final = {"der": "er", "die": "e", "das": "es"}
"""How an adjective without an article ends: by that, the gender is told apart."""

_GERMAN_ARTICLE = re.compile(r"(?i:(der|die|das))\s+(?=\S)")
_ENGLISH_ARTICLE = re.compile(r"the\s+(?=\S)")

# „Kommunaler Verein“ is declined, „Berliner Verein“ is not: names of places end in -er
# in every case.
# This one and the next are compiled when they are needed: for few names.
_STRONG_MASCULINE = (
    r"(?i)(?:(?:sch|lich|(?<![zwe])ig|(?<!t)al|ell|iv|sam|bar|haft)er"
    r"|(?:frei|neu|groß|klein|alt|allgemein|vereinigt|eingetragen|digital)er)$"
)
_WEAK = (
    r"(?i).*(?:sch|lich|ig|(?<!zentr)(?<!fili)al|(?<!st)ell|iv|sam|bar|haft)e"
    r"|(?:freie|neue|große|kleine|alte|allgemeine|hohe|erste|zweite|obere|untere)"
)
# Nouns made of adjectives are declined as those, whatever their gender.
_ADJECTIVAL_NOUN = re.compile(
    r".*(?:beauftragt|vorsitzend|vorgesetzt|verantwortlich|angestellt|bevollmächtigt)e",
    re.IGNORECASE,
)
_WEAK_MASCULINE = re.compile(r".*(?:ent|ant|ist)", re.IGNORECASE)


def forms_of(text: str, language: str, rules: NameRules | None = None) -> NameForms:
    """Return how a name or role stands in a sentence.

    Args:
        text: The name; one written with its article is split.
        language: `de` or another one; only German declines.
        rules: Which names need an article although they are written without.

    Returns:
        The name without an article it was written with, and its three cases; all of
        them are the text itself for a name that needs no article.
    """
    if language != "de":
        return _english(text, rules)
    written = _GERMAN_ARTICLE.match(text)
    if written:
        article, rest = written[1], text[written.end() :]
        # Somebody who writes „Die Zeit“ means a part of the name.
        name = rest if article.islower() else text
        return _declined(name, rest.split(), article.lower(), rules)
    if not rules:
        return _same(text)
    return _by_first_noun(text, rules) or _by_last_noun(text, rules) or _same(text)


def given_forms(
    forms: NameForms, given: Mapping[str, LocalText], variant: str
) -> NameForms:
    """Return forms with those put in that a company gives.

    Args:
        forms: What the rules make of its name.
        given: By case; a text for all languages is German, for only German declines.
        variant: The text variant.
    """
    found: dict[str, str] = {}
    for case in CASES:
        text = given.get(case)
        if text is None:
            continue
        own = text.find(variant)
        is_german = variant.partition("-")[0] == "de"
        if own is not None and (is_german or text != LocalText.of(own)):
            found[case] = own
    return NameForms(
        name=forms.name,
        nominative=found.get("nominative", forms.nominative),
        accusative=found.get("accusative", forms.accusative),
        dative=found.get("dative", forms.dative),
    )


def bare(text: LocalText) -> LocalText:
    """Return the name of a role in each language, without its article."""
    return LocalText(
        tuple(
            (key, forms_of(each, "en" if key.startswith("en") else "de").name)
            for key, each in text.texts
        )
    )


def needs_article(name: str, rules: NameRules) -> bool:
    """Return whether a German name seems to need an article in a sentence."""
    return forms_of(name, "de", rules).dative != name


def without_legal_form(name: str, rules: NameRules) -> str:
    """Return a company's name without what only its lawyers say (GmbH & Co. KG)."""
    # „AG & Co. KG“ may be listed as a whole or in parts; „& Co.“ alone says nothing.
    forms = "|".join(map(re.escape, (*rules.legal_forms, "& Co.", "& Co")))
    end = re.compile(rf"(?<![\s,])(?:[\s,]+(?:{forms}))+$")
    return end.sub("", name) or name


def begin_sentence(text: str) -> str:
    """Return a text that begins a sentence: its article has a capital."""
    return _FIRST_ARTICLE.sub(lambda found: found[0].capitalize(), text)


def contracted(text: str, *datives: str) -> str:
    """Return a text in which a name stands after „beim“ instead of „bei dem“.

    German contracts preposition and article unless the article is stressed (Duden, Die
    Grammatik).

    Args:
        text: The text.
        datives: Names as they stand in the text ("dem Klinikum Nordheide").
    """
    for dative in datives:
        if dative.startswith("dem "):
            name = re.escape(dative.removeprefix("dem "))
            written = rf"\b({'|'.join(_CONTRACTIONS)})\s+dem (?={name})"
            text = re.sub(written, _contract, text, flags=re.IGNORECASE)
    return text


_CONTRACTIONS: Final = {
    "an": "am",
    "bei": "beim",
    "in": "im",
    "von": "vom",
    "zu": "zum",
}


def _contract(found: re.Match[str]) -> str:
    short = _CONTRACTIONS[found[1].lower()]
    return f"{short.capitalize() if found[1].istitle() else short} "


_FIRST_ARTICLE = re.compile(r"^(?:der|die|das|den|dem|the)(?=\s)")


def _same(text: str) -> NameForms:
    return NameForms(name=text, nominative=text, accusative=text, dative=text)


def _english(text: str, rules: NameRules | None) -> NameForms:
    german = _GERMAN_ARTICLE.match(text)
    if german and german[1].islower():
        # A name for all languages: English has no use for its article.
        return _same(text[german.end() :])
    written = _ENGLISH_ARTICLE.match(text)
    if written:
        return NameForms(
            name=text[written.end() :], nominative=text, accusative=text, dative=text
        )
    prefixes = rules.english_prefixes if rules else ()
    if any(text.startswith(f"{prefix} ") for prefix in prefixes):
        full = f"the {text}"
        return NameForms(name=text, nominative=full, accusative=full, dative=full)
    return _same(text)


def _by_first_noun(text: str, rules: NameRules) -> NameForms | None:
    """Return the forms of a name that a listed noun begins, after adjectives."""
    words = text.split()
    at = 0
    while at < len(words) - 1 and not _noun(words[at], rules):
        if not words[at].endswith(("e", "er", "es")):
            return None
        at += 1
    word = words[at] if words else ""
    noun = _noun(word, rules)
    if noun is None:
        return None
    article, *plural = rules.nouns[noun]
    ending = "e" if plural else _ADJECTIVE_ENDINGS[article]
    adjectives = words[:at]
    weak = [
        each.removesuffix(ending) + "e"
        if each.endswith(ending)
        and (ending != "er" or re.search(_STRONG_MASCULINE, each) is not None)
        else None
        for each in adjectives
    ]
    cases = []
    for case, form in zip(
        CASES, _PLURAL if plural else _ARTICLES[article], strict=True
    ):
        declines = plural or case == "dative" or (article, case) == ("der", CASES[1])
        changed = [
            old if new is None else new + "n" * bool(declines)
            for old, new in zip(adjectives, weak, strict=True)
        ]
        head = word
        if plural and case == "dative":
            head = _dative_plural(word, noun, plural[0])
        cases.append(" ".join([form, *changed, head, *words[at + 1 :]]))
    return NameForms(
        name=text, nominative=cases[0], accusative=cases[1], dative=cases[2]
    )


def _by_last_noun(text: str, rules: NameRules) -> NameForms | None:
    """Return the forms of a name that a listed noun ends: die Hansa Versicherung."""
    first, _, word = text.rpartition(" ")
    noun = _noun(word, rules)
    # Nouns that end many a proper name are surnames, too (Anna Kreuz).
    if not first or noun is None or noun in rules.whole:
        return None
    article, *plural = rules.nouns[noun]
    forms = _PLURAL if plural else _ARTICLES[article]
    dative = _dative_plural(word, noun, plural[0]) if plural else word
    return NameForms(
        name=text,
        nominative=f"{forms[0]} {text}",
        accusative=f"{forms[1]} {text}",
        dative=f"{forms[2]} {first} {dative}",
    )


def _noun(word: str, rules: NameRules) -> str | None:
    """Return the listed noun that a word is or ends in; the longest, if several."""
    folded = word.casefold()
    last = folded.rpartition("-")[2]
    found = [
        noun
        for noun in rules.nouns
        if last == noun.casefold()
        or (noun not in rules.whole and folded.endswith(noun.casefold()))
    ]
    return max(found, key=len, default=None)


def _dative_plural(word: str, noun: str, plural: str) -> str:
    """Return the dative of a compound whose last part is a noun in the plural."""
    stem = word[: len(word) - len(noun)]
    last = word[len(stem) :]
    return stem + (plural if last[:1].isupper() else plural.lower())


def _declined(
    name: str, words: list[str], article: str, rules: NameRules | None
) -> NameForms:
    """Return the forms of a name that was written with its article."""
    at = 0
    while at < len(words) - 1 and _is_adjective(words[at]):
        at += 1
    adjectives, head, rest = words[:at], words[at], words[at + 1 :]
    noun = _noun(head, rules) if rules else None
    listed = rules.nouns[noun][1:] if rules and noun else ()
    # „die Technischen Dienste“: only a plural's adjectives end in -en.
    is_plural = article == "die" and bool(
        listed or any(each.endswith("en") for each in adjectives)
    )
    cases = []
    for case, form in zip(
        CASES, _PLURAL if is_plural else _ARTICLES[article], strict=True
    ):
        oblique = case == "dative" or (article, case) == ("der", "accusative")
        changed = [
            each + "n" if oblique and each.endswith("e") else each
            for each in adjectives
        ]
        last = _head(head, article, oblique=oblique)
        if noun and listed and is_plural and case == "dative":
            last = _dative_plural(head, noun, listed[0])
        cases.append(" ".join([form, *changed, last, *rest]))
    if adjectives and not _GERMAN_ARTICLE.match(name):
        name = _alone(name, adjectives, "plural" if is_plural else article)
    return NameForms(
        name=name, nominative=cases[0], accusative=cases[1], dative=cases[2]
    )


def _alone(name: str, adjectives: list[str], gender: str) -> str:
    """Return a name without its article: its adjectives show the gender then."""
    strong = {"der": "er", "die": "e", "das": "es", "plural": "e"}[gender]
    for each in adjectives:
        stem = each.removesuffix("n").removesuffix("e")
        name = name.replace(each, stem + strong, 1)
    return name


def _is_adjective(word: str) -> bool:
    if word.islower():
        return word.endswith(("e", "en"))
    singular = word.removesuffix("n") if word.endswith("en") else word
    return re.fullmatch(_WEAK, singular) is not None


def _head(noun: str, article: str, *, oblique: bool) -> str:
    if not oblique:
        return noun
    if _ADJECTIVAL_NOUN.fullmatch(noun) or (article == "der" and noun.endswith("e")):
        return noun + "n"
    if article == "der" and _WEAK_MASCULINE.fullmatch(noun):
        return noun + "en"
    return noun
