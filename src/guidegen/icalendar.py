"""Days as a file that calendars open: iCalendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from guidegen.value import Value

_LINE = 75
"""The octets of a line of a calendar, without its end (RFC 5545, 3.1)."""

_OF_ADDRESSES = "/%:?#[]@!$&'()*+,;=-._~"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Event(Value):
    """An event of a whole day."""

    uid: str
    """The same for ever: a calendar that knows the event moves it."""
    moment: dt.datetime
    """When it last changed, in UTC: not the time of a build, whose bytes stay equal."""
    sequence: int
    """How often its day has changed."""
    day: dt.date
    language: str
    title: str
    text: str
    address: str | None = None
    """A page about it."""


def calendar(events: Iterable[Event]) -> str:
    """Return a calendar with some events."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//guidegen//guidegen//EN",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event) -> Iterator[str]:
    moment = event.moment.strftime("%Y%m%dT%H%M%SZ")
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{moment}"
    yield f"LAST-MODIFIED:{moment}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    # The end is exclusive (RFC 5545, 3.6.1).
    yield f"DTEND;VALUE=DATE:{event.day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={event.language}:{_text(event.title)}"
    yield f"DESCRIPTION;LANGUAGE={event.language}:{_text(event.text)}"
    if event.address:
        # An address has no line break, and its commas stay (RFC 5545, 3.3.13).
        yield f"URL:{_in_ascii(_CONTROL.sub('', event.address))}"
    # A reminder must not block the day (RFC 5545, 3.8.2.7).
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """Return a text as a value (RFC 5545, 3.3.11)."""
    one = _CONTROL.sub("", re.sub(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029", "\n", text))
    return re.sub(r"([\\;,])", r"\\\1", one).replace("\n", r"\n")


def _in_ascii(address: str) -> str:
    """Return an address as a URI, which has no other characters (RFC 3986)."""
    scheme, sign, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return address
    return f"{scheme}{sign}{host}{slash}{quote(path, safe=_OF_ADDRESSES)}"


def _folded(line: str) -> str:
    """Return a line in pieces; no character is broken in two."""
    pieces, piece, size = [], "", 0
    # The limit is in octets, and the space that continues a line counts.
    for character in line:
        width = len(character.encode())
        if size + width > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + width
    return "\r\n".join((*pieces, piece))
