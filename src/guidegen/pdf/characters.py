"""Characters that no font can draw: each is replaced by its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from guidegen.model.note import Note
from guidegen.pdf.nodes import Json

_LINE_END: Final = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_NEVER: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
"""Not text: control characters, byte order marks, lone surrogates, and orders to
change the direction, which would turn the words around them as well."""
# Addresses are left alone, because Typst itself and the pack's template know where they
# may break; and whoever copies one must get no sign that it does not have.
_LONG: Final = re.compile(r"(?<!\S)(?!https?://)(?!\S*@\S+\.)[!-~\u00a1-\u024f]{61,}")
_PART: Final = re.compile(r"(.{20})(?!\Z)")
# A zero-width space: it allows a break without showing a hyphen.
_BREAK: Final = "\u200b"
_LISTED: Final = 12
"""How many characters a note lists."""
LATIN: Final = 0x24F
"""Up to here the text font draws everything."""
_IGNORABLE: Final = frozenset(
    map(chr, (0x34F, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
              *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000)))
)  # fmt: skip
"""Characters that shape the text around them and are not drawn themselves."""
_CJK: Final = ("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ", "IDEOGRAPHIC ")


def clean_text(
    content: Mapping[str, Json],
) -> tuple[dict[str, Json], tuple[Note, ...]]:
    """Return content that Typst can set, and a note for each page that changed.

    What is not text is dropped; a word longer than a line may be broken.
    """

    def clean(text: str, found: dict[str, str]) -> str:
        text = _LINE_END.sub(" ", text)
        for code in _NEVER.findall(text):
            found[f"U+{ord(code):04X}"] = ""
        return _LONG.sub(_breakable, _NEVER.sub("", text))

    return _replaced(content, clean, lambda _: "pdf-characters-dropped")


def _breakable(word: re.Match[str]) -> str:
    return _PART.sub(rf"\1{_BREAK}", word[0])


def unusual_characters(content: Mapping[str, Json]) -> set[str]:
    """Return the characters that a font may lack."""
    found: set[str] = set()

    def collect(text: str, _: dict[str, str]) -> str:
        found.update(text)
        return text

    _replaced(content, collect, str)
    return {code for code in found if ord(code) > LATIN} - _IGNORABLE


class Namer:
    """Replaces characters that cannot be drawn by their names in the reader's language.

    Args:
        undrawn: The characters that no font can draw.
        language: The reader's language.
        word: What a character is called there: "Zeichen", "character".
    """

    def __init__(self, undrawn: set[str], language: str, word: str) -> None:
        self._undrawn = undrawn
        self._language = language
        self._word = word

    def refuse(self, characters: Iterable[str]) -> bool:
        """Treat more characters as undrawable; return whether any of them is new."""
        new = {code for code in characters if ord(code) > LATIN} - self._undrawn
        self._undrawn |= new
        return bool(new)

    def apply(
        self, content: Mapping[str, Json]
    ) -> tuple[dict[str, Json], tuple[Note, ...]]:
        """Return content with names in it, and a note for each page that has one."""
        return _replaced(content, self._name_all, _message)

    def _name_all(self, text: str, found: dict[str, str]) -> str:
        if self._undrawn.isdisjoint(text):
            return text
        import emoji  # noqa: PLC0415  # seldom needed

        pieces = []
        # Several code points can be one emoji, which has one name.
        for token in emoji.analyze(text, non_emoji=True, join_emoji=True):
            if self._undrawn.isdisjoint(token.chars):
                pieces.append(token.chars)
                continue
            # A string is ordinary text; emoji come as match objects.
            name = "" if isinstance(token.value, str) else self._emoji(token.chars)
            name = name or "".join(map(self._coded, token.chars))
            found[token.chars] = name
            pieces.append(name)
        return "".join(pieces)

    def _emoji(self, sequence: str) -> str:
        """Return an emoji's name, or nothing if it has none in the language."""
        import emoji  # noqa: PLC0415  # seldom needed

        language = self._language if self._language in emoji.LANGUAGES else "en"
        name = emoji.demojize(sequence, delimiters=("", ""), language=language)
        return "" if name == sequence else f"[Emoji: {name.replace('_', ' ')}]"

    def _coded(self, character: str) -> str:
        if character not in self._undrawn:
            return character
        return f"[{self._word} U+{ord(character):04X}]"


def _message(found: dict[str, str]) -> str:
    # Their fonts are large and an extra of their own, so the advice is to install it.
    east_asian = any(
        unicodedata.name(code, "").startswith(_CJK) for text in found for code in text
    )
    return "pdf-characters-need-cjk" if east_asian else "pdf-characters-named"


def _replaced(
    content: Mapping[str, Json],
    replace: Callable[[str, dict[str, str]], str],
    message: Callable[[dict[str, str]], str],
) -> tuple[dict[str, Json], tuple[Note, ...]]:
    """Replace something in every text, with a note for each page where it was found."""
    notes: list[Note] = []

    def walk(value: Json, found: dict[str, str]) -> Json:
        if isinstance(value, str):
            return replace(value, found)
        if isinstance(value, list):
            return [walk(entry, found) for entry in value]
        if isinstance(value, dict):
            return {
                key: entry if key in _NOT_TEXT else walk(entry, found)
                for key, entry in value.items()
            }
        return value

    def noted(value: Json, title: Json) -> Json:
        found: dict[str, str] = {}
        replaced = walk(value, found)
        if found:
            listed = [f"{text} → {name}" if name else text
                      for text, name in list(found.items())[:_LISTED]]  # fmt: skip
            if len(found) > _LISTED:
                listed.append("…")
            values = {"page": title, "characters": ", ".join(listed)}
            notes.append(Note(message=message(found), values=values))
        return replaced

    # What is on no page, such as the company's name, is reported under the title.
    title = content["title"]
    result = {
        key: noted(value, title) for key, value in content.items() if key != "pages"
    }
    pages = content["pages"]
    result["pages"] = [
        noted(page, page["title"])
        for page in (pages if isinstance(pages, list) else [])
        if isinstance(page, dict)
    ]
    return result, tuple(notes)


_NOT_TEXT: Final = frozenset(
    {"t", "k", "id", "lang", "url", "to", "path", "align", "fonts", "color", "logo"}
    | {"code", "href", "shown"}
)
"""Keys whose values are not shown, or are an address that must stay as it is."""
