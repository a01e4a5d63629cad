"""What stands above the sentence that everybody may say, in its bubble."""

from __future__ import annotations

from typing import Final

from guidegen.model.labels import Labels
from guidegen.page.tree import Element, elements_of, plain_text

MAGIC: Final = "magic-sentence"
"""The class of the sentence."""

_NINE: Final = 9


def kicker_of(quote: Element, labels: Labels, language: str) -> str:
    """Return the words above the sentence: that it has nine words, or that it is one.

    Args:
        quote: The sentence, or what it is quoted in.
        labels: The words of the frame.
        language: The language of sentence and words.

    Raises:
        PackError: The pack lacks the words.
    """
    found = (each for each in (quote, *elements_of([quote])) if MAGIC in each.classes)
    words = plain_text(next(found, quote).children).split()
    # In English, the reader's name is none of the nine (see `compose/guideline.py`).
    counted = [word for word in words if language == "de" or "[" not in word]
    return labels.word("nine_words" if len(counted) == _NINE else "one_sentence")
