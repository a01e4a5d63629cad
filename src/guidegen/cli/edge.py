"""The last place that everything printed passes, ours and that of libraries.

What comes from elsewhere was made visible where it became part of a message. This is
the net below: a text that was forgotten, a warning of a library, a traceback.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO, cast

_COLOUR = r"\x1b\[(?:0|1|4|9|3[0-7])m"
"""What `styled` writes (ECMA-48, 8.3.117): nothing that moves or hides."""
_ORDER = r"(?m)^([ \t]*:)(?=:[A-Za-z])|(?<=#)(?=#(?:vso|teamcity)?\[)"
"""How a line begins, or has in it, what a CI's runner would carry out.

GitHub: `::add-mask::` at the beginning, `##[…]` anywhere. Azure: `##vso[…]`. TeamCity:
`##teamcity[…]`.
"""


def harmless(text: str) -> str:
    """Return a text as it is printed: nothing in it steers a terminal or a CI."""
    # Nearly all text is printable, and help comes at once: no pattern is needed to see.
    if not text.replace("\n", "").isprintable():
        from guidegen.steering import STEERING, visible  # noqa: PLC0415

        steered = f"({_COLOUR})|{STEERING.pattern}"
        text = re.sub(steered, lambda found: found[1] or visible(found[0]), text)
    if "::" in text or "##" in text:
        text = re.sub(_ORDER, lambda found: f"{found[1] or ''} ", text)
    return text


def json_without_orders(text: str) -> str:
    """Return JSON, the data unchanged, that no CI's runner takes for an order."""
    return re.sub(r"##(?=(?:vso|teamcity)?\[)", r"#\\u0023", text)


@contextmanager
def guarded() -> Iterator[None]:
    """Print nothing but harmless text for as long as a command runs."""
    streams = [
        each for each in (sys.stdout, sys.stderr) if isinstance(each, TextIOWrapper)
    ]
    for stream in streams:
        # A terminal or file that cannot show a character shows a question mark.
        stream.reconfigure(errors="replace")
        if codecs.lookup(stream.encoding).name == "ascii":
            # Click would take this for a mistake, and write past us.
            stream.reconfigure(encoding="utf-8")
        _guard(stream)
    try:
        yield
    finally:
        for stream in streams:
            # Restored, since tests run many commands in one process.
            vars(stream).pop("write", None)


def _guard(stream: TextIOWrapper) -> None:
    write = stream.write

    def guarded_write(text: str) -> int:
        write(harmless(text))
        return len(text)

    # In place: who has the stream already must not write past us either.
    vars(stream)["write"] = guarded_write


class _Steerable:
    """A stream without its guard."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return type(self._stream).write(self._stream, text)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def steerable(stream: TextIO) -> TextIO:
    """Return a stream that may move the cursor, for what shows our own text only."""
    return cast("TextIO", _Steerable(stream))
