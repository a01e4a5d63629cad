"""How people could be reached who are no contacts any more: to be shown to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from html import escape
from typing import Final
from urllib.parse import unquote

from guidegen.value import Value

_NUMBERS: Final = frozenset({"phone", "out_of_hours"})
_BETWEEN: Final = r"[\s\-–/().\u2010-\u2013\u00ad\u200b\u2060]{0,3}"
"""What may stand between two digits, however a number is written."""
_EXTENSION: Final = r"\D{1,14}"
_BREAKS: Final = "[\u00ad\u200b\u2060]?"
"""What may stand within an address, unseen, so that it can break."""


class FormerContacts(Value):
    """What is known of former contacts that today's pages do not say any more."""

    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How they could be reached, by kind: `email`, `phone`, `out_of_hours`, `chat`."""
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to hide."""
        return any(self.ways.values()) or bool(self.names)

    def kind_of(self, text: str) -> str | None:
        """Return how somebody could be reached, if a text or an address says it."""
        # An address may be spelled as it was typed, or with %xx.
        found = self._ways and self._ways.search(f"{text}\n{unquote(text)}")
        return found.lastgroup if found else None

    def without_ways(self, text: str, word: str) -> str:
        """Return a text with a word in place of each way to reach one of them."""
        return self._ways.sub(lambda _: word, text) if self._ways else text

    def hidden(self, text: str, word: str) -> str:
        """Return a text with a word in place of each name, too."""
        text = self.without_ways(text, word)
        return self._called.sub(lambda _: word, text) if self._called else text

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a text says a name, or a way to reach one of them."""
        for pattern in (self._ways, self._called):
            if pattern:
                yield from (found.span() for found in pattern.finditer(text))

    @cached_property
    def _ways(self) -> re.Pattern[str] | None:
        groups = [
            f"(?P<{kind}>{'|'.join(_way(kind, each) for each in _longest(values))})"
            for kind, values in self.ways.items()
            if values
        ]
        return re.compile("|".join(groups), re.IGNORECASE) if groups else None

    @cached_property
    def _called(self) -> re.Pattern[str] | None:
        names = "|".join(_name(each) for each in _longest(self.names))
        return re.compile(names) if names else None


def _longest(values: tuple[str, ...]) -> list[str]:
    # One may begin as another does: all of it is to go.
    return sorted(values, key=len, reverse=True)


def _way(kind: str, value: str) -> str:
    if kind in _NUMBERS and re.search(r"\d", value):
        # A zero in brackets is dialled only within the country; 00 is a plus.
        short = re.sub(r"^\s*00", "+", re.sub(r"\(0\)", "", value))
        numbers = dict.fromkeys((value, short))
        return rf"(?<!\d)\+?\(?(?:{'|'.join(map(_number, numbers))})(?!\d)"
    spelled = (_BREAKS.join(map(re.escape, each)) for each in {value, escape(value)})
    return rf"(?<![\w.+-])(?:{'|'.join(sorted(spelled, reverse=True))})(?![\w-]|\.\w)"


def _number(value: str) -> str:
    """Return a pattern for a number in a text, in a link, and as others write it."""
    first, *others = (str(each) for each in re.findall(r"\D*\d", value))
    # What stands before an extension is a word, or `;ext=` (RFC 3966).
    between = (
        _EXTENSION if re.search(r"[^\W\d]|#", each) else _BETWEEN for each in others
    )
    return first[-1] + "".join(
        f"{gap}{digit[-1]}" for gap, digit in zip(between, others, strict=True)
    )


def _name(name: str) -> str:
    # White space may be a line's end or a no-break space; German adds an s.
    words = r"\s+".join(map(re.escape, name.split()))
    return rf"(?<!\w){words}s?(?!\w)"
