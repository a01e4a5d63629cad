"""Fills the pack's texts with what is true of a release."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guidegen.mail.characters import line_of
from guidegen.model.labels import PLACEHOLDER
from guidegen.model.text import LocalText, unmarked

# From Unicode's private use area: no text has them for any other reason.
_FIRST = 0xF200


def filled_texts(
    texts: Mapping[str, LocalText],
    values: Mapping[str, str],
    put: Callable[[LocalText], str],
) -> dict[str, str]:
    """Return the texts of a language with all places filled, in plain text.

    Args:
        texts: The pack's, by key.
        values: What is true of the release, by the name of its place.
        put: Returns a text with the company's names and words in it, in the spelling
            of its country.
    """
    signs = {name: chr(_FIRST + number) for number, name in enumerate(values)}

    def with_signs(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: signs.get(found[1], found[0]), text)

    # Signs first: whatever a note or a name has in it, it fills no place of another.
    # A line break in one of them would begin another point.
    of_signs = {sign: line_of(unmarked(values[name])) for name, sign in signs.items()}
    table = str.maketrans(of_signs)
    return {
        key: unmarked(
            put(LocalText.of({each: with_signs(said) for each, said in text.texts}))
        ).translate(table)
        for key, text in texts.items()
    }
