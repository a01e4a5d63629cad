"""Breaks text into lines between words, at the width of the terminal."""

import shutil
import textwrap

WIDEST = 88
"""How many columns a line of text may have: longer ones are hard to read."""

BULLET = "• "
"""How an entry of a list begins; its further lines begin below its first word."""


def wrapped(text: str, *, reserved: int = 0) -> str:
    """Return a text broken into lines; indented lines stay indented.

    Args:
        text: A text; its own line breaks stay.
        reserved: How many columns are needed for something else.
    """
    width = columns() - reserved
    return "\n".join(_wrapped_line(line, width) for line in text.split("\n"))


def columns() -> int:
    """Return how wide a text may be: as wide as the terminal, but readable."""
    return min(WIDEST, shutil.get_terminal_size().columns)


def _wrapped_line(line: str, width: int) -> str:
    text = line.strip(" ")
    indent = " " * (len(line) - len(line.lstrip(" ")))
    hanging = " " * len(BULLET) if text.startswith(BULLET) else ""
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        expand_tabs=False,
        replace_whitespace=False,
        # A path or an address that is broken can't be copied.
        break_long_words=False,
        break_on_hyphens=False,
    )
