"""Pieces of an Atom feed (RFC 4287)."""

from __future__ import annotations

import datetime as dt
import re
from html import escape

# What XML allows would be five ranges as well (XML 1.0, 2.2), but large ones take
# Python three milliseconds to compile. Few builds need this one, which takes a quarter
# of one.
_NOT_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"


def rfc3339(moment: dt.datetime) -> str:
    """Return a moment in UTC as feeds have it (RFC 3339; RFC 4287, 3.3)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def xml_text(text: str) -> str:
    """Return a text as XML: what `html.escape` writes, XML knows too."""
    return escape(re.sub(_NOT_XML, "", text))


def attribute(text: str) -> str:
    """Return a text as the value of an attribute, in its quotation marks."""
    return f'"{xml_text(text)}"'
