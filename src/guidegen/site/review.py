"""The next review as an event for the calendar: iCalendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import re

from guidegen.model.archive import Archive, Review
from guidegen.model.document import Document
from guidegen.site.feed import stable_id
from guidegen.site.label import plain_label

_LINE = 75
"""The octets of a line, without its end (RFC 5545, 3.1)."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def review_calendar(archive: Archive, review: Review, document: Document) -> str:
    """Return a calendar with one event of a whole day.

    Its id stays the same when the date moves, and its sequence rises: a calendar that
    knows the event moves it.
    """
    title = plain_label(
        document.labels, "review_event", title=f"{document.title}, {document.company}"
    )
    text = plain_label(
        document.labels, "review_text", owner=document.running_texts["owner"]
    )
    moment = review.changed.strftime("%Y%m%dT%H%M%SZ")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//guidegen//guidegen//EN",
        "BEGIN:VEVENT",
        f"UID:{stable_id(archive.releases[0], 'review')}",
        f"DTSTAMP:{moment}",
        f"LAST-MODIFIED:{moment}",
        f"SEQUENCE:{review.sequence}",
        f"DTSTART;VALUE=DATE:{review.due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{review.due + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY;LANGUAGE={document.language}:{_text(title)}",
        f"DESCRIPTION;LANGUAGE={document.language}:{_text(text)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _text(text: str) -> str:
    """Return a text as a value (RFC 5545, 3.3.11)."""
    one = _CONTROL.sub("", re.sub(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029", "\n", text))
    return re.sub(r"([\\;,])", r"\\\1", one).replace("\n", r"\n")


def _folded(line: str) -> str:
    """Return a line in pieces; no character is broken in two."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join((*pieces, piece))
