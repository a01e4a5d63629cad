"""A teaser for the intranet, to be pasted into whatever edits its pages."""

from __future__ import annotations

import textwrap
from html import escape

from guidegen.announce.kit import Kit
from guidegen.mail.characters import line_of
from guidegen.mail.text import COLUMNS


def teaser_text(kit: Kit) -> str:
    """Return the teaser as plain text."""
    parts = [kit.text("chat_title"), *_told(kit)]
    lines = [
        textwrap.fill(line_of(part), COLUMNS, break_long_words=False) for part in parts
    ]
    link = f"{line_of(kit.text('mail_button'))}: {kit.links.front}"
    return "\n\n".join((*lines, link)) + "\n"


def teaser_html(kit: Kit) -> str:
    """Return the teaser as elements that every editor of web pages keeps."""
    paragraphs = "".join(f"  <p>{_html(part)}</p>\n" for part in _told(kit))
    return (
        f'<article lang="{_html(kit.locale)}">\n'
        f"  <h2>{_html(kit.text('chat_title'))}</h2>\n"
        f"{paragraphs}"
        f'  <p><a href="{_html(kit.links.front)}">'
        f"{_html(kit.text('mail_button'))}</a></p>\n"
        "</article>\n"
    )


def _told(kit: Kit) -> tuple[str, ...]:
    said = (kit.text("encouragement"),) if kit.is_first else ()
    note = (kit.note,) if kit.note else ()
    return (*said, kit.text("chat"), *note)


def _html(text: str) -> str:
    return escape(line_of(text))
