"""Text that may be given once for all languages or once per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Not a code that a language could have.
ALL = "*"
"""The key of a text that serves every language."""


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text for all languages (key `*`) or one per language or variant."""

    # Pairs instead of a dict keep it frozen and hashable.
    texts: tuple[tuple[str, str], ...]

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
