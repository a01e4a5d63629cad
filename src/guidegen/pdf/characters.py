"""Characters that no font draws: each is replaced by its name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from guidegen.model.note import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guidegen.pdf.nodes import Json

_NEVER: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
"""Control characters, byte order marks and halves of characters: not text."""
_LISTED: Final = 12
"""As many characters are listed in a note."""
_IGNORABLE: Final = frozenset(
    {0xAD, 0x34F, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
     *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000)}
)  # fmt: skip
"""Code points that shape the text around them and need no glyph of their own."""
_CJK: Final = ("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ", "IDEOGRAPHIC ")


def drop_control_characters(
    content: Mapping[str, Json],
) -> tuple[dict[str, Json], tuple[Note, ...]]:
    """Return the content without what is not text, and a note for each place."""

    def drop(text: str, found: dict[str, str]) -> str:
        for code in _NEVER.findall(text):
            found[f"U+{ord(code):04X}"] = ""
        return _NEVER.sub("", text)

    return _replaced(content, drop, lambda _: "pdf-characters-dropped")


class Namer:
    """Replaces what is not drawn by its name in the reader's language.

    Args:
        drawn: The code points that the fonts draw.
        language: The reader's language.
        word: What a character is called there: "Zeichen", "character".
    """

    def __init__(self, drawn: frozenset[int], language: str, word: str) -> None:
        self._drawn = drawn
        self._language = language
        self._word = word
        self._refused: set[str] = set()

    def refuse(self, characters: str) -> bool:
        """Count characters as not drawn; return whether any was not before."""
        new = {code for code in characters if ord(code) > 0x7E} - self._refused
        self._refused |= new
        return bool(new)

    def refuse_beyond(self, last: int) -> None:
        """Count everything beyond a code point as not drawn."""
        self._drawn = frozenset(code for code in self._drawn if code <= last)

    def apply(
        self, content: Mapping[str, Json]
    ) -> tuple[dict[str, Json], tuple[Note, ...]]:
        """Return the content with names, and a note for each place with one."""
        return _replaced(content, self._name_all, _message)

    def _name_all(self, text: str, found: dict[str, str]) -> str:
        if all(map(self._is_drawn, text)):
            return text
        import emoji  # noqa: PLC0415  # seldom needed

        pieces = []
        for token in emoji.analyze(text, non_emoji=True, join_emoji=True):
            if all(map(self._is_drawn, token.chars)):
                pieces.append(token.chars)
                continue
            name = "" if isinstance(token.value, str) else self._emoji(token.chars)
            name = name or "".join(map(self._coded, token.chars))
            found[token.chars] = name
            pieces.append(name)
        return "".join(pieces)

    def _is_drawn(self, character: str) -> bool:
        code = ord(character)
        if character in self._refused or unicodedata.category(character) == "Co":
            return False
        return code in self._drawn or code in _IGNORABLE

    def _emoji(self, sequence: str) -> str:
        """Return an emoji's name, or nothing if it has none in the language."""
        import emoji  # noqa: PLC0415  # seldom needed

        name = emoji.demojize(sequence, delimiters=("[", "]"), language=self._language)
        return "" if sequence in name else name.replace("_", " ")

    def _coded(self, character: str) -> str:
        if self._is_drawn(character):
            return character
        return f"[{self._word} U+{ord(character):04X}]"


def _message(found: dict[str, str]) -> str:
    east_asian = any(
        unicodedata.name(code, "").startswith(_CJK) for text in found for code in text
    )
    return "pdf-characters-need-cjk" if east_asian else "pdf-characters-named"


def _replaced(
    content: Mapping[str, Json],
    replace: Callable[[str, dict[str, str]], str],
    message: Callable[[dict[str, str]], str],
) -> tuple[dict[str, Json], tuple[Note, ...]]:
    """Replace in all texts; what is replaced is noted page by page."""
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

    def place(value: Json, title: Json) -> Json:
        found: dict[str, str] = {}
        made = walk(value, found)
        if found:
            listed = [f"{text} → {name}" if name else text
                      for text, name in list(found.items())[:_LISTED]]  # fmt: skip
            if len(found) > _LISTED:
                listed.append("…")
            values = {"page": title, "characters": ", ".join(listed)}
            notes.append(Note(message=message(found), values=values))
        return made

    title = content["title"]
    made = {key: place(value, title) for key, value in content.items() if key != "pages"}
    pages = content["pages"]
    made["pages"] = [
        place(page, page["title"])
        for page in (pages if isinstance(pages, list) else [])
        if isinstance(page, dict)
    ]
    return made, tuple(dict.fromkeys(notes))


_NOT_TEXT: Final = frozenset(
    {"t", "k", "id", "lang", "url", "to", "path", "align", "fonts", "color", "logo"}
)
"""Keys whose values are not shown."""
