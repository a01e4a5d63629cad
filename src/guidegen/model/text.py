"""Text that may be given once for all languages or once per language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guidegen.value import Value

# From Unicode's private use area: no text has them for any other reason.
_BEGIN, _SEPARATE, _END = "\ue010", "\ue011", "\ue012"
_LANGUAGE = "[a-z]{2}"
_MARKED = re.compile(f"{_BEGIN}({_LANGUAGE}){_SEPARATE}([^{_BEGIN}{_END}]*){_END}")
_SIGNS = re.compile(f"{_BEGIN}{_LANGUAGE}{_SEPARATE}|[{_BEGIN}{_SEPARATE}{_END}]")

# Not a code that a language could have.
ALL = "*"
"""The key of a text that serves every language."""


class LocalText(Value):
    """A text for all languages (key `*`) or one per language or variant."""

    # Pairs instead of a dict keep it frozen and hashable.
    texts: tuple[tuple[str, str], ...]

    # Of its own, as packs have thousands of them.
    def __init__(self, texts: tuple[tuple[str, str], ...]) -> None:
        self.__dict__["texts"] = texts

    @classmethod
    def of(cls, value: str | Mapping[str, str]) -> LocalText:
        """Return the text of a plain string or of a map from language to string."""
        if isinstance(value, str):
            return cls(((ALL, value),))
        return cls(tuple(value.items()))

    def find(self, variant: str) -> str | None:
        """Return the text for a variant (`de`, `de-formal`, `en`), or None.

        A variant falls back to its language (`de-formal` to `de`), then to the text
        that serves all.
        """
        texts = dict(self.texts)
        for key in (variant, variant.partition("-")[0], ALL):
            if key in texts:
                return texts[key]
        return None

    def get(self, variant: str) -> str:
        """Return the text for a variant.

        Raises:
            KeyError: There is no text for it; the loaders rule that out beforehand.
        """
        text = self.find(variant)
        if text is None:
            raise KeyError(variant)
        return text

    def over(self, general: LocalText | None) -> LocalText:
        """Return this text, and the general one for languages that it lacks."""
        own = dict(self.texts)
        return LocalText(
            (
                *self.texts,
                *(
                    (key, text)
                    for key, text in (general.texts if general else ())
                    # `de` here wins over `de-formal` there: it is the more specific
                    # text.
                    if own.keys().isdisjoint({key, key.partition("-")[0], ALL})
                ),
            )
        )

    def some(self, variant: str) -> str:
        """Return the text for a variant, or any other where there is none for it."""
        found = self.find(variant)
        return self.texts[0][1] if found is None else found


def in_language(text: str, language: str) -> str:
    """Return a text marked as being in another language than the page it is for.

    The mark stays with the words in whatever sentence they are put.
    """
    return f"{_BEGIN}{language}{_SEPARATE}{unmarked(text)}{_END}"


def language_of_mark(text: str) -> str | None:
    """Return the language that a whole text is marked as being in, if any."""
    found = _MARKED.fullmatch(text)
    return found[1] if found else None


def unmarked(text: str) -> str:
    """Return a text without marks of other languages: where none can be shown."""
    return _SIGNS.sub("", text)


def as_elements(escaped: str) -> str:
    """Return text of a page with an element in place of each mark.

    Args:
        escaped: The text, in which nothing else is markup any more.
    """
    return _SIGNS.sub("", _MARKED.sub(r'<span lang="\1">\2</span>', escaped))


# An abbreviation's full stop, what closes its markup, and the one that ends a sentence;
# but not an ellipsis, a path or a range.
_TWO_STOPS = re.compile(
    r"""(?<=[^\s.])\.((?:\*\*|[*_]|</[a-z]+>|\]\([^()\s]*\)(?:\{[^{}]*\})?)*)\.
    (?=$|[\s"“”»«’'<*_|])""",
    re.VERBOSE,
)


def one_full_stop(text: str) -> str:
    """Return a text in which an abbreviation's full stop also ends the sentence.

    A name that ends in one („… e. V.“) may stand before another. Of the two, one is
    written (Amtliche Regelung der deutschen Rechtschreibung 2024, § 103; The Chicago
    Manual of Style, 6.14).
    """
    return _TWO_STOPS.sub(r".\1", text) if "." in text else text
