"""What may stand in a mail: no character that steers a program or a reader's eye."""

from __future__ import annotations

import re
from typing import Final

from guidegen.steering import STEERING

# A space that does not break (1. Dezember) is part of the text.
_SPACE: Final = re.compile(r"[^\S\u00a0\u202f]+")


def line_of(text: str) -> str:
    """Return a text on one line: a line break in a subject would begin a header."""
    # A tab, a line break or one of the others that Python takes for one parts words.
    return STEERING.sub("", _SPACE.sub(" ", text)).strip()


def lines_of(text: str) -> list[str]:
    """Return a text's own lines, each as `line_of` has it."""
    return [line_of(line) for line in text.strip().split("\n")]
