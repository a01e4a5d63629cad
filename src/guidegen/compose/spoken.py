"""Which language a short text is in, and whether it says Du or Sie.

Nobody can tell for certain; what cannot be told is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from guidegen.value import Value

DU, SIE = "du", "sie"

_WORD: Final = re.compile(r"[^\W\d_]+")
_CODE: Final = re.compile(r"\{[{%#].*?[#%}]\}|\{:[^}\n]*\}|<[^>\n]*>", re.DOTALL)
_QUOTED: Final = re.compile(
    "„[^“]*“|\u201a[^\u2018]*\u2018|»[^«]*«|^>.*$", re.MULTILINE
)

# Compiled only when a text is looked at: most runs look at none.
_SAYS_DU: Final = (
    r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(?:e[mnrs]?)?|[Ee]uch|[Ee]uer|[Ee]ure[mnrs]?"
    r"|(?:bist|hast|kannst|darfst|musst|sollst|willst|möchtest|weißt|weisst|wirst"
    r"|würdest|könntest|solltest|hättest|wärst|brauchst|siehst|findest|bekommst"
    r"|schreibst|postest|teilst|sprichst|fragst|arbeitest|nutzt Du))\b"
)
# „Sie“ begins many a sentence about her or them; within one, only readers are Sie.
_WITHIN: Final = r"(?<=[\w,;)–-] )"
_SAYS_SIE: Final = (
    rf"(?m){_WITHIN}(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b"
    r"|^(?:Können|Dürfen|Müssen|Wollen|Möchten|Haben|Sind|Wissen|Werden) Sie\b"
)
_BEGINS: Final = r"(?:^[ >]*(?:#+ |[-*] |\d+\. )?|(?<=[.!?:–] ))(?:[Bb]itte )?"
# What a sentence begins with that tells one person to do something.
_TELLS: Final = (
    f"(?m){_BEGINS}"
    r"(?i:Sei|Hab|Gib|Nimm|Lies|Sprich|Hilf|Vergiss|Sieh|Lass|Bleib|Halt|Halte"
    r"|Schreib|Schreibe|Frag|Frage|Sag|Sage|Zeig|Zeige|Teil|Teile|Poste|Like"
    r"|Prüf|Prüfe|Melde|Nenn|Nenne|Verwende|Nutz|Nutze|Vermeide|Beachte|Achte"
    r"|Warte|Denk|Denke|Lösch|Lösche|Antworte|Kommentiere|Veröffentliche|Leite"
    r"|Ruf|Rufe|Wende|Informiere|Kennzeichne|Schütz|Schütze|Handle|Fotografiere"
    r"|Trag|Trage|Stell|Stelle|Mach|Mache|Klick|Klicke|Geh|Gehe|Komm|Komme|Hol"
    r"|Hole|Besprich|Behalt|Behalte|Erzähl|Erzähle|Erwähne|Verlinke|Gestalte"
    r"|Überleg|Überlege|Such|Suche|Bring|Bringe|Setz|Setze|Lad|Lade|Tritt)\b"
    r"(?! Sie\b)"
)


def address_of(text: str) -> str | None:
    """Return how a German text addresses its readers: `du`, `sie`, or None.

    What stands in quotation marks is somebody else's, and does not count.
    """
    own = _QUOTED.sub("", _CODE.sub("", text))
    says_du = bool(re.search(_SAYS_DU, own) or re.search(_TELLS, own))
    says_sie = bool(re.search(_SAYS_SIE, own))
    if says_du == says_sie:
        return None
    return DU if says_du else SIE


class Vocabulary(Value):
    """The words that a pack's texts have in each language."""

    words: Mapping[str, frozenset[str]]
    """By language, in small letters."""

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]]) -> Vocabulary:
        """Return the words of texts, each given with its language."""
        said: dict[str, list[str]] = {}
        for language, text in texts:
            # Of a thousand texts, few have any code.
            has_code = "{" in text or "<" in text
            own = _CODE.sub(" ", text) if has_code else text
            said.setdefault(language, []).append(own)
        words = {}
        for language, each in said.items():
            # Words are looked for in each piece once, however often it is said.
            pieces = set(" ".join(each).casefold().split())
            words[language] = frozenset(_WORD.findall(" ".join(pieces)))
        return cls(words=words)

    @cached_property
    def _alone(self) -> dict[str, frozenset[str]]:
        """The words that only one of the languages has."""
        return {
            language: words.difference(
                *(each for other, each in self.words.items() if other != language)
            )
            for language, words in self.words.items()
        }

    def is_name(self, text: str) -> bool:
        """Return whether a text looks like a person's name: words that nobody knows."""
        words = _WORD.findall(text)
        known = frozenset().union(*self.words.values())
        return len(words) > 1 and all(
            word[:1].isupper() and word.casefold() not in known for word in words
        )

    def language_of(self, text: str) -> str | None:
        """Return the language that a text's words are in, None if they do not tell."""
        words = [*_WORD.findall(_CODE.sub(" ", text).casefold())]
        points = {
            language: sum(_counts(word, language, alone) for word in words)
            for language, alone in self._alone.items()
        }
        best = max(points, key=lambda each: points[each], default=None)
        others = [each for language, each in points.items() if language != best]
        return best if best and points[best] > max(others, default=0) else None


# Compiled when it is needed: most texts tell by their other words.
_GERMAN_ENDING: Final = (
    r"[äöüß]|(?:ung|ungen|heit|keit|schaft|stelle|leitung|abteilung|führung|rat|amt"
    r"|kauf|trieb|beauftragte[rn]?|lich|isch)$"
)
_LONG: Final = 6
"""From how many letters on a word may be the last part of a German compound."""


def _counts(word: str, language: str, alone: frozenset[str]) -> bool:
    if word in alone:
        return True
    if language != "de" or len(word) <= _LONG:
        return False
    ends = (word[at:] in alone for at in range(1, len(word) - _LONG + 1))
    return bool(re.search(_GERMAN_ENDING, word)) or any(ends)
