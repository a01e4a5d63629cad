"""Breaks text at the terminal's width."""

from __future__ import annotations

import shutil
import textwrap

_WIDEST = 88
BULLET = "• "
"""How a line of a list begins; what follows it lines up."""


def wrapped(text: str, *, less: int = 0) -> str:
    """Return a text broken into lines; what is indented stays so.

    Args:
        text: A text, its lines broken where they must be.
        less: How many columns are needed for something else.
    """
    return "\n".join(_line(line, columns() - less) for line in text.split("\n"))


def columns() -> int:
    """Return how wide a text may be: the terminal, but no wider than can be read."""
    return min(_WIDEST, shutil.get_terminal_size().columns)


def _line(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return textwrap.fill(
        line.strip(" "),
        width,
        initial_indent=indent,
        subsequent_indent=indent
        + " " * (len(BULLET) if line.startswith(BULLET) else 0),
        break_long_words=False,
        break_on_hyphens=False,
    )
