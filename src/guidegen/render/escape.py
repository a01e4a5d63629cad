"""Answers as text: escaped for Markdown and HTML wherever a section prints them.

A character that could mean something to Markdown or HTML becomes a numeric character
reference, which Python-Markdown passes through and every browser shows as the character
itself: in running text, table cells, link texts and attribute values alike.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from guidegen.model.text import as_elements
from guidegen.uri.web import SCHEMES

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""What no output can show: control characters and lone surrogates."""

# Everywhere: what opens or closes inline markup, HTML, tables, attributes, links.
_SPECIAL = re.compile(r"""[\\`*_{}\[\]()<>&#|~^"'$]""")
# At the start of a line: what opens a list, a heading, a rule, a note, a definition.
_START = re.compile(r"^([-+=:!]|\d+(?=[.)]))")
# A space that does not break (10 000 €) is part of the text.
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")


class Text(str):
    """An answer in a template: however it is printed, it stays text."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return it escaped: Jinja's and MarkupSafe's protocol for printing a value."""
        return escape_markdown(self)


def escape_markdown(text: str) -> Markup:
    """Return a text as Markdown that shows just this text, on one line."""
    line = _SPACE.sub(" ", CONTROL.sub("", text)).strip()
    line = _SPECIAL.sub(_references, line)
    line = _START.sub(_references, line)
    return Markup(as_elements(line))  # noqa: S704  # escaped in the two lines above


def _references(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in found[0])


def escape_url(url: str) -> str:
    """Return an address as the target of a Markdown link.

    Raises:
        ValueError: Its scheme is not one of `SCHEMES`.
    """
    if urlsplit(url).scheme.lower() not in SCHEMES:
        raise ValueError(url)
    # Quoted brackets cannot end the link's target, and `&copy=` in a query must not be
    # read as an entity.
    return quote(url, safe="/:?#@!$&+,;=%~-._").replace("&", "&amp;")
