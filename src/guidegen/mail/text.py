"""A mail as plain text, in lines that every program shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from guidegen.mail.characters import line_of, lines_of
from guidegen.mail.message import (
    Block,
    Bullets,
    Button,
    Choices,
    Contact,
    Mail,
    Paragraph,
)
from guidegen.uri.web import openable

COLUMNS = 78
"""RFC 5322, 2.1.1: how many characters a line should have at most."""

_RULE = "-" * 24


def text_mail(mail: Mail) -> str:
    """Return a mail as plain text, each line ending in a line break.

    Only an address or another word that is longer than a line stays in one piece.

    Raises:
        AddressError: A link leads where no link of a page may lead.
    """
    title = line_of(mail.title)
    parts = [_filled(title), *("\n".join(_block(each)) for each in mail.blocks)]
    if mail.small_print:
        small = [_filled(line_of(each)) for each in mail.small_print]
        parts.append("\n".join((_RULE, *small)))
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    """Yield the lines of a block."""
    match block:
        case Button():
            yield from _link(block.label, block.href)
        case Paragraph():
            yield from _heading(block.heading)
            yield from map(_filled, lines_of(block.text) if block.text else ())
            yield from _link(block.label, block.href)
        case Bullets():
            yield from _heading(block.heading)
            yield from (_filled(line_of(item), "- ") for item in block.items)
        case Choices():
            yield from _heading(block.heading)
            yield from map(_filled, lines_of(block.question))
            for letter, choice in zip("abcdefgh", block.choices, strict=False):
                yield _filled(line_of(choice), f"  {letter}) ")
            yield from _link(block.label, block.href)
        case Contact():
            yield from _heading(block.heading)
            yield _filled(line_of(block.name))
            if block.role:
                yield _filled(line_of(block.role))
            for way in block.ways:
                yield _filled(f"{line_of(way.label)}: {line_of(way.text)}")


def _link(label: str | None, href: str | None) -> Iterator[str]:
    if href:
        yield _filled(f"{line_of(label or '')}:")
        yield openable(href)


def _heading(words: str | None) -> Iterator[str]:
    if words:
        yield _filled(line_of(words))


def _filled(text: str, mark: str = "") -> str:
    return textwrap.fill(
        text,
        COLUMNS,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        # What is broken cannot be copied.
        break_long_words=False,
        break_on_hyphens=False,
    )
